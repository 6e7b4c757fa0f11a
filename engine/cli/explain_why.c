/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_why.c - a metric taken apart into the intervals and events that made it.
 *
 * explain.def says how, explain_parts.c, explain_traffic.c and explain_waits.c have the
 * ways.  The parts are read from tables that the engine's gauges don't use, so that
 * their sum checks the metric.
 */
#include "cli/explain_why.h"
#include "cli/summary.h"

#include <math.h>
#include <string.h>

#include "observe/gauges.h"

enum form { SUM_OF, MEAN_OF, TIMES_OF, ELSEWHERE };

#define SUM(metric, function, which) {#metric, SUM_OF, iss_why_##function, which, NULL},
#define MEAN(metric, function, which)                                                  \
    {#metric, MEAN_OF, iss_why_##function, which, NULL},
#define WHEN(metric, function, which)                                                  \
    {#metric, TIMES_OF, iss_why_##function, which, NULL},
#define SEE(metric, sentence) {#metric, ELSEWHERE, NULL, 0, sentence},
#define EACH(section, name, function, which)
static const struct way {
    const char *metric;
    enum form form;
    void (*find)(struct iss_why *why, int which);
    int which;
    const char *sentence;
} ways[] = {
#include "cli/explain.def"
};
#undef SUM
#undef MEAN
#undef WHEN
#undef SEE
#undef EACH

#define SUM(metric, function, which)
#define MEAN(metric, function, which)
#define WHEN(metric, function, which)
#define SEE(metric, sentence)
#define EACH(section, name, function, which)                                           \
    {#name ".", ISS_COLUMN_##section##_id, ISS_TABLE_##section, iss_why_##function,    \
     which},
static const struct {
    const char *head; /* of the metric's name */
    enum iss_column_id ids;
    enum iss_table_id table;
    void (*find)(struct iss_why *why, int which);
    int which;
} each[] = {
#include "cli/explain.def"
};
#undef SUM
#undef MEAN
#undef WHEN
#undef SEE
#undef EACH

enum { TOLERANCE = 1000000 }; /* a part in so many: sums of rounded days */

static const char unstaffed[] = "unstaffed_";

/* "146.1 d", "3". */
static char *
format_value(double value, const char *units, bool drawn, char text[64])
{
    bool plain = strcmp(units, "1") == 0;
    if (isnan(value)) {
        snprintf(text, 64, "without a value");
    } else if (plain || drawn) {
        snprintf(text, 64, "%.6g%s%s", value, plain ? "" : " ", plain ? "" : units);
    } else {
        snprintf(text, 64, "%.1f %s", value, units);
    }
    return text;
}

/* How the parts make the value, for the sentence at the top. */
static void
say_form(const struct iss_why *why, enum form form, char text[128])
{
    double made = form == MEAN_OF && why->parts > 0 ? why->sum / why->parts : why->sum;
    double slack = fmax(1, fabs(why->value)) / TOLERANCE;

    *text = '\0';
    if (form == TIMES_OF || isnan(why->value)) {
        return;
    }
    if (!(fabs(made - why->value) <= slack)) {
        snprintf(text, 128, " The file accounts for %g of it:", made);
    } else if (why->parts > 1) {
        snprintf(text, 128,
                 form == MEAN_OF ? " It is the mean of these %d:"
                                 : " These %d parts add up to it:",
                 (int)why->parts);
    }
}

/* How a column of observe/each.def is made, and of which thing. */
static void
find_each(struct iss_why *why, const char *name, struct way *way)
{
    struct iss_outcome *outcome = why->self->outcome;
    char id[ISS_METRIC_TEXT];

    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        const char *const *ids = iss_tables_column(outcome, each[i].ids)->data.text;
        if (strncmp(name, each[i].head, strlen(each[i].head)) != 0 ||
            !iss_metric_is_each(name, id)) {
            continue;
        }
        *way = (struct way){name, SUM_OF, each[i].find, each[i].which, NULL};
        for (size_t row = 0; row < outcome->tables[each[i].table].rows; row++) {
            why->thing = strcmp(ids[row], id) == 0 ? (int32_t)row : why->thing;
        }
    }
}

void
iss_explain_why(struct iss_explain *self, int32_t row)
{
    struct iss_outcome *outcome = self->outcome;
    const char *name = iss_at(outcome, metrics, name, text)[row];
    const char *units = iss_at(outcome, metrics, units, text)[row];
    struct way way = {
        name, ELSEWHERE, NULL, 0,
        "The scenario defined it; --person and --flight tell the dates that "
        "it is made of."};
    struct iss_why why = {
        .self = self, .thing = -1, .value = iss_at(outcome, metrics, value, real)[row]};
    bool drawn = iss_summary_is_drawn(outcome, (size_t)row);
    char value[64], how[128] = "";

    why.end_us =
        iss_story_event(&self->story, iss_story_events(&self->story) - 1).time_us;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (strcmp(ways[i].metric, name) == 0) {
            way = ways[i];
        }
    }
    if (drawn) {
        way.sentence = "It isn't known: each outer point draws it once, and all that "
                       "happens in this replication goes by it.";
    }
    find_each(&why, name, &way);
    if (strncmp(name, unstaffed, sizeof unstaffed - 1) == 0) {
        why.segment = name + sizeof unstaffed - 1;
        way = (struct way){name, SUM_OF, iss_why_unstaffed, 0, NULL};
    }
    self->account.units = units;
    iss_account_section(&self->account, "parts",
                        way.form == TIMES_OF ? "When it was so" : "Of which");
    if (way.find != NULL) {
        way.find(&why, way.which);
        say_form(&why, way.form, how);
    }
    iss_account_answer(&self->account, "%s is %s: %s.%s%s%s", name,
                       format_value(why.value, units, drawn, value),
                       iss_at(outcome, metrics, doc, text)[row],
                       way.sentence != NULL ? " " : "",
                       way.sentence != NULL ? way.sentence : "", how);
}
