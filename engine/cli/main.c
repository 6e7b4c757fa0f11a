/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c - the program's entry; everything else can be linked into a test. */
#include "cli/cli.h"

int
main(int argc, char **argv)
{
    return iss_cli_main(argc, argv);
}
