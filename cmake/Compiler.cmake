# SPDX-License-Identifier: GPL-3.0-or-later
# -ffp-contract=off: a fused multiply-add would make results depend on the machine (and
# so would -march=native).  Nobody asks errno about a square root, and without it one is
# an instruction.  The prefix map keeps the builder's folders out of messages.
add_compile_options(-Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes
                    -Wmissing-prototypes -Wvla -ffp-contract=off -fno-math-errno
                    -fvisibility=hidden
                    "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")
add_compile_definitions(_POSIX_C_SOURCE=200809L _XOPEN_SOURCE=700)
# The layers carry code of both kinds: what is named to isssim_whole() is optimised as a
# whole when it is linked, which takes some seconds each; tests link what is there.
set(ISSSIM_WHOLE OFF)
if(ISSSIM_LTO AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
    # A gcc may be built without it, or be too old for `auto`.
    include(CheckCSourceCompiles)
    set(CMAKE_REQUIRED_FLAGS "-flto=auto -ffat-lto-objects")
    check_c_source_compiles("int main(void) { return 0; }" ISSSIM_LTO_WORKS)
    unset(CMAKE_REQUIRED_FLAGS)
    if(ISSSIM_LTO_WORKS)
        set(ISSSIM_WHOLE ON)
    else()
        message(WARNING "This compiler can't optimise the program as a whole: slower.")
    endif()
endif()
if(ISSSIM_WHOLE)
    add_compile_options(-flto=auto -ffat-lto-objects)
    add_link_options(
        $<IF:$<BOOL:$<TARGET_PROPERTY:ISSSIM_WHOLE>>,-flto=auto,-fno-lto>)
endif()
function(isssim_whole target)
    set_target_properties(${target} PROPERTIES ISSSIM_WHOLE ${ISSSIM_WHOLE})
endfunction()
if(ISSSIM_WERROR)
    add_compile_options(-Werror)
endif()
if(ISSSIM_SANITIZE)
    add_compile_options(-fsanitize=${ISSSIM_SANITIZE} -fno-omit-frame-pointer
                        -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${ISSSIM_SANITIZE})
endif()
if(ISSSIM_COVERAGE)
    add_compile_options(--coverage -O0)
    add_link_options(--coverage)
endif()
if(ISSSIM_FUZZ)
    include(CheckCSourceCompiles)
    set(CMAKE_REQUIRED_FLAGS -fsanitize=fuzzer)
    check_c_source_compiles("#include <stddef.h>
        int LLVMFuzzerTestOneInput(const unsigned char *b, size_t n);
        int LLVMFuzzerTestOneInput(const unsigned char *b, size_t n)
        { return b == NULL && n > 0; }" ISSSIM_HAS_LIBFUZZER)
    unset(CMAKE_REQUIRED_FLAGS)
    if(NOT ISSSIM_HAS_LIBFUZZER)
        message(FATAL_ERROR "ISSSIM_FUZZ needs clang with libFuzzer (CC=clang; on Debian "
                            "the packages clang and libclang-rt-14-dev)")
    endif()
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
