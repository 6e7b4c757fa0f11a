/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * provenance.c - enough to run the same thing again: the scenario as read and as
 * resolved, overrides, seed and replication, program and numerics; and, unless the file
 * is to be reproducible, when, where and how it was made.
 */
#include "store/provenance.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/version.h"
#include "isssim/status.h"
#include "outcome/utf8.h"
#include "store/layout.h"

#define RNG_NAME "philox4x64-10"

static int64_t
now_us(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_REALTIME, &now) != 0) {
        return ISS_NO_TIME;
    }
    return (int64_t)now.tv_sec * ISS_US_PER_S + now.tv_nsec / 1000;
}

void
iss_circumstances_gather(struct iss_circumstances *now,
                         const struct iss_store_options *options)
{
    int64_t ran_us = iss_us_from_days(options->elapsed_s / 86400.0);
    struct rusage usage;
    unsigned version[3] = {0, 0, 0};

    memset(now, 0, sizeof(*now));
    now->command_line = options->command_line;
    now->elapsed_s = options->elapsed_s;
    iss_civil_format(iss_us_add(now_us(), -ran_us), ISS_CIVIL_SECOND, now->started);
    if (getrusage(RUSAGE_SELF, &usage) == 0) {
        now->max_rss = (int64_t)usage.ru_maxrss * 1024;
    }
    if (gethostname(now->host, sizeof(now->host) - 1) != 0) {
        now->host[0] = '\0';
    }
    H5get_libversion(&version[0], &version[1], &version[2]);
    snprintf(now->libraries, sizeof(now->libraries), "HDF5 %u.%u.%u%s%s", version[0],
             version[1], version[2], options->libraries == NULL ? "" : ", ",
             options->libraries == NULL ? "" : options->libraries);
}

bool
iss_provenance_is_run(const struct iss_outcome *outcome)
{
    return outcome->filetype == NULL || strcmp(outcome->filetype, ISS_STUDY_TYPE) != 0;
}

void
iss_provenance_head(struct iss_book *book, const struct iss_outcome *outcome,
                    bool complete)
{
    const int32_t format[2] = {1, 0};
    const int32_t dirty = ISS_GIT_DIRTY;
    const int32_t whole = complete; /* until it's written, there is no signature */
    hid_t root = book->file;

    iss_book_text(book, root, "Conventions", "CF-1.10");
    iss_book_text(book, root, "filetype", outcome->filetype);
    iss_book_numbers(book, root, "format_version", ISS_H5_INT32, 2, format);
    iss_book_text(book, root, "title", outcome->title);
    iss_book_text(book, root, "epoch", outcome->epoch);
    iss_book_numbers(book, root, "seed", ISS_H5_UINT64, 0, &outcome->seed);
    if (iss_provenance_is_run(outcome)) {
        iss_book_numbers(book, root, "replication", ISS_H5_UINT64, 0,
                         &outcome->replication);
    }
    iss_book_text(book, root, "rng", RNG_NAME);
    iss_book_text(book, root, "numerics", outcome->numerics);
    iss_book_text(book, root, "model_hash", outcome->model_hash);
    iss_book_text(book, root, "isssim_version", ISS_VERSION);
    iss_book_text(book, root, "git_sha1", ISS_GIT_SHA1);
    iss_book_numbers(book, root, "git_dirty", ISS_H5_INT32, 0, &dirty);
    iss_book_numbers(book, root, "complete", ISS_H5_INT32, 0, &whole);
}

/* `count` texts from `stride` bytes apart, made UTF-8; NULL without memory. */
static const char **
clean_texts(struct iss_arena *arena, const void *first, size_t stride, int32_t count)
{
    const char **texts = iss_arena_array(arena, (size_t)count, sizeof(*texts));

    for (int32_t i = 0; texts != NULL && i < count; i++) {
        const char *text;

        memcpy(&text, (const char *)first + (size_t)i * stride, sizeof(text));
        texts[i] = iss_utf8_clean(arena, text == NULL ? "" : text);
        if (texts[i] == NULL) {
            return NULL;
        }
    }
    return texts;
}

static void
scalar(struct iss_book *book, hid_t group, const char *name, const char *text,
       const char *long_name)
{
    const char *clean = iss_utf8_clean(&book->arena, text == NULL ? "" : text);
    hid_t id;

    if (clean == NULL) {
        iss_book_fail(book, ISS_ERR_NO_MEMORY, name);
        return;
    }
    id = iss_book_array(
        book, group,
        &(struct iss_h5_array){.name = name, .type = ISS_H5_TEXT, .values = &clean});
    iss_book_text(book, id, "long_name", long_name);
    iss_book_close(book, id);
}

/* A list that is its own dimension. */
static void
overrides(struct iss_book *book, hid_t group, const struct iss_outcome *outcome)
{
    const char **texts =
        clean_texts(&book->arena, outcome->overrides, sizeof(*outcome->overrides),
                    outcome->override_count);
    hid_t id;

    if (texts == NULL) {
        iss_book_fail(book, ISS_ERR_NO_MEMORY, "overrides");
        return;
    }
    id = iss_book_array(
        book, group,
        &(struct iss_h5_array){.name = "overrides",
                               .type = ISS_H5_TEXT,
                               .rank = 1,
                               .dims = {(size_t)outcome->override_count, 0},
                               .values = texts});
    iss_book_text(book, id, "long_name",
                  "settings given beside the scenario, in order");
    iss_book_scale(book, id, "overrides");
    iss_book_close(book, id);
}

static void
files(struct iss_book *book, hid_t group, const struct iss_outcome *outcome)
{
    static const struct iss_outcome_file none;
    const struct iss_outcome_file *first =
        outcome->files == NULL ? &none : outcome->files;
    struct iss_column columns[] = {
        {.name = "path", .kind = ISS_COLUMN_TEXT, .long_name = "file as it was named"},
        {.name = "sha256",
         .kind = ISS_COLUMN_TEXT,
         .long_name = "SHA-256 of its bytes"},
        {.name = "text", .kind = ISS_COLUMN_TEXT, .long_name = "its content"},
    };
    const struct iss_table table = {.name = "files",
                                    .title =
                                        "The files that the scenario was read from",
                                    .scale = "path",
                                    .rows = (size_t)outcome->file_count,
                                    .column_count = 3,
                                    .columns = columns};
    const char *const *fields[] = {&first->path, &first->sha256, &first->text};

    for (int i = 0; i < 3; i++) {
        columns[i].data.text =
            clean_texts(&book->arena, fields[i], sizeof(*first), outcome->file_count);
        if (columns[i].data.text == NULL) {
            iss_book_fail(book, ISS_ERR_NO_MEMORY, columns[i].name);
            return;
        }
    }
    iss_layout_table(book, group, outcome, &table, "");
}

static void
circumstances(struct iss_book *book, hid_t group, const struct iss_circumstances *now)
{
    iss_book_text(book, group, "command_line", now->command_line);
    iss_book_text(book, group, "started", now->started);
    iss_book_numbers(book, group, "elapsed_s", ISS_H5_REAL, 0, &now->elapsed_s);
    iss_book_numbers(book, group, "max_rss", ISS_H5_INT64, 0, &now->max_rss);
    iss_book_text(book, group, "host", now->host);
    iss_book_text(book, group, "libraries", now->libraries);
}

void
iss_provenance_group(struct iss_book *book, const struct iss_outcome *outcome,
                     const struct iss_circumstances *now)
{
    hid_t group = iss_book_group(book, book->file, ISS_PROVENANCE);
    const char *json = iss_provenance_json(&book->arena, outcome, now);

    if (json == NULL) {
        iss_book_fail(book, ISS_ERR_NO_MEMORY, "json");
    }
    iss_book_text(book, group, "title", "Where this result is from");
    if (now != NULL) {
        circumstances(book, group, now);
    }
    scalar(book, group, "scenario_text", outcome->scenario_text,
           "the scenario's main file as read");
    scalar(book, group, "resolved_text", outcome->resolved_text,
           "the scenario with every layer merged");
    overrides(book, group, outcome);
    files(book, group, outcome);
    scalar(book, group, "json", json, "the provenance as a JSON document");
    iss_book_close(book, group);
}
