/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loader.c - from a name in a scenario to a file: where it is looked for, what is
 * refused, and the record of every file read.
 *
 * A scenario that somebody sends must not read what lies outside its folder; real paths
 * (without links and dots) decide.
 */
#include "scenario/loader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "isssim/status.h"
#include "scenario/file.h"

/* The real path of `path` in the arena; NULL when it doesn't exist (or without memory,
 * which is noted). */
static const char *
real_path(struct iss_loader *loader, const char *path)
{
    char *real = realpath(path, NULL);
    const char *copy;

    if (real == NULL) {
        loader->no_memory = loader->no_memory || errno == ENOMEM;
        return NULL;
    }
    copy = iss_arena_strdup(&loader->source->arena, real);
    loader->no_memory = loader->no_memory || copy == NULL;
    free(real);
    return copy;
}

/* "folder/name", where the folder is that of the file `beside`. */
static const char *
path_beside(struct iss_loader *loader, const char *beside, const char *name)
{
    const char *slash = strrchr(beside, '/');
    int folder = slash == NULL ? 0 : (int)(slash - beside + 1);
    const char *path;

    if (name[0] == '/') {
        folder = 0;
    }
    path = iss_arena_printf(&loader->source->arena, "%.*s%s", folder, beside, name);
    loader->no_memory = loader->no_memory || path == NULL;
    return path;
}

int
iss_loader_init(struct iss_loader *loader, const char *path)
{
    const char *folder = path_beside(loader, path, ".");

    if (folder != NULL) {
        loader->root = real_path(loader, folder);
    }
    if (loader->options->library != NULL) {
        loader->library = real_path(loader, loader->options->library);
    }
    return loader->no_memory ? ISS_ERR_NO_MEMORY : ISS_OK;
}

/* The setting to name in a message. */
static const char *
about(const struct iss_loader *loader)
{
    return loader->about != NULL ? loader->about : "";
}

static bool
is_inside(const char *path, const char *folder)
{
    size_t length = folder == NULL ? 0 : strlen(folder);

    if (folder == NULL || strncmp(path, folder, length) != 0) {
        return false;
    }
    return path[length] == '/' || (length > 0 && folder[length - 1] == '/');
}

static struct iss_opened *
find_opened(const struct iss_loader *loader, const struct stat *status)
{
    for (struct iss_opened *o = loader->opened; o != NULL; o = o->next) {
        if (o->device == status->st_dev && o->inode == status->st_ino) {
            return o;
        }
    }
    return NULL;
}

static int
record(struct iss_loader *loader, const char *path, const struct iss_file_text *text,
       struct iss_opened **opened)
{
    struct iss_arena *arena = &loader->source->arena;
    struct iss_source_file **end = &loader->source->files;
    struct iss_source_file *file = iss_arena_alloc(arena, sizeof(*file));
    struct iss_opened *entry = iss_arena_alloc(arena, sizeof(*entry));
    int status;

    if (file == NULL || entry == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    file->path = iss_arena_strdup(arena, path);
    if (file->path == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    file->text = text->text;
    file->size = text->size;
    status = iss_sha256(text->text, text->size, file->sha256);
    if (status != ISS_OK) {
        return status;
    }
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = file;
    *entry = (struct iss_opened){text->status.st_dev, text->status.st_ino, file, false,
                                 loader->opened};
    loader->opened = entry;
    *opened = entry;
    return ISS_OK;
}

/* Whether there is a file "path.cfg". */
static bool
lacks_ending(struct iss_loader *loader, const char *path)
{
    const char *full =
        path == NULL ? NULL : iss_arena_printf(&loader->source->arena, "%s.cfg", path);
    return full != NULL && access(full, F_OK) == 0;
}

/* The path of `name` in the library; NULL without one, or without memory. */
static const char *
path_in_library(struct iss_loader *loader, const char *name)
{
    const char *library = loader->options->library;
    const char *path;

    if (library == NULL || name[0] == '/') {
        return NULL;
    }
    path = iss_arena_printf(&loader->source->arena, "%s/%s", library, name);
    loader->no_memory = loader->no_memory || path == NULL;
    return path;
}

/* "; did you mean name.cfg?" when that is at `path` or in the library; else "". */
static const char *
ending_hint(struct iss_loader *loader, const char *path, const char *name)
{
    const char *hint = NULL;

    if (lacks_ending(loader, path) ||
        lacks_ending(loader, path_in_library(loader, name))) {
        hint = iss_arena_printf(&loader->source->arena, "; did you mean %s.cfg?", name);
    }
    return hint != NULL ? hint : "";
}

int
iss_loader_open(struct iss_loader *loader, const char *path, struct iss_origin origin,
                struct iss_opened **opened)
{
    struct iss_file_text text;
    struct stat status;
    int result;

    if (stat(path, &status) == 0) {
        *opened = find_opened(loader, &status);
        if (*opened != NULL) {
            return ISS_OK;
        }
    }
    result = iss_file_read(&text, &loader->source->arena, path, ISS_FILE_MAX);
    if (result == ISS_OK) {
        return record(loader, path, &text, opened);
    }
    if (result == ISS_ERR_NO_MEMORY) {
        return result;
    }
    if (text.line > 0 || strcmp(path, origin.file) == 0) {
        iss_diag_error(loader->diag, (struct iss_origin){path, text.line}, "", "%s%s",
                       text.problem,
                       result == ISS_ERR_NO_INPUT ? ending_hint(loader, path, path)
                                                  : "");
    } else {
        iss_diag_error(loader->diag, origin, about(loader), "%s %s", path,
                       text.problem);
    }
    return result;
}

/* "a.cfg -> b.cfg -> a.cfg" from the file `opened`, if the chain has it. */
static const char *
chain_text(struct iss_loader *loader, const struct iss_chain *chain,
           const struct iss_opened *opened)
{
    const char *text = opened->file->path;

    for (; chain != NULL && text != NULL; chain = chain->parent) {
        text = iss_arena_printf(&loader->source->arena, "%s -> %s",
                                chain->opened->file->path, text);
        if (chain->opened == opened) {
            return text;
        }
    }
    return NULL;
}

/* Refuse a chain that meets itself or grows too long. */
static int
check_chain(struct iss_loader *loader, const struct iss_chain *chain, const char *what,
            struct iss_origin origin, const struct iss_opened *opened)
{
    const char *circle = chain_text(loader, chain, opened);
    int length = 1;

    for (; chain != NULL; chain = chain->parent) {
        length++;
    }
    if (circle != NULL) {
        iss_diag_error(loader->diag, origin, "", "circular %s: %s", what, circle);
        return ISS_ERR_SCENARIO;
    }
    if (length > ISS_CHAIN_MAX) {
        iss_diag_error(loader->diag, origin, "",
                       "too long a chain of files at this %s; allowed %d", what,
                       ISS_CHAIN_MAX);
        return ISS_ERR_SCENARIO;
    }
    return ISS_OK;
}

static void
report_missing(struct iss_loader *loader, const char *beside, const char *name,
               const char *what, struct iss_origin origin)
{
    const char *library = loader->options->library;

    iss_diag_error(loader->diag, origin, about(loader),
                   "%s not found; got \"%s\"; looked beside this file%s%s%s", what,
                   name, library != NULL ? " and in " : "",
                   library != NULL ? library : "",
                   ending_hint(loader, path_beside(loader, beside, name), name));
}

/* Where `name` is: beside the file that names it, else in the library; NULL, reported,
 * when neither or out of bounds. */
static const char *
locate(struct iss_loader *loader, const char *beside, const char *name,
       const char *what, struct iss_origin origin)
{
    const char *path = path_beside(loader, beside, name);
    const char *real = path == NULL ? NULL : real_path(loader, path);
    const char *shipped = real == NULL ? path_in_library(loader, name) : NULL;
    if (shipped != NULL && !loader->no_memory) {
        path = shipped;
        real = real_path(loader, path);
    }
    if (loader->no_memory || path == NULL) {
        loader->no_memory = true;
        return NULL;
    }
    if (real == NULL) {
        report_missing(loader, beside, name, what, origin);
        return NULL;
    }
    if (!is_inside(real, loader->root) && !is_inside(real, loader->library)) {
        iss_diag_error(loader->diag, origin, about(loader),
                       "%s leads out of the scenario's folder; got \"%s\"; allowed are "
                       "files below the main scenario's folder and the library",
                       what, name);
        return NULL;
    }
    return path;
}

int
iss_loader_follow(struct iss_loader *loader, const struct iss_chain *chain,
                  const char *name, const char *what, struct iss_origin origin,
                  struct iss_opened **opened)
{
    const char *path = locate(loader, chain->opened->file->path, name, what, origin);
    int status;

    if (path == NULL) {
        return loader->no_memory ? ISS_ERR_NO_MEMORY : ISS_ERR_SCENARIO;
    }
    status = iss_loader_open(loader, path, origin, opened);
    if (status == ISS_OK) {
        status = check_chain(loader, chain, what, origin, *opened);
    }
    return status == ISS_ERR_NO_INPUT ? ISS_ERR_SCENARIO : status;
}

static const struct iss_source_file *
find_file(const struct iss_source *source, const char *path)
{
    const struct iss_source_file *file = source->files;

    while (file != NULL && strcmp(file->path, path) != 0) {
        file = file->next;
    }
    return file;
}

int
iss_loader_attach(struct iss_source *source, const struct iss_source_options *options,
                  const struct iss_node *by, const char *name, struct iss_diag *diag,
                  const struct iss_source_file **file)
{
    char setting[512];
    struct iss_loader loader = {.source = source,
                                .options = options,
                                .diag = diag,
                                .about = iss_node_path(by, setting, sizeof(setting))};
    const char *beside = find_file(source, by->origin.file) != NULL ? by->origin.file
                                                                    : source->main_path;
    struct iss_opened *opened = NULL;
    const char *path;
    int status = iss_loader_init(&loader, source->main_path);

    if (status != ISS_OK) {
        return status;
    }
    path = locate(&loader, beside, name, "file", by->origin);
    if (path == NULL) {
        return loader.no_memory ? ISS_ERR_NO_MEMORY : ISS_ERR_SCENARIO;
    }
    *file = find_file(source, path);
    if (*file != NULL) {
        return ISS_OK;
    }
    status = iss_loader_open(&loader, path, by->origin, &opened);
    if (status == ISS_OK) {
        *file = opened->file;
    }
    return status == ISS_ERR_NO_INPUT ? ISS_ERR_SCENARIO : status;
}
