/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * info_story.c - `isssim info --story`: what happened in a mission, or in each of those
 * that a study keeps whole, told again as `isssim run` told it.
 */
#include <inttypes.h>

#include "cli/chart.h"
#include "cli/facts.h"
#include "cli/info.h"
#include "cli/story.h"
#include "isssim/status.h"
#include "observe/adopt.h"

int
iss_info_story(struct iss_outcome *outcome, const struct iss_term *term, bool verbose)
{
    const char *left_out = "";
    int status = iss_story_tell(outcome, term, verbose, &left_out);

    fputc('\n', term->out);
    if (status == ISS_OK) {
        status = iss_chart_print(outcome, term, iss_facts_end(outcome));
    }
    fputc('\n', term->out);
    return status;
}

static void
add_facts(struct iss_outcome *outcome, bool verbose, json_t **stories)
{
    json_t *mission = json_object();

    iss_facts_put(&mission, "replication", iss_facts_whole(outcome->replication));
    iss_facts_put(&mission, "story", iss_facts_story(outcome, verbose));
    iss_facts_add(stories, mission);
}

static int
tell(struct iss_outcome *outcome, const struct iss_term *term, bool verbose)
{
    char heading[48];

    snprintf(heading, sizeof heading, "Replication %" PRIu64, outcome->replication);
    fputc('\n', term->out);
    iss_term_put(term, ISS_BOLD, heading);
    fputs("\n\n", term->out);
    return iss_info_story(outcome, term, verbose);
}

int
iss_info_stories(struct iss_study_reader *reader, const struct iss_term *term,
                 bool verbose, json_t **stories)
{
    size_t count = iss_study_facts(reader)->trace_count;
    int status = ISS_OK;

    for (size_t i = 0; status == ISS_OK && i < count; i++) {
        struct iss_outcome trace = {0};
        const char *problem = NULL;

        status = iss_study_trace(reader, i, &trace);
        if (status == ISS_OK) {
            status = iss_tables_adopt(&trace, &problem);
        }
        if (status == ISS_OK && stories != NULL) {
            add_facts(&trace, verbose, stories);
        } else if (status == ISS_OK) {
            status = tell(&trace, term, verbose);
        }
        iss_outcome_clear(&trace);
    }
    return status;
}
