/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * document.c - the provenance as JSON, for programs that don't read HDF5 attributes.
 *
 * Seed and replication are texts: JSON's numbers end at 2^53.  Keys keep their order,
 * so that repeated runs give the same bytes.
 */
#include "store/provenance.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/version.h"
#include "outcome/utf8.h"

struct document {
    json_t *root;
    struct iss_arena *arena; /* of cleaned texts */
    bool failed;             /* no memory for one */
};

/* A text as JSON; what isn't UTF-8 in it was cleaned. */
static json_t *
text_value(struct document *document, const char *text)
{
    const char *clean = text == NULL ? NULL : iss_utf8_clean(document->arena, text);
    json_t *value = clean == NULL ? json_null() : json_string(clean);

    document->failed =
        document->failed || (text != NULL && clean == NULL) || value == NULL;
    return value;
}

static void
put(struct document *document, const char *key, json_t *value)
{
    document->failed =
        json_object_set_new(document->root, key, value) != 0 || document->failed;
}

static void
put_text(struct document *document, const char *key, const char *text)
{
    put(document, key, text_value(document, text));
}

static void
put_unsigned(struct document *document, const char *key, uint64_t value)
{
    char text[24];

    snprintf(text, sizeof(text), "%" PRIu64, value);
    put_text(document, key, text);
}

static void
put_head(struct document *document, const struct iss_outcome *outcome)
{
    put_text(document, "filetype", outcome->filetype);
    put_text(document, "title", outcome->title);
    put_text(document, "epoch", outcome->epoch);
    put_unsigned(document, "seed", outcome->seed);
    if (iss_provenance_is_run(outcome)) {
        put_unsigned(document, "replication", outcome->replication);
    }
    put_text(document, "model_hash", outcome->model_hash);
    put_text(document, "numerics", outcome->numerics);
    put_text(document, "isssim_version", ISS_VERSION);
    put_text(document, "git_sha1", ISS_GIT_SHA1);
    put(document, "git_dirty", json_integer(ISS_GIT_DIRTY));
}

static void
append(struct document *document, json_t *list, json_t *value)
{
    document->failed = json_array_append_new(list, value) != 0 || document->failed;
}

static void
put_inputs(struct document *document, const struct iss_outcome *outcome)
{
    json_t *overrides = json_array(), *files = json_array();

    for (int32_t i = 0; i < outcome->override_count; i++) {
        append(document, overrides, text_value(document, outcome->overrides[i]));
    }
    for (int32_t i = 0; i < outcome->file_count; i++) {
        struct document file = {.root = json_object(), .arena = document->arena};
        put_text(&file, "path", outcome->files[i].path);
        put_text(&file, "sha256", outcome->files[i].sha256);
        document->failed = document->failed || file.failed;
        append(document, files, file.root);
    }
    put(document, "overrides", overrides);
    put(document, "files", files);
}

static void
put_circumstances(struct document *document, const struct iss_circumstances *now)
{
    put_text(document, "command_line", now->command_line);
    put_text(document, "started", now->started);
    put(document, "elapsed_s", json_real(now->elapsed_s));
    put(document, "max_rss", json_integer(now->max_rss));
    put_text(document, "host", now->host);
    put_text(document, "libraries", now->libraries);
}

const char *
iss_provenance_json(struct iss_arena *arena, const struct iss_outcome *outcome,
                    const struct iss_circumstances *now)
{
    struct document document = {.root = json_object(), .arena = arena};
    const char *copy = NULL;

    put_head(&document, outcome);
    put_inputs(&document, outcome);
    if (now != NULL) {
        put_circumstances(&document, now);
    }
    char *text = document.failed ? NULL : json_dumps(document.root, JSON_COMPACT);
    if (text != NULL) {
        copy = iss_arena_strdup(arena, text);
    }
    free(text);
    json_decref(document.root);
    return copy;
}
