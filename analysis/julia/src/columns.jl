# SPDX-License-Identifier: GPL-3.0-or-later
#
# A column of a table: a dataset whose type and attributes say what its numbers mean
# (docs/output-format.md), and the vector that Julia has for them.

const NO_TIME = typemin(Int64)

struct Column
    dataset::HDF5.Dataset
    name::String
    kind::Symbol        # :time :real :count :row :code :flag :uint64 :text
    units::String       # "1" for plain numbers, "" for text
    doc::String
    refers_to::String   # of a :row, the table
    optional::Bool      # of a :time, whether some may be missing
end

function Column(dataset::HDF5.Dataset, name::String)
    units = attribute(dataset, "units", "")
    refers_to = attribute(dataset, "refers_to", "")
    return Column(
        dataset, name, kind_of(dataset, units, refers_to), units,
        attribute(dataset, "long_name", ""), refers_to,
        haskey(attributes(dataset), "_FillValue"),
    )
end

function kind_of(dataset, units, refers_to)
    class = type_class(dataset)
    class == API.H5T_STRING && return :text
    refers_to != "" && return :row
    haskey(attributes(dataset), "flag_meanings") && return :code
    occursin(" since ", units) && return :time
    attribute(dataset, "dtype", "") == "bool" && return :flag
    class == API.H5T_FLOAT && return :real
    return eltype(dataset) <: Unsigned ? :uint64 : :count
end

"Whether a dataset is data of its table, and not a mere axis of it."
function is_own(dataset, name)
    name == "row" && return false
    haskey(attributes(dataset), "copy_of") && return false
    return !(startswith(name, "value_") && haskey(attributes(dataset), "CLASS"))
end

"What each code stands for."
function meanings(column::Column)
    values = attribute(column.dataset, "flag_values")
    names = split(attribute(column.dataset, "flag_meanings"))
    return Dict{Int,String}(Int(v) => String(n) for (v, n) in zip(values, names))
end

"The moment from which \"microseconds since 2022-12-01 00:00:00\" counts."
function epoch_of(units::AbstractString)
    since = strip(split(units, " since ")[2])
    return DateTime(replace(rstrip(since, 'Z'), ' ' => 'T'))
end

# DateTime counts milliseconds: what is finer is cut off.
moment(epoch::DateTime, us::Integer) = epoch + Millisecond(fld(us, 1000))

# ---- stored numbers to vectors ------------------------------------------------------

function decode_times(column::Column, stored, times::Symbol)
    if times === :microseconds
        convert_time = us -> Int64(us)
        type = Int64
    else
        epoch = epoch_of(column.units)
        convert_time = us -> moment(epoch, us)
        type = DateTime
    end
    column.optional || return type[convert_time(us) for us in stored]
    return Union{Missing,type}[us == NO_TIME ? missing : convert_time(us) for us in stored]
end

function decode_codes(column::Column, stored, named::Bool)
    named || return Int[Int(code) for code in stored]
    known = meanings(column)
    names = String[get(known, code, "") for code in 0:255]
    out = String[names[Int(code)+1] for code in stored]
    "" in out && throw(FormatError("column $(column.name) has a code without a meaning"))
    return out
end

# `labels` has what the rows referred to are called, or is nothing for their numbers.
decode_rows(stored, labels::Nothing) =
    Union{Missing,Int}[row < 0 ? missing : Int(row) + 1 for row in stored]
decode_rows(stored, labels::Vector{String}) =
    Union{Missing,String}[row < 0 ? missing : labels[row+1] for row in stored]

"Stored numbers of one dimension as a vector of what they mean."
function decode(column::Column, stored, labels, named::Bool, times::Symbol)
    column.kind === :time && return decode_times(column, stored, times)
    column.kind === :code && return decode_codes(column, stored, named)
    column.kind === :row && return decode_rows(stored, labels)
    column.kind === :flag && return Bool[value != 0 for value in stored]
    column.kind === :text && return String[String(value) for value in stored]
    column.kind === :count && return Int64[Int64(value) for value in stored]
    return collect(stored)
end
