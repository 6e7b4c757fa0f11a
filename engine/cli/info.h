/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/info.h - what `isssim info` says of any file: command_info.c of a mission,
 * info_study.c of a study.
 */
#ifndef ISS_CLI_INFO_H
#define ISS_CLI_INFO_H

#include <jansson.h>

#include "cli/options.h"
#include "cli/term.h"
#include "outcome/table.h"
#include "store/read.h"

/** A line "Label        text", unless the text is empty. */
void iss_info_item(const struct iss_term *term, const char *label, const char *text);

/** By which program, when and where, from which files. */
void iss_info_making(const struct iss_outcome *outcome,
                     const struct iss_store_making *making,
                     const struct iss_term *term);

/** The same for programs: puts "format" and "made". */
void iss_info_making_facts(json_t **root, const struct iss_store_making *making);

/** `isssim info` of a study; the exit code. */
int iss_info_study(const struct iss_arguments *arguments);

#endif
