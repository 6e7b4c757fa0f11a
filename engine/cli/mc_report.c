/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mc_report.c - what came out of a study: to be read, for programs, and what went
 * wrong.
 */
#include <inttypes.h>
#include <math.h>

#include "cli/cli.h"
#include "cli/facts.h"
#include "cli/mc.h"
#include "isssim/status.h"

/* ---- for people --------------------------------------------------------------------
 */

static void
tell_head(const struct iss_mc *mc, const struct iss_term *term)
{
    char text[160];

    iss_term_put(term, ISS_BOLD, mc->outcome.title);
    snprintf(text, sizeof text, " \xC2\xB7 %" PRIu64 " missions \xC2\xB7 seed %" PRIu64,
             mc->summary.rows, mc->wish.seed);
    iss_term_put(term, ISS_PLAIN, text);
    for (size_t i = 0; i < mc->arguments->set_count; i++) {
        iss_term_put(term, ISS_PLAIN, i == 0 ? " \xC2\xB7 with " : ", ");
        iss_term_put(term, ISS_PLAIN, mc->arguments->sets[i]);
    }
    fputs("\n\n", term->out);
}

static void
tell_foot(const struct iss_mc *mc, const struct iss_term *term)
{
    char text[160];

    snprintf(text, sizeof text, "%" PRIu64 " missions computed in %.3g s",
             mc->result.progress.done, mc->elapsed_s);
    if (!mc->arguments->given[ISS_OPTION_reproducible]) {
        iss_term_put(term, ISS_PLAIN, text);
        iss_term_put(term, ISS_PLAIN, " \xC2\xB7 ");
    }
    iss_term_put(term, ISS_PLAIN, mc->wish.output);
    fputc('\n', term->out);
}

static int
tell(const struct iss_mc *mc)
{
    struct iss_term term;
    int status = ISS_OK;

    iss_term_init(&term, stdout);
    if (!mc->arguments->given[ISS_OPTION_quiet]) {
        tell_head(mc, &term);
        status = iss_mc_tell(&mc->outcome, &term, mc->wish.confidence,
                             mc->arguments->given[ISS_OPTION_verbose]);
        fputc('\n', stdout);
    }
    tell_foot(mc, &term);
    if (status != ISS_OK) {
        iss_cli_complain("%s", iss_status_text(status));
        return iss_status_exit_code(status);
    }
    return iss_cli_flush();
}

/* ---- for programs ------------------------------------------------------------------
 */

static json_t *
values_of(const struct iss_column *column, size_t row)
{
    size_t count = iss_column_row_values(column);
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        iss_facts_add(&list, iss_facts_real(column->data.real[row * count + i]));
    }
    return list;
}

static json_t *
facts_of_metric(const struct iss_table *summary, size_t row)
{
    json_t *group = json_object();

    for (int32_t i = 0; i < summary->column_count; i++) {
        const struct iss_column *column = &summary->columns[i];
        json_t *value;
        if (column->kind == ISS_COLUMN_TEXT) {
            value = iss_facts_text(column->data.text[row]);
        } else if (column->kind == ISS_COLUMN_COUNT) {
            value = json_integer(column->data.count[row]);
        } else if (column->kind == ISS_COLUMN_CODE) {
            value = iss_facts_text(column->meanings[column->data.code[row]]);
        } else if (column->across == NULL) {
            value = iss_facts_real(column->data.real[row]);
        } else {
            value = values_of(column, row);
        }
        iss_facts_put(&group, column->name, value);
    }
    return group;
}

void
iss_mc_facts(json_t **root, const struct iss_outcome *result, double confidence)
{
    const struct iss_table *summary = iss_outcome_table(result, "summary");
    const struct iss_table *quantiles = iss_outcome_table(result, "quantiles");
    json_t *metrics = json_array(), *list = json_array();

    for (size_t i = 0; i < quantiles->rows; i++) {
        iss_facts_add(&list, iss_facts_real(quantiles->columns->data.real[i]));
    }
    for (size_t row = 0; row < summary->rows; row++) {
        iss_facts_add(&metrics, facts_of_metric(summary, row));
    }
    iss_facts_put(root, "confidence", iss_facts_real(confidence));
    iss_facts_put(root, "quantiles", list);
    iss_facts_put(root, "metrics", metrics);
}

static int
print_facts(const struct iss_mc *mc)
{
    json_t *root = json_object();

    iss_facts_put(&root, "title", iss_facts_text(mc->outcome.title));
    iss_facts_put(&root, "file", iss_facts_text(mc->wish.output));
    iss_facts_put(&root, "seed", iss_facts_whole(mc->wish.seed));
    iss_facts_put(&root, "model_hash", iss_facts_text(mc->outcome.model_hash));
    iss_facts_put(&root, "replications", iss_facts_whole(mc->summary.rows));
    iss_facts_put(&root, "failed", iss_facts_whole(mc->summary.failed));
    iss_facts_put(&root, "complete", json_boolean(!mc->result.interrupted));
    if (mc->wish.target_count > 0) {
        iss_facts_put(&root, "precise", json_boolean(mc->result.met));
    }
    iss_mc_facts(&root, &mc->outcome, mc->wish.confidence);
    return iss_facts_print(root);
}

int
iss_mc_report(const struct iss_mc *mc)
{
    return mc->arguments->given[ISS_OPTION_json] ? print_facts(mc) : tell(mc);
}

/* ---- what went wrong ---------------------------------------------------------------
 */

/* A precision that wasn't reached. */
static void
warn_of_target(const struct iss_mc *mc, int32_t i)
{
    const struct iss_precision_target *target = &mc->wish.targets[i];
    struct iss_precision_state now = iss_precision_now(&mc->stopper.precision, i);

    double unit = target->relative ? 0.01 * fabs(now.estimate) : 1;
    const char *sign = target->relative ? " %" : "";

    if (now.met) {
        return;
    }
    iss_cli_complain("%s%s isn't as precise as asked after %" PRIu64
                     " missions: +-%.3g%s, wanted +-%.3g%s%s; a larger --max-n with "
                     "--resume goes on",
                     mc->plan.info.metrics[target->metric].name,
                     target->proportion ? ">0" : "", mc->summary.rows,
                     now.half_width / unit, sign, now.wanted / unit, sign,
                     now.enough ? "" : " (too few events to judge)");
}

void
iss_mc_warn(const struct iss_mc *mc)
{
    if (mc->result.interrupted) {
        iss_cli_complain("interrupted after %" PRIu64 " of %s%" PRIu64
                         " missions; %s is marked incomplete, go on with --resume",
                         mc->summary.rows, mc->wish.target_count > 0 ? "at most " : "",
                         mc->wish.replications, mc->wish.output);
    }
    if (mc->summary.failed > 0) {
        iss_cli_complain("%" PRIu64 " of %" PRIu64
                         " missions failed; the table /failed names them, and `isssim "
                         "run --replication K` tells why",
                         mc->summary.failed, mc->summary.rows);
    }
    for (int32_t i = 0;
         i < mc->wish.target_count && !mc->result.met && !mc->result.interrupted; i++) {
        warn_of_target(mc, i);
    }
}
