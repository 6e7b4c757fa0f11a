/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read_value.c - one setting, by its type, into its field; and what it is when it's
 * absent.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "isssim/status.h"
#include "model/read.h"
#include "model/reader.h"

/* ---- scalars ------------------------------------------------------------------- */

void
iss_reader_report_range(struct iss_reader *reader, const struct iss_key *key,
                        const struct iss_node *node)
{
    char hint[128];

    snprintf(hint, sizeof hint, "allowed %.12g to %.12g%s%s", key->lowest, key->highest,
             *key->arg != '\0' ? " " : "",
             iss_unit_base(iss_model_dimension(key->arg)));
    iss_reader_report(reader, node, "out of range", hint);
}

static void
check_range(struct iss_reader *reader, const struct iss_key *key,
            const struct iss_node *node, double value)
{
    if (key->lowest < key->highest && (value < key->lowest || value > key->highest)) {
        iss_reader_report_range(reader, key, node);
    }
}

static void
read_count(struct iss_reader *reader, const struct iss_key *key,
           const struct iss_node *node, char *field)
{
    int64_t value;
    if (iss_node_int(node, &value, reader->diag)) {
        check_range(reader, key, node, (double)value);
        memcpy(field, &value, sizeof value);
    }
}

static void
read_quantity(struct iss_reader *reader, const struct iss_key *key,
              const struct iss_node *node, char *field)
{
    double value;
    if (!iss_node_quantity(node, iss_model_dimension(key->arg), key->arg, &value,
                           reader->diag)) {
        return;
    }
    check_range(reader, key, node, value);
    if (key->type == ISS_KEY_SPAN) {
        int64_t us = iss_us_from_days(value);
        memcpy(field, &us, sizeof us);
    } else {
        const struct iss_value known = {value, -1};
        memcpy(field, &known, sizeof known);
    }
}

/* A number that is drawn once, or looks like one. */
static void
read_uncertain(struct iss_reader *reader, const struct iss_key *key,
               const struct iss_node *node, char *field)
{
    size_t errors = reader->diag->errors;
    struct iss_value value;

    if (!iss_model_is_uncertain(node)) {
        static const char *const meant[] = {"uncertain"};
        bool near = node->first && iss_diag_suggest(node->first->name, meant, 1);
        iss_reader_report(reader, node, "must be a number",
                          near ? "did you mean uncertain?"
                               : "write { uncertain = { dist = ... }; } for one that "
                                 "isn't known");
    } else if (iss_model_read_uncertain(node, key, reader->model, reader->diag,
                                        &value)) {
        memcpy(field, &value, sizeof value);
    } else if (reader->diag->errors == errors) {
        reader->status = ISS_ERR_NO_MEMORY;
    }
}

static void
read_choice(struct iss_reader *reader, const struct iss_key *key,
            const struct iss_node *node, char *field)
{
    const char *text = "", *choices[16];
    char copy[256], hint[384];
    size_t count = 0;
    bool worded = node->type == ISS_NODE_TEXT;

    iss_read_absent(key, field); /* not the default: nothing follows from a mistake */
    if (worded && !iss_node_text(node, &text, reader->diag)) {
        return;
    }
    snprintf(copy, sizeof copy, "%s", key->arg);
    char *rest = copy;
    for (char *word; (word = strtok_r(rest, "|", &rest)) != NULL;) {
        if (worded && strcmp(word, text) == 0) {
            int choice = (int)count;
            memcpy(field, &choice, sizeof choice);
            return;
        }
        choices[count++] = word;
    }
    const char *near = iss_diag_suggest(text, choices, count);
    int length = snprintf(hint, sizeof hint, "allowed");
    for (size_t i = 0; i < count; i++) {
        length += snprintf(hint + length, sizeof hint - (size_t)length, "%s \"%s\"",
                           i ? "," : "", choices[i]);
    }
    if (near != NULL) {
        snprintf(hint + length, sizeof hint - (size_t)length, "; did you mean %s?",
                 near);
    }
    iss_reader_report(reader, node, "no such choice", hint);
}

/* ---- dates --------------------------------------------------------------------- */

static bool
read_date(struct iss_reader *reader, const struct iss_node *node, int64_t *us)
{
    if (!iss_node_date(node, us, reader->diag)) {
        return false;
    }
    *us -= reader->model->epoch_us;
    return true;
}

static void
read_dates(struct iss_reader *reader, const struct iss_node *node, char *field)
{
    struct iss_dates dates = {0, NULL};
    if (!iss_reader_is_sequence(reader, node, "dates")) {
        return;
    }
    int64_t *at = iss_reader_take(reader, (size_t)node->count + 1, sizeof *at);
    if (at == NULL) {
        return;
    }
    for (const struct iss_node *item = node->first; item; item = item->next) {
        if (read_date(reader, item, &at[dates.count])) {
            if (dates.count > 0 && at[dates.count] < at[dates.count - 1]) {
                iss_reader_report(reader, item, "dates must not go backwards", "");
            }
            dates.count++;
        }
    }
    dates.at = at;
    memcpy(field, &dates, sizeof dates);
}

/* ---- texts --------------------------------------------------------------------- */

static void
read_texts(struct iss_reader *reader, const struct iss_node *node, char *field)
{
    struct iss_texts texts = {0, NULL, NULL};
    if (!iss_reader_is_sequence(reader, node, "texts")) {
        return;
    }
    size_t room = (size_t)node->count + 1;
    const char **at = iss_reader_take(reader, room, sizeof *at);
    const struct iss_node **nodes = iss_reader_take(reader, room, sizeof *nodes);
    if (at == NULL || nodes == NULL) {
        return;
    }
    for (const struct iss_node *item = node->first; item; item = item->next) {
        if (iss_node_text(item, &at[texts.count], reader->diag)) {
            nodes[texts.count++] = item;
        }
    }
    texts.at = at;
    texts.nodes = nodes;
    memcpy(field, &texts, sizeof texts);
}

/* A default such as [ "crew", "unsafe" ]: what stands between quotation marks. */
static void
read_default_texts(struct iss_reader *reader, const char *fallback, char *field)
{
    struct iss_texts texts = {0, NULL, NULL};
    const char **at = iss_reader_take(reader, strlen(fallback), sizeof *at);

    for (const char *open = strchr(fallback, '"'); at != NULL && open != NULL;) {
        const char *shut = strchr(open + 1, '"');
        char *text = iss_arena_printf(&reader->model->arena, "%.*s",
                                      (int)(shut - open - 1), open + 1);
        reader->status = text == NULL ? ISS_ERR_NO_MEMORY : reader->status;
        at[texts.count++] = text;
        open = strchr(shut + 1, '"');
    }
    texts.at = at;
    memcpy(field, &texts, sizeof texts);
}

/* ---- rows ---------------------------------------------------------------------- */

static void
read_rows(struct iss_reader *reader, const struct iss_key *key,
          const struct iss_node *node, char *field)
{
    const struct iss_section *section = iss_schema_section(key->arg);
    struct iss_rows rows = {0, NULL};

    if (node->type != ISS_NODE_LIST &&
        !(node->type == ISS_NODE_ARRAY && !node->count)) {
        iss_reader_report(reader, node, "must be a list of groups",
                          "write ( { ... }, { ... } )");
        return;
    }
    rows.items = iss_reader_take(reader, (size_t)node->count + 1, section->size);
    if (rows.items == NULL) {
        return;
    }
    for (const struct iss_node *item = node->first; item; item = item->next) {
        if (item->type != ISS_NODE_GROUP) {
            iss_reader_report(reader, item, "must be a group", "write { ... }");
            continue;
        }
        iss_read_entity(reader, section, item,
                        (char *)rows.items + (size_t)rows.count * section->size);
        rows.count++;
    }
    memcpy(field, &rows, sizeof rows);
}

/* ---- one setting --------------------------------------------------------------- */

void
iss_read_value(struct iss_reader *reader, const struct iss_key *key,
               const struct iss_node *node, char *field)
{
    const char *text;
    bool flag;
    int64_t us;
    int32_t index;
    const struct iss_dist *dist;
    size_t errors;

    if (iss_model_is_uncertain(node) && key->type != ISS_KEY_REAL &&
        key->type != ISS_KEY_DIST) {
        if (key->type == ISS_KEY_CHOICE) {
            iss_read_absent(key, field);
        }
        iss_reader_report(reader, node, "can't be uncertain",
                          "allowed for probabilities and distributions");
        return;
    }
    switch (key->type) {
    case ISS_KEY_TEXT:
        if (iss_node_text(node, &text, reader->diag)) {
            memcpy(field, &text, sizeof text);
        }
        return;
    case ISS_KEY_FLAG:
        if (iss_node_bool(node, &flag, reader->diag)) {
            memcpy(field, &flag, sizeof flag);
        }
        return;
    case ISS_KEY_COUNT:
        read_count(reader, key, node, field);
        return;
    case ISS_KEY_REAL:
    case ISS_KEY_SPAN:
        if (key->type == ISS_KEY_REAL && node->type == ISS_NODE_GROUP) {
            read_uncertain(reader, key, node, field);
        } else {
            read_quantity(reader, key, node, field);
        }
        return;
    case ISS_KEY_DATE:
        if (read_date(reader, node, &us)) {
            memcpy(field, &us, sizeof us);
        }
        return;
    case ISS_KEY_DATES:
        read_dates(reader, node, field);
        return;
    case ISS_KEY_CHOICE:
        read_choice(reader, key, node, field);
        return;
    case ISS_KEY_TAG:
        iss_read_tag(reader, key, node, field);
        return;
    case ISS_KEY_TAGS:
        iss_read_tags(reader, key, node, field);
        return;
    case ISS_KEY_REF:
        index = iss_read_ref(reader, key, node);
        memcpy(field, &index, sizeof index);
        return;
    case ISS_KEY_REFS:
        iss_read_refs(reader, key, node, field);
        return;
    case ISS_KEY_TEXTS:
        read_texts(reader, node, field);
        return;
    case ISS_KEY_DIST:
        errors = reader->diag->errors;
        dist = iss_model_read_dist(node, key, reader->model, reader->diag);
        if (dist != NULL) {
            memcpy(field, &dist, sizeof dist);
        } else if (reader->diag->errors == errors) {
            reader->status = ISS_ERR_NO_MEMORY;
        }
        return;
    case ISS_KEY_PERT:
        iss_read_pert(reader, key, node, field);
        return;
    case ISS_KEY_ROWS:
        read_rows(reader, key, node, field);
        return;
    }
}

/* What a setting that is absent and may be so has: no time, no one, no choice, no ids.
 */
void
iss_read_absent(const struct iss_key *key, char *field)
{
    const int64_t no_time = ISS_NO_TIME, for_ever = ISS_NEVER;
    const int32_t none = -1;
    const struct iss_value missing = {NAN, -1};
    const struct iss_ids no_ids = {-1, NULL};

    switch (key->type) {
    case ISS_KEY_DATE:
        memcpy(field, &no_time, sizeof no_time);
        return;
    case ISS_KEY_SPAN:
        memcpy(field, &for_ever, sizeof for_ever);
        return;
    case ISS_KEY_REF:
    case ISS_KEY_TAG:
    case ISS_KEY_CHOICE:
        memcpy(field, &none, sizeof none);
        return;
    case ISS_KEY_TAGS:
    case ISS_KEY_REFS:
        memcpy(field, &no_ids, sizeof no_ids);
        return;
    case ISS_KEY_REAL:
        memcpy(field, &missing, sizeof missing);
        return;
    default:
        return; /* zeroed: NULL, false, 0, no rows */
    }
}

/* The default of a key, as a node: a number, a flag or a text as keys.def writes it. */
static struct iss_node
fallback_node(const struct iss_key *key, char text[64])
{
    struct iss_node node = {.name = key->name, .origin = {"keys.def", 0}};
    const char *fallback = key->fallback;
    size_t length = strlen(fallback);

    if (*fallback == '"') {
        snprintf(text, 64, "%.*s", (int)(length - 2), fallback + 1);
        node.type = ISS_NODE_TEXT;
        node.value.text = text;
    } else if (key->type == ISS_KEY_FLAG) {
        node.type = ISS_NODE_BOOL;
        node.value.boolean = strcmp(fallback, "true") == 0;
    } else if (key->type == ISS_KEY_COUNT) {
        node.type = ISS_NODE_INT;
        sscanf(fallback, "%" SCNd64, &node.value.integer);
    } else {
        node.type = ISS_NODE_REAL;
        sscanf(fallback, "%lf", &node.value.real);
    }
    return node;
}

void
iss_read_fallback(struct iss_reader *reader, const struct iss_key *key, char *field)
{
    char text[64];

    if (key->type == ISS_KEY_TEXTS) {
        read_default_texts(reader, key->fallback, field);
        return;
    }
    struct iss_node node = fallback_node(key, text);
    if (key->type == ISS_KEY_TEXT) {
        const char *copy = iss_arena_strdup(&reader->model->arena, text);
        memcpy(field, &copy, sizeof copy);
        reader->status = copy == NULL ? ISS_ERR_NO_MEMORY : reader->status;
        return;
    }
    iss_read_value(reader, key, &node, field);
}
