# SPDX-License-Identifier: GPL-3.0-or-later
# isssim_embed(<layer> <file> <name>): the lines of a text file as C string literals, one
# a line, for `#include "<layer>/<name>"` inside the braces of an array.
function(isssim_embed layer file name)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${file})
    file(READ ${PROJECT_SOURCE_DIR}/${file} text)
    string(REPLACE "\\" "\\\\" text "${text}")
    string(REPLACE "\"" "\\\"" text "${text}")
    string(REGEX REPLACE "\n$" "" text "${text}")
    string(REPLACE "\n" "\",\n\"" text "${text}")
    # By way of a second file, so that an unchanged one compiles nothing again.
    set(output ${PROJECT_BINARY_DIR}/generated/${layer}/${name})
    file(WRITE ${output}.new "\"${text}\",\n")
    configure_file(${output}.new ${output} COPYONLY)
endfunction()
