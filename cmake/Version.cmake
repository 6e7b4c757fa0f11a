# SPDX-License-Identifier: GPL-3.0-or-later
# Keeps base/version.h up to date.  Included, it defines the target iss_version that runs
# this same file as a script at each build; the header is written only when it changes,
# so that nothing is compiled again for nothing.
if(NOT CMAKE_SCRIPT_MODE_FILE)
    set(version_header ${PROJECT_BINARY_DIR}/generated/base/version.h)
    add_custom_target(iss_version
        COMMAND ${CMAKE_COMMAND} -D PROJECT_VERSION=${PROJECT_VERSION}
                -D source=${PROJECT_SOURCE_DIR} -D header=${version_header}
                -P ${CMAKE_CURRENT_LIST_FILE}
        BYPRODUCTS ${version_header}
        COMMENT "" VERBATIM)
    return()
endif()

set(ISSSIM_GIT_SHA1 unknown)
set(ISSSIM_GIT_DIRTY 0)

# A source archive made by git has no .git, but git archive fills this in.
set(archived "$Format:%H$")
if(archived MATCHES "^[0-9a-f]+$")
    set(ISSSIM_GIT_SHA1 ${archived})
endif()

# Named outright, the repository can't be one that the sources happen to lie in, and git
# reads it whoever owns it.
find_program(git git)
if(git AND EXISTS ${source}/.git)
    set(ask ${git} --git-dir=${source}/.git --work-tree=${source})
    execute_process(COMMAND ${ask} rev-parse --verify -q HEAD ERROR_QUIET
        OUTPUT_VARIABLE sha1 OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
    # Dirty is what the program is built from, not the notes beside it.
    execute_process(WORKING_DIRECTORY ${source} ERROR_QUIET OUTPUT_VARIABLE changes
        COMMAND ${ask} --no-optional-locks status --porcelain --
                engine include cmake CMakeLists.txt)
    if(NOT failed)
        set(ISSSIM_GIT_SHA1 ${sha1})
        if(changes)
            set(ISSSIM_GIT_DIRTY 1)
        endif()
    endif()
endif()
configure_file(${source}/engine/base/version.h.in ${header} @ONLY)
