# SPDX-License-Identifier: GPL-3.0-or-later
#
# The tables of a result as NamedTuples of vectors, with the columns that
# `isssim export` prints.

const NOT_TABLES = ("provenance", "traces")

"Names of the tables, in the file's order."
table_names(from::Source) = String[n for n in members(group_of(from)) if !(n in NOT_TABLES)]

has_table(from::Source, table) = !(table in NOT_TABLES) && haskey(group_of(from), table)

function table_group(from::Source, table::String)
    has_table(from, table) || throw(no_such("table", table, table_names(from)))
    return group_of(from)[table]
end

"The columns of a table, in the file's order, its axes left out."
function columns_of(from::Source, table::String)
    group = table_group(from, table)
    found = Column[]
    for name in members(group)
        dataset = group[name]
        is_own(dataset, name) && push!(found, Column(dataset, name))
    end
    isempty(found) && throw(FormatError("$(from.path): table $table has no columns"))
    return found
end

function column_of(from::Source, table::String, name::String)
    group = table_group(from, table)
    if !haskey(group, name) || !is_own(group[name], name)
        throw(no_such("column of $table", name, [c.name for c in columns_of(from, table)]))
    end
    return Column(group[name], name)
end

# ---- what rows are called -----------------------------------------------------------

"""
What the rows of a table are called, or nothing when they have no names: the column `name`
if `long`, where there is one; else the first text, which is the scenario's key.
"""
function labels_of(from::Source, table::String, long::Bool)
    return get!(from.labels, (table, long)) do
        has_table(from, table) || return nothing
        texts = filter(
            c -> c.kind === :text && ndims(c.dataset) == 1, columns_of(from, table),
        )
        isempty(texts) && return nothing
        named = long ? findfirst(c -> c.name == "name", texts) : nothing
        return read(texts[something(named, 1)].dataset)
    end
end

"The row, from 1, that a key, a name or a row's number means."
function row_of(from::Source, table::String, which::Integer)
    count = row_count(first(columns_of(from, table)).dataset)
    1 <= which <= count || throw(NoSuchName("table $table has $count rows, no row $which"))
    return Int(which)
end

function row_of(from::Source, table::String, which)
    wanted = string(which)
    known = String[]
    for long in (false, true)
        labels = something(labels_of(from, table, long), String[])
        row = findfirst(==(wanted), labels)
        row === nothing || return row
        append!(known, labels)
    end
    throw(no_such("row of $table", wanted, known))
end

# ---- tables -------------------------------------------------------------------------

struct Reading # how values are wanted
    names::Union{Bool,Symbol}
    times::Symbol
end

function Reading(; names, times)
    names in (true, false, :name) ||
        throw(ArgumentError("names is true, false or :name, not $(repr(names))"))
    times in (:dates, :microseconds) ||
        throw(ArgumentError("times is :dates or :microseconds, not $(repr(times))"))
    return Reading(names, times)
end

function decoded(from::Source, column::Column, stored, how::Reading)
    labels = nothing
    if column.kind === :row && how.names !== false
        labels = labels_of(from, column.refers_to, how.names === :name)
    end
    return decode(column, stored, labels, how.names !== false, how.times)
end

"What tells the fields across a dimension apart: keys, numbers, or else 0, 1, ..."
function endings(from::Source, column::Column, axis::String, width::Int)
    counted = String[string(i - 1) for i in 1:width]
    scale = parent(column.dataset)[axis]
    across = attribute(scale, "copy_of", "")
    labels = across == "" ? nothing : labels_of(from, across, false)
    labels === nothing || return labels
    type_class(scale) == API.H5T_FLOAT || return counted
    return String[@sprintf("%.15g", value) for value in read(scale)]
end

"""
    ISSSim.table(result, name; columns, rows, names = true, times = :dates)

A table as a NamedTuple of vectors, one a column.

| in the file | here |
|---|---|
| code | `String`, its name |
| row of another table | `Union{Missing,String}`, the key of what it means |
| time | `DateTime`, UTC, to the millisecond; with `Missing` where one may be missing |
| flag | `Bool` |
| real | `Float64`, `NaN` when missing |
| count, uint64 | `Int64`, `UInt64` |
| text | `String`, empty when missing |

`names = :name` has the long names in place of keys ("Frank Rubio", not "rubio"),
`names = false` codes and row numbers (from 1) as `Int`. `times = :microseconds` has times
as they are stored, microseconds since the epoch as `Int64`. `columns` chooses some,
`rows` (as in `1:1000`) a part. A column with a second dimension becomes several, as
`docked_poisk` of the table `state`, or one of vectors where it counts (`fan_counts`); a
table with a third has a row for each pair of the first two. [`ISSSim.array`](@ref) has
those as arrays.
"""
function table(
    result::Result, name::Union{Symbol,AbstractString};
    columns = nothing, rows = nothing, names = true, times = :dates,
)
    from, how = source(result), Reading(; names = names, times = times)
    there = columns_of(from, String(name))
    chosen = columns === nothing ? there : choose(there, String(name), columns)
    count = row_count(first(there).dataset)
    range = rows === nothing ? (1:count) : check_rows(rows, count, String(name))
    deep = findfirst(c -> ndims(c.dataset) == 3, there)
    fields = Pair{Symbol,AbstractVector}[]
    if deep === nothing
        for column in chosen
            append!(fields, flat_fields(from, column, range, how))
        end
    else
        axis = axes_of(there[deep].dataset)[2]
        moments = Column(table_group(from, String(name))[axis], axis)
        for (i, column) in enumerate(chosen)
            append!(fields, deep_fields(from, column, range, moments, how))
            i == 1 && push!(fields, deep_axis(moments, length(range), how))
        end
    end
    return NamedTuple{Tuple(first.(fields))}(Tuple(last.(fields)))
end

function choose(there::Vector{Column}, table::String, wanted)
    names = wanted isa Union{Symbol,AbstractString} ? [wanted] : wanted
    known = [c.name for c in there]
    return map(collect(names)) do name
        place = findfirst(==(string(name)), known)
        place === nothing && throw(no_such("column of $table", name, known))
        there[place]
    end
end

function check_rows(rows, count::Int, table::String)
    range = UnitRange{Int}(rows)
    if !isempty(range) && !(1 <= first(range) && last(range) <= count)
        throw(ArgumentError("table $table has rows 1:$count, not all of $range"))
    end
    return range
end

function flat_fields(from, column::Column, range, how::Reading)
    stored = read_rows(column.dataset, range)
    ndims(stored) == 1 &&
        return [Symbol(column.name) => decoded(from, column, stored, how)]
    axis = axes_of(column.dataset)[2]
    # Nothing names the fields of a histogram: they stay together, row by row.
    attribute(parent(column.dataset)[axis], "copy_of", "") == "" &&
        return [Symbol(column.name) => [stored[:, i] for i in 1:size(stored, 2)]]
    ends = endings(from, column, axis, size(stored, 1))
    return [
        Symbol(column.name, "_", ends[i]) => decoded(from, column, stored[i, :], how) for
        i in 1:size(stored, 1)
    ]
end

# Of a table such as fans(series, time, quantile): rows are series, the moments of each
# one after the other.
function deep_fields(from, column::Column, range, moments::Column, how::Reading)
    width = row_count(moments.dataset)
    stored = read_rows(column.dataset, range)
    if ndims(stored) == 1
        repeated = repeat(stored; inner = width)
        return [Symbol(column.name) => decoded(from, column, repeated, how)]
    elseif ndims(stored) == 2
        return [Symbol(column.name) => decoded(from, column, vec(stored), how)]
    end
    ends = endings(from, column, axes_of(column.dataset)[3], size(stored, 1))
    return [
        Symbol(column.name, "_", ends[i]) =>
            decoded(from, column, vec(stored[i, :, :]), how) for i in 1:size(stored, 1)
    ]
end

function deep_axis(moments::Column, series::Int, how::Reading)
    stored = repeat(read(moments.dataset); outer = series)
    return Symbol(moments.name) => decode(moments, stored, nothing, true, how.times)
end

"""
    ISSSim.column(result, table, name; rows, names = true, times = :dates)

One column of a table, as [`ISSSim.table`](@ref) has it; nothing else is read.
"""
function column(
    result::Result, table::Union{Symbol,AbstractString}, name::Union{Symbol,AbstractString};
    rows = nothing, names = true, times = :dates,
)
    from, how = source(result), Reading(; names = names, times = times)
    found = column_of(from, String(table), String(name))
    ndims(found.dataset) == 1 ||
        throw(ArgumentError("$table.$name has several dimensions: see ISSSim.array"))
    count = row_count(found.dataset)
    range = rows === nothing ? (1:count) : check_rows(rows, count, String(table))
    return decoded(from, found, read_rows(found.dataset, range), how)
end

"""
    ISSSim.units(result, table)

The units of each column, as in `(days_aboard = "d", ...)`; "1" for plain numbers, "" for
texts.
"""
units(result::Result, table) = each_column(c -> c.units, result, table)

"""
    ISSSim.docs(result, table)

What each column means, a NamedTuple of sentences.
"""
docs(result::Result, table) = each_column(c -> c.doc, result, table)

function each_column(what, result::Result, table)
    found = columns_of(source(result), String(table))
    return NamedTuple{Tuple(Symbol(c.name) for c in found)}(Tuple(what(c) for c in found))
end
