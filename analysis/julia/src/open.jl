# SPDX-License-Identifier: GPL-3.0-or-later
#
# Opens a file, or says in a sentence why it can't be read.

const KINDS =
    Dict("isssim/run" => Run, "isssim/mc" => Study, "isssim/sweep" => Sweep)

"""
    ISSSim.open(path; incomplete = false)
    ISSSim.open(f, path)

Open a file of isssim's: a [`Run`](@ref ISSSim.Run), a [`Study`](@ref ISSSim.Study) or a
[`Sweep`](@ref ISSSim.Sweep), as the file says itself. Nothing is read but what is asked for
afterwards. With a function the result is closed after it.

A file that is no result of isssim, of a format too new or too old, or incomplete is refused
with an [`ISSSim.FormatError`](@ref). `incomplete = true` welcomes a study that was
interrupted, with the rows that it has.
"""
function open(path::AbstractString; incomplete::Bool = false)
    return open_result(String(path), incomplete, false)
end

function open(f::Function, path::AbstractString; incomplete::Bool = false)
    result = open(path; incomplete = incomplete)
    try
        return f(result)
    finally
        close(result)
    end
end

function open_result(path::String, incomplete::Bool, temporary::Bool)
    file = open_hdf5(path)
    try
        kind = check_format(file, path, incomplete)
        from = Source(file, file, path, temporary, attributes_of(file))
        temporary && finalizer(shut, from)
        return KINDS[kind](from)
    catch
        close(file)
        rethrow()
    end
end

function open_hdf5(path::String)
    isdir(path) && throw(FormatError("$path is a folder"))
    isfile(path) || throw(FormatError("$path isn't there"))
    filesize(path) == 0 && throw(FormatError("$path is empty"))
    HDF5.ishdf5(path) || throw(FormatError("$path isn't an HDF5 file"))
    try
        return h5open(path, "r")
    catch
        throw(FormatError("$path can't be read: it is damaged, cut off, or locked"))
    end
end

attributes_of(object) =
    Dict{String,Any}(name => attribute(object, name) for name in keys(attributes(object)))

function check_format(file, path::String, incomplete::Bool)
    kind = attribute(file, "filetype", "")
    version = attribute(file, "format_version", nothing)
    if !(kind isa String) || !startswith(kind, "isssim/") || version === nothing
        throw(FormatError("$path isn't a result of isssim: it has no such filetype"))
    end
    told = join(version, '.')
    if first(version) > FORMAT_MAJOR
        throw(FormatError("$path has format $told, newer than this package reads " *
                          "($FORMAT_MAJOR.x): a newer package ISSSim is needed"))
    elseif first(version) < FORMAT_MAJOR
        throw(FormatError("$path has format $told, older than this package reads " *
                          "($FORMAT_MAJOR.x): make the file again, or use an older " *
                          "package ISSSim"))
    elseif !haskey(KINDS, kind)
        known = join(sort!(collect(keys(KINDS))), ", ")
        throw(FormatError("$path is of the kind $kind; this package reads $known"))
    elseif !incomplete && attribute(file, "complete", 0) == 0
        throw(FormatError(how_incomplete(file, path, kind)))
    end
    return kind
end

function how_incomplete(file, path::String, kind::String)
    asked = attribute(file, "requested", nothing)
    if kind == "isssim/mc" && asked !== nothing && haskey(file, "replications")
        rows = row_count(file["replications/replication"])
        return "$path is incomplete: it has $rows of $(Int(asked)) replications; go on " *
               "with isssim mc --resume, or open it with incomplete = true"
    end
    return "$path is incomplete: what wrote it was interrupted"
end
