# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every table of every file has the columns and the values that `isssim export` prints.

# Whether a value is what the field of the CSV says.
same(value::Missing, text, column, epoch) = text == ""
same(value::AbstractString, text, column, epoch) = text == value
same(value::Bool, text, column, epoch) = text == string(value)
same(value::UInt64, text, column, epoch) = text == string(value; base = 16, pad = 16)
same(value::Float64, text, column, epoch) =
    isnan(value) ? text == "" : parse(Float64, text) === value
function same(value::Int64, text, column, epoch)
    column.kind === :time && return csv_microseconds(text, epoch) == value
    # Rows without a name are numbers, in the program's output from 0.
    return parse(Int64, text) == (column.kind === :row ? value - 1 : value)
end

# The column that a field of a table comes from: docked_poisk from docked.
function origin(columns, field)
    exact = findfirst(c -> c.name == field, columns)
    exact === nothing || return columns[exact]
    wide = findfirst(c -> ndims(c.dataset) > 1 && startswith(field, c.name * "_"), columns)
    return wide === nothing ? (kind = field == "time" ? :time : :none,) : columns[wide]
end

# Columns of vectors as the several that the program prints: crew_0, crew_1, ...
function spread(name, column)
    column isa Vector{<:Vector} || return Any[string(name) => column]
    width = length(column[1])
    return Any["$(name)_$(i - 1)" => [row[i] for row in column] for i in 1:width]
end

"How many values a table has, if all are what the program prints; else what differs."
function compared(result, path, name, printed_name)
    read_here = ISSSim.table(result, name; times = :microseconds)
    fields = reduce(vcat, [spread(key, read_here[key]) for key in keys(read_here)])
    printed = export_rows(path, printed_name)
    first.(fields) == printed[1] || return "columns are $(printed[1])"
    columns = ISSSim.columns_of(ISSSim.source(result), name)
    count = 0
    for (i, (field, values)) in enumerate(fields)
        length(values) == length(printed) - 1 || return "$(length(values)) rows"
        column = origin(columns, field)
        for row in eachindex(values)
            text = printed[row+1][i]
            same(values[row], text, column, result.epoch) ||
                return "$field, row $row: $(values[row]) here, $text printed"
            count += 1
        end
    end
    return count
end

function compare_all(result, path, prefix = "")
    count = 0
    for name in result.tables
        found = compared(result, path, name, prefix * name)
        @testset "$prefix$name" begin
            @test found isa Int || found
        end
        count += found isa Int ? found : 0
    end
    return count
end

for file in ("leak.h5", "baseline.h5", "leak-mc.h5", "baseline-mc.h5")
    ISSSim.open(made(file)) do result
        count = compare_all(result, made(file))
        println("$file: $(length(result.tables)) tables, $count values as exported")
        result isa ISSSim.Study || return
        for (replication, run) in result.traces
            prefix = "traces/r" * lpad(replication, 6, '0') * "/"
            count = compare_all(run, made(file), prefix)
            println("$file: ", length(run.tables), " tables of ", prefix, ", ", count,
                " values as exported")
        end
    end
end
