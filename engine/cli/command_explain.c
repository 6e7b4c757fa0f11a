/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command_explain.c - `isssim explain`: one question about a finished file.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/explain.h"
#include "cli/find.h"
#include "cli/result.h"
#include "isssim/status.h"

static int
wrong(void)
{
    return iss_status_exit_code(ISS_ERR_USAGE);
}

/* ---- which event --------------------------------------------------------------- */

/* The row that `text` counts, -1 after a complaint. */
static int32_t
row_of(const struct iss_explain *self, const char *text)
{
    int32_t events = iss_story_events(&self->story);

    errno = 0;
    unsigned long long row = strtoull(text, NULL, 10);
    if (errno != 0 || row >= (unsigned long long)events) {
        iss_cli_complain("there is no event %s; allowed 0 to %d", text,
                         (int)events - 1);
        return -1;
    }
    return (int32_t)row;
}

/* Whom an event is asked to be about: a row of their table; -1 anyone. */
struct party {
    enum iss_party kind;
    int32_t row;
};

static int32_t
row_in(const struct iss_happening *event, enum iss_party kind)
{
    switch (kind) {
    case ISS_PARTY_PERSON:
        return event->person;
    case ISS_PARTY_RESOURCE:
        return event->resource;
    case ISS_PARTY_PORT:
        return event->port;
    case ISS_PARTY_ROCKET:
        return event->rocket;
    case ISS_PARTY_FAMILY:
        return event->family;
    case ISS_PARTY_PAD:
        return event->pad;
    case ISS_PARTY_PROGRAMME:
        return event->programme;
    case ISS_PARTY_PART:
        return event->part;
    case ISS_PARTY_TASK:
        return event->task;
    case ISS_PARTY_EVA:
        return event->eva;
    case ISS_PARTY_SUITS:
        return event->suits;
    case ISS_PARTY_UNIT:
        return event->unit;
    case ISS_PARTY_SYSTEM:
        return event->system;
    default:
        return event->flight;
    }
}

static bool
is_meant(const struct iss_happening *event, int32_t kind, const struct party *party)
{
    return (int32_t)event->kind == kind &&
           (party->row < 0 || row_in(event, party->kind) == party->row ||
            (party->kind == ISS_PARTY_FLIGHT && event->other == party->row));
}

/* Whom the words after the kind name: what such events are about, or a flight. */
static bool
find_party(struct iss_explain *self, int32_t kind, const char *name,
           struct party *party)
{
    *party = (struct party){(enum iss_party)iss_event_infos[kind].subject, -1};
    if (*name != '\0') {
        party->row = iss_find_party(self->outcome, &party->kind, name);
    }
    return *name == '\0' || party->row >= 0;
}

static int
explain_kind(struct iss_explain *self, int32_t kind, const char *name)
{
    struct party party;
    int32_t count = 0;
    int32_t *rows = iss_arena_array(
        &self->account.arena, (size_t)iss_story_events(&self->story) + 1, sizeof *rows);

    if (rows == NULL || !find_party(self, kind, name, &party)) {
        self->account.broken = rows == NULL;
        return wrong();
    }
    for (int32_t i = 0; i < iss_story_events(&self->story); i++) {
        struct iss_happening event = iss_story_event(&self->story, i);
        if (is_meant(&event, kind, &party)) {
            rows[count++] = i;
        }
    }
    if (count == 0) {
        iss_cli_complain("no event is %s%s%s", iss_event_infos[kind].name,
                         *name ? " " : "", name);
        return wrong();
    }
    if (count > 1) {
        iss_explain_choice(self, rows, count);
    } else {
        iss_explain_event(self, rows[0]);
    }
    return 0;
}

/* `words` may be several arguments, or one with blanks: a number, or a kind and a name.
 */
static int
explain_words(struct iss_explain *self, const struct iss_arguments *arguments)
{
    char *text = iss_arena_strdup(&self->account.arena, "");

    for (size_t i = 0; text != NULL && i < arguments->more_count; i++) {
        text = iss_arena_printf(&self->account.arena, "%s%s%s", text, i > 0 ? " " : "",
                                arguments->more[i]);
    }
    if (text == NULL) {
        self->account.broken = true;
        return 0;
    }
    if (*text == '#') {
        text++;
    }
    if (*text != '\0' && text[strspn(text, "0123456789")] == '\0') {
        int32_t row = row_of(self, text);
        if (row >= 0) {
            iss_explain_event(self, row);
        }
        return row >= 0 ? 0 : wrong();
    }
    char *name = text + strcspn(text, " ");
    if (*name != '\0') {
        *name++ = '\0';
    }
    int32_t kind = iss_find_kind(text);
    return kind < 0 ? wrong() : explain_kind(self, kind, name);
}

/* ---- which question ------------------------------------------------------------ */

static int
explain(struct iss_explain *self, const struct iss_arguments *arguments)
{
    const char *const *values = arguments->values;
    int32_t row = -1;

    if (arguments->given[ISS_OPTION_at]) {
        bool whole_day;
        int64_t time_us =
            iss_find_time(self->outcome, values[ISS_OPTION_at], &whole_day);
        if (time_us == ISS_NO_TIME) {
            return wrong();
        }
        iss_explain_at(self, time_us, whole_day);
        return 0;
    }
    if (arguments->given[ISS_OPTION_person]) {
        row = iss_find_person(self->outcome, values[ISS_OPTION_person]);
        if (row >= 0) {
            iss_explain_person(self, row);
        }
    } else if (arguments->given[ISS_OPTION_flight]) {
        row = iss_find_flight(self->outcome, values[ISS_OPTION_flight]);
        if (row >= 0) {
            iss_explain_flight(self, row);
        }
    } else if (arguments->given[ISS_OPTION_why]) {
        row = iss_find_metric(self->outcome, values[ISS_OPTION_why]);
        if (row >= 0) {
            iss_explain_why(self, row);
        }
    } else {
        return explain_words(self, arguments);
    }
    return row >= 0 ? 0 : wrong();
}

static int
ask_one(const struct iss_arguments *arguments)
{
    int questions = (arguments->more_count > 0) + arguments->given[ISS_OPTION_at] +
                    arguments->given[ISS_OPTION_person] +
                    arguments->given[ISS_OPTION_flight] +
                    arguments->given[ISS_OPTION_why];
    if (questions == 1) {
        return 0;
    }
    iss_cli_complain(
        "explain needs one question: an EVENT, --at, --person, --flight or "
        "--why; got %d",
        questions);
    return wrong();
}

int
iss_command_explain(const struct iss_arguments *arguments)
{
    struct iss_explain self = {.outcome = NULL};
    struct iss_result result;
    int code = ask_one(arguments);

    code = code != 0 ? code : iss_result_load(&result, arguments->operand);
    if (code != 0) {
        return code;
    }
    self.outcome = &result.outcome;
    int status = iss_story_open(&self.story, self.outcome, true, iss_account_listen,
                                &self.account);
    self.account.epoch_us = self.story.epoch_us;
    if (status == ISS_OK && iss_story_events(&self.story) == 0) {
        iss_cli_complain("%s: nothing happened in it", arguments->operand);
        code = iss_status_exit_code(ISS_ERR_FORMAT);
    } else if (status == ISS_OK) {
        code = explain(&self, arguments);
    }
    self.account.broken = iss_story_close(&self.story) != ISS_OK || status != ISS_OK ||
                          self.account.broken;
    if (code == 0) {
        code = iss_account_print(&self.account, arguments->given[ISS_OPTION_json]);
    }
    iss_account_clear(&self.account);
    iss_result_clear(&result);
    return code;
}
