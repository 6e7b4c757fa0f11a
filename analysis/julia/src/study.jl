# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a study has beside its plain tables.

# Columns of /replications that are no metric.
const ABOUT = ("point", "replication", "fingerprint", "events", "status")

# How the description of an uncertain number begins.
const INPUT = "Drawn value of "

"""
    ISSSim.metric(run, name)
    ISSSim.metric(study, name)

Of a run the value of a metric, `NaN` when it is missing; of a study the row of its summary:
`n`, `mean`, `sd`, `mcse`, `ci_lo`, `ci_hi`, `min`, `max`, `p_nonzero`, ... In the metric's
unit, which `metrics` tells.
"""
function metric(run::Run, name::Union{Symbol,AbstractString})
    row = metric_row(source(run), "metrics", "name", name)
    return column(run, :metrics, :value; rows = row:row)[1]
end

function metric(study::Study, name::Union{Symbol,AbstractString})
    row = metric_row(source(study), "summary", "metric", name)
    return map(first, summary_table(study; rows = row:row))
end

function metric_row(from::Source, table::String, key::String, name)
    known = read(column_of(from, table, key).dataset)
    row = findfirst(==(string(name)), known)
    row === nothing && throw(no_such("metric", name, known))
    return row
end

"""
    ISSSim.values(study, metric; missing = true)

One metric of every replication, in the order of the file: `NaN` where it has none, or left
out with `missing = false`. Takes less memory than `study.replications`.
"""
function values(
    study::Study, name::Union{Symbol,AbstractString}; missing::Bool = true,
)
    group = table_group(source(study), "replications")
    known = filter(n -> !(n in ABOUT) && n != "row", members(group))
    string(name) in known || throw(no_such("metric", name, known))
    found = Float64.(read(group[string(name)]))
    return missing ? found : filter(!isnan, found)
end

"""
    ISSSim.interval(study, metric; level = 0.9)

The central interval `(lo, hi)` that holds a share `level` of the missions with a value:
quantiles (Hyndman and Fan's type 7) of the replications. It tells how missions differ, not
how well the mean is known: for that see `ci_lo` and `ci_hi` of [`ISSSim.metric`](@ref).
"""
function interval(study::Study, name::Union{Symbol,AbstractString}; level::Real = 0.9)
    0 < level < 1 || throw(ArgumentError("level is between 0 and 1, not $level"))
    sorted = sort!(values(study, name; missing = false))
    ends = (quantile7(sorted, (1 - level) / 2), quantile7(sorted, (1 + level) / 2))
    return (lo = ends[1], hi = ends[2])
end

function quantile7(sorted::Vector{Float64}, p::Real)
    isempty(sorted) && return NaN
    place = 1 + (length(sorted) - 1) * p
    below = clamp(floor(Int, place), 1, length(sorted))
    above = min(below + 1, length(sorted))
    share = place - below
    share == 0 && return sorted[below]
    return sorted[below] + share * (sorted[above] - sorted[below])
end

"""
    ISSSim.input_names(study)

Paths of the uncertain numbers of the scenario, whose drawn values `study.inputs` has.
"""
function input_names(study::Study)
    group = table_group(source(study), "replications")
    return String[
        name for name in members(group) if
        startswith(attribute(group[name], "long_name", ""), INPUT)
    ]
end

inputs(study::Study) =
    table(study, :replications; columns = ["replication"; input_names(study)])

function quantiles(study::Study)
    found = array(study, :summary, :value)
    return (metric = found.metric, quantile = found.quantile, value = found.value)
end

function fans(study::Study)
    from = source(study)
    if !has_table(from, "fans")
        quantile = read(column_of(from, "quantiles", "quantile").dataset)
        return (
            series = String[], time = DateTime[], quantile = quantile, units = String[],
            doc = String[], value = zeros(0, 0, length(quantile)), mean = zeros(0, 0),
        )
    end
    value = array(study, :fans, :value)
    return (
        series = value.series, time = value.time, quantile = value.quantile,
        units = column(study, :fans, :units), doc = column(study, :fans, :doc),
        value = value.value, mean = array(study, :fans, :mean).mean,
    )
end

# ---- whole missions that were kept --------------------------------------------------

"The missions that `--traces` kept, by replication; they are closed with the study."
struct Traces <: AbstractDict{Int,Run}
    source::Source
    replications::Vector{Int}
end

function Traces(study::Study)
    from = source(study)
    names = haskey(group_of(from), "traces") ? keys(group_of(from)["traces"]) : String[]
    return Traces(from, sort!(Int[parse(Int, name[2:end]) for name in names]))
end

Base.length(traces::Traces) = length(traces.replications)
Base.haskey(traces::Traces, replication) = replication in traces.replications
Base.keys(traces::Traces) = copy(traces.replications)
Base.get(traces::Traces, replication, default) =
    haskey(traces, replication) ? traces[replication] : default

function Base.iterate(traces::Traces, place::Int = 1)
    place > length(traces) && return nothing
    replication = traces.replications[place]
    return (replication => traces[replication], place + 1)
end

function Base.getindex(traces::Traces, replication)
    haskey(traces, replication) ||
        throw(no_such("replication with a trace", replication, traces.replications))
    from = traces.source
    group = group_of(from)[@sprintf("traces/r%06d", replication)]
    both = merge(from.attributes, attributes_of(group))
    return Run(Source(from.file, group, from.path, false, both, from))
end

Base.show(io::IO, ::MIME"text/plain", traces::Traces) =
    print(io, "traces of replications ", join(traces.replications, ", "))
