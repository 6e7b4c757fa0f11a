/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mc_tell.c - a study in numbers: mean, interval and quantiles of every metric that
 * varies.
 */
#include <libsmartcols/libsmartcols.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/mc.h"
#include "isssim/status.h"
#include "observe/gauges.h"

/* The columns, and where their numbers come from. */
enum { NAME, MEAN, HALF, LOW, MIDDLE, HIGH, NOT_ZERO, COLUMNS };

static const double shown[] = {0.05, 0.5, 0.95}; /* LOW, MIDDLE, HIGH */

struct telling {
    const struct iss_outcome *result;
    const struct iss_table *summary;
    const struct iss_term *term;
    struct libscols_table *table;
    bool broken;
};

static double
number(const struct telling *telling, const char *column, size_t row)
{
    return iss_table_column(telling->summary, column)->data.real[row];
}

static double
quantile(const struct telling *telling, size_t row, double probability)
{
    const struct iss_table *list = iss_outcome_table(telling->result, "quantiles");
    const struct iss_column *value = iss_table_column(telling->summary, "value");

    for (size_t i = 0; i < list->rows; i++) {
        if (list->columns->data.real[i] == probability) {
            return value->data.real[row * list->rows + i];
        }
    }
    return NAN;
}

/* Three digits of what matters, no exponent where a planner looks. */
static void
format(double value, char text[32])
{
    double size = fabs(value);

    if (isnan(value)) {
        snprintf(text, 32, "-");
    } else if (size == 0 || (size >= 100 && size < 1e7)) {
        snprintf(text, 32, "%.*f", value == floor(value) ? 0 : 1, value);
    } else if (size >= 0.01 && size < 100) {
        snprintf(text, 32, "%.*f", size < 1 ? 3 : 2, value);
    } else {
        snprintf(text, 32, "%.2g", value);
    }
}

static void
put(struct telling *telling, struct libscols_line *line, size_t column,
    const char *text)
{
    char *clean = iss_term_clean(telling->term, text);

    if (clean == NULL || line == NULL ||
        scols_line_refer_data(line, column, clean) != 0) {
        telling->broken = true;
        free(clean);
    }
}

static void
put_number(struct telling *telling, struct libscols_line *line, size_t column,
           double value)
{
    char text[32];

    format(value, text);
    put(telling, line, column, text);
}

static const char *
plus_minus(const struct telling *telling)
{
    return telling->term->utf8 ? "\xC2\xB1" : "+-";
}

static void
put_metric(struct telling *telling, size_t row)
{
    struct libscols_line *line = scols_table_new_line(telling->table, NULL);
    const struct iss_table *summary = telling->summary;
    const char *units = iss_table_column(summary, "units")->data.text[row];
    char name[256], half[40] = "";
    double low = number(telling, "ci_lo", row), high = number(telling, "ci_hi", row);

    snprintf(name, sizeof name, "%s%s%s",
             iss_table_column(summary, "metric")->data.text[row],
             strcmp(units, "1") == 0 ? "" : ", ", strcmp(units, "1") == 0 ? "" : units);
    put(telling, line, NAME, name);
    put_number(telling, line, MEAN, number(telling, "mean", row));
    if (!isnan(low)) {
        char width[32];
        format((high - low) / 2, width);
        snprintf(half, sizeof half, "%s%s", plus_minus(telling), width);
    }
    put(telling, line, HALF, half);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        put_number(telling, line, LOW + i, quantile(telling, row, shown[i]));
    }
    put_number(telling, line, NOT_ZERO, number(telling, "p_nonzero", row));
}

/* Whether a metric varies, and is about more than one type, family or port. */
static bool
is_telling(const struct telling *telling, size_t row)
{
    const char *name = iss_table_column(telling->summary, "metric")->data.text[row];

    return number(telling, "sd", row) > 0 && !iss_metric_is_each(name, NULL);
}

static void
lay_out(struct telling *telling)
{
    static const char *const headings[COLUMNS] = {"metric", "mean", "",     "5 %",
                                                  "median", "95 %", "not 0"};

    telling->broken = scols_table_set_column_separator(telling->table, "  ") != 0;
    for (int i = 0; i < COLUMNS; i++) {
        telling->broken =
            telling->broken ||
            scols_table_new_column(telling->table, headings[i], 0,
                                   i > NAME && i != HALF ? SCOLS_FL_RIGHT : 0) == NULL;
    }
}

int
iss_mc_tell(const struct iss_outcome *result, const struct iss_term *term,
            double confidence, bool all)
{
    struct telling telling = {.result = result,
                              .summary = iss_outcome_table(result, "summary"),
                              .term = term,
                              .table = scols_new_table()};
    char *text = NULL;

    if (telling.table == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    lay_out(&telling);
    for (size_t row = 0; row < telling.summary->rows && !telling.broken; row++) {
        if (all || is_telling(&telling, row)) {
            put_metric(&telling, row);
        }
    }
    if (!telling.broken && scols_table_is_empty(telling.table) == 0 &&
        scols_print_table_to_string(telling.table, &text) == 0) {
        fputs(text, term->out);
        fprintf(term->out,
                "\n%s: %g %% confidence interval of the mean; not 0: share of the "
                "missions\n%s",
                plus_minus(&telling), 100 * confidence,
                all ? ""
                    : "Metrics that never vary and those of one type, family or port "
                      "aren't shown:\n-v shows all.\n");
    }
    free(text);
    scols_unref_table(telling.table);
    return telling.broken ? ISS_ERR_NO_MEMORY : ISS_OK;
}
