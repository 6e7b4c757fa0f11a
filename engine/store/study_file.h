/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/study_file.h - a study's file in the making, within the store: what beginning
 * (study_begin.c), rows (study.c) and the end (study_finish.c) have in common.
 */
#ifndef ISS_STORE_STUDY_FILE_H
#define ISS_STORE_STUDY_FILE_H

#include "store/book.h"
#include "store/driver.h"
#include "store/lock.h"
#include "store/place.h"
#include "store/provenance.h"
#include "store/study.h"
#include "store/study_columns.h"

/* A column as its readers know it. */
struct column_reader {
    struct iss_study *study;
    int32_t index;
};

struct iss_study {
    struct iss_study_extent plan; /* rows: `planned` */
    const struct iss_store_options *options;
    struct iss_circumstances circumstances;
    struct iss_arena arena;
    struct iss_place place;
    struct iss_lock lock;
    struct iss_driver driver; /* with the .part file's descriptor */
    struct iss_book book;     /* open from create to finish */
    struct iss_study_columns columns;
    struct column_reader *readers; /* one a column */
    struct iss_ranges planned, done;
    uint64_t *before; /* rows of the ranges before each planned one */
    int64_t *fans;
    size_t fan_size;
};

/** Tell that memory is out, or that the disk failed; the status for it. */
int iss_study_no_memory(const struct iss_study *self);
int iss_study_disk_failed(const struct iss_study *self,
                          const struct iss_disk_error *error);

/** What is wrong with a book, HDF5, or the disk below it: the disk comes first. */
int iss_study_book_status(const struct iss_study *self, const struct iss_book *book);

/** Close, unlock and free; the .part file goes, too, unless it was published. */
void iss_study_forget(struct iss_study *self, bool published);

#endif
