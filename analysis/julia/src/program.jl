# SPDX-License-Identifier: GPL-3.0-or-later
#
# Calls the program, and opens what it wrote.

# Exit code of a study in which missions ended early, and of errors of the program.
const SOME_FAILED = 70

function find_program(program)
    named = program === nothing ? get(ENV, "ISSSIM", "") : String(program)
    if named != ""
        found = Sys.which(named)
        found === nothing &&
            throw(ProgramError("$named isn't a program that can be started", nothing))
        return found
    end
    found = Sys.which("isssim")
    found === nothing || return found
    checkout = normpath(joinpath(@__DIR__, "..", "..", ".."))
    launcher = joinpath(checkout, "isssim")
    isfile(launcher) && isdir(joinpath(checkout, "engine")) && return launcher
    throw(ProgramError(
        "the program isssim isn't found: put it on the PATH, name it in the environment " *
        "variable ISSSIM, or give program = ...", nothing,
    ))
end

# A value as the scenario language writes it; text stays as it is, so that it can be
# anything that --set takes.
setting(value::AbstractString) = String(value)
setting(value) = literal(value)

quoted(text) = "\"" * replace(replace(text, "\\" => "\\\\"), "\"" => "\\\"") * "\""
literal(value::Bool) = value ? "true" : "false"
literal(value::Real) = string(value)
literal(value::Rational) = string(float(value))
literal(value::Union{AbstractString,Symbol}) = quoted(string(value))
literal(value::Date) = quoted(string(value))
literal(value::DateTime) = quoted(string(value, "Z"))
literal(value::Union{AbstractDict,NamedTuple}) =
    "{" * join(" $name = $(literal(part));" for (name, part) in pairs(value)) * " }"
function literal(value::Union{AbstractVector,Tuple})
    simple = all(part -> part isa Union{AbstractString,Symbol,Real}, value)
    inner = join((literal(part) for part in value), ", ")
    return simple ? "[$inner]" : "($inner)"
end

function option_words(options)
    words = String[]
    for (name, value) in pairs(options)
        (value === nothing || value === false) && continue
        push!(words, "--" * replace(string(name), '_' => '-'))
        value === true && continue
        several = value isa Union{AbstractVector,Tuple}
        push!(words, several ? join(value, ",") : string(value))
    end
    return words
end

# Start the program; what it says when it fails is the error.
function call(program, words::Vector{String})
    where_from = find_program(program)
    said = IOBuffer()
    command = setenv(`$where_from $words`, merge(Dict(ENV), Dict("NO_COLOR" => "1")))
    process = try
        Base.run(pipeline(
            ignorestatus(command); stdin = devnull, stdout = devnull, stderr = said,
        ))
    catch error
        error isa Base.IOError || rethrow()
        throw(ProgramError("$where_from can't be started", nothing))
    end
    if !success(process)
        text = strip(String(take!(said)))
        text = isempty(text) ? "$where_from ended with code $(process.exitcode)" : text
        throw(ProgramError(text, process.exitcode))
    end
    return nothing
end

# What tells a file from the one that was there before; nothing when there is none.
function state_of(path)
    found = stat(path)
    return ispath(found) ? (found.inode, found.mtime, found.size) : nothing
end

# Let the program write the file. Its exit code isn't 0 when missions ended early, but the
# study is written all the same.
function write_result(program, words::Vector{String}, path::String)
    before = state_of(path)
    try
        call(program, append!(words, ["--output", path]))
    catch error
        error isa ProgramError && error.code == SOME_FAILED &&
            !(state_of(path) in (before, nothing)) || rethrow()
        @warn error.message
    end
    return nothing
end

function make(command::String, scenario, settings, options, output, program)
    words = [command, String(scenario), "--quiet"]
    append!(words, option_words(options))
    for (path, value) in pairs_of(settings)
        append!(words, ["--set", string(path, "=", setting(value))])
    end
    temporary = output === nothing
    folder = temporary ? mktempdir(; prefix = "isssim-") : ""
    stem = first(splitext(basename(scenario)))
    path = temporary ? joinpath(folder, stem * ".h5") : String(output)
    try
        write_result(program, words, path)
        return open_result(path, true, temporary)
    catch
        temporary && rm(folder; force = true, recursive = true)
        rethrow()
    end
end

pairs_of(settings::Union{AbstractDict,NamedTuple}) = pairs(settings)
pairs_of(setting::Pair) = (setting,)
pairs_of(settings) = settings

"""
    ISSSim.run(scenario; set, seed, replication, output, program, options...)

Run one mission, as `isssim run` does, and open the result.

- `scenario`: its file, or the name of a shipped one
- `set`: settings that are other than in the scenario: `"policy.call_up" => false`, several
  in a `Dict` or a vector. Booleans, numbers, dates, vectors and dictionaries are written as
  the language has them; a text is taken as it is
- `seed`, `replication`: which random numbers
- `output`: where the file is to be; it mustn't exist, unless `force = true`. Without it the
  file goes when the result is closed, or no longer used
- `program`: the program; else `ENV["ISSSIM"]`, `isssim` on the PATH, or the checkout's
- further options of the program: `reproducible = true`

An [`ISSSim.ProgramError`](@ref) tells what the program said when it fails.
"""
function run(
    scenario::AbstractString; set = (), seed = nothing, replication = nothing,
    output = nothing, program = nothing, options...,
)
    given = merge((seed = seed, replication = replication), values_of(options))
    return make("run", scenario, set, given, output, program)::Run
end

"""
    ISSSim.mc(scenario; n, set, jobs, seed, output, program, options...)

Run `n` missions on `jobs` processors (all of them, if not told) and sum them up, as
`isssim mc` does. The rest as in [`ISSSim.run`](@ref); among the options are `traces = 5`,
`series = "crew,unsafe"` and `precision = "crew_mean=1%"`. When some missions ended early
there is a warning, and `study.failed` has them.
"""
function mc(
    scenario::AbstractString; n = nothing, set = (), jobs = nothing, seed = nothing,
    output = nothing, program = nothing, options...,
)
    given = merge((replications = n, threads = jobs, seed = seed), values_of(options))
    return make("mc", scenario, set, given, output, program)::Study
end

values_of(options) = Base.values(options)
