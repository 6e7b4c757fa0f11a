/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read_tags.c - words that a scenario makes up: segments, docking systems, skills,
 * roles and risks of people, items of medical kits, classes of cargo.
 *
 * The ports define segments and docking systems, and whatever else names one must name
 * one of those.  The others have no place of their own: vehicles ask for a skill before
 * the people who have it are read, so the first who names it defines it, and whether
 * somebody has it is checked afterwards.  The sexes are risks from the beginning.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "isssim/status.h"
#include "model/reader.h"

/* How many words the settings called `name` below `node` may hold. */
static size_t
count_words(const struct iss_node *node, const char *name)
{
    size_t words = 0;

    for (const struct iss_node *child = node->first; child != NULL;
         child = child->next) {
        bool named = child->name != NULL && strcmp(child->name, name) == 0;
        words += named ? 1 + (size_t)child->count : 0;
        words += count_words(child, name);
    }
    return words;
}

int
iss_reader_expect_tags(struct iss_reader *reader)
{
    struct iss_model *model = reader->model;
    const struct iss_node *ports = iss_node_child(model->source.root, "ports");
    size_t most = ports ? (size_t)ports->count + 1 : 1;
    size_t skills = count_words(model->source.root, "captured_by") +
                    count_words(model->source.root, "commander") +
                    count_words(model->source.root, "skills") +
                    count_words(model->source.root, "skill") +
                    count_words(model->source.root, "inside");
    size_t roles = count_words(model->source.root, "roles");
    size_t risks = count_words(model->source.root, "flag") +
                   count_words(model->source.root, "risks") + ISS_SEXES;
    size_t items = count_words(model->source.root, "item");
    size_t cargo = count_words(model->source.root, "class");

    model->segments.at = iss_reader_take(reader, most, sizeof *model->segments.at);
    model->dockings.at = iss_reader_take(reader, most, sizeof *model->dockings.at);
    model->skills.at = iss_reader_take(reader, skills + 1, sizeof *model->skills.at);
    model->roles.at = iss_reader_take(reader, roles + 1, sizeof *model->roles.at);
    model->risks.at = iss_reader_take(reader, risks + 1, sizeof *model->risks.at);
    model->items.at = iss_reader_take(reader, items + 1, sizeof *model->items.at);
    if (reader->status == ISS_OK) {
        model->risks.at[ISS_SEX_MALE] = "male";
        model->risks.at[ISS_SEX_FEMALE] = "female";
        model->risks.count = ISS_SEXES;
    }
    model->cargo.at = iss_reader_take(reader, cargo + 1, sizeof *model->cargo.at);
    return reader->status;
}

static struct iss_tags *
name_space(struct iss_reader *reader, const char *name)
{
    return strcmp(name, "segment") == 0   ? &reader->model->segments
           : strcmp(name, "docking") == 0 ? &reader->model->dockings
           : strcmp(name, "role") == 0    ? &reader->model->roles
           : strcmp(name, "risk") == 0    ? &reader->model->risks
           : strcmp(name, "item") == 0    ? &reader->model->items
           : strcmp(name, "cargo") == 0   ? &reader->model->cargo
                                          : &reader->model->skills;
}

/* Whether a setting may bring a new word: of a port's what nobody else may name first.
 */
static bool
defines(const struct iss_key *key)
{
    return strcmp(key->section, "ports") == 0 ||
           (strcmp(key->arg, "segment") != 0 && strcmp(key->arg, "docking") != 0);
}

/* Two tags that differ in case only are one, mistyped; and their metrics would have one
 * name. */
static void
report_twin(struct iss_reader *reader, const struct iss_node *node,
            const struct iss_tags *tags, const char *text)
{
    char hint[160];

    for (int32_t i = 0; i < tags->count; i++) {
        if (strcasecmp(tags->at[i], text) == 0) {
            snprintf(hint, sizeof hint, "did you mean %.100s?", tags->at[i]);
            iss_reader_report(reader, node, "differs from another in case only", hint);
            return;
        }
    }
}

static void
report_unknown(struct iss_reader *reader, const struct iss_key *key,
               const struct iss_node *node, const struct iss_tags *tags,
               const char *text)
{
    const char *near = iss_diag_suggest(text, tags->at, (size_t)tags->count);
    char hint[160] = "", problem[96];

    if (near != NULL) {
        snprintf(hint, sizeof hint, "did you mean %s?", near);
    }
    snprintf(problem, sizeof problem, "no port has this %s", key->arg);
    iss_reader_report(reader, node, problem, hint);
}

/* The number of the word in `node`; -1 with a report when it can't be. */
static int32_t
find_tag(struct iss_reader *reader, const struct iss_key *key,
         const struct iss_node *node)
{
    struct iss_tags *tags = name_space(reader, key->arg);
    const char *text;

    if (!iss_node_text(node, &text, reader->diag)) {
        return -1;
    }
    for (int32_t tag = 0; tag < tags->count; tag++) {
        if (strcmp(tags->at[tag], text) == 0) {
            return tag;
        }
    }
    if (!defines(key)) {
        report_unknown(reader, key, node, tags, text);
        return -1;
    }
    report_twin(reader, node, tags, text);
    tags->at[tags->count] = text;
    return tags->count++;
}

void
iss_read_tag(struct iss_reader *reader, const struct iss_key *key,
             const struct iss_node *node, char *field)
{
    int32_t tag = find_tag(reader, key, node);

    if (tag >= 0) {
        memcpy(field, &tag, sizeof tag);
    }
}

void
iss_read_tags(struct iss_reader *reader, const struct iss_key *key,
              const struct iss_node *node, char *field)
{
    struct iss_ids tags = {0, NULL};

    if (!iss_reader_is_sequence(reader, node, "words")) {
        return;
    }
    int32_t *at = iss_reader_take(reader, (size_t)node->count + 1, sizeof *at);
    if (at == NULL) {
        return;
    }
    tags.at = at;
    for (const struct iss_node *item = node->first; item; item = item->next) {
        int32_t tag = find_tag(reader, key, item);
        if (tag >= 0 && iss_ids_have(&tags, tag)) {
            iss_reader_report(reader, item, "named twice", "");
        } else if (tag >= 0) {
            at[tags.count++] = tag;
        }
    }
    memcpy(field, &tags, sizeof tags);
}
