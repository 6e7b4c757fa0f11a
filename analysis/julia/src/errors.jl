# SPDX-License-Identifier: GPL-3.0-or-later
#
# What can go wrong, each with a sentence for whoever reads it.

"""
    ISSSim.FormatError

The file is no result of isssim, or one that this package can't read: too new, too old,
incomplete. `message` says which.
"""
struct FormatError <: Exception
    message::String
end

"""
    ISSSim.ProgramError

The program ended with an error, or isn't there. `message` is what it said, `code` its exit
code, or `nothing` when it couldn't be started.
"""
struct ProgramError <: Exception
    message::String
    code::Union{Int,Nothing}
end

"""
    ISSSim.NoSuchName

No table, column, metric, type of event or row has this name.
"""
struct NoSuchName <: Exception
    message::String
end

Base.showerror(io::IO, e::Union{FormatError,ProgramError,NoSuchName}) =
    print(io, nameof(typeof(e)), ": ", e.message)

# How many characters must change to make one name of the other.
function edits(a::AbstractString, b::AbstractString)
    x, y = collect(lowercase(a)), collect(lowercase(b))
    row = collect(0:length(y))
    for i in eachindex(x)
        diagonal, row[1] = row[1], i
        for j in eachindex(y)
            changed = diagonal + (x[i] != y[j])
            diagonal = row[j+1]
            row[j+1] = min(row[j] + 1, row[j+1] + 1, changed)
        end
    end
    return row[end]
end

"The error that nothing is called `name`, and what may have been meant among `known`."
function no_such(kind::AbstractString, name, known)
    names = unique(String[string(n) for n in known])
    text = string(name)
    hint = isempty(names) ? "; there is none" : ""
    if !isempty(names)
        distance, nearest = findmin([edits(text, n) for n in names])
        if distance <= max(1, length(text) ÷ 3)
            hint = "; did you mean $(names[nearest])?"
        elseif length(names) <= 12
            hint = "; there are " * join(names, ", ")
        end
    end
    return NoSuchName("no $kind is called \"$text\"$hint")
end
