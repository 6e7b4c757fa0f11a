/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outcome/row.h - what a study keeps of a replication: one row.
 *
 * A row depends on (model, seed, replication) only.
 */
#ifndef ISS_OUTCOME_ROW_H
#define ISS_OUTCOME_ROW_H

#include <stdint.h>

struct iss_row {
    uint64_t replication;
    uint64_t fingerprint; /* of the sequence of events */
    uint64_t events;      /* how many there were, before the start not counted */
    int status;           /* ISS_OK, or why the replication ended early */
    double *metrics;      /* the caller's, one a metric; NaN where there is no value */
};

/* What numbers a metric takes, and so what can be said of many of them. */
enum iss_metric_kind {
    ISS_METRIC_REAL,
    ISS_METRIC_COUNT,  /* whole numbers */
    ISS_METRIC_YES_NO, /* 1 or 0: its mean is a proportion */
    ISS_METRIC_KINDS
};

/* What they are called in files: "real", "count", "yes_no". */
extern const char *const iss_metric_kinds[ISS_METRIC_KINDS];

/** The kind called `name`; ISS_METRIC_REAL when there is none such, as for numbers of
 *  which nothing more is known.  `name` may be NULL. */
enum iss_metric_kind iss_metric_kind(const char *name);

/* What a column of a row means. */
struct iss_metric_info {
    const char *name;
    const char *units; /* "d", "1" */
    const char *doc;
    enum iss_metric_kind kind;
};

#endif
