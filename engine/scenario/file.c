/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * file.c - bytes from the disk, refused unless they are a plain text file.
 *
 * A FIFO is found out before and after opening: opening one to read would wait for a
 * writer, opening a device may do anything.
 */
#include "scenario/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "isssim/status.h"

static int
refuse_error(struct iss_file_text *file, const char *problem, int error)
{
    snprintf(file->problem, sizeof(file->problem), "%s: %s", problem, strerror(error));
    return ISS_ERR_NO_INPUT;
}

static int
check_kind(struct iss_file_text *file)
{
    mode_t mode = file->status.st_mode;
    const char *kind = S_ISDIR(mode)                    ? "a folder"
                       : S_ISFIFO(mode)                 ? "a pipe"
                       : S_ISCHR(mode) || S_ISBLK(mode) ? "a device"
                                                        : "no regular file";

    if (S_ISREG(mode)) {
        return ISS_OK;
    }
    snprintf(file->problem, sizeof(file->problem), "is %s; a scenario is a text file",
             kind);
    return ISS_ERR_NO_INPUT;
}

static int
open_regular(struct iss_file_text *file, const char *path, int *descriptor)
{
    if (stat(path, &file->status) != 0) {
        return refuse_error(file, "cannot be opened", errno);
    }
    if (check_kind(file) != ISS_OK) {
        return ISS_ERR_NO_INPUT;
    }
    *descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (*descriptor < 0 || fstat(*descriptor, &file->status) != 0) {
        return refuse_error(file, "cannot be opened", errno);
    }
    return check_kind(file);
}

/* Fill `buffer` from the file until its end or until the buffer is full. */
static int
read_all(struct iss_file_text *file, int descriptor, char *buffer, size_t size)
{
    while (file->size < size) {
        ssize_t got = read(descriptor, buffer + file->size, size - file->size);

        if (got == 0) {
            break;
        }
        if (got < 0 && errno != EINTR) {
            return refuse_error(file, "cannot be read", errno);
        }
        file->size += got > 0 ? (size_t)got : 0;
    }
    return ISS_OK;
}

/* Bytes of the well-formed UTF-8 character at `c`, 0 when it isn't (Unicode, table
 * 3-7). */
static size_t
utf8_length(const unsigned char *c, size_t left)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t length;

    if (c[0] < 0x80) {
        return 1;
    }
    if (c[0] < 0xC2 || c[0] > 0xF4) {
        return 0;
    }
    length = c[0] < 0xE0 ? 2 : c[0] < 0xF0 ? 3 : 4;
    low = c[0] == 0xE0 ? 0xA0 : c[0] == 0xF0 ? 0x90 : low;
    high = c[0] == 0xED ? 0x9F : c[0] == 0xF4 ? 0x8F : high;
    if (left < length || c[1] < low || c[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if ((c[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

static int
check_text(struct iss_file_text *file)
{
    const unsigned char *text = (const unsigned char *)file->text;
    size_t begin = strncmp(file->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    bool blank = true;
    size_t length;

    file->line = 1;
    for (size_t i = begin; i < file->size; i += length) {
        length = text[i] == 0 ? 0 : utf8_length(text + i, file->size - i);
        if (length == 0) {
            snprintf(file->problem, sizeof(file->problem),
                     "%s at byte %zu; a scenario is UTF-8 text",
                     text[i] == 0 ? "zero byte" : "invalid UTF-8", i);
            return ISS_ERR_SCENARIO;
        }
        file->line += text[i] == '\n';
        blank = blank && strchr(" \t\r\n\f", text[i]) != NULL;
    }
    file->line = 0;
    if (blank) {
        snprintf(file->problem, sizeof(file->problem), "is empty");
        return ISS_ERR_SCENARIO;
    }
    return ISS_OK;
}

int
iss_file_read(struct iss_file_text *file, struct iss_arena *arena, const char *path,
              size_t limit)
{
    int descriptor = -1;
    size_t room;
    int status;

    memset(file, 0, sizeof(*file));
    status = open_regular(file, path, &descriptor);
    if (status != ISS_OK) {
        goto out;
    }
    /* One byte more than expected shows a file that grew or lied about its size. */
    room = (size_t)file->status.st_size < limit ? (size_t)file->status.st_size : limit;
    file->text = iss_arena_alloc(arena, room + 2);
    if (file->text == NULL) {
        status = ISS_ERR_NO_MEMORY;
        goto out;
    }
    status = read_all(file, descriptor, file->text, room + 1);
    if (status != ISS_OK) {
        goto out;
    }
    if (file->size > room) {
        snprintf(file->problem, sizeof(file->problem),
                 room == limit ? "is too large; allowed %zu bytes"
                               : "grew beyond its %zu bytes while it was read",
                 room);
        status = ISS_ERR_SCENARIO;
        goto out;
    }
    file->text[file->size] = '\0';
    status = check_text(file);
out:
    if (descriptor >= 0) {
        close(descriptor);
    }
    return status;
}
