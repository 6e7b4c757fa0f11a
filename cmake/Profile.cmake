# SPDX-License-Identifier: GPL-3.0-or-later
# A program compiled by what was counted in a program compiled before: which branches are
# taken, what is called how often.  Two builds of one folder, which keeps the counts beside
# its objects (`./isssim tune` does the same):
#
#     cmake --preset tuned -D ISSSIM_PROFILE=generate && cmake --build build/tuned --target isssim_train
#     cmake --preset tuned -D ISSSIM_PROFILE=use && cmake --build build/tuned --target isssim
#
# Counts are atomic: threads share them.  What training never came by is compiled as
# without counts: somebody's scenario may live there.  No result changes a bit.
set(ISSSIM_PROFILE "" CACHE STRING
    "generate: count what isssim_train runs through; use: optimise by these counts (gcc)")
set_property(CACHE ISSSIM_PROFILE PROPERTY STRINGS "" generate use)
if(NOT ISSSIM_PROFILE)
    return()
endif()
if(NOT CMAKE_C_COMPILER_ID STREQUAL "GNU" OR CMAKE_C_COMPILER_VERSION VERSION_LESS 10)
    message(FATAL_ERROR "ISSSIM_PROFILE needs gcc 10 or later, and the compiler here is "
                        "${CMAKE_C_COMPILER_ID} ${CMAKE_C_COMPILER_VERSION}.")
endif()
if(ISSSIM_PROFILE STREQUAL "generate")
    add_compile_options(-fprofile-generate -fprofile-update=prefer-atomic)
    add_link_options(-fprofile-generate)
elseif(ISSSIM_PROFILE STREQUAL "use")
    file(GLOB_RECURSE counts LIST_DIRECTORIES false ${PROJECT_BINARY_DIR}/CMakeFiles/*.gcda)
    if(NOT counts)
        message(FATAL_ERROR "ISSSIM_PROFILE=use finds nothing counted in "
                            "${PROJECT_BINARY_DIR}: build the target isssim_train with "
                            "ISSSIM_PROFILE=generate there first.")
    endif()
    # A source that has changed since is only told of, and compiled as without counts.
    add_compile_options(-fprofile-use -fprofile-partial-training -Wno-missing-profile
                        -Wno-error=coverage-mismatch)
    add_link_options(-fprofile-use)
else()
    message(FATAL_ERROR "ISSSIM_PROFILE is generate, use or nothing, not "
                        "${ISSSIM_PROFILE}.")
endif()
