# SPDX-License-Identifier: GPL-3.0-or-later
# One static library a layer, iss_<name>, from engine/<name>/*.c.  A layer links
# only the layers below it, so that an upward call doesn't link.
set(ISSSIM_LAYERS "") # those that have sources, bottom first
function(isssim_layer name)
    cmake_parse_arguments(LAYER "" "" "USES;LINK" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/engine/${name}/*.c)
    list(FILTER sources EXCLUDE REGEX "/(main|mpi)\\.c$")
    if(NOT sources)
        return()
    endif()
    add_library(iss_${name} STATIC ${sources})
    add_dependencies(iss_${name} iss_version)
    target_include_directories(iss_${name} PUBLIC
        ${PROJECT_SOURCE_DIR}/engine ${PROJECT_SOURCE_DIR}/include
        PRIVATE ${PROJECT_BINARY_DIR}/generated)
    foreach(used IN LISTS LAYER_USES)
        if(TARGET iss_${used})
            target_link_libraries(iss_${name} PUBLIC iss_${used})
        endif()
    endforeach()
    target_link_libraries(iss_${name} PUBLIC ${LAYER_LINK} m)
    set(ISSSIM_LAYERS ${ISSSIM_LAYERS} ${name} PARENT_SCOPE)
endfunction()
