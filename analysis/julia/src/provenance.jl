# SPDX-License-Identifier: GPL-3.0-or-later

"""
    ISSSim.Provenance

Where a result is from: everything that is needed to make it again. `scenario_text` is the
main scenario as it was written, `resolved_text` the scenario with all layers merged,
`files` a table (`path`, `sha256`, `text`) of everything that was read, `overrides` the
settings from the command line. What `--reproducible` leaves out of the file is `nothing`
here: `command_line`, `started` (UTC), `elapsed_s`, `max_rss` (bytes), `host`, `libraries`.
"""
struct Provenance
    scenario_text::String
    resolved_text::String
    files::NamedTuple{(:path, :sha256, :text),NTuple{3,Vector{String}}}
    overrides::Vector{String}
    json::String
    command_line::Union{String,Nothing}
    started::Union{DateTime,Nothing}
    elapsed_s::Union{Float64,Nothing}
    max_rss::Union{Int,Nothing}
    host::Union{String,Nothing}
    libraries::Union{String,Nothing}
    isssim_version::String
    git_sha1::String
    git_dirty::Bool
    model_hash::String
    numerics::String
    seed::Integer
    rng::String
    replication::Union{Int,Nothing}
end

# Seeds have 64 bits; those that fit are shown as people write them.
plain_seed(seed::Integer) = seed <= typemax(Int) ? Int(seed) : UInt64(seed)

function Provenance(result::Result)
    from = source(result)
    isvalid(from.file) || throw(FormatError("$(from.path): it has been closed"))
    group, head = from.file["provenance"], from.attributes
    files = Tuple(read(group["files"][name]) for name in ("path", "sha256", "text"))
    started = attribute(group, "started")
    max_rss = attribute(group, "max_rss")
    replication = get(head, "replication", nothing)
    return Provenance(
        read(group["scenario_text"]), read(group["resolved_text"]),
        NamedTuple{(:path, :sha256, :text)}(files), read(group["overrides"]),
        read(group["json"]), attribute(group, "command_line"),
        started === nothing ? nothing : DateTime(rstrip(started, 'Z')),
        attribute(group, "elapsed_s"), max_rss === nothing ? nothing : Int(max_rss),
        attribute(group, "host"), attribute(group, "libraries"), head["isssim_version"],
        head["git_sha1"], head["git_dirty"] != 0, head["model_hash"], head["numerics"],
        plain_seed(head["seed"]), head["rng"],
        replication === nothing ? nothing : Int(replication),
    )
end

Base.show(io::IO, p::Provenance) = print(
    io, "isssim ", p.isssim_version, " (", first(p.git_sha1, 9),
    p.git_dirty ? ", changed" : "", "), seed ", p.seed, ", ", length(p.files.path), " files",
    p.command_line === nothing ? "" : ": " * p.command_line,
)
