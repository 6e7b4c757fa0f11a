/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * folder.h - a folder of its own for each test, and what lies in it.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[PATH_MAX];

/* Make the folder, and enter it: tests name their files plainly. */
static inline int
folder_enter(void **state)
{
    const char *base = getenv("TMPDIR");

    (void)state;
    snprintf(folder, sizeof(folder), "%s/isssim-test-XXXXXX",
             base == NULL ? "/tmp" : base);
    return mkdtemp(folder) == NULL || chdir(folder) != 0 ? -1 : 0;
}

static inline bool
folder_is_dot(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static inline int
folder_entries(void)
{
    DIR *dir = opendir(".");
    int count = 0;

    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        count += !folder_is_dot(entry->d_name);
    }
    if (dir != NULL) {
        closedir(dir);
    }
    return count;
}

static inline bool
folder_has(const char *name)
{
    struct stat info;

    return lstat(name, &info) == 0;
}

static inline void
folder_put(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");

    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
        abort();
    }
}

/* The bytes of a file, to be freed. */
static inline char *
folder_get(const char *name, size_t *size)
{
    FILE *file = fopen(name, "r");
    char *bytes = NULL;
    struct stat info;

    *size = 0;
    if (file == NULL) {
        return NULL;
    }
    if (fstat(fileno(file), &info) == 0) {
        bytes = calloc((size_t)info.st_size + 1, 1);
        *size = bytes == NULL ? 0 : fread(bytes, 1, (size_t)info.st_size, file);
    }
    fclose(file);
    return bytes;
}

static inline bool
folder_holds(const char *name, const char *text)
{
    size_t size;
    char *bytes = folder_get(name, &size);
    bool same = bytes != NULL && size == strlen(text) && memcmp(bytes, text, size) == 0;

    free(bytes);
    return same;
}

/* Leave the folder and remove it with all that is in it, subfolders being empty. */
static inline int
folder_leave(void **state)
{
    DIR *dir = opendir(".");

    (void)state;
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        if (!folder_is_dot(entry->d_name) && unlink(entry->d_name) != 0) {
            rmdir(entry->d_name);
        }
    }
    if (dir != NULL) {
        closedir(dir);
    }
    return chdir("/") != 0 || rmdir(folder) != 0 ? -1 : 0;
}

#endif
