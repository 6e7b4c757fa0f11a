# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reads files that the program makes here, and compares with what `isssim export` prints.
#
#     ISSSIM=/path/to/isssim julia --project=. test/runtests.jl
#
# Without ISSSIM the program is looked for as by ISSSim.run.

using Dates, HDF5, ISSSim, Test

const FOLDER = mktempdir()
made(name) = joinpath(FOLDER, name)

include("csv.jl")

ISSSim.run("soyuz_leak.cfg"; output = made("leak.h5"))
ISSSim.run("baseline_2025_2030.cfg"; output = made("baseline.h5"))
ISSSim.mc(
    "soyuz_leak.cfg"; n = 200, jobs = 1, traces = [3, 17], series = "crew,unsafe",
    output = made("leak-mc.h5"),
)
ISSSim.mc("baseline_2025_2030.cfg"; n = 10, jobs = 1, output = made("baseline-mc.h5"))

@testset "ISSSim" begin
    @testset "$name" for name in (
        "export", "tables", "events", "studies", "refusals", "program", "sweeps", "frames",
        "reference", "readme",
    )
        include("$name.jl")
    end
end
