/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * book.c - the objects of a file, written or compared, and the first failure among
 * them.
 */
#include "store/book.h"

#include <stdio.h>
#include <string.h>

#include <hdf5_hl.h>

#include "isssim/status.h"
#include "outcome/utf8.h"

static bool
writing(const struct iss_book *book)
{
    return book->mode == ISS_BOOK_WRITE;
}

void
iss_book_fail(struct iss_book *book, int status, const char *where)
{
    if (book->status != ISS_OK) {
        return;
    }
    if (status == ISS_OK) {
        status = writing(book) ? ISS_ERR_WRITE : ISS_ERR_VERIFY;
    }
    book->status = status;
    snprintf(book->where, sizeof(book->where), "%.*s", (int)sizeof(book->where) - 1,
             where);
}

/* A failure at the object `name` below `parent`: "/events/time". */
static void
fail_at(struct iss_book *book, int status, hid_t parent, const char *name)
{
    char path[sizeof(book->where)] = "";
    char whole[2 * sizeof(path)];

    if (H5Iget_name(parent, path, sizeof(path)) <= 0 || strcmp(path, "/") == 0) {
        path[0] = '\0';
    }
    snprintf(whole, sizeof(whole), "%s/%s", path, name);
    iss_book_fail(book, status, whole);
}

static hid_t
create_file(struct iss_image *image)
{
    hid_t access = iss_h5_access();
    hid_t creation = iss_h5_creation(H5P_FILE_CREATE);
    hid_t file = H5I_INVALID_HID;

    if (access >= 0 && creation >= 0 && iss_image_keep(access, image) >= 0) {
        file = H5Fcreate(ISS_IMAGE_NAME, H5F_ACC_TRUNC, creation, access);
    }
    if (access >= 0) {
        H5Pclose(access);
    }
    if (creation >= 0) {
        H5Pclose(creation);
    }
    return file;
}

void
iss_book_begin(struct iss_book *book, enum iss_book_mode mode, struct iss_image *image)
{
    iss_book_begin_file(book, mode,
                        mode == ISS_BOOK_WRITE ? create_file(image)
                                               : iss_image_open(image));
    book->image = image;
}

void
iss_book_begin_file(struct iss_book *book, enum iss_book_mode mode, hid_t file)
{
    memset(book, 0, sizeof(*book));
    book->mode = mode;
    book->file = file;
    if (file < 0) {
        iss_book_fail(book, ISS_OK, "");
    }
}

int
iss_book_end(struct iss_book *book)
{
    if (book->file >= 0 && H5Fclose(book->file) < 0) {
        iss_book_fail(book, ISS_OK, "");
    }
    if (writing(book) && book->status == ISS_OK && book->image != NULL &&
        iss_image_finish(book->image) != ISS_OK) {
        iss_book_fail(book, ISS_OK, "");
    }
    book->file = H5I_INVALID_HID;
    iss_arena_clear(&book->arena);
    return book->status;
}

int
iss_book_tell(const struct iss_book *book, const struct iss_place *place)
{
    const char *where = *book->where == '\0' ? "the file" : book->where;

    if (book->status == ISS_ERR_NO_MEMORY) {
        iss_place_say(place, "out of memory at %s", where);
    } else if (book->status == ISS_ERR_INVARIANT) {
        iss_place_say(place, "the result is malformed at %s", where);
    } else if (book->status == ISS_ERR_VERIFY) {
        iss_place_say(place, "%s reads otherwise than it was written", where);
    } else {
        iss_place_say(place, "HDF5 cannot make %s", where);
    }
    return book->status;
}

hid_t
iss_book_group(struct iss_book *book, hid_t parent, const char *name)
{
    hid_t creation;
    hid_t group;

    if (book->status != ISS_OK) {
        return H5I_INVALID_HID;
    }
    if (writing(book)) {
        creation = iss_h5_creation(H5P_GROUP_CREATE);
        group = creation < 0
                    ? creation
                    : H5Gcreate2(parent, name, H5P_DEFAULT, creation, H5P_DEFAULT);
        if (creation >= 0) {
            H5Pclose(creation);
        }
    } else {
        group = H5Gopen2(parent, name, H5P_DEFAULT);
    }
    if (group < 0) {
        fail_at(book, ISS_OK, parent, name);
    }
    return group;
}

void
iss_book_close(struct iss_book *book, hid_t object)
{
    if (object >= 0 && H5Oclose(object) < 0) {
        iss_book_fail(book, ISS_OK, "");
    }
}

hid_t
iss_book_array(struct iss_book *book, hid_t parent, const struct iss_h5_array *array)
{
    hid_t id;
    int status;

    if (book->status != ISS_OK) {
        return H5I_INVALID_HID;
    }
    id = writing(book) ? iss_h5_create(parent, array)
                       : H5Dopen2(parent, array->name, H5P_DEFAULT);
    if (id < 0) {
        fail_at(book, ISS_OK, parent, array->name);
        return id;
    }
    status = writing(book) ? ISS_OK : iss_h5_compare(id, array);
    if (status != ISS_OK) {
        fail_at(book, status, parent, array->name);
    }
    return id;
}

hid_t
iss_book_reserve(struct iss_book *book, hid_t parent, const struct iss_h5_array *array)
{
    hid_t id;

    if (book->status != ISS_OK) {
        return H5I_INVALID_HID;
    }
    id = writing(book) ? iss_h5_reserve(parent, array)
                       : H5Dopen2(parent, array->name, H5P_DEFAULT);
    if (id < 0 || !iss_h5_same_form(id, array)) {
        fail_at(book, ISS_OK, parent, array->name);
    }
    return id;
}

hid_t
iss_book_open(struct iss_book *book, hid_t parent, const char *name)
{
    hid_t id;

    if (book->status != ISS_OK) {
        return H5I_INVALID_HID;
    }
    id = H5Dopen2(parent, name, H5P_DEFAULT);
    if (id < 0) {
        fail_at(book, ISS_OK, parent, name);
    }
    return id;
}

static void
attribute(struct iss_book *book, hid_t object, const struct iss_h5_array *array)
{
    bool ok;

    if (book->status != ISS_OK) {
        return;
    }
    ok = writing(book) ? iss_h5_attribute_create(object, array)
                       : iss_h5_attribute_compare(object, array);
    if (!ok) {
        fail_at(book, ISS_OK, object, array->name);
    }
}

void
iss_book_text(struct iss_book *book, hid_t object, const char *name, const char *text)
{
    const char *clean;

    if (text == NULL || *text == '\0' || book->status != ISS_OK) {
        return;
    }
    clean = iss_utf8_clean(&book->arena, text);
    if (clean == NULL) {
        fail_at(book, ISS_ERR_NO_MEMORY, object, name);
        return;
    }
    attribute(
        book, object,
        &(struct iss_h5_array){.name = name, .type = ISS_H5_TEXT, .values = &clean});
}

void
iss_book_numbers(struct iss_book *book, hid_t object, const char *name,
                 enum iss_h5_type type, size_t count, const void *values)
{
    attribute(book, object,
              &(struct iss_h5_array){.name = name,
                                     .type = type,
                                     .rank = count > 0,
                                     .dims = {count, 0},
                                     .values = values});
}

static bool
is_scale_called(hid_t array, const char *name)
{
    char found[128] = "";

    return H5DSis_scale(array) > 0 &&
           H5DSget_scale_name(array, found, sizeof(found)) >= 0 &&
           strcmp(found, name) == 0;
}

void
iss_book_scale(struct iss_book *book, hid_t array, const char *name)
{
    if (book->status != ISS_OK) {
        return;
    }
    if (writing(book) ? H5DSset_scale(array, name) < 0
                      : !is_scale_called(array, name)) {
        fail_at(book, ISS_OK, array, "NAME");
    }
}

void
iss_book_attach(struct iss_book *book, hid_t array, hid_t scale, unsigned dimension)
{
    if (book->status != ISS_OK) {
        return;
    }
    if (writing(book) ? H5DSattach_scale(array, scale, dimension) < 0
                      : H5DSis_attached(array, scale, dimension) <= 0) {
        fail_at(book, ISS_OK, array, "DIMENSION_LIST");
    }
}
