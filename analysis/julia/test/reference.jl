# SPDX-License-Identifier: GPL-3.0-or-later
#
# docs/reference.md is what docs/make.jl prints.

include(joinpath("..", "docs", "make.jl"))
is_current = read(joinpath(@__DIR__, "..", "docs", "reference.md"), String) == reference()
@test is_current
