# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` puts in place: the program, libisssim with its public headers,
# and the shipped scenarios; the manual page and the completion for bash, which the program
# prints itself.

# libisssim is every layer below the command line, in one archive.
set(objects "")
foreach(layer IN LISTS ISSSIM_LAYERS)
    if(NOT layer STREQUAL cli)
        list(APPEND objects $<TARGET_OBJECTS:iss_${layer}>)
    endif()
endforeach()
add_library(libisssim STATIC ${objects})
set_target_properties(libisssim PROPERTIES OUTPUT_NAME isssim LINKER_LANGUAGE C)
# Another version of gcc that links it would stop at what is meant for this one.
if(ISSSIM_WHOLE AND CMAKE_OBJCOPY)
    add_custom_command(TARGET libisssim POST_BUILD VERBATIM
        COMMAND ${CMAKE_OBJCOPY} -R ".gnu.lto_*" -R ".gnu.debuglto_*"
                $<TARGET_FILE:libisssim>)
endif()

file(RELATIVE_PATH ISSSIM_PC_TO_INCLUDE
     ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_FULL_INCLUDEDIR})
configure_file(cmake/isssim.pc.in isssim.pc @ONLY)

set(ISSSIM_PAGES "")
foreach(kind man bash)
    set(page ${PROJECT_BINARY_DIR}/pages/${kind}/isssim)
    add_custom_command(OUTPUT ${page} VERBATIM
        COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/pages/${kind}
        COMMAND isssim help --${kind} > ${page}
        DEPENDS isssim COMMENT "Printing isssim help --${kind}")
    list(APPEND ISSSIM_PAGES ${page})
endforeach()
add_custom_target(isssim_pages ALL DEPENDS ${ISSSIM_PAGES})

install(TARGETS isssim libisssim)
install(FILES ${PROJECT_BINARY_DIR}/pages/man/isssim
        DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 RENAME isssim.1)
install(FILES ${PROJECT_BINARY_DIR}/pages/bash/isssim
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(DIRECTORY include/isssim TYPE INCLUDE)
install(FILES ${PROJECT_BINARY_DIR}/isssim.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/isssim)
# The Python package, which `isssim report` finds there.
install(DIRECTORY analysis/python/src/isssim
        DESTINATION ${CMAKE_INSTALL_DATADIR}/isssim/python
        PATTERN __pycache__ EXCLUDE)
