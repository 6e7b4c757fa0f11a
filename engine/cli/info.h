/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/info.h - what `isssim info` says of any file: command_info.c of a mission,
 * info_study.c of a study, info_story.c the stories in both.
 */
#ifndef ISS_CLI_INFO_H
#define ISS_CLI_INFO_H

#include <jansson.h>

#include "cli/options.h"
#include "cli/term.h"
#include "outcome/table.h"
#include "store/read.h"
#include "store/study_read.h"

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

/** The story and the chart of a mission, as `isssim run` prints them.  ISS_OK or
 *  ISS_ERR_NO_MEMORY. */
int iss_info_story(struct iss_outcome *outcome, const struct iss_term *term,
                   bool verbose);

/** Those of each mission that a study keeps whole; with `stories` not printed but put
 *  there.  ISS_OK, ISS_ERR_FORMAT or ISS_ERR_NO_MEMORY. */
int iss_info_stories(struct iss_study_reader *reader, const struct iss_term *term,
                     bool verbose, json_t **stories);

#endif
