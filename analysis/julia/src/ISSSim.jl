# SPDX-License-Identifier: GPL-3.0-or-later
"""
Reads what `isssim run` and `isssim mc` write, and calls them.

    run = ISSSim.open("soyuz_leak.h5")
    run.flights                             # a table: a NamedTuple of vectors
    ISSSim.events(run; types = "LAUNCH_DUE", from = "2023-01-01")
    study = ISSSim.mc("soyuz_leak.cfg"; n = 1000)
    ISSSim.metric(study, "crew_mean").mean

Nothing is exported, so that `ISSSim.open` and `ISSSim.run` stay apart from Julia's own.
Rows count from 1, as everywhere in Julia; in the file they count from 0.
"""
module ISSSim

using Dates
using HDF5
using Printf

"The version of the package."
const VERSION_OF_PACKAGE = v"0.1.0"

"Files with this first number in their `format_version` are understood."
const FORMAT_MAJOR = 1

include("errors.jl")
include("hdf5.jl")
include("columns.jl")
include("results.jl")
include("tables.jl")
include("arrays.jl")
include("open.jl")
include("events.jl")
include("study.jl")
include("provenance.jl")
include("properties.jl")
include("program.jl")

# Newer releases of Julia load ext/ISSSimDataFramesExt.jl by themselves.
if !isdefined(Base, :get_extension)
    using Requires: @require
end
@static if !isdefined(Base, :get_extension)
    function __init__()
        @require DataFrames = "a93c6f00-e57d-5684-b7b6-d8193f3e46c0" begin
            include("../ext/ISSSimDataFramesExt.jl")
        end
    end
end

end
