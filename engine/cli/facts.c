/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * facts.c - a result's head, story and metrics as JSON.
 */
#include "cli/facts.h"

#include <math.h>
#include <stdio.h>

#include "cli/cli.h"
#include "isssim/status.h"
#include "outcome/utf8.h"

/* ---- values -------------------------------------------------------------------- */

void
iss_facts_put(json_t **group, const char *key, json_t *value)
{
    if (json_object_set_new(*group, key, value) != 0) {
        json_decref(*group);
        *group = NULL;
    }
}

void
iss_facts_add(json_t **list, json_t *value)
{
    if (json_array_append_new(*list, value) != 0) {
        json_decref(*list);
        *list = NULL;
    }
}

json_t *
iss_facts_text(const char *text)
{
    struct iss_arena arena = {0};
    const char *clean = text == NULL ? NULL : iss_utf8_clean(&arena, text);
    json_t *value = text == NULL ? json_null() : json_string(clean);

    iss_arena_clear(&arena);
    return value;
}

json_t *
iss_facts_time(int64_t epoch_us, int64_t time_us)
{
    char text[32];
    return time_us == ISS_NO_TIME ? json_null()
                                  : iss_facts_text(iss_civil_format(
                                        epoch_us + time_us, ISS_CIVIL_SECOND, text));
}

json_t *
iss_facts_real(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *
iss_facts_whole(uint64_t value)
{
    char text[24];

    if (value <= INT64_MAX) {
        return json_integer((json_int_t)value);
    }
    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    return iss_facts_text(text);
}

json_t *
iss_facts_name(const struct iss_outcome *outcome, const char *table, int32_t row,
               const char *column)
{
    return row < 0 ? json_null()
                   : iss_facts_text(
                         iss_table_column(iss_outcome_table(outcome, table), column)
                             ->data.text[row]);
}

int64_t
iss_facts_end(struct iss_outcome *outcome)
{
    size_t rows = outcome->tables[ISS_TABLE_events].rows;
    return rows == 0 ? 0 : iss_at(outcome, events, time, time)[rows - 1];
}

/* ---- parts --------------------------------------------------------------------- */

json_t *
iss_facts_head(struct iss_outcome *outcome)
{
    json_t *root = json_object(), *settings = json_array();
    int64_t epoch_us = 0;

    (void)iss_civil_parse(outcome->epoch, &epoch_us);
    for (int32_t i = 0; i < outcome->override_count; i++) {
        iss_facts_add(&settings, iss_facts_text(outcome->overrides[i]));
    }
    iss_facts_put(&root, "title", iss_facts_text(outcome->title));
    iss_facts_put(&root, "start", iss_facts_time(epoch_us, 0));
    iss_facts_put(&root, "end", iss_facts_time(epoch_us, iss_facts_end(outcome)));
    iss_facts_put(&root, "seed", iss_facts_whole(outcome->seed));
    iss_facts_put(&root, "replication", iss_facts_whole(outcome->replication));
    iss_facts_put(&root, "model_hash", iss_facts_text(outcome->model_hash));
    iss_facts_put(&root, "settings", settings);
    return root;
}

json_t *
iss_facts_line(int64_t epoch_us, const struct iss_story_line *line)
{
    json_t *told = json_object();

    iss_facts_put(&told, "time", iss_facts_time(epoch_us, line->from_us));
    iss_facts_put(&told, "until", iss_facts_time(epoch_us, line->until_us));
    iss_facts_put(&told, "event",
                  line->event < 0 ? json_null() : json_integer(line->event));
    iss_facts_put(&told, "text", iss_facts_text(line->text));
    iss_facts_put(&told, "remark",
                  *line->remark == '\0' ? json_null() : iss_facts_text(line->remark));
    return told;
}

struct collector {
    json_t *lines;
    int64_t epoch_us;
};

static void
collect(void *self, const struct iss_story_line *line)
{
    struct collector *collector = self;
    iss_facts_add(&collector->lines, iss_facts_line(collector->epoch_us, line));
}

json_t *
iss_facts_story(struct iss_outcome *outcome, bool verbose)
{
    struct collector collector = {.lines = json_array()};
    struct iss_story story;
    int status = iss_story_open(&story, outcome, verbose, collect, &collector);

    collector.epoch_us = story.epoch_us;
    if (status == ISS_OK) {
        iss_story_tell_all(&story);
    }
    int closed = iss_story_close(&story);
    if (status != ISS_OK || closed != ISS_OK) {
        json_decref(collector.lines);
        return NULL;
    }
    return collector.lines;
}

json_t *
iss_facts_metrics(struct iss_outcome *outcome)
{
    json_t *metrics = json_array();

    for (size_t row = 0; row < outcome->tables[ISS_TABLE_metrics].rows; row++) {
        json_t *metric = json_object();
        const char *name = iss_at(outcome, metrics, name, text)[row];
        const char *units = iss_at(outcome, metrics, units, text)[row];
        const char *doc = iss_at(outcome, metrics, doc, text)[row];
        iss_facts_put(&metric, "name", iss_facts_text(name));
        iss_facts_put(&metric, "value",
                      iss_facts_real(iss_at(outcome, metrics, value, real)[row]));
        iss_facts_put(&metric, "units", iss_facts_text(units));
        iss_facts_put(&metric, "meaning", iss_facts_text(doc));
        iss_facts_add(&metrics, metric);
    }
    return metrics;
}

int
iss_facts_print(json_t *root)
{
    int status = root == NULL
                     ? -1
                     : json_dumpf(root, stdout, JSON_INDENT(1) | JSON_PRESERVE_ORDER);

    json_decref(root);
    if (status != 0 && !ferror(stdout)) {
        iss_cli_complain("%s", iss_status_text(ISS_ERR_NO_MEMORY));
        return iss_status_exit_code(ISS_ERR_NO_MEMORY);
    }
    putchar('\n');
    return iss_cli_flush();
}
