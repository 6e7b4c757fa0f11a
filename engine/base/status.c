/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * status.c - texts and exit codes of the statuses, both from ISS_STATUS_LIST.
 */
#include "isssim/status.h"

const char *
iss_status_text(int status)
{
#define STATUS_TEXT(name, value, exit_code, text)                                      \
    case value:                                                                        \
        return text;
    switch (status) {
        ISS_STATUS_LIST(STATUS_TEXT)
    default:
        return "unknown status";
    }
#undef STATUS_TEXT
}

int
iss_status_exit_code(int status)
{
    enum { EXIT_INTERNAL = 70 };
#define STATUS_EXIT(name, value, exit_code, text)                                      \
    case value:                                                                        \
        return exit_code;
    switch (status) {
        ISS_STATUS_LIST(STATUS_EXIT)
    default:
        return EXIT_INTERNAL;
    }
#undef STATUS_EXIT
}
