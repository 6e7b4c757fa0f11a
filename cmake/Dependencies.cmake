# SPDX-License-Identifier: GPL-3.0-or-later
find_package(PkgConfig REQUIRED)
find_package(GSL REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(Threads REQUIRED)
pkg_check_modules(LIBCONFIG REQUIRED IMPORTED_TARGET libconfig)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(SMARTCOLS REQUIRED IMPORTED_TARGET smartcols)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
# Serial HDF5, by its names on Debian (the first is sid's), where parallel ones may stand
# beside it.  CMake's FindHDF5 adds whatever h5cc links, such as libcurl, and fails in
# folders with spaces.
pkg_search_module(HDF5 REQUIRED IMPORTED_TARGET hdf5_serial hdf5-serial hdf5)
find_library(ISSSIM_HDF5_HL REQUIRED NAMES hdf5_serial_hl hdf5_hl
             HINTS ${HDF5_LIBRARY_DIRS} ${HDF5_LIBDIR})
add_library(isssim_hdf5 INTERFACE)
target_link_libraries(isssim_hdf5 INTERFACE ${ISSSIM_HDF5_HL} PkgConfig::HDF5)
