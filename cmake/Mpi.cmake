# SPDX-License-Identifier: GPL-3.0-or-later
# The plug-in that lets the processes of `mpirun isssim mc` share a study.  It is a module
# that the program loads when it was started so, and so the program needs no MPI.
option(ISSSIM_MPI "Build the plug-in for MPI when MPI is found" ON)
if(ISSSIM_MPI)
    find_package(MPI QUIET COMPONENTS C)
endif()
if(NOT ISSSIM_MPI OR NOT MPI_C_FOUND)
    return()
endif()
add_library(isssim_mpi MODULE engine/study/mpi.c)
target_include_directories(isssim_mpi PRIVATE
    ${PROJECT_SOURCE_DIR}/engine ${PROJECT_SOURCE_DIR}/include)
target_link_libraries(isssim_mpi PRIVATE MPI::MPI_C)
set_target_properties(isssim_mpi PROPERTIES OUTPUT_NAME isssim-mpi
    LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
if(TARGET isssim)
    add_dependencies(isssim isssim_mpi) # who builds the program can have it share
endif()
install(TARGETS isssim_mpi LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/isssim)
