/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/book.h - one description of a file, gone through twice: to write it, and to
 * compare what was written.
 *
 * The code that lays out a file calls these functions; in ISS_BOOK_WRITE they create
 * and write, in ISS_BOOK_COMPARE they open, read back and compare.  So nothing can be
 * written that isn't compared.  The first failure sticks: later calls do nothing and
 * return -1, and book->status tells the outcome, book->where the object that failed.
 */
#ifndef ISS_STORE_BOOK_H
#define ISS_STORE_BOOK_H

#include <stdbool.h>
#include <stddef.h>

#include <hdf5.h>

#include "base/arena.h"
#include "store/h5.h"
#include "store/image.h"
#include "store/place.h"

enum iss_book_mode { ISS_BOOK_WRITE, ISS_BOOK_COMPARE };

struct iss_book {
    enum iss_book_mode mode;
    hid_t file;
    struct iss_image *image; /* borrowed; NULL for a file that isn't in memory */
    struct iss_arena arena;  /* of texts made on the way */
    int status;     /* ISS_OK, ISS_ERR_WRITE, ISS_ERR_VERIFY, ISS_ERR_NO_MEMORY */
    char where[96]; /* what failed, such as "/events/time"; "" for the file */
};

/** Begin to write `image`, which has the file once iss_book_end() has returned ISS_OK,
 * or to compare it. */
void iss_book_begin(struct iss_book *book, enum iss_book_mode mode,
                    struct iss_image *image);

/** Begin to write or to compare the open file `file`, which is the book's from here;
 *  negative is a failure. */
void iss_book_begin_file(struct iss_book *book, enum iss_book_mode mode, hid_t file);

/** Close the file; returns the book's status. */
int iss_book_end(struct iss_book *book);

/** Tell, as a problem of the target, what failed where; returns the book's status. */
int iss_book_tell(const struct iss_book *book, const struct iss_place *place);

/** Record that `where` failed, by `status` or, for ISS_OK, as the mode suggests. */
void iss_book_fail(struct iss_book *book, int status, const char *where);

/** A group or dataset below `parent`, to be closed by iss_book_close(). */
hid_t iss_book_group(struct iss_book *book, hid_t parent, const char *name);
hid_t iss_book_array(struct iss_book *book, hid_t parent,
                     const struct iss_h5_array *array);

/** A dataset whose values the caller writes, and compares, beside HDF5. */
hid_t iss_book_reserve(struct iss_book *book, hid_t parent,
                       const struct iss_h5_array *array);

/** A dataset that was laid out before, open again. */
hid_t iss_book_open(struct iss_book *book, hid_t parent, const char *name);

void iss_book_close(struct iss_book *book, hid_t object);

/** Text attribute; none for NULL or "", which readers disagree on. */
void iss_book_text(struct iss_book *book, hid_t object, const char *name,
                   const char *text);

/** Numeric attribute of `count` values, or a scalar for count 0. */
void iss_book_numbers(struct iss_book *book, hid_t object, const char *name,
                      enum iss_h5_type type, size_t count, const void *values);

/** Make `array` the dimension scale `name`. */
void iss_book_scale(struct iss_book *book, hid_t array, const char *name);

/** Say that `array` runs along `scale` in its dimension 0 or 1. */
void iss_book_attach(struct iss_book *book, hid_t array, hid_t scale,
                     unsigned dimension);

#endif
