/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read_refs.c - settings that name other things: references, and lists of them.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "isssim/status.h"
#include "model/reader.h"

void *
iss_reader_take(struct iss_reader *reader, size_t count, size_t size)
{
    void *memory = iss_arena_array(&reader->model->arena, count, size);
    if (memory == NULL) {
        reader->status = ISS_ERR_NO_MEMORY;
    }
    return memory;
}

void
iss_reader_report(struct iss_reader *reader, const struct iss_node *node,
                  const char *problem, const char *hint)
{
    char path[256], got[128];

    if (iss_diag_is_full(reader->diag)) {
        iss_diag_error(reader->diag, node->origin, "", "%s", problem);
        return;
    }
    iss_diag_error(reader->diag, node->origin, iss_node_path(node, path, sizeof path),
                   "%s; got %s%s%s", problem, iss_node_value(node, got, sizeof got),
                   *hint != '\0' ? "; " : "", hint);
}

struct iss_rows *
iss_reader_rows(struct iss_reader *reader, const struct iss_section *section)
{
    return (struct iss_rows *)(void *)((char *)reader->model + section->offset);
}

/* ---- references ----------------------------------------------------------------- */

static int32_t
find_entity(const struct iss_rows *rows, size_t size, const char *id)
{
    for (int32_t i = 0; i < rows->count; i++) {
        const struct iss_entity *entity =
            (const void *)((const char *)rows->items + (size_t)i * size);
        if (strcmp(entity->id, id) == 0) {
            return i;
        }
    }
    return -1;
}

static const struct iss_entity *
entity_at(const struct iss_rows *rows, const struct iss_section *section, int32_t i)
{
    return (const void *)((const char *)rows->items + (size_t)i * section->size);
}

/* The id of the thing that people call `name`, or NULL.  Its section may not have been
 * read yet. */
static const char *
id_of_name(const struct iss_rows *rows, const struct iss_section *section,
           const char *name)
{
    for (int32_t i = 0; i < rows->count; i++) {
        const struct iss_entity *entity = entity_at(rows, section, i);
        const struct iss_node *called = iss_node_child(entity->node, "name");
        if (called != NULL && called->type == ISS_NODE_TEXT &&
            strcasecmp(called->value.text, name) == 0) {
            return entity->id;
        }
    }
    return NULL;
}

/* What was meant, or why it isn't there; "" when nobody knows. */
static void
hint_at(struct iss_reader *reader, const struct iss_section *target, const char *id,
        char hint[256])
{
    const struct iss_rows *rows = iss_reader_rows(reader, target);
    const char **ids = iss_reader_take(reader, (size_t)rows->count + 1, sizeof *ids);
    const struct iss_removal *removal =
        iss_source_removal(&reader->model->source, target->name, id);
    const char *named = id_of_name(rows, target, id);

    hint[0] = '\0';
    if (ids == NULL) {
        return;
    }
    for (int32_t i = 0; i < rows->count; i++) {
        ids[i] = entity_at(rows, target, i)->id;
    }
    const char *near = iss_diag_suggest(id, ids, (size_t)rows->count);
    if (removal != NULL) {
        snprintf(hint, 256, "removed by %.200s:%d", removal->by.file, removal->by.line);
    } else if (named != NULL) {
        snprintf(hint, 256, "that is the name of %s.%.60s; write its id, \"%.60s\"",
                 target->name, named, named);
    } else if (near != NULL) {
        snprintf(hint, 256, "did you mean %s?", near);
    } else if (rows->count == 0) {
        snprintf(hint, 256, "the scenario has no %s", target->name);
    }
}

static void
report_reference(struct iss_reader *reader, const struct iss_node *node,
                 const struct iss_section *target, const char *id)
{
    char problem[96], hint[256];

    if (iss_diag_is_full(reader->diag)) {
        iss_reader_report(reader, node, "not found", "");
        return;
    }
    hint_at(reader, target, id, hint);
    snprintf(problem, sizeof problem, "not found in %s", target->name);
    iss_reader_report(reader, node, problem, hint);
}

int32_t
iss_read_ref(struct iss_reader *reader, const struct iss_key *key,
             const struct iss_node *node)
{
    const struct iss_section *target = iss_schema_section(key->arg);
    const char *id;

    if (!iss_node_text(node, &id, reader->diag)) {
        return -1;
    }
    int32_t index = find_entity(iss_reader_rows(reader, target), target->size, id);
    if (index < 0) {
        report_reference(reader, node, target, id);
    }
    return index;
}

bool
iss_reader_is_sequence(struct iss_reader *reader, const struct iss_node *node,
                       const char *of)
{
    if (node->type == ISS_NODE_ARRAY || node->type == ISS_NODE_LIST) {
        return true;
    }
    char problem[96];
    snprintf(problem, sizeof problem, "must be a list of %s", of);
    iss_reader_report(reader, node, problem, "write [ \"a\", \"b\" ]");
    return false;
}

void
iss_read_refs(struct iss_reader *reader, const struct iss_key *key,
              const struct iss_node *node, char *field)
{
    struct iss_ids ids = {0, NULL};
    if (!iss_reader_is_sequence(reader, node, key->arg)) {
        return;
    }
    int32_t *at = iss_reader_take(reader, (size_t)node->count + 1, sizeof *at);
    if (at == NULL) {
        return;
    }
    for (const struct iss_node *item = node->first; item; item = item->next) {
        int32_t index = iss_read_ref(reader, key, item), i = 0;
        while (i < ids.count && at[i] != index) {
            i++;
        }
        if (index >= 0 && i < ids.count) {
            iss_reader_report(reader, item, "named twice", "");
        } else if (index >= 0) {
            at[ids.count++] = index;
        }
    }
    ids.at = at;
    memcpy(field, &ids, sizeof ids);
}
