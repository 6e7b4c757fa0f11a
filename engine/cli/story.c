/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * story.c - goes through the events once and lets narrate.def's tellers speak.
 *
 * Owns the line that is being told.  A remark says what changed aboard since the last
 * line, so that whoever reads only the right edge can follow the crew and its safety.
 */
#include "cli/story.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

#include "isssim/status.h"

enum { DATE_COLUMNS = 12 }; /* a date and two spaces */
enum { FOLD_DAYS = 5 };     /* later than that is another story */

enum when { NEVER, ALWAYS, TRAFFIC };

typedef void teller(struct iss_story *story, const struct iss_happening *event);

#define TELL(KIND, when, function) [ISS_EVENT_##KIND] = {when, iss_tell_##function},
#define QUIET(KIND)                [ISS_EVENT_##KIND] = {NEVER, NULL},
static const struct {
    enum when when;
    teller *tell;
} tellers[ISS_EVENT_KINDS] = {
#include "cli/narrate.def"
};
#undef TELL
#undef QUIET

#define TELL(KIND, when, function) +1
#define QUIET(KIND)                +1
_Static_assert(0
#include "cli/narrate.def"
                   == ISS_EVENT_KINDS,
               "narrate.def says how each kind of event is told");
#undef TELL
#undef QUIET

/* ---- events -------------------------------------------------------------------- */

int32_t
iss_story_events(const struct iss_story *story)
{
    return (int32_t)story->outcome->tables[ISS_TABLE_events].rows;
}

struct iss_happening
iss_story_event(const struct iss_story *story, int32_t row)
{
    struct iss_outcome *outcome = story->outcome;
    return (struct iss_happening){
        .row = row,
        .kind = (enum iss_event_kind)iss_at(outcome, events, type, code)[row],
        .time_us = iss_at(outcome, events, time, time)[row],
        .flight = iss_at(outcome, events, flight, id)[row],
        .other = iss_at(outcome, events, other, id)[row],
        .port = iss_at(outcome, events, port, id)[row],
        .rocket = iss_at(outcome, events, launch_system, id)[row],
        .family = iss_at(outcome, events, family, id)[row],
        .pad = iss_at(outcome, events, pad, id)[row],
        .scrub = iss_at(outcome, events, scrub_cause, id)[row],
        .person = iss_at(outcome, events, person, id)[row],
        .failure = iss_at(outcome, events, failure, id)[row],
        .cause = iss_at(outcome, events, cause, id)[row],
        .value = iss_at(outcome, events, value, real)[row],
    };
}

enum iss_event_kind
iss_story_outage_end(enum iss_event_kind kind)
{
    switch (kind) {
    case ISS_EVENT_ROCKET_GROUNDED:
        return ISS_EVENT_ROCKET_CLEARED;
    case ISS_EVENT_PORT_BLOCKED:
        return ISS_EVENT_PORT_OPENED;
    case ISS_EVENT_PAD_CLOSED:
        return ISS_EVENT_PAD_OPENED;
    default:
        return ISS_EVENT_KINDS;
    }
}

int32_t
iss_story_next(const struct iss_story *story, int32_t row, enum iss_event_kind kind,
               int32_t flight)
{
    for (int32_t i = row + 1; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.kind == kind && event.flight == flight) {
            return i;
        }
    }
    return -1;
}

int32_t
iss_story_next_alike(const struct iss_story *story, const struct iss_happening *event,
                     enum iss_event_kind kind)
{
    for (int32_t i = event->row + 1; i < iss_story_events(story); i++) {
        struct iss_happening next = iss_story_event(story, i);
        if (next.kind == kind && next.flight == event->flight &&
            next.port == event->port && next.rocket == event->rocket &&
            next.family == event->family && next.pad == event->pad) {
            return i;
        }
    }
    return -1;
}

int32_t
iss_story_consequence(const struct iss_story *story, int32_t row,
                      enum iss_event_kind kind, int32_t cause)
{
    for (int32_t i = row + 1; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (event.kind == kind && event.cause == cause) {
            return i;
        }
    }
    return -1;
}

static bool
is_told(const struct iss_story *story, const struct iss_happening *event)
{
    enum when when = tellers[event->kind].when;
    if (story->only != NULL && !story->only[event->row]) {
        return false;
    }
    if (when == TRAFFIC && !story->verbose) {
        return event->flight >= 0 && iss_story_is_crewed(story, event->flight);
    }
    return when != NEVER;
}

/* ---- lines --------------------------------------------------------------------- */

static void
begin_line(struct iss_story *story, const struct iss_happening *event)
{
    iss_story_end_line(story);
    story->line = open_memstream(&story->text, &story->size);
    story->broken = story->broken || story->line == NULL;
    story->from_us = event->time_us;
    story->until_us = event->time_us;
    story->first = event->row;
    story->last = event->row;
    if (story->only != NULL) { /* what is left out has changed things aboard too */
        iss_story_state(story, event->time_us > 0 ? event->time_us - 1 : 0,
                        &story->crew, &story->unsafe);
    }
}

void
iss_story_begin(struct iss_story *story, const struct iss_happening *event)
{
    if (story->line != NULL && event->time_us == story->until_us && event->cause >= 0 &&
        event->cause == story->last) {
        iss_story_say(story, " ");
        return;
    }
    begin_line(story, event);
}

bool
iss_story_fold(struct iss_story *story, int32_t row)
{
    if (row < 0 || story->apart || (story->only != NULL && !story->only[row])) {
        return false;
    }
    struct iss_happening event = iss_story_event(story, row);
    if (event.time_us - story->until_us > FOLD_DAYS * ISS_US_PER_D) {
        return false;
    }
    for (int32_t i = story->last + 1; i < row; i++) {
        struct iss_happening between = iss_story_event(story, i);
        if (!story->told[i] && is_told(story, &between)) {
            return false;
        }
    }
    story->told[row] = true;
    story->last = row;
    story->until_us = event.time_us;
    return true;
}

void
iss_story_say(struct iss_story *story, const char *format, ...)
{
    va_list arguments;

    if (story->line != NULL) {
        va_start(arguments, format);
        vfprintf(story->line, format, arguments);
        va_end(arguments);
    }
}

/* What is different aboard since the last line; "" when nothing is. */
static enum iss_ink
make_remark(struct iss_story *story, char *remark, size_t size)
{
    int64_t crew, unsafe;
    enum iss_ink ink = ISS_DIM;
    char people[32];

    *remark = '\0';
    iss_story_state(story, story->until_us, &crew, &unsafe);
    if (story->cause != NULL) {
        snprintf(remark, size, "%s", story->cause);
    } else if (unsafe != story->unsafe && crew > 0) {
        ink = unsafe > 0 ? ISS_RED : ISS_GREEN;
        if (unsafe > 0) {
            snprintf(remark, size, "%s without a safe seat",
                     iss_words_count(unsafe, people));
        } else {
            snprintf(remark, size, "everyone has a safe seat again");
        }
    } else if (crew != story->crew) {
        snprintf(remark, size, "%s aboard", iss_words_count(crew, people));
    }
    story->cause = NULL;
    story->crew = crew;
    story->unsafe = unsafe;
    return ink;
}

void
iss_story_end_line(struct iss_story *story)
{
    char remark[80];

    if (story->line == NULL) {
        return;
    }
    if (fclose(story->line) != 0) {
        story->broken = true;
    } else {
        enum iss_ink ink = make_remark(story, remark, sizeof remark);
        const struct iss_story_line line = {.from_us = story->from_us,
                                            .until_us = story->until_us,
                                            .event = story->first,
                                            .text = story->text,
                                            .remark = remark,
                                            .ink = ink};
        story->listener(story->listens, &line);
    }
    free(story->text);
    story->line = NULL;
    story->text = NULL;
}

/* ---- the whole ----------------------------------------------------------------- */

int
iss_story_open(struct iss_story *story, struct iss_outcome *outcome, bool verbose,
               iss_story_listener *listener, void *listens)
{
    size_t people = outcome->tables[ISS_TABLE_people].rows;
    struct iss_arena *arena = &story->arena;

    *story = (struct iss_story){.outcome = outcome,
                                .listener = listener,
                                .listens = listens,
                                .verbose = verbose};
    story->named = iss_arena_array(arena, people + 1, sizeof *story->named);
    story->told = iss_arena_array(arena, (size_t)iss_story_events(story) + 1,
                                  sizeof *story->told);
    story->people.at = iss_arena_array(arena, people + 1, sizeof *story->people.at);
    if (story->named == NULL || story->told == NULL || story->people.at == NULL ||
        iss_civil_parse(outcome->epoch, &story->epoch_us) != ISS_CIVIL_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    iss_story_state(story, 0, &story->crew, &story->unsafe);
    return ISS_OK;
}

void
iss_story_tell_all(struct iss_story *story)
{
    const struct iss_happening opening = {.row = -1, .cause = -1};

    if (story->only == NULL) {
        begin_line(story, &opening);
        iss_tell_opening(story);
    }
    for (int32_t i = 0; i < iss_story_events(story); i++) {
        struct iss_happening event = iss_story_event(story, i);
        if (!story->told[i] && is_told(story, &event)) {
            tellers[event.kind].tell(story, &event);
        }
    }
    iss_story_end_line(story);
}

bool
iss_story_is_quiet(enum iss_event_kind kind)
{
    return tellers[kind].when == NEVER;
}

/* "Soyuz MS-23: a launch is due." */
static void
say_meaning(struct iss_story *story, const struct iss_happening *event)
{
    const char *meaning = iss_event_infos[event->kind].doc;

    begin_line(story, event);
    if (event->flight >= 0) {
        iss_story_say(story, "%s: ", iss_story_flight(story, event->flight));
    }
    if (event->person >= 0) {
        story->people.count = 1;
        story->people.at[0] = event->person;
        iss_story_say_people(story, &story->people);
        iss_story_say(story, ": ");
    }
    bool follows = event->flight >= 0 || event->person >= 0;
    iss_story_say(story, "%c%s.",
                  follows && *meaning >= 'A' && *meaning <= 'Z' ? *meaning + ('a' - 'A')
                                                                : *meaning,
                  meaning + 1);
}

void
iss_story_tell_event(struct iss_story *story, int32_t row)
{
    struct iss_happening event = iss_story_event(story, row);

    iss_story_end_line(story);
    iss_story_state(story, event.time_us > 0 ? event.time_us - 1 : 0, &story->crew,
                    &story->unsafe);
    story->apart = true;
    if (!iss_story_is_quiet(event.kind)) {
        tellers[event.kind].tell(story, &event);
    }
    if (story->line == NULL) {
        say_meaning(story, &event);
    }
    iss_story_end_line(story);
    story->apart = false;
}

int
iss_story_close(struct iss_story *story)
{
    iss_story_end_line(story);
    iss_arena_clear(&story->arena);
    return story->broken ? ISS_ERR_NO_MEMORY : ISS_OK;
}

/* ---- printing ------------------------------------------------------------------ */

struct printer {
    const struct iss_term *term;
    int64_t epoch_us;
};

static void
print_line(void *self, const struct iss_story_line *line)
{
    const struct printer *printer = self;
    char date[32];

    iss_civil_format(printer->epoch_us + line->from_us, ISS_CIVIL_DATE, date);
    iss_term_put(printer->term, ISS_DIM, date);
    fprintf(printer->term->out, "  ");
    iss_term_paragraph(printer->term, DATE_COLUMNS, line->text, line->ink,
                       line->remark);
}

int
iss_story_tell(struct iss_outcome *outcome, const struct iss_term *term, bool verbose)
{
    struct printer printer = {.term = term};
    struct iss_story story;
    int status = iss_story_open(&story, outcome, verbose, print_line, &printer);

    printer.epoch_us = story.epoch_us;
    if (status == ISS_OK) {
        iss_story_tell_all(&story);
    }
    int closed = iss_story_close(&story);
    return status == ISS_OK ? closed : status;
}
