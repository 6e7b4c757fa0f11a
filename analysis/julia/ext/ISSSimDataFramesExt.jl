# SPDX-License-Identifier: GPL-3.0-or-later
#
# Tables as DataFrames, once DataFrames is loaded.
module ISSSimDataFramesExt

using ISSSim: ISSSim
if isdefined(Base, :get_extension)
    using DataFrames: DataFrames, DataFrame
else
    using ..DataFrames: DataFrames, DataFrame
end

"""
    DataFrame(result, table; kwargs...)

A table of a run, a study or a sweep as a `DataFrame`; the keywords are those of
`ISSSim.table`. With a DataFrames that knows of metadata its columns carry their `units` and
`doc`.
"""
function DataFrames.DataFrame(
    result::ISSSim.Result, table::Union{Symbol,AbstractString}; options...,
)
    frame = DataFrame(ISSSim.table(result, table; options...); copycols = false)
    isdefined(DataFrames, :colmetadata!) && describe!(frame, result, table)
    return frame
end

function describe!(frame, result, table)
    units, docs = ISSSim.units(result, table), ISSSim.docs(result, table)
    for name in propertynames(frame)
        haskey(units, name) || continue
        DataFrames.colmetadata!(frame, name, "units", units[name]; style = :note)
        DataFrames.colmetadata!(frame, name, "doc", docs[name]; style = :note)
    end
    return frame
end

end
