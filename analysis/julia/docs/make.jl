# SPDX-License-Identifier: GPL-3.0-or-later
#
# Prints docs/reference.md from the package's own descriptions:
#
#     julia --project=. docs/make.jl > docs/reference.md

using ISSSim

const PARTS = (
    "Opening and making results" => (:open, :run, :mc),
    "Results" => (:Run, :Study, :Sweep, :Provenance),
    "Tables" => (:table, :column, :array, :units, :docs),
    "A run" => (:events, :causes, :effects, :metric),
    "A study" => (:values, :interval, :input_names),
    "Errors" => (:FormatError, :ProgramError, :NoSuchName),
)

# What stands before a definition, as it was written.
function described(name::Symbol)
    binding = Base.Docs.Binding(ISSSim, name)
    found = Base.Docs.meta(ISSSim)[binding]
    texts = [join(found.docs[signature].text) for signature in found.order]
    # Another section of the page, not of the package:
    return replace(join(texts, "\n"), r"\[(`[^`]*`)\]\(@ref[^)]*\)" => s"\1")
end

function reference()
    page = IOBuffer()
    println(page, "# Reference of ISSSim\n")
    println(page, "Printed by `docs/make.jl` from the package.\n")
    println(page, split(described(:ISSSim), "\n\n"; limit = 2)[1], "\n")
    for (title, names) in PARTS
        println(page, "## ", title, "\n")
        for name in names
            println(page, "### ", name, "\n\n", rstrip(described(name)), "\n")
        end
    end
    return rstrip(String(take!(page))) * "\n"
end

abspath(PROGRAM_FILE) == @__FILE__() && print(reference())
