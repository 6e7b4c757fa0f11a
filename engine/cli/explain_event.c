/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * explain_event.c - from a root cause to an event, and one step further.
 *
 * Appointments are left out of both ways: what was set for a day is told when the day
 * has come.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/explain.h"

/* ---- tools that all explanations share ----------------------------------------- */

void
iss_explain_open(struct iss_explain *self)
{
    struct iss_story *story = &self->story;

    iss_story_end_line(story);
    story->line = open_memstream(&story->text, &story->size);
    story->broken = story->broken || story->line == NULL;
}

void
iss_explain_close(struct iss_explain *self, int64_t from_us, int64_t until_us,
                  int32_t event, double amount)
{
    struct iss_story *story = &self->story;

    if (story->line == NULL || fclose(story->line) != 0) {
        story->broken = true;
    } else {
        iss_account_add(&self->account, &(struct iss_account_line){.from_us = from_us,
                                                                   .until_us = until_us,
                                                                   .event = event,
                                                                   .amount = amount,
                                                                   .text = story->text,
                                                                   .remark = ""});
    }
    free(story->text);
    story->line = NULL;
    story->text = NULL;
}

bool
iss_explain_covers(int64_t start_us, int64_t end_us, int64_t time_us)
{
    return start_us <= time_us && (end_us == ISS_NO_TIME || end_us > time_us);
}

int32_t
iss_explain_damage(const struct iss_explain *self, int32_t flight)
{
    return iss_story_next(&self->story, -1, ISS_EVENT_VEHICLE_UNSAFE, flight);
}

int32_t
iss_explain_turn(const struct iss_explain *self, int64_t time_us, int32_t person,
                 int32_t flight)
{
    int32_t of_flight = -1;

    for (int32_t i = 0; i < iss_story_events(&self->story); i++) {
        struct iss_happening event = iss_story_event(&self->story, i);
        if (event.time_us != time_us || iss_story_is_quiet(event.kind)) {
            continue;
        }
        if (person >= 0 && event.person == person) {
            return i;
        }
        if (of_flight < 0 && flight >= 0 &&
            (event.flight == flight || event.other == flight)) {
            of_flight = i;
        }
    }
    return of_flight;
}

/* ---- causes -------------------------------------------------------------------- */

/* The plan of the day that the forecast begins with. */
static void
tell_plan(struct iss_explain *self, const struct iss_happening *root,
          const struct iss_happening *next)
{
    struct iss_story *story = &self->story;
    int64_t planned = next->flight < 0 ? ISS_NO_TIME
                                       : iss_at(self->outcome, flights, launch_planned,
                                                time)[next->flight];
    char date[32];

    iss_explain_open(self);
    iss_story_say(story, "The forecast begins with the plans of the day");
    if (next->kind == ISS_EVENT_LAUNCH_DUE && planned != ISS_NO_TIME) {
        iss_story_say(story, ": %s is to launch on %s",
                      iss_story_flight(story, next->flight),
                      iss_story_date(story, planned, date));
    }
    iss_story_say(story, ".");
    iss_explain_close(self, root->time_us, root->time_us, root->row, NAN);
}

/* Mark the event and its causes, down to the root. */
static bool *
chain_of(struct iss_explain *self, int32_t row)
{
    bool *chain = iss_arena_array(&self->account.arena, (size_t)row + 1, sizeof *chain);

    for (int32_t i = row; chain != NULL && i >= 0;
         i = iss_story_event(&self->story, i).cause) {
        chain[i] = true;
    }
    self->account.broken = self->account.broken || chain == NULL;
    return chain;
}

void
iss_explain_causes(struct iss_explain *self, int32_t row)
{
    const bool *chain = chain_of(self, row);

    for (int32_t i = 0; chain != NULL && i <= row; i++) {
        struct iss_happening event = iss_story_event(&self->story, i);
        if (!chain[i] || (iss_story_is_quiet(event.kind) && i < row)) {
            continue;
        }
        if (event.kind == ISS_EVENT_FORECAST_BEGINS && i < row) {
            int32_t after = i + 1;
            while (!chain[after]) {
                after++;
            }
            struct iss_happening next = iss_story_event(&self->story, after);
            tell_plan(self, &event, &next);
        } else {
            iss_story_tell_event(&self->story, i);
        }
    }
}

/* ---- consequences -------------------------------------------------------------- */

/* What `row` brought about; an appointment's consequences stand for it. */
static void
tell_consequences(struct iss_explain *self, int32_t row)
{
    struct iss_story *story = &self->story;
    int32_t events = iss_story_events(story);
    bool *from =
        iss_arena_array(&self->account.arena, (size_t)events + 1, sizeof *from);

    if (from == NULL) {
        self->account.broken = true;
        return;
    }
    memset(story->told, 0, (size_t)events * sizeof *story->told);
    from[row] = true;
    for (int32_t i = row + 1; i < events; i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.cause < 0 || !from[event.cause]) {
            continue;
        }
        if (iss_story_is_quiet(event.kind)) {
            from[i] = true;
        } else if (!story->told[i]) {
            iss_story_tell_event(story, i);
        }
    }
}

void
iss_explain_event(struct iss_explain *self, int32_t row)
{
    struct iss_happening root = iss_story_event(&self->story, row);

    while (root.cause >= 0) {
        root = iss_story_event(&self->story, root.cause);
    }
    if (root.kind != ISS_EVENT_FORCED_DUE && root.kind != ISS_EVENT_FORECAST_BEGINS) {
        iss_account_answer(&self->account, "What began it was set before the start: by "
                                           "the record, or by the scenario.");
    }
    iss_account_section(&self->account, "causes", "How it came about");
    iss_explain_causes(self, row);
    iss_account_section(&self->account, "consequences", "What it led to");
    tell_consequences(self, row);
}

void
iss_explain_choice(struct iss_explain *self, const int32_t *rows, int32_t count)
{
    iss_account_answer(&self->account,
                       "%d events are meant; ask for one by its number.", (int)count);
    iss_account_section(&self->account, "events", "Events");
    for (int32_t i = 0; i < count; i++) {
        if (!self->story.told[rows[i]]) { /* one line may tell several */
            iss_story_tell_event(&self->story, rows[i]);
        }
    }
}
