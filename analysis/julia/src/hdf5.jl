# SPDX-License-Identifier: GPL-3.0-or-later
#
# What this package needs of HDF5.jl, the same from 0.15 on.

# The functions of the library itself moved to a module of their own in 0.16.
const API = isdefined(HDF5, :API) ? HDF5.API : HDF5

attribute(object, name::String, default = nothing) =
    haskey(attributes(object), name) ? read(attributes(object)[name]) : default

"What a group holds, in the order in which it was made; `keys` may sort by name."
function members(group)
    info = HDF5.group_info(group)
    count = Int(info.nlinks)
    Int(info.max_corder) >= count || return String.(keys(group)) # nobody kept the order
    return String[
        API.h5l_get_name_by_idx(
            group, ".", API.H5_INDEX_CRT_ORDER, API.H5_ITER_INC, i - 1, API.H5P_DEFAULT,
        ) for i in 1:count
    ]
end

# A class of HDF5 types: API.H5T_STRING, H5T_FLOAT, H5T_INTEGER.
function type_class(dataset)
    type = datatype(dataset)
    class = API.h5t_get_class(type)
    close(type)
    return class
end

last_part(path::AbstractString) = String(split(path, '/')[end])

"""
The scales of a dataset's dimensions, in the file's order (rows first): names of datasets
in the group where it is.
"""
function axes_of(dataset)
    lists = attribute(dataset, "DIMENSION_LIST", nothing)
    lists === nothing && return String[]
    return String[last_part(HDF5.name(dataset[first(list)])) for list in lists]
end

# How many there are in the first dimension of the file, which is Julia's last.
row_count(dataset) = size(dataset)[end]

"Rows of a dataset; its further dimensions come first, as Julia has them."
function read_rows(dataset, rows::UnitRange{Int})
    isempty(rows) && return read(dataset)[ntuple(_ -> 1:0, ndims(dataset))...]
    rows == 1:row_count(dataset) && return read(dataset)
    return dataset[ntuple(_ -> :, ndims(dataset) - 1)..., rows]
end
