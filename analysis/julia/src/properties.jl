# SPDX-License-Identifier: GPL-3.0-or-later
#
# What stands behind the dot: run.title, study.fans, and any table by its name.

epoch_of(from::Source) = DateTime(rstrip(from.attributes["epoch"], 'Z'))

const COMMON = Dict{Symbol,Function}(
    :path => result -> source(result).path,
    :title => result -> source(result).attributes["title"],
    :epoch => result -> epoch_of(source(result)),
    :seed => result -> plain_seed(source(result).attributes["seed"]),
    :complete => result -> source(result).attributes["complete"] != 0,
    :attrs => result -> copy(source(result).attributes),
    :tables => result -> table_names(source(result)),
    :provenance => result -> Provenance(result),
)

const OF_RUN = merge(COMMON, Dict{Symbol,Function}(
    :replication => run -> Int(get(source(run).attributes, "replication", 0)),
    :start => run -> epoch_of(source(run)),
    :stop => run -> stop_of(run),
    :event_count => run -> event_count(run),
    :state => run -> state(run),
    :resources => run -> stocks(run),
    :resource_types => run -> table(run, :resources),
))

const OF_STUDY = merge(COMMON, Dict{Symbol,Function}(
    :n => study -> row_count(table_group(source(study), "replications")["replication"]),
    :metrics => study -> metrics(study),
    :summary => study -> summary_table(study),
    :quantiles => study -> quantiles(study),
    :fans => study -> fans(study),
    :inputs => study -> inputs(study),
    :traces => study -> Traces(study),
))

known_properties(::Run) = OF_RUN
known_properties(::Study) = OF_STUDY
known_properties(::Sweep) = COMMON

function Base.getproperty(result::Result, name::Symbol)
    known = known_properties(result)
    return haskey(known, name) ? known[name](result) : table(result, name)
end

function Base.propertynames(result::Result, private::Bool = false)
    tables = Symbol.(table_names(source(result)))
    return Tuple(union(sort!(collect(keys(known_properties(result)))), tables))
end

event_count(run::Run) = row_count(table_group(source(run), "events")["time"])

function stop_of(run::Run)
    count = event_count(run)
    count == 0 && return epoch_of(source(run))
    return column(run, :events, :time; rows = count:count)[1]
end

function metrics(study::Study)
    found = table(study, :summary; columns = ["metric", "units", "doc", "kind"])
    return (name = found.metric, units = found.units, doc = found.doc, kind = found.kind)
end

function summary_table(study::Study; rows = nothing)
    there = columns_of(source(study), "summary")
    flat = [c.name for c in there if ndims(c.dataset) == 1]
    return table(study, :summary; columns = flat, rows = rows)
end

# ---- over time ----------------------------------------------------------------------

"The table `state` with `docked[time, port]` as a matrix and the ports beside it."
function state(run::Run)
    columns = columns_of(source(run), "state")
    flat = [c.name for c in columns if ndims(c.dataset) == 1]
    docked = array(run, :state, :docked)
    return merge(
        table(run, :state; columns = flat), (port = docked.port, docked = docked.docked),
    )
end

"""
Stocks over time, every resource at every time: `stock[time, resource]` and so on.

A row of the table `levels` stands where something of one resource changed. At the times of
others, rates are the last and stocks what follows from them: they change by made - used a
day. The last time is the horizon; `NaN` stands before a resource's first row.
"""
function stocks(run::Run)
    levels = table(run, :levels; names = false, times = :microseconds)
    types = table(run, :resources)
    time = sort!(unique(levels.time))
    if !isempty(time)
        horizon = column(run, :events, :time; times = :microseconds)[end]
        time = sort!(union(time, [horizon]))
    end
    at = Dict(us => i for (i, us) in enumerate(time))
    row = zeros(Int, length(time), length(types.id)) # of levels, that holds then
    for i in eachindex(levels.time)
        row[at[levels.time[i]], levels.resource[i]] = i
    end
    for r in axes(row, 2), t in 2:length(time)
        row[t, r] == 0 && (row[t, r] = row[t-1, r])
    end
    held = name -> [i == 0 ? NaN : getproperty(levels, name)[i] for i in row]
    days = [i == 0 ? 0.0 : (time[t] - levels.time[i]) / 86_400_000_000 for
            (t, i) in zip(repeat(eachindex(time), length(types.id)), vec(row))]
    days = reshape(days, size(row))
    used, made = held(:used), held(:made)
    grown = [d > 0 ? (m - u) * d : 0.0 for (m, u, d) in zip(made, used, days)]
    nominal = reshape(types.nominal_use, 1, :)
    reserve = held(:reserve) .+ [g == 0 ? 0.0 : g / n for (g, n) in
                                 zip(grown, repeat(nominal, length(time), 1))]
    return (
        time = DateTime[moment(epoch_of(source(run)), us) for us in time],
        resource = types.id, name = types.name, stock = held(:stock) .+ grown,
        reserve = reserve, used = used, made = made, lacking = held(:lacking),
        leaked = held(:leaked), let_go = held(:let_go),
    )
end

# ---- how results print themselves ---------------------------------------------------

extent(run::Run) = "replication $(run.replication), $(event_count(run)) events"
extent(study::Study) = "$(study.n) replications"
extent(sweep::Sweep) = "$(length(sweep.tables)) tables"

function Base.show(io::IO, result::Result)
    kind, path = nameof(typeof(result)), basename(source(result).path)
    if isvalid(source(result).file)
        print(io, "ISSSim.", kind, " ", path, ": ", result.title, ", ", extent(result))
    else
        print(io, "ISSSim.", kind, " ", path, ", closed")
    end
end
