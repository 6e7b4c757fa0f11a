# SPDX-License-Identifier: GPL-3.0-or-later
#
# A file that is open, and the tables in one group of it: its root, or a trace's.

mutable struct Source
    file::HDF5.File
    group::Union{HDF5.File,HDF5.Group}
    path::String
    temporary::Bool                 # whether its folder goes when it's closed
    attributes::Dict{String,Any}
    owner::Union{Source,Nothing}    # of a trace, the study, which must live as long
    labels::Dict{Tuple{String,Bool},Union{Nothing,Vector{String}}}
end

Source(file, group, path, temporary, attributes, owner = nothing) = Source(
    file, group, path, temporary, attributes, owner,
    Dict{Tuple{String,Bool},Union{Nothing,Vector{String}}}(),
)

"What `ISSSim.open` gives: a `Run`, a `Study` or a `Sweep`."
abstract type Result end

"""
    ISSSim.Run

One mission, told in full. Beside its tables (`run.flights`, `run.crew`,
`run.port_intervals`, ...: all of `run.tables`) it has `replication`, `start`, `stop`,
`event_count`, and what every result has: `path`, `title`, `epoch`, `seed`, `complete`,
`attrs`, `tables`, `provenance`.
"""
struct Run <: Result
    source::Source
end

"""
    ISSSim.Study

Many missions, summed up: `study.replications` (a row each), `study.summary` (a row a
metric), `study.quantiles` and `study.fans` (arrays with their axes), `study.counts`,
`study.failed`, `study.metrics`, `study.inputs`, `study.traces`.
"""
struct Study <: Result
    source::Source
end

"""
    ISSSim.Sweep

Studies at several points of a design: the tables `design`, `factors`, `points`,
`point_summary`, `comparison`, `sensitivity`, as far as the file has them.
"""
struct Sweep <: Result
    source::Source
end

source(result::Result) = getfield(result, :source)

function group_of(from::Source)
    isvalid(from.file) || throw(FormatError("$(from.path): it has been closed"))
    return from.group
end

"""
    close(result)

Close the file; what has been read of it stays. A file that `ISSSim.run` made for itself
is removed. A study's traces are closed with it.
"""
function Base.close(result::Result)
    shut(source(result))
    return nothing
end

function shut(from::Source)
    isvalid(from.file) && close(from.file)
    from.temporary && rm(dirname(from.path); force = true, recursive = true)
    return nothing
end
