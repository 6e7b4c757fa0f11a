/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/account.h - an answer: a sentence, and sections of dated lines under it, for
 * people or for programs.
 */
#ifndef ISS_CLI_ACCOUNT_H
#define ISS_CLI_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "cli/story.h"
#include "cli/term.h"

struct iss_account_line {
    int64_t from_us, until_us; /* ISS_NO_TIME: none, and open */
    int32_t event;             /* row of /events; -1 none */
    double amount;             /* what it adds to a sum; NaN none */
    const char *text;
    const char *remark; /* "" none */
    enum iss_ink ink;   /* of the remark */
    struct iss_account_line *next;
};

struct iss_account_section {
    const char *key;   /* for programs */
    const char *title; /* for people */
    struct iss_account_line *first, *last;
    struct iss_account_section *next;
};

struct iss_account {
    struct iss_arena arena;
    const char *answer; /* NULL none */
    const char *units;  /* of the amounts */
    int64_t epoch_us;
    struct iss_account_section *first, *last;
    bool broken; /* memory ran out */
};

/** The sentence at the top. */
void iss_account_answer(struct iss_account *account, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Begin a section; key and title are literals. */
void iss_account_section(struct iss_account *account, const char *key,
                         const char *title);

/** Add a line, its texts copied. */
void iss_account_add(struct iss_account *account, const struct iss_account_line *line);

/** A listener of stories: each of their lines is one here. */
void iss_account_listen(void *account, const struct iss_story_line *line);

/** Print for people, or as JSON.  The exit code. */
int iss_account_print(const struct iss_account *account, bool json);

void iss_account_clear(struct iss_account *account);

#endif
