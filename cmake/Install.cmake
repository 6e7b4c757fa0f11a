# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` puts in place: the program, libisssim with its public headers,
# and the shipped scenarios.

# libisssim is every layer below the command line, in one archive.
set(objects "")
foreach(layer IN LISTS ISSSIM_LAYERS)
    if(NOT layer STREQUAL cli)
        list(APPEND objects $<TARGET_OBJECTS:iss_${layer}>)
    endif()
endforeach()
add_library(libisssim STATIC ${objects})
set_target_properties(libisssim PROPERTIES OUTPUT_NAME isssim LINKER_LANGUAGE C)

file(RELATIVE_PATH ISSSIM_PC_TO_INCLUDE
     ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_FULL_INCLUDEDIR})
configure_file(cmake/isssim.pc.in isssim.pc @ONLY)

install(TARGETS isssim libisssim)
install(DIRECTORY include/isssim TYPE INCLUDE)
install(FILES ${PROJECT_BINARY_DIR}/isssim.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/isssim)
