# SPDX-License-Identifier: GPL-3.0-or-later
# Included, it defines the target isssim_train, which runs this same file as a script:
# every shipped scenario once, and as a small study, through the program that counts.
if(NOT CMAKE_SCRIPT_MODE_FILE)
    if(ISSSIM_PROFILE STREQUAL "generate")
        add_custom_target(isssim_train VERBATIM
            COMMAND ${CMAKE_COMMAND} -D program=$<TARGET_FILE:isssim>
                    -D source=${PROJECT_SOURCE_DIR} -D build=${PROJECT_BINARY_DIR}
                    -P ${CMAKE_CURRENT_LIST_FILE}
            DEPENDS isssim COMMENT "Running the shipped scenarios, counting")
    endif()
    return()
endif()

# Those of a training before.
file(GLOB_RECURSE counts LIST_DIRECTORIES false ${build}/CMakeFiles/*.gcda)
if(counts)
    file(REMOVE ${counts})
endif()
set(ENV{ISSSIM_LIBRARY} ${source}/scenarios)
file(GLOB scenarios ${source}/scenarios/*.cfg)
foreach(scenario IN LISTS scenarios)
    foreach(command "run" "mc;-j;1;-n;60")
        execute_process(COMMAND_ERROR_IS_FATAL ANY
            COMMAND ${program} ${command} ${scenario} -q --force -o ${build}/trained.h5)
        file(REMOVE ${build}/trained.h5)
    endforeach()
endforeach()
