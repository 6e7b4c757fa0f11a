# SPDX-License-Identifier: GPL-3.0-or-later
#
# What `isssim export` prints: fields, quoted where they must be.

"The rows of a CSV text, the first the heading, each a vector of texts."
function csv_rows(text::AbstractString)
    rows, row, field, quoted = Vector{String}[], String[], IOBuffer(), false
    previous = '\n'
    for c in text
        if c == '"'
            quoted = !quoted
            quoted && previous == '"' && print(field, '"') # "" within quotes
        elseif quoted
            print(field, c)
        elseif c == ','
            push!(row, String(take!(field)))
        elseif c == '\n'
            push!(row, String(take!(field)))
            push!(rows, row)
            row = String[]
        else
            print(field, c)
        end
        previous = c
    end
    return rows
end

function export_rows(path, table)
    program = ISSSim.find_program(nothing)
    return csv_rows(read(`$program export $path $table`, String))
end

"A time as `isssim export` prints it, to microseconds since the epoch."
function csv_microseconds(text, epoch)
    whole, fraction = match(r"^([^.Z]+)(?:\.(\d+))?Z$", text).captures
    finer = fraction === nothing ? 0 : parse(Int, rpad(fraction, 6, '0'))
    return 1000 * Dates.value(DateTime(whole) - epoch) + finer
end
