/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read.c - walks the schema and the tree together and fills the model's structs.
 *
 * First every named thing gets its place, so that references can look forward; then
 * the settings are read, section by section in the schema's order: the scenario's start
 * before any other date, the ports before whatever must fit them.
 */
#include "model/read.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "isssim/status.h"
#include "model/reader.h"

/* ---- one thing ----------------------------------------------------------------- */

/* Follow a dotted name; NULL when it isn't there. */
static const struct iss_node *
find_setting(const struct iss_node *group, const char *name)
{
    char part[64];
    for (;;) {
        size_t length = strcspn(name, ".");
        snprintf(part, sizeof part, "%.*s", (int)length, name);
        group = iss_node_child(group, part);
        if (group == NULL || name[length] == '\0') {
            return group;
        }
        if (group->type != ISS_NODE_GROUP) {
            return NULL;
        }
        name += length + 1;
    }
}

/* The setting, or group of settings, below `prefix` that `name` was meant to be; or
 * NULL. */
static const char *
meant_setting(struct iss_reader *reader, const struct iss_section *section,
              const char *name, const char *prefix)
{
    const char *names[128];
    size_t count = 0, skipped = strlen(prefix);

    for (int32_t i = 0; i < iss_key_count && count < 128; i++) {
        const char *full = iss_keys[i].name;
        if (strcmp(iss_keys[i].section, section->name) != 0 ||
            strncmp(full, prefix, skipped) != 0) {
            continue;
        }
        full += skipped;
        names[count] = iss_arena_printf(&reader->model->arena, "%.*s",
                                        (int)strcspn(full, "."), full);
        count += names[count] != NULL;
    }
    return iss_diag_suggest(name, names, count);
}

/* Report children of `group` that no key of the section names; `prefix` is "" or ends
 * in a dot. */
static void
report_unknown(struct iss_reader *reader, const struct iss_section *section,
               const struct iss_node *group, const char *prefix)
{
    char full[128], path[256];

    for (const struct iss_node *child = group->first; child; child = child->next) {
        size_t length;
        bool known = false, inner = false;
        length = (size_t)snprintf(full, sizeof full, "%s%s", prefix, child->name);
        if (length >= sizeof full) {
            length = sizeof full - 1;
        }
        for (int32_t i = 0; i < iss_key_count; i++) {
            const struct iss_key *key = &iss_keys[i];
            if (strcmp(key->section, section->name) != 0) {
                continue;
            }
            known = known || strcmp(key->name, full) == 0;
            inner = inner ||
                    (strncmp(key->name, full, length) == 0 && key->name[length] == '.');
        }
        if (inner && child->type == ISS_NODE_GROUP) {
            char deeper[160];
            snprintf(deeper, sizeof deeper, "%s.", full);
            report_unknown(reader, section, child, deeper);
        } else if (inner) {
            iss_reader_report(reader, child, "must be a group", "write { ... }");
        } else if (!known) {
            bool counted = iss_diag_is_full(reader->diag);
            const char *near =
                counted ? NULL : meant_setting(reader, section, child->name, prefix);
            iss_diag_error(reader->diag, child->origin,
                           iss_node_path(child, path, sizeof path),
                           "unknown setting%s%s%s", near ? "; did you mean " : "",
                           near ? near : "", near ? "?" : "");
        }
    }
}

void
iss_read_entity(struct iss_reader *reader, const struct iss_section *section,
                const struct iss_node *node, char *object)
{
    char path[256];

    for (int32_t i = 0; i < iss_key_count; i++) {
        const struct iss_key *key = &iss_keys[i];
        if (strcmp(key->section, section->name) != 0) {
            continue;
        }
        char *field = object + key->offset;
        const struct iss_node *setting = node ? find_setting(node, key->name) : NULL;
        iss_read_absent(key, field);
        if (key->fallback != NULL && *key->fallback != '\0') {
            iss_read_fallback(reader, key, field);
        }
        if (setting != NULL) {
            iss_read_value(reader, key, setting, field);
        } else if (key->fallback == NULL) {
            struct iss_origin origin = {reader->model->source.main_path, 0};
            iss_diag_error(reader->diag, node ? node->origin : origin,
                           node ? iss_node_path(node, path, sizeof path)
                                : section->name,
                           "%s is missing: %s", key->name, key->doc);
        }
    }
    if (node != NULL) {
        report_unknown(reader, section, node, "");
    }
}

/* ---- sections ------------------------------------------------------------------ */

static bool
is_group(struct iss_reader *reader, const struct iss_node *node)
{
    if (node == NULL || node->type == ISS_NODE_GROUP) {
        return node != NULL;
    }
    iss_reader_report(reader, node, "must be a group", "write { ... }");
    return false;
}

static void
place_entities(struct iss_reader *reader, const struct iss_section *section)
{
    const struct iss_node *group =
        iss_node_child(reader->model->source.root, section->name);
    struct iss_rows *rows = iss_reader_rows(reader, section);

    if (!is_group(reader, group)) {
        return;
    }
    rows->items = iss_reader_take(reader, (size_t)group->count + 1, section->size);
    if (rows->items == NULL) {
        return;
    }
    for (const struct iss_node *node = group->first; node; node = node->next) {
        if (!is_group(reader, node)) {
            continue;
        }
        struct iss_entity *entity =
            (void *)((char *)rows->items + (size_t)rows->count * section->size);
        entity->id = node->name;
        entity->hash = iss_hash_name(node->name);
        entity->origin = node->origin;
        entity->node = node;
        rows->count++;
    }
}

static void
read_section(struct iss_reader *reader, const struct iss_section *section)
{
    struct iss_model *model = reader->model;
    const struct iss_node *group = iss_node_child(model->source.root, section->name);

    if (section->shape == ISS_SHAPE_SINGLE) {
        if (group != NULL && group->type != ISS_NODE_GROUP) {
            is_group(reader, group);
            group = NULL;
        }
        iss_read_entity(reader, section, group, (char *)model + section->offset);
        return;
    }
    struct iss_rows *rows = iss_reader_rows(reader, section);
    const struct iss_node *node = rows->count > 0 ? group->first : NULL;
    for (int32_t i = 0; i < rows->count; i++, node = node->next) {
        while (node->type != ISS_NODE_GROUP) {
            node = node->next; /* has no row */
        }
        char *object = (char *)rows->items + (size_t)i * section->size;
        struct iss_entity *entity = (void *)object;
        iss_read_entity(reader, section, node, object);
        if (entity->name == NULL) {
            entity->name = entity->id;
        }
    }
}

static void
report_unknown_sections(struct iss_reader *reader)
{
    const char *names[64];
    size_t count = 0;

    for (int32_t i = 0; i < iss_section_count; i++) {
        if (iss_sections[i].shape != ISS_SHAPE_ROWS) {
            names[count++] = iss_sections[i].name;
        }
    }
    for (const struct iss_node *node = reader->model->source.root->first; node;
         node = node->next) {
        bool known = false;
        for (size_t i = 0; i < count; i++) {
            known = known || strcmp(names[i], node->name) == 0;
        }
        if (!known) {
            const char *near = iss_diag_suggest(node->name, names, count);
            iss_diag_error(reader->diag, node->origin, node->name,
                           "unknown group%s%s%s", near ? "; did you mean " : "",
                           near ? near : "", near ? "?" : "");
        }
    }
}

/* The start is read with everything else counted from it, so it must be known first. */
static void
find_epoch(struct iss_reader *reader)
{
    const struct iss_node *scenario =
        iss_node_child(reader->model->source.root, "scenario");
    const struct iss_node *start = scenario && scenario->type == ISS_NODE_GROUP
                                       ? iss_node_child(scenario, "start")
                                       : NULL;
    struct iss_diag quiet = {0};
    int64_t epoch;

    if (start != NULL && iss_node_date(start, &epoch, &quiet)) {
        reader->model->epoch_us = epoch;
    }
    iss_diag_clear(&quiet);
}

int
iss_model_read(struct iss_model *model, struct iss_diag *diag)
{
    struct iss_reader reader = {model, diag, ISS_OK};

    if (iss_reader_expect_tags(&reader) == ISS_OK) {
        reader.status = iss_model_expect_uncertain(model);
    }
    if (reader.status != ISS_OK) {
        return reader.status;
    }
    find_epoch(&reader);
    report_unknown_sections(&reader);
    for (int32_t i = 0; i < iss_section_count; i++) {
        if (iss_sections[i].shape == ISS_SHAPE_NAMED) {
            place_entities(&reader, &iss_sections[i]);
        }
    }
    for (int32_t i = 0; i < iss_section_count && reader.status == ISS_OK; i++) {
        if (iss_sections[i].shape != ISS_SHAPE_ROWS) {
            read_section(&reader, &iss_sections[i]);
        }
    }
    return reader.status;
}
