/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * find.c - names, kinds and dates as people type them.
 */
#include "cli/find.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/civil.h"
#include "base/diag.h"
#include "cli/cli.h"
#include "cli/facts.h"

struct names {
    const char *noun;           /* "flight" */
    const char **keys, **names; /* names may be NULL */
    size_t count;
};

/* Whether `text` is the end of `name`, from a blank or hyphen on. */
static bool
ends_name(const char *name, const char *text)
{
    size_t length = strlen(name), part = strlen(text);
    return part > 0 && part < length && strcasecmp(name + length - part, text) == 0 &&
           strchr(" -", name[length - part - 1]) != NULL;
}

static bool
matches(const struct names *names, size_t row, const char *text, int strictness)
{
    if (strictness == 0) {
        return strcasecmp(names->keys[row], text) == 0;
    }
    if (names->names == NULL) {
        return false;
    }
    return strictness == 1 ? strcasecmp(names->names[row], text) == 0
                           : ends_name(names->names[row], text);
}

static bool
is_shared(const struct names *names, size_t name)
{
    int count = 0;

    for (size_t row = 0; row < names->count; row++) {
        count += strcmp(names->names[row], names->names[name]) == 0;
    }
    return count > 1;
}

/* What rules make may have one name: the key tells them apart. */
static int32_t
ambiguous(const struct names *names, const char *text, int strictness)
{
    char meant[256] = "";
    size_t used = 0;

    for (size_t row = 0; row < names->count && used < sizeof meant; row++) {
        if (matches(names, row, text, strictness)) {
            bool shared = is_shared(names, row);
            used += (size_t)snprintf(meant + used, sizeof meant - used, "%s%s%s%s%s",
                                     used > 0 ? ", " : "", names->names[row],
                                     shared ? " (" : "", shared ? names->keys[row] : "",
                                     shared ? ")" : "");
        }
    }
    iss_cli_complain("\"%s\" could be any of these: %s", text, meant);
    return -1;
}

static int32_t
unknown(const struct names *names, const char *text)
{
    const char *near = iss_diag_suggest(text, names->keys, names->count);

    if (near == NULL && names->names != NULL) {
        near = iss_diag_suggest(text, names->names, names->count);
    }
    for (size_t row = 0; near == NULL && names->names && row < names->count; row++) {
        const char *blank = strrchr(names->names[row], ' ');
        const char *last = blank == NULL ? names->names[row] : blank + 1;
        if (iss_diag_suggest(text, &last, 1) != NULL) {
            near = names->names[row];
        }
    }
    if (near != NULL) {
        iss_cli_complain("no %s is called \"%s\"; did you mean %s?", names->noun, text,
                         near);
    } else {
        iss_cli_complain("no %s is called \"%s\"", names->noun, text);
    }
    return -1;
}

static int32_t
find(const struct names *names, const char *text)
{
    for (int strictness = 0; strictness < 3; strictness++) {
        int32_t found = -1;
        size_t count = 0;
        for (size_t row = 0; row < names->count; row++) {
            if (matches(names, row, text, strictness)) {
                found = (int32_t)row;
                count++;
            }
        }
        if (count == 1) {
            return found;
        }
        if (count > 1 && names->names != NULL) {
            return ambiguous(names, text, strictness);
        }
    }
    return unknown(names, text);
}

int32_t
iss_find_flight(struct iss_outcome *outcome, const char *text)
{
    const struct names names = {"flight", iss_at(outcome, flights, id, text),
                                iss_at(outcome, flights, name, text),
                                outcome->tables[ISS_TABLE_flights].rows};
    return find(&names, text);
}

int32_t
iss_find_person(struct iss_outcome *outcome, const char *text)
{
    const struct names names = {"person", iss_at(outcome, people, id, text),
                                iss_at(outcome, people, name, text),
                                outcome->tables[ISS_TABLE_people].rows};
    return find(&names, text);
}

/* A unit has no key; a system's key or name means any of its units. */
static bool
is_unit(struct iss_outcome *outcome, const char *text, int32_t *unit)
{
    size_t rows = outcome->tables[ISS_TABLE_units].rows;

    for (size_t row = 0; row < rows; row++) {
        if (strcasecmp(iss_at(outcome, units, name, text)[row], text) == 0) {
            *unit = (int32_t)row;
            return true;
        }
    }
    return false;
}

#define NAMED(noun, table)                                                             \
    find(&(struct names){noun, iss_at(outcome, table, id, text),                       \
                         iss_at(outcome, table, name, text),                           \
                         outcome->tables[ISS_TABLE_##table].rows},                     \
         text)

int32_t
iss_find_party(struct iss_outcome *outcome, enum iss_party *party, const char *text)
{
    int32_t unit;

    switch (*party) {
    case ISS_PARTY_PERSON:
        return iss_find_person(outcome, text);
    case ISS_PARTY_RESOURCE:
        return NAMED("resource", resources);
    case ISS_PARTY_PORT:
        return NAMED("port", ports);
    case ISS_PARTY_ROCKET:
        return NAMED("rocket", launch_systems);
    case ISS_PARTY_FAMILY:
        return NAMED("family", families);
    case ISS_PARTY_PAD:
        return NAMED("pad", pads);
    case ISS_PARTY_PROGRAMME:
        return NAMED("entry of the programme", programme);
    case ISS_PARTY_PART:
        return NAMED("part", parts);
    case ISS_PARTY_TASK:
        return NAMED("task", tasks);
    case ISS_PARTY_EVA:
        return NAMED("spacewalk", evas);
    case ISS_PARTY_SUITS:
        return NAMED("pool of suits", suits);
    case ISS_PARTY_UNIT:
        if (is_unit(outcome, text, &unit)) {
            return unit;
        }
        *party = ISS_PARTY_SYSTEM;
        return NAMED("system", systems);
    case ISS_PARTY_SYSTEM:
        return NAMED("system", systems);
    default:
        *party = ISS_PARTY_FLIGHT;
        return iss_find_flight(outcome, text);
    }
}

int32_t
iss_find_metric(struct iss_outcome *outcome, const char *text)
{
    const struct names names = {"metric", iss_at(outcome, metrics, name, text), NULL,
                                outcome->tables[ISS_TABLE_metrics].rows};
    return find(&names, text);
}

int32_t
iss_find_kind(const char *text)
{
    const char *kinds[ISS_EVENT_KINDS];
    char plain[64];
    const struct names names = {"kind of event", kinds, NULL, ISS_EVENT_KINDS};

    for (int32_t i = 0; i < ISS_EVENT_KINDS; i++) {
        kinds[i] = iss_event_infos[i].name;
    }
    snprintf(plain, sizeof plain, "%s", text);
    for (char *c = plain; *c != '\0'; c++) {
        *c = (char)(*c == '-' ? '_' : *c);
    }
    return find(&names, plain);
}

int64_t
iss_find_time(struct iss_outcome *outcome, const char *text, bool *whole_day)
{
    char zoned[48], from[32], to[32];
    int64_t epoch_us = 0, us = 0, end_us = iss_facts_end(outcome);

    (void)iss_civil_parse(outcome->epoch, &epoch_us);
    enum iss_civil_problem problem = iss_civil_parse(text, &us);
    if (problem == ISS_CIVIL_NO_ZONE && strlen(text) < sizeof zoned - 1) {
        snprintf(zoned, sizeof zoned, "%sZ", text);
        problem = iss_civil_parse(zoned, &us);
    }
    if (problem != ISS_CIVIL_OK) {
        iss_cli_complain("--at: %s; got \"%s\"; a date like 2023-01-20 or "
                         "2023-01-20T14:30Z is needed",
                         problem == ISS_CIVIL_NO_SUCH_DAY ? "there is no such day"
                                                          : "that's no date",
                         text);
        return ISS_NO_TIME;
    }
    *whole_day = strchr(text, 'T') == NULL;
    us -= epoch_us;
    int64_t last_us = us + (*whole_day ? ISS_US_PER_D - 1 : 0);
    if (last_us < 0 || us > end_us) {
        iss_cli_complain("--at: \"%s\" isn't in the mission, %s to %s", text,
                         iss_civil_format(epoch_us, ISS_CIVIL_DATE, from),
                         iss_civil_format(epoch_us + end_us, ISS_CIVIL_DATE, to));
        return ISS_NO_TIME;
    }
    return last_us < end_us ? last_us : end_us;
}
