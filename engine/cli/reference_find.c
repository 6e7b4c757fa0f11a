/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reference_find.c - from what somebody types after `isssim describe` to a part of the
 * reference.
 *
 * A path may be one of the table (flights.launch), one of a scenario, with the name of
 * a thing and the number of a member (flights.First.launch, effects[0].seats), or a
 * group of settings (flights.as_flown).
 */
#include <string.h>

#include "cli/reference.h"

#include "base/diag.h"

enum { CANDIDATES = 512 };

/* ---- what fits ----------------------------------------------------------------- */

/* The key of `section` called `name`, `length` bytes of which count; or NULL. */
static const struct iss_key *
find_key(const struct iss_section *section, const char *name, size_t length)
{
    for (int32_t i = 0; i < iss_key_count; i++) {
        if (strcmp(iss_keys[i].section, section->name) == 0 &&
            strlen(iss_keys[i].name) == length &&
            memcmp(iss_keys[i].name, name, length) == 0) {
            return &iss_keys[i];
        }
    }
    return NULL;
}

/* The beginning, with its dot, that keys of `section` have in common with
 * "`name`."; NULL when none has. */
static const char *
find_prefix(const struct iss_section *section, const char *name)
{
    size_t length = strlen(name);

    for (int32_t i = 0; i < iss_key_count; i++) {
        if (strcmp(iss_keys[i].section, section->name) == 0 &&
            strncmp(iss_keys[i].name, name, length) == 0 &&
            iss_keys[i].name[length] == '.') {
            return iss_keys[i].name;
        }
    }
    return NULL;
}

/* Whether `path` leads to something in `section`. */
static bool
follow(const struct iss_section *section, const char *path, struct iss_topic *topic)
{
    /* The longest key that begins the path: what follows a list of rows is in it. */
    for (size_t length = strlen(path); length > 0; length--) {
        if (path[length] != '\0' && path[length] != '.') {
            continue;
        }
        const struct iss_key *key = find_key(section, path, length);
        if (key == NULL) {
            continue;
        }
        if (path[length] == '\0') {
            *topic = (struct iss_topic){
                .kind = ISS_TOPIC_KEY, .section = section, .key = key};
            return true;
        }
        if (key->type == ISS_KEY_ROWS) {
            return follow(iss_schema_section(key->arg), path + length + 1, topic);
        }
        *topic =
            (struct iss_topic){.kind = ISS_TOPIC_KEY, .section = section, .key = key};
        return key->type == ISS_KEY_DIST || key->type == ISS_KEY_REAL ||
               key->type == ISS_KEY_PERT;
    }
    const char *prefix = find_prefix(section, path);
    *topic = (struct iss_topic){.kind = ISS_TOPIC_SECTION,
                                .section = section,
                                .prefix = prefix,
                                .prefix_length = strlen(path) + 1};
    return prefix != NULL;
}

/* ---- what doesn't -------------------------------------------------------------- */

static void
refuse(const char *path, const char *near, char problem[ISS_REFERENCE_TEXT])
{
    snprintf(problem, ISS_REFERENCE_TEXT,
             near != NULL
                 ? "no setting \"%.100s\"; did you mean %s?"
                 : "no setting \"%.100s\"; `isssim describe` lists the sections",
             path, near);
}

/* The key of `section` that `name` was meant to be, as "section.key" in `buffer`. */
static const char *
suggest_key(const struct iss_section *section, const char *name, char buffer[160])
{
    const char *names[CANDIDATES];
    size_t count = 0;

    for (int32_t i = 0; i < iss_key_count && count < CANDIDATES; i++) {
        if (strcmp(iss_keys[i].section, section->name) == 0) {
            names[count++] = iss_keys[i].name;
        }
    }
    const char *near = iss_diag_suggest(name, names, count);
    snprintf(buffer, 160, "%s.%s", section->name, near ? near : "");
    return near ? buffer : NULL;
}

/* A setting that was named without its section. */
static const char *
suggest_section(const char *name, char buffer[160])
{
    int used = 0;

    for (int32_t i = 0; i < iss_key_count && used < 120; i++) {
        const char *dot = strrchr(iss_keys[i].name, '.');
        if (strcmp(iss_keys[i].name, name) == 0 ||
            (dot != NULL && strcmp(dot + 1, name) == 0)) {
            used += snprintf(buffer + used, 160 - (size_t)used, "%s%s.%s",
                             used ? " or " : "", iss_keys[i].section, iss_keys[i].name);
        }
    }
    return used > 0 && used < 160 ? buffer : NULL;
}

static const char *
suggest_chapter(const char *name)
{
    const char *names[CANDIDATES];
    size_t count = 0;

    for (int32_t i = 0; i < iss_section_count; i++) {
        names[count++] = iss_sections[i].name;
    }
    for (int i = 0; i < iss_reference_family_count; i++) {
        names[count++] = iss_reference_families[i].name;
    }
    names[count++] = "distributions";
    names[count++] = "units";
    names[count++] = "uncertain";
    return iss_diag_suggest(name, names, count);
}

/* ---- finding ------------------------------------------------------------------- */

/* `path` without [0], [12] and the like; false when it's too long for any setting. */
static bool
drop_numbers(const char *path, char *plain, size_t size)
{
    size_t used = 0;

    while (*path != '\0' && used + 1 < size) {
        size_t length = *path == '[' ? 1 + strspn(path + 1, "0123456789") : 0;
        if (length > 1 && path[length] == ']') {
            path += length + 1;
        } else {
            plain[used++] = *path++;
        }
    }
    plain[used] = '\0';
    return *path == '\0';
}

static bool
find_chapter(const char *path, struct iss_topic *topic)
{
    static const char distributions[] = "distributions";
    size_t length = sizeof distributions - 1;

    *topic = (struct iss_topic){.kind = ISS_TOPIC_UNCERTAIN};
    if (strcmp(path, "uncertain") == 0) {
        return true;
    }

    *topic = (struct iss_topic){.kind = ISS_TOPIC_FAMILIES};
    if (strcmp(path, distributions) == 0) {
        return true;
    }
    topic->kind = ISS_TOPIC_UNITS;
    if (strcmp(path, "units") == 0) {
        return true;
    }
    if (strncmp(path, distributions, length) == 0 && path[length] == '.') {
        path += length + 1;
    }
    topic->kind = ISS_TOPIC_FAMILY;
    for (int i = 0; i < iss_reference_family_count; i++) {
        topic->family = &iss_reference_families[i];
        if (strcmp(path, topic->family->name) == 0) {
            return true;
        }
    }
    return false;
}

/* What follows the name of a list of rows in `path`, and the rows' section; or NULL. */
static const char *
enter_rows(const struct iss_section **section, const char *path)
{
    for (int32_t i = 0; i < iss_key_count; i++) {
        size_t length = strlen(iss_keys[i].name);
        if (strcmp(iss_keys[i].section, (*section)->name) == 0 &&
            iss_keys[i].type == ISS_KEY_ROWS &&
            strncmp(iss_keys[i].name, path, length) == 0 && path[length] == '.') {
            *section = iss_schema_section(iss_keys[i].arg);
            return path + length + 1;
        }
    }
    return NULL;
}

static int
find_in(const struct iss_section *section, const char *path, struct iss_topic *topic,
        char problem[ISS_REFERENCE_TEXT])
{
    char buffer[160];
    const char *dot = strchr(path, '.');

    if (follow(section, path, topic)) {
        return 0;
    }
    /* Not a setting: the name of a thing, unless it looks like a slip. */
    if (section->shape == ISS_SHAPE_NAMED && dot != NULL &&
        follow(section, dot + 1, topic)) {
        return 0;
    }
    const char *rest =
        section->shape == ISS_SHAPE_NAMED && dot != NULL ? dot + 1 : path;
    const struct iss_section *rows = section;
    const char *inner = enter_rows(&rows, path);
    inner = inner == NULL ? enter_rows(&rows, rest) : inner;
    if (inner != NULL) {
        return find_in(rows, inner, topic, problem);
    }
    const char *near = suggest_key(section, path, buffer);
    near = near == NULL ? suggest_key(section, rest, buffer) : near;
    if (section->shape == ISS_SHAPE_NAMED && dot == NULL && near == NULL) {
        *topic = (struct iss_topic){.kind = ISS_TOPIC_SECTION, .section = section};
        return 0;
    }
    snprintf(problem, ISS_REFERENCE_TEXT,
             near ? "%s has no setting %.100s; did you mean %s?"
                  : "%s has no setting %.100s; `isssim describe %s` lists them",
             section->name, rest, near ? near : section->name);
    return -1;
}

int
iss_topic_find(const char *path, struct iss_topic *topic,
               char problem[ISS_REFERENCE_TEXT])
{
    char plain[256], name[64], buffer[160];

    *topic = (struct iss_topic){.kind = ISS_TOPIC_ALL};
    if (path == NULL) {
        return 0;
    }
    if (!drop_numbers(path, plain, sizeof plain)) {
        refuse(plain, NULL, problem);
        return -1;
    }
    if (find_chapter(plain, topic)) {
        return 0;
    }
    size_t length = strcspn(plain, ".");
    snprintf(name, sizeof name, "%.*s", (int)length, plain);
    const struct iss_section *section = iss_schema_section(name);
    if (section != NULL && plain[length] == '\0') {
        *topic = (struct iss_topic){.kind = ISS_TOPIC_SECTION, .section = section};
        return 0;
    }
    if (section != NULL) {
        return find_in(section, plain + length + 1, topic, problem);
    }
    const char *near = suggest_section(plain, buffer);
    refuse(plain, near ? near : suggest_chapter(name), problem);
    return -1;
}

bool
iss_topic_has(const struct iss_topic *topic, const struct iss_key *key)
{
    if (strcmp(key->section, topic->section->name) != 0) {
        return false;
    }
    return topic->prefix == NULL ||
           strncmp(key->name, topic->prefix, topic->prefix_length) == 0;
}
