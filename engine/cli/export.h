/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/export.h - what `isssim export` prints, found in a file: export_find.c finds it,
 * export_list.c lists what there is.
 */
#ifndef ISS_CLI_EXPORT_H
#define ISS_CLI_EXPORT_H

#include <stdio.h>

#include "outcome/table.h"
#include "store/study_read.h"

#define ISS_EXPORT_ROWS                                                                \
    "replications" /* the tables of a study that aren't read whole */
#define ISS_EXPORT_COUNTS "fan_counts"
#define ISS_EXPORT_TRACES "traces/"

/* A file, open, and what of it is asked for. */
struct iss_export {
    const char *path;
    char message[512];               /* why it can't be read */
    struct iss_study_reader *reader; /* NULL for a run */
    struct iss_outcome run;          /* empty for a study */
    struct iss_outcome trace;        /* the mission asked for, of those told whole */
    struct iss_table counts;         /* /fan_counts of a study, columns in `arena` */
    struct iss_arena arena;

    const struct iss_outcome *outcome; /* where the table is: the file or a trace */
    const char *prefix;                /* of its tables' names: "", "traces/r000012/" */
    const struct iss_table *table;     /* what to print, or NULL: */
    bool rows;                         /* a study's rows; else the list */
};

/** Open the run or study `path`.  0, or the exit code after a complaint; to be closed
 * in both cases. */
int iss_export_open(struct iss_export *self, const char *path);
void iss_export_close(struct iss_export *self);

/** Find the table `name`, or for NULL the list.  0, or the exit code after a complaint
 *  with the nearest name. */
int iss_export_find(struct iss_export *self, const char *name);

/** Print the tables with their rows and columns. */
void iss_export_list(const struct iss_export *self, FILE *out);

/** The name of a trace, "traces/r000012/". */
const char *iss_export_trace_name(uint64_t replication, char name[40]);

#endif
