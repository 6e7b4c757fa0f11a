# SPDX-License-Identifier: GPL-3.0-or-later
#
# The lines of the README's tour run, and those whose output every Julia prints alike
# print what it says.

page = read(joinpath(@__DIR__, "..", "README.md"), String)
blocks = [m.captures[1] for m in eachmatch(r"```julia-repl\n(.*?)```"s, page)]
@test length(blocks) >= 5

tour = Module(:Tour)
cd(mktempdir()) do
    for block in blocks, step in split(block, r"(^|\n)julia> "; keepempty = false)
        line, told = split(step * "\n", '\n'; limit = 2)
        line == "using DataFrames" && Base.find_package("DataFrames") === nothing && break
        value = Core.eval(tour, Meta.parse(line))
        told = strip(told)
        # Older and newer releases print types of arrays and of dates in different ways.
        isempty(told) || occursin(r"Array\{|Dates\.|DataFrame", told) && continue
        isempty(told) || @test repr(MIME("text/plain"), value) == told
    end
end
