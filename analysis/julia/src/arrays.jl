# SPDX-License-Identifier: GPL-3.0-or-later
#
# Columns of more than one dimension as arrays, with their axes.

"""
    ISSSim.array(result, table, name; names = true, times = :dates)

A column as an array, dimensions in the order that the documentation has them, beside its
axes: `ISSSim.array(study, :fans, :value)` has `value[series, time, quantile]` and the
vectors `series`, `time`, `quantile`.
"""
function array(
    result::Result, table::Union{Symbol,AbstractString}, name::Union{Symbol,AbstractString};
    names = true, times = :dates,
)
    from, how = source(result), Reading(; names = names, times = times)
    found = column_of(from, String(table), String(name))
    stored = read(found.dataset)
    values = reshape(decoded(from, found, vec(stored), how), size(stored))
    ordered = permutedims(values, ndims(values):-1:1)
    axes = axes_of(found.dataset)
    group = table_group(from, String(table))
    fields = Pair{Symbol,AbstractArray}[Symbol(name) => ordered]
    for axis in axes
        push!(fields, Symbol(axis) => axis_values(from, group[axis], axis, how))
    end
    return NamedTuple{Tuple(first.(fields))}(Tuple(last.(fields)))
end

# An axis that copies a table's rows is named by them.
function axis_values(from::Source, scale, axis::String, how::Reading)
    column = Column(scale, axis)
    across = attribute(scale, "copy_of", "")
    if column.kind === :count && axis == "row"
        return collect(1:row_count(scale))
    elseif column.kind === :count && across != ""
        labels = how.names === false ? nothing :
                 labels_of(from, across, how.names === :name)
        return labels === nothing ? collect(1:row_count(scale)) : copy(labels)
    end
    return decode(column, read(scale), nothing, true, how.times)
end
