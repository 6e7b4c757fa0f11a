/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/mc.h - the parts of `isssim mc` and `isssim merge`.
 *
 *     command_mc.c     what is asked for -> compute -> build the file -> tell
 *     mc_wish.c        what is asked for, by options and the scenario
 *     mc_target.c      how precise it is to be
 *     mc_keep.c        the log: begun, continued, or filled from a file
 *     mc_stop.c        is it precise enough, has somebody asked to stop
 *     mc_progress.c    how far it is
 *     mc_build.c       rows -> summary -> file
 *     mc_tell.c        the summary as a table
 *     mc_report.c      what came out, for people and as JSON; what went wrong
 */
#ifndef ISS_CLI_MC_H
#define ISS_CLI_MC_H

#include <stdatomic.h>

#include <jansson.h>

#include "cli/input.h"
#include "cli/options.h"
#include "cli/term.h"
#include "store/log.h"
#include "store/study.h"
#include "study/plan.h"
#include "study/precision.h"
#include "study/remote.h"
#include "study/runner.h"
#include "study/summary.h"
#include "study/traces.h"

#define ISS_MC_TARGETS 32

/* ---- what is asked for ------------------------------------------------------------
 */

struct iss_mc_wish {
    uint64_t seed;
    uint64_t least;        /* replications in any case */
    uint64_t replications; /* at most */
    int32_t threads;       /* 0: all */
    uint32_t block;        /* 0: what fits */
    double confidence;
    struct iss_shard shard;
    struct iss_precision_target targets[ISS_MC_TARGETS];
    int32_t target_count;
    struct iss_traces traces; /* count 0 and no ranges: none */
    char *output;
};

/** Read the options, behind them the scenario's `study`.  The plan of the study is made
 *  on the way.  0, or the exit code after a complaint; clear both in any case. */
int iss_mc_wish(struct iss_mc_wish *wish, struct iss_plan *plan,
                const struct iss_arguments *arguments, const struct iss_input *input);
void iss_mc_wish_clear(struct iss_mc_wish *wish);

/** The targets of --precision or, when neither it nor --replications is given, those of
 *  the scenario.  0, or the exit code after a complaint. */
int iss_mc_targets(struct iss_mc_wish *wish, const struct iss_study_info *info,
                   const struct iss_arguments *arguments,
                   const struct iss_study_plan *study);

/* ---- the log ----------------------------------------------------------------------
 */

/**
 * Begin the log of a study that goes to `output`, OUTPUT.log; with `resume` continue
 * the one there is or, if there is none, fill a new one from the finished file, which
 * must have no more than `replications`; with `force` begin anew.
 *
 * @return 0, or the exit code after a complaint.
 */
int iss_mc_keep(struct iss_log **log, const char *output, bool resume, bool force,
                const struct iss_log_study *study, uint64_t replications);

/* ---- stopping ---------------------------------------------------------------------
 */

/* Precision, looked at by the runner and by the progress line. */
struct iss_mc_stopper {
    struct iss_precision precision;
    const struct iss_study_info *info;
    struct iss_log *log;
    uint64_t least;
    struct iss_stopper stopper;
};

int iss_mc_stopper_init(struct iss_mc_stopper *self, const struct iss_mc_wish *wish,
                        const struct iss_study_info *info, struct iss_log *log);
void iss_mc_stopper_clear(struct iss_mc_stopper *self);

/** From now on SIGINT and SIGTERM ask for an end; the second of them kills. */
void iss_mc_catch(void);

/** Set once a signal has come. */
const atomic_int *iss_mc_caught(void);

/** 130 or 143 when one has, else 0. */
int iss_mc_signal_code(void);

/* ---- progress ---------------------------------------------------------------------
 */

struct iss_mc_progress {
    const struct iss_mc_stopper *stopper; /* NULL: no precision asked for */
    bool quiet, terminal;
    double begun_s, told_s;
    uint64_t had; /* rows that were there before */
};

void iss_mc_progress_init(struct iss_mc_progress *self,
                          const struct iss_mc_stopper *stopper, bool quiet,
                          uint64_t had);
/** A listener of the runner's. */
void iss_mc_progress_tell(void *self, const struct iss_progress *progress);
/** Take the line away. */
void iss_mc_progress_end(struct iss_mc_progress *self);

/* ---- the file ---------------------------------------------------------------------
 */

struct iss_mc_build {
    const struct iss_study_info *info;
    const struct iss_ranges *rows;
    uint64_t requested;
    bool complete;
    struct iss_shard shard;
    double confidence;
    /** Give every block there is to `sink`. */
    int (*each)(void *source, const struct iss_sink *sink);
    void *source;
    const struct iss_model *model;   /* to run traces with; NULL: none are wanted */
    const struct iss_traces *traces; /* likewise */
    struct iss_store_options options;
};

/**
 * Build the study's file at `path`.
 *
 * @param result  head and provenance; gets the tables of the summary.
 * @return 0, or the exit code after a complaint.
 */
int iss_mc_build(const char *path, const struct iss_mc_build *build,
                 struct iss_outcome *result, struct iss_summary_result *summary);

/* ---- all of it --------------------------------------------------------------------
 */

struct iss_mc {
    const struct iss_arguments *arguments;
    struct iss_input input;
    struct iss_mc_wish wish;
    struct iss_plan plan;
    struct iss_remote remote; /* size 0: alone */
    bool leave;               /* the other processes come to the end with this one */
    struct iss_log *log;
    struct iss_mc_stopper stopper;
    struct iss_mc_progress progress;
    struct iss_study_result result;
    struct iss_ranges rows;     /* that the file gets */
    struct iss_outcome outcome; /* the file's head and tables */
    struct iss_summary_result summary;
    char *command_line;
    double elapsed_s;
    char message[1024];
};

/* ---- telling ----------------------------------------------------------------------
 */

/* What a study ends with when all went well but for some missions: as one that fails.
 */
#define ISS_MC_SOME_FAILED 70

/** The table of metrics, from the tables of a study: those that vary or, with `all`,
 *  all.  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_mc_tell(const struct iss_outcome *result, const struct iss_term *term,
                double confidence, bool all);

/** The same for programs: puts "confidence", "quantiles" and "metrics". */
void iss_mc_facts(json_t **root, const struct iss_outcome *result, double confidence);

/** What came out, on stdout; the exit code. */
int iss_mc_report(const struct iss_mc *mc);

/** What the user has to know besides, on stderr. */
void iss_mc_warn(const struct iss_mc *mc);

#endif
