# SPDX-License-Identifier: GPL-3.0-or-later
# -ffp-contract=off: a fused multiply-add would make results depend on the machine (and
# so would -march=native).  The prefix map keeps the builder's folders out of messages.
add_compile_options(-Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes
                    -Wmissing-prototypes -Wvla -ffp-contract=off -fvisibility=hidden
                    "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")
add_compile_definitions(_POSIX_C_SOURCE=200809L _XOPEN_SOURCE=700)
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
