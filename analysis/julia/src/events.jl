# SPDX-License-Identifier: GPL-3.0-or-later
#
# The log of events, read chunk by chunk: it may have more rows than fit in memory.
#
# Events stand in the order of time, so that the rows of a period are found by bisection;
# within them a chunk of one column after the other is read, and only the rows that are
# asked for are kept.

"Rows that are looked at together; 8 MiB of a column of 8 bytes."
const CHUNK = 1 << 20

"""
    ISSSim.events(run; types, from, to, columns, names = true, times = :dates, which...)

Events, those that are asked for, as a table whose first column `row` is their number in
the log, for [`ISSSim.causes`](@ref) and [`ISSSim.effects`](@ref).

- `types`: kinds of event, one or several: `"DOCKED"`, `["DOCKED", "UNDOCKED"]`
- `from`, `to`: from the one to before the other; a `DateTime`, a `Date`, ISO-8601 text
  ("2023-01-01", UTC) or microseconds since the epoch
- `columns`, `names`, `times` as in [`ISSSim.table`](@ref)
- `which`: what the event concerns, by column, as key, name or row:
  `flight = "MS-22"`, `person = ["rubio", "petelin"]`, `port = "Poisk"`

`chunk` rows at a time are looked at, so that a log may be larger than the memory.
"""
function events(
    run::Run; types = nothing, from = nothing, to = nothing, columns = nothing,
    names = true, times = :dates, chunk::Integer = CHUNK, which...,
)
    log, how = source(run), Reading(; names = names, times = times)
    there = columns_of(log, "events")
    chosen = columns === nothing ? there : choose(there, "events", columns)
    first_row = from === nothing ? 1 : first_from(log, from)
    last_row = to === nothing ? row_count(there[1].dataset) : first_from(log, to) - 1
    wanted = wanted_codes(log, there, types, which)
    rows = Int[]
    parts = [Any[] for _ in chosen]
    for start in first_row:chunk:last_row
        range = start:min(start + chunk - 1, last_row)
        kept = matching(wanted, range)
        isempty(kept) && continue
        append!(rows, range[kept])
        for (part, column) in zip(parts, chosen)
            push!(part, read_rows(column.dataset, range)[kept])
        end
    end
    return event_table(log, chosen, rows, parts, how)
end

function event_table(log::Source, chosen, rows, parts, how::Reading)
    fields = Pair{Symbol,AbstractVector}[:row => rows]
    for (part, column) in zip(parts, chosen)
        stored = isempty(part) ? read_rows(column.dataset, 1:0) : reduce(vcat, part)
        push!(fields, Symbol(column.name) => decoded(log, column, stored, how))
    end
    return NamedTuple{Tuple(first.(fields))}(Tuple(last.(fields)))
end

as_list(value::Union{AbstractString,Symbol,Integer}) = [value]
as_list(values) = collect(values)

# Pairs of a dataset and the stored numbers that are wanted of it.
function wanted_codes(log::Source, there, types, which)
    wanted = Pair{HDF5.Dataset,Set{Int}}[]
    if types !== nothing
        column = there[findfirst(c -> c.name == "type", there)]
        place = Dict(name => code for (code, name) in meanings(column))
        codes = Int[]
        for kind in as_list(types)
            code = get(place, string(kind), nothing)
            code === nothing && throw(no_such("kind of event", kind, keys(place)))
            push!(codes, code)
        end
        push!(wanted, column.dataset => Set(codes))
    end
    references = filter(c -> c.kind === :row && c.refers_to != "events", there)
    for (name, values) in pairs(which)
        place = findfirst(c -> c.name == string(name), references)
        place === nothing &&
            throw(no_such("reference of events", name, [c.name for c in references]))
        column = references[place]
        rows = Int[row_of(log, column.refers_to, v) - 1 for v in as_list(values)]
        push!(wanted, column.dataset => Set(rows))
    end
    return wanted
end

# Which of a chunk's rows are wanted, counted within the chunk.
function matching(wanted, range::UnitRange{Int})
    kept = collect(1:length(range))
    for (dataset, codes) in wanted
        isempty(kept) && break
        keep!(kept, read_rows(dataset, range), codes)
    end
    return kept
end

# A function of its own, so that it's compiled for the type of what is stored.
keep!(kept::Vector{Int}, stored::Vector, codes::Set{Int}) =
    filter!(i -> Int(stored[i]) in codes, kept)

since_epoch(epoch::DateTime, time::Integer) = Int64(time)
since_epoch(epoch::DateTime, time::DateTime) = 1000 * Dates.value(time - epoch)
since_epoch(epoch::DateTime, time::Date) = since_epoch(epoch, DateTime(time))
function since_epoch(epoch::DateTime, time::AbstractString)
    parts = match(r"^(\d+-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?))?Z?$", time)
    parts === nothing && throw(ArgumentError(
        "\"$time\" isn't a time: write 2023-01-31 or 2023-01-31T12:00:00, in UTC",
    ))
    clock = something(parts.captures[2], "00:00")
    return since_epoch(epoch, DateTime(parts.captures[1] * "T" * clock))
end

"The first row whose time isn't before `time`, or one more than there are."
function first_from(log::Source, time)
    column = column_of(log, "events", "time")
    limit = since_epoch(epoch_of(column.units), time)
    low, high = 1, row_count(column.dataset) + 1
    while low < high
        middle = (low + high) ÷ 2
        if column.dataset[middle] < limit
            low = middle + 1
        else
            high = middle
        end
    end
    return low
end

# ---- causes and effects -------------------------------------------------------------

function check_event(log::Source, row::Integer)
    count = row_count(table_group(log, "events")["time"])
    1 <= row <= count || throw(NoSuchName("no event has row $row; there are $count"))
    return Int(row)
end

"""
    ISSSim.causes(run, row; names = true, times = :dates)

How an event came about: the root first, then what it caused, at last the event itself. As
[`ISSSim.events`](@ref), by the number that it tells.
"""
function causes(
    run::Run, row::Integer; names = true, times = :dates, chunk::Integer = CHUNK,
)
    log = source(run)
    chain = [check_event(log, row)]
    cause = table_group(log, "events")["cause"]
    while true
        parent = Int(cause[chain[1]]) + 1
        1 <= parent < chain[1] || break # a cause comes before what it causes
        pushfirst!(chain, parent)
    end
    return events_at(log, chain, Reading(; names = names, times = times), chunk)
end

"""
    ISSSim.effects(run, row; direct = false, names = true, times = :dates)

What an event led to, in the order of time, itself left out; with `direct` only what was
scheduled during the event itself.
"""
function effects(
    run::Run, row::Integer; direct::Bool = false, names = true, times = :dates,
    chunk::Integer = CHUNK,
)
    log = source(run)
    root = check_event(log, row)
    cause = table_group(log, "events")["cause"]
    known, found = Set([root]), Int[]
    for start in root+1:chunk:row_count(cause)
        range = start:min(start + chunk - 1, row_count(cause))
        descend!(found, known, range, read_rows(cause, range), direct)
    end
    return events_at(log, found, Reading(; names = names, times = times), chunk)
end

function descend!(found, known::Set{Int}, range, parents::Vector, direct::Bool)
    for (event, parent) in zip(range, parents)
        Int(parent) + 1 in known || continue
        push!(found, event)
        direct || push!(known, event)
    end
end

# The events of these rows, which go upwards.
function events_at(log::Source, rows::Vector{Int}, how::Reading, chunk::Integer)
    chosen = columns_of(log, "events")
    parts = [Any[] for _ in chosen]
    for (part, column) in zip(parts, chosen)
        done = 0
        while done < length(rows)
            start = rows[done+1]
            last_here = searchsortedlast(rows, start + chunk - 1)
            here = rows[done+1:last_here]
            stored = read_rows(column.dataset, start:here[end])
            push!(part, stored[here .- (start - 1)])
            done = last_here
        end
    end
    return event_table(log, chosen, rows, parts, how)
end
