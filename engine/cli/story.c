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

enum when { NEVER, ALWAYS, TRAFFIC, ALONE, DETAIL };

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

/* ---- what is told ------------------------------------------------------------- */

/* Whether nothing came of it. */
static bool
is_alone(const struct iss_story *story, int32_t row)
{
    for (int32_t i = row + 1; i < iss_story_events(story); i++) {
        if (iss_at(story->outcome, events, cause, id)[i] == row) {
            return false;
        }
    }
    return true;
}

static bool
is_cargo_traffic(const struct iss_story *story, const struct iss_happening *event)
{
    return tellers[event->kind].when == TRAFFIC && event->flight >= 0 &&
           !iss_story_is_crewed(story, event->flight) &&
           !iss_story_has_waited(story, event);
}

static bool
is_told(const struct iss_story *story, const struct iss_happening *event)
{
    if ((story->only != NULL && !story->only[event->row]) ||
        (!story->cargo &&
         (is_cargo_traffic(story, event) || iss_story_is_elsewhere(story, event)))) {
        return false;
    }
    switch (tellers[event->kind].when) {
    case ALONE:
        return is_alone(story, event->row);
    case TRAFFIC:
        return event->flight >= 0;
    case DETAIL:
        return story->all || story->only != NULL;
    default:
        return tellers[event->kind].when == ALWAYS;
    }
}

/* Whether any crew vehicle is to launch in the time that the story is about. */
static bool
has_crew_traffic(const struct iss_story *story)
{
    struct iss_outcome *outcome = story->outcome;
    int32_t events = iss_story_events(story);
    int64_t end_us = events > 0 ? iss_story_event(story, events - 1).time_us : 0;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_flights].rows; i++) {
        int64_t planned = iss_at(outcome, flights, launch_planned, time)[i];
        int64_t launch = iss_at(outcome, flights, launch, time)[i];
        if (iss_story_is_crewed(story, (int32_t)i) &&
            ((launch != ISS_NO_TIME && launch >= 0) ||
             (launch == ISS_NO_TIME && planned != ISS_NO_TIME && planned < end_us))) {
            return true;
        }
    }
    return false;
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
    story->lines++;
    if (story->only != NULL) { /* what is left out has changed things aboard too */
        iss_story_state(story, event->time_us > 0 ? event->time_us - 1 : 0,
                        &story->crew, &story->unsafe);
    }
}

/* What brought an event about.  A launch that has waited is due first, at the moment
 * when what it waited for is there. */
static int32_t
told_cause(const struct iss_story *story, const struct iss_happening *event)
{
    if (event->cause >= 0) {
        struct iss_happening cause = iss_story_event(story, event->cause);
        if (cause.kind == ISS_EVENT_LAUNCH_DUE && cause.time_us == event->time_us) {
            return cause.cause;
        }
    }
    return event->cause;
}

void
iss_story_begin(struct iss_story *story, const struct iss_happening *event)
{
    if (event->time_us == story->until_us &&
        iss_story_has_said(story, told_cause(story, event))) {
        iss_story_say(story, " ");
    } else {
        begin_line(story, event);
    }
    iss_story_take(story, event->row);
}

void
iss_story_take(struct iss_story *story, int32_t row)
{
    story->told[row] = true;
    story->line_of[row] = story->lines;
    story->last = row > story->last ? row : story->last;
}

void
iss_story_take_people(struct iss_story *story, const struct iss_happening *event,
                      enum iss_event_kind kind, int32_t flight)
{
    struct iss_people_list *people = &story->people;

    people->count = 0;
    for (int32_t i = event->row; i < iss_story_events(story); i++) {
        struct iss_happening next = iss_story_event(story, i);
        if (next.time_us != event->time_us) {
            break;
        }
        if (next.kind == kind && next.cause == event->cause &&
            (flight < 0 || next.flight == flight)) {
            iss_story_take(story, i);
            people->at[people->count++] = next.person;
        }
    }
}

bool
iss_story_has_said(const struct iss_story *story, int32_t row)
{
    return story->line != NULL && row >= 0 && story->line_of[row] == story->lines;
}

bool
iss_story_will_go_on(const struct iss_story *story, int32_t row)
{
    return row >= 0 && !story->apart && (story->only == NULL || story->only[row]) &&
           iss_story_event(story, row).time_us == story->until_us;
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
    iss_story_take(story, row);
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

/* How things stand aboard after the last event of the line. */
static void
look_aboard(const struct iss_story *story, int64_t *crew, int64_t *unsafe)
{
    if (story->last < 0) {
        iss_story_state(story, story->until_us, crew, unsafe);
        return;
    }
    *crew = iss_at(story->outcome, events, crew, count)[story->last];
    *unsafe = iss_at(story->outcome, events, unsafe, count)[story->last];
}

/* What is different aboard since the last line; "" when nothing is. */
static enum iss_ink
make_remark(struct iss_story *story, char *remark, size_t size)
{
    int64_t crew, unsafe;
    enum iss_ink ink = ISS_DIM;
    char people[32];

    *remark = '\0';
    look_aboard(story, &crew, &unsafe);
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

    *story = (struct iss_story){
        .outcome = outcome, .listener = listener, .listens = listens};
    story->named = iss_arena_array(arena, people + 1, sizeof *story->named);
    story->told = iss_arena_array(arena, (size_t)iss_story_events(story) + 1,
                                  sizeof *story->told);
    story->people.at = iss_arena_array(arena, people + 1, sizeof *story->people.at);
    story->line_of = iss_arena_array(arena, (size_t)iss_story_events(story) + 1,
                                     sizeof *story->line_of);
    if (story->named == NULL || story->told == NULL || story->line_of == NULL ||
        story->people.at == NULL ||
        iss_civil_parse(outcome->epoch, &story->epoch_us) != ISS_CIVIL_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    story->all = verbose;
    story->cargo = verbose || !has_crew_traffic(story);
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
        } else if (!story->cargo && is_cargo_traffic(story, &event)) {
            story->left_out = true;
        }
    }
    iss_story_end_line(story);
}

bool
iss_story_is_quiet(enum iss_event_kind kind)
{
    return tellers[kind].when == NEVER || tellers[kind].when == ALONE;
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
    if (!iss_story_is_quiet(event.kind) ||
        (tellers[event.kind].when == ALONE && is_alone(story, row))) {
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
iss_story_tell(struct iss_outcome *outcome, const struct iss_term *term, bool verbose,
               bool *left_out)
{
    struct printer printer = {.term = term};
    struct iss_story story;
    int status = iss_story_open(&story, outcome, verbose, print_line, &printer);

    printer.epoch_us = story.epoch_us;
    if (status == ISS_OK) {
        iss_story_tell_all(&story);
    }
    *left_out = story.left_out;
    int closed = iss_story_close(&story);
    return status == ISS_OK ? closed : status;
}
