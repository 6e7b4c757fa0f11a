/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * source.c - a scenario's layers, from the ground up, then the overrides, into one
 * tree.
 *
 * A layer is a file with its includes.  Its `base` comes before it, its `remove` takes
 * away from what came before, then its own settings are laid over.  A file that two
 * layers build on is applied once, at its first place: laying it down again would undo
 * what stands on it.
 */
#include "scenario/tree.h"

#include <string.h>

#include "isssim/status.h"
#include "scenario/flat.h"
#include "scenario/loader.h"
#include "scenario/merge.h"
#include "scenario/node.h"
#include "scenario/override.h"
#include "scenario/parse.h"

/* Remember the worse of two statuses: without memory nothing else matters. */
static int
worse(int a, int b)
{
    if (a == ISS_ERR_NO_MEMORY || b == ISS_ERR_NO_MEMORY) {
        return ISS_ERR_NO_MEMORY;
    }
    return a != ISS_OK ? a : b;
}

static int
read_layer(struct iss_loader *loader, const struct iss_chain *chain,
           struct iss_node **layer)
{
    struct iss_origin origin = {chain->opened->file->path, 1};
    struct iss_flat flat = {0};
    int status = iss_flat_read(&flat, loader, chain);

    if (status == ISS_OK) {
        status = iss_parse(&flat, origin, &loader->source->arena, loader->diag, layer);
    }
    iss_flat_clear(&flat);
    return status;
}

/* Take the list of texts called `name` out of `layer`; NULL when there is none. */
static int
take_texts(struct iss_loader *loader, struct iss_node *layer, const char *name,
           struct iss_node **list)
{
    struct iss_node **link = iss_node_link(layer, name, strlen(name));
    const char *text;
    int status = ISS_OK;

    *list = NULL;
    if (*link == NULL) {
        return ISS_OK;
    }
    *list = iss_node_detach(link);
    if ((*list)->type != ISS_NODE_ARRAY && (*list)->type != ISS_NODE_LIST) {
        char got[96];

        iss_diag_error(loader->diag, (*list)->origin, name,
                       "must be an array of texts; got %s; allowed [ \"...\", ... ]",
                       iss_node_value(*list, got, sizeof(got)));
        *list = NULL;
        return ISS_ERR_SCENARIO;
    }
    (*list)->parent = layer; /* for the members' paths */
    for (struct iss_node *item = (*list)->first; item != NULL; item = item->next) {
        status =
            worse(status,
                  iss_node_text(item, &text, loader->diag) ? ISS_OK : ISS_ERR_SCENARIO);
    }
    *list = status == ISS_OK ? *list : NULL;
    return status;
}

static int apply_layer(struct iss_loader *loader, const struct iss_chain *chain);

static int
apply_bases(struct iss_loader *loader, const struct iss_chain *chain,
            const struct iss_node *bases)
{
    int status = ISS_OK;

    for (const struct iss_node *base = bases->first; base != NULL; base = base->next) {
        struct iss_chain inner = {NULL, chain};
        struct iss_opened *opened = NULL;
        int result = iss_loader_follow(loader, chain, base->value.text, "base",
                                       base->origin, &opened);

        inner.opened = opened;
        if (result == ISS_OK && !opened->applied) {
            opened->applied = true;
            result = apply_layer(loader, &inner);
        }
        status = worse(status, result);
    }
    return status;
}

/* A removal that finds nothing spoils nothing: it is reported, and all goes on. */
static int
apply_removals(struct iss_loader *loader, const struct iss_node *removals)
{
    int status = ISS_OK;

    for (const struct iss_node *item = removals->first; item != NULL;
         item = item->next) {
        status = worse(status, iss_remove(loader->source, item, loader->diag));
    }
    loader->missed = loader->missed || status == ISS_ERR_SCENARIO;
    return status == ISS_ERR_SCENARIO ? ISS_OK : status;
}

static int
apply_layer(struct iss_loader *loader, const struct iss_chain *chain)
{
    struct iss_node *layer = NULL, *bases, *removals;
    int status = read_layer(loader, chain, &layer);

    if (status != ISS_OK) {
        return status;
    }
    status = take_texts(loader, layer, "base", &bases);
    status = worse(status, take_texts(loader, layer, "remove", &removals));
    if (bases != NULL) {
        status = worse(status, apply_bases(loader, chain, bases));
    }
    /* With a layer missing below, most removals would fail for no fault of theirs. */
    if (removals != NULL && status == ISS_OK) {
        status = apply_removals(loader, removals);
    }
    iss_merge(loader->source->root, layer, loader->options->is_value,
              &loader->source->arena);
    return status;
}

static int
apply_overrides(struct iss_loader *loader)
{
    const struct iss_source_options *options = loader->options;
    int status = ISS_OK;

    for (size_t i = 0; i < options->override_count; i++) {
        status = worse(status, iss_override(loader->source, options->overrides[i],
                                            (int)i + 1, options, loader->diag));
    }
    return status;
}

static int
load(struct iss_loader *loader, const char *path)
{
    struct iss_source *source = loader->source;
    struct iss_chain chain = {NULL, NULL};
    struct iss_opened *opened = NULL;
    int status;

    source->main_path = iss_arena_strdup(&source->arena, path);
    if (source->main_path == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    source->root = iss_node_new_group(&source->arena, "",
                                      (struct iss_origin){source->main_path, 1});
    if (source->root == NULL || iss_loader_init(loader, path) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    status = iss_loader_open(loader, path, (struct iss_origin){source->main_path, 0},
                             &opened);
    if (status != ISS_OK) {
        return status;
    }
    opened->applied = true;
    chain.opened = opened;
    status = apply_layer(loader, &chain);
    return worse(status, apply_overrides(loader));
}

int
iss_source_load(struct iss_source *source, const char *path,
                const struct iss_source_options *options, struct iss_diag *diag)
{
    struct iss_loader loader = {.source = source, .options = options, .diag = diag};
    int status;

    memset(source, 0, sizeof(*source));
    status = load(&loader, path);
    if (status != ISS_OK) {
        iss_source_clear(source);
    } else if (loader.missed) {
        status = ISS_ERR_SCENARIO;
    }
    return status;
}

const struct iss_removal *
iss_source_removal(const struct iss_source *source, const char *group, const char *name)
{
    size_t length = strlen(group);

    for (const struct iss_removal *r = source->removals; r != NULL; r = r->next) {
        if (strncmp(r->path, group, length) == 0 &&
            (r->path[length] == '\0' ||
             (r->path[length] == '.' && strcmp(r->path + length + 1, name) == 0))) {
            return r;
        }
    }
    return NULL;
}

void
iss_source_clear(struct iss_source *source)
{
    iss_arena_clear(&source->arena);
    memset(source, 0, sizeof(*source));
}
