/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reference.c - a setting in words: what it takes, from where to where, and what it is
 * when nothing is said.
 */
#include "cli/reference.h"

#include <math.h>
#include <string.h>

#include "kernel/dist.h"
#include "model/read.h"

#define FAMILY(stem, parameters, doc)
#define ID(section, id) {#section, id},
#define EXAMPLE(path, value)
static const struct {
    const char *section, *id;
} ids[] = {
#include "cli/reference.def"
};
#undef FAMILY
#undef ID
#undef EXAMPLE

#define FAMILY(stem, parameters, doc)
#define ID(section, id)
#define EXAMPLE(path, value) {#path, value},
static const struct {
    const char *path, *value;
} examples[] = {
#include "cli/reference.def"
};
#undef FAMILY
#undef ID
#undef EXAMPLE

const char *
iss_reference_type_name(enum iss_key_type type)
{
    switch (type) {
    case ISS_KEY_TEXT:
        return "text";
    case ISS_KEY_FLAG:
        return "flag";
    case ISS_KEY_COUNT:
        return "count";
    case ISS_KEY_REAL:
        return "number";
    case ISS_KEY_SPAN:
        return "time";
    case ISS_KEY_DATE:
        return "date";
    case ISS_KEY_DATES:
        return "dates";
    case ISS_KEY_TEXTS:
        return "texts";
    case ISS_KEY_CHOICE:
        return "choice";
    case ISS_KEY_TAG:
        return "word";
    case ISS_KEY_TAGS:
        return "words";
    case ISS_KEY_REF:
        return "reference";
    case ISS_KEY_REFS:
        return "references";
    case ISS_KEY_DIST:
        return "distribution";
    case ISS_KEY_PERT:
        return "pert";
    case ISS_KEY_ROWS:
        return "list";
    }
    return "";
}

static char *
choices(const char *arg, char text[ISS_REFERENCE_TEXT])
{
    int used = snprintf(text, ISS_REFERENCE_TEXT, "one of");

    while (*arg != '\0' && used < ISS_REFERENCE_TEXT) {
        int length = (int)strcspn(arg, "|");
        used += snprintf(text + used, ISS_REFERENCE_TEXT - (size_t)used, " \"%.*s\"%s",
                         length, arg, arg[length] == '|' ? "," : "");
        arg += length + (arg[length] == '|');
    }
    return text;
}

char *
iss_reference_type(const struct iss_key *key, char text[ISS_REFERENCE_TEXT])
{
    const char *of = iss_dimension_name(iss_model_dimension(key->arg));

    switch (key->type) {
    case ISS_KEY_FLAG:
        snprintf(text, ISS_REFERENCE_TEXT, "true or false");
        break;
    case ISS_KEY_COUNT:
        snprintf(text, ISS_REFERENCE_TEXT, "whole number");
        break;
    case ISS_KEY_REAL:
        snprintf(text, ISS_REFERENCE_TEXT, "%s%s%s, or uncertain",
                 *key->arg ? of : "number", *key->arg ? "; a bare number is in " : "",
                 key->arg);
        break;
    case ISS_KEY_SPAN:
        snprintf(text, ISS_REFERENCE_TEXT, "%s%s%s", *key->arg ? of : "number",
                 *key->arg ? "; a bare number is in " : "", key->arg);
        break;
    case ISS_KEY_CHOICE:
        return choices(key->arg, text);
    case ISS_KEY_TAG:
        snprintf(text, ISS_REFERENCE_TEXT,
                 strcmp(key->section, "ports") == 0 ? "word of your own"
                 : strcmp(key->arg, "skill") == 0   ? "a %s of some person"
                 : strcmp(key->arg, "risk") == 0    ? "a %s of some people"
                 : strcmp(key->arg, "item") == 0    ? "word of your own"
                 : strcmp(key->arg, "cargo") == 0   ? "word of your own"
                                                    : "the %s of some port",
                 key->arg);
        break;
    case ISS_KEY_TAGS:
        snprintf(text, ISS_REFERENCE_TEXT, "array of words of your own");
        break;
    case ISS_KEY_REF:
        snprintf(text, ISS_REFERENCE_TEXT, "one of the %s", key->arg);
        break;
    case ISS_KEY_REFS:
        snprintf(text, ISS_REFERENCE_TEXT, "array of %s", key->arg);
        break;
    case ISS_KEY_DIST:
        snprintf(text, ISS_REFERENCE_TEXT, "%s or distribution%s%s",
                 *key->arg ? of : "number", *key->arg ? "; bare numbers are in " : "",
                 key->arg);
        break;
    case ISS_KEY_PERT:
        snprintf(text, ISS_REFERENCE_TEXT, "%s or pert%s%s", *key->arg ? of : "number",
                 *key->arg ? "; bare numbers are in " : "", key->arg);
        break;
    case ISS_KEY_ROWS:
        snprintf(text, ISS_REFERENCE_TEXT, "list of groups with the settings of %s",
                 key->arg);
        break;
    case ISS_KEY_DATES:
        snprintf(text, ISS_REFERENCE_TEXT, "array of dates");
        break;
    case ISS_KEY_TEXTS:
        snprintf(text, ISS_REFERENCE_TEXT, "array of texts");
        break;
    case ISS_KEY_TEXT:
    case ISS_KEY_DATE:
        snprintf(text, ISS_REFERENCE_TEXT, "%s", iss_reference_type_name(key->type));
        break;
    }
    return text;
}

char *
iss_reference_range(const struct iss_key *key, char text[ISS_REFERENCE_TEXT])
{
    const char *unit = iss_unit_base(iss_model_dimension(key->arg));

    *text = '\0';
    if (key->lowest < key->highest) {
        snprintf(text, ISS_REFERENCE_TEXT, "%.15g to %.15g%s%s", key->lowest,
                 key->highest, *unit ? " " : "", unit);
    }
    return text;
}

char *
iss_reference_default(const struct iss_key *key, char text[ISS_REFERENCE_TEXT])
{
    if (key->fallback == NULL || *key->fallback == '\0') {
        snprintf(text, ISS_REFERENCE_TEXT, "%s",
                 key->fallback ? "optional" : "required");
    } else {
        snprintf(text, ISS_REFERENCE_TEXT, "default %s", key->fallback);
    }
    return text;
}

/* ---- examples ------------------------------------------------------------------ */

const char *
iss_reference_id(const char *section)
{
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        if (strcmp(ids[i].section, section) == 0) {
            return ids[i].id;
        }
    }
    return "my_own";
}

/* What can be made up from the type. */
static void
invent(const struct iss_key *key, char text[ISS_REFERENCE_TEXT])
{
    bool small = key->lowest < key->highest && key->highest <= 1;

    switch (key->type) {
    case ISS_KEY_FLAG:
        snprintf(text, ISS_REFERENCE_TEXT, "%s",
                 key->fallback && strcmp(key->fallback, "true") == 0 ? "false"
                                                                     : "true");
        break;
    case ISS_KEY_COUNT:
        snprintf(text, ISS_REFERENCE_TEXT, "%.0f", fmax(key->lowest, 1));
        break;
    case ISS_KEY_REAL:
        snprintf(text, ISS_REFERENCE_TEXT, small ? "0.97" : "2.5");
        break;
    case ISS_KEY_SPAN:
        snprintf(text, ISS_REFERENCE_TEXT, "\"5 d\"");
        break;
    case ISS_KEY_DATE:
        snprintf(text, ISS_REFERENCE_TEXT, "\"2030-04-03T06:30Z\"");
        break;
    case ISS_KEY_DATES:
        snprintf(text, ISS_REFERENCE_TEXT, "[ \"2030-04-03Z\", \"2030-10-03Z\" ]");
        break;
    case ISS_KEY_TEXTS:
        snprintf(text, ISS_REFERENCE_TEXT, "[ \"a text\" ]");
        break;
    case ISS_KEY_CHOICE:
        snprintf(text, ISS_REFERENCE_TEXT, "\"%.*s\"", (int)strcspn(key->arg, "|"),
                 key->arg);
        break;
    case ISS_KEY_TAG:
    case ISS_KEY_REF:
        snprintf(text, ISS_REFERENCE_TEXT, "\"%s\"", iss_reference_id(key->arg));
        break;
    case ISS_KEY_TAGS:
    case ISS_KEY_REFS:
        snprintf(text, ISS_REFERENCE_TEXT, "[ \"%s\" ]", iss_reference_id(key->arg));
        break;
    case ISS_KEY_DIST:
        snprintf(text, ISS_REFERENCE_TEXT,
                 "{ dist = \"uniform\"; min = %s; max = %s; }", small ? "0.1" : "2",
                 small ? "0.3" : "5");
        break;
    case ISS_KEY_PERT:
        snprintf(text, ISS_REFERENCE_TEXT,
                 "{ dist = \"pert\"; min = %s; mode = %s; max = %s; }",
                 small ? "0" : "6", small ? "0.1" : "24", small ? "0.3" : "96");
        break;
    case ISS_KEY_TEXT:
    case ISS_KEY_ROWS:
        snprintf(text, ISS_REFERENCE_TEXT, "\"...\"");
        break;
    }
}

/* ( { what each row needs } ) */
static void
invent_rows(const struct iss_key *key, char text[ISS_REFERENCE_TEXT])
{
    int used = snprintf(text, ISS_REFERENCE_TEXT, "( {");

    for (int32_t i = 0; i < iss_key_count && used < ISS_REFERENCE_TEXT; i++) {
        const struct iss_key *inner = &iss_keys[i];
        char value[ISS_REFERENCE_TEXT];
        if (strcmp(inner->section, key->arg) == 0 && inner->fallback == NULL) {
            used +=
                snprintf(text + used, ISS_REFERENCE_TEXT - (size_t)used, " %s = %s;",
                         inner->name, iss_reference_example(inner, value));
        }
    }
    if (used < ISS_REFERENCE_TEXT) {
        snprintf(text + used, ISS_REFERENCE_TEXT - (size_t)used, " } )");
    }
}

char *
iss_reference_example(const struct iss_key *key, char text[ISS_REFERENCE_TEXT])
{
    char path[128];

    snprintf(path, sizeof path, "%s.%s", key->section, key->name);
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        if (strcmp(examples[i].path, path) == 0) {
            snprintf(text, ISS_REFERENCE_TEXT, "%s", examples[i].value);
            return text;
        }
    }
    if (key->type == ISS_KEY_ROWS) {
        invent_rows(key, text);
    } else {
        invent(key, text);
    }
    return text;
}

char *
iss_reference_line(const struct iss_key *key, char text[ISS_REFERENCE_TEXT])
{
    char value[ISS_REFERENCE_TEXT];
    const char *name = key->name, *dot;
    int used = 0, groups = 0;

    for (; (dot = strchr(name, '.')) != NULL; name = dot + 1, groups++) {
        used += snprintf(text + used, ISS_REFERENCE_TEXT - (size_t)used, "%.*s = { ",
                         (int)(dot - name), name);
    }
    used += snprintf(text + used, ISS_REFERENCE_TEXT - (size_t)used, "%s = %s;", name,
                     iss_reference_example(key, value));
    while (groups-- > 0 && used < ISS_REFERENCE_TEXT) {
        used += snprintf(text + used, ISS_REFERENCE_TEXT - (size_t)used, " };");
    }
    return text;
}

/* ---- distributions ------------------------------------------------------------- */

enum family_index {
#define FAMILY_INDEX(NAME, name, ...) FAMILY_##name,
    ISS_DIST_LIST(FAMILY_INDEX)
#undef FAMILY_INDEX
        FAMILY_gamma_rate
};

/* What one list says of a family, and then what the other does. */
#define FAMILY_PARAMETERS(NAME, stem, number, ...)                                     \
    [FAMILY_##stem].name = #stem, [FAMILY_##stem].count = number,                      \
    [FAMILY_##stem].parameters = {__VA_ARGS__},
#define FAMILY(stem, parts, text)                                                      \
    [FAMILY_##stem].example = "{ dist = \"" #stem "\"; " parts " }",                   \
    [FAMILY_##stem].doc = text,
#define ID(section, id)
#define EXAMPLE(path, value)
const struct iss_family iss_reference_families[] = {
    ISS_DIST_LIST(FAMILY_PARAMETERS)
        FAMILY_PARAMETERS(GAMMA_RATE, gamma_rate, 2, "events", "exposure")
#include "cli/reference.def"
};
#undef FAMILY
#undef FAMILY_PARAMETERS

const int iss_reference_family_count =
    (int)(sizeof iss_reference_families / sizeof *iss_reference_families);

#define FAMILY(stem, parameters, doc) +1
_Static_assert(
#include "cli/reference.def"
    == sizeof iss_reference_families / sizeof *iss_reference_families,
    "each family is explained");
#undef FAMILY
#undef ID
#undef EXAMPLE

const struct iss_wrapper iss_reference_wrappers[] = {
    {"p_zero", "Probability of 0 instead: most launches are punctual, some are late"},
    {"shift", "Added to every value"},
    {"lower",
     "Nothing below it; the rest keeps its proportions (truncation, and nothing "
     "is moved to the bound)"},
    {"upper", "Nothing above it, likewise"},
};

const int iss_reference_wrapper_count =
    (int)(sizeof iss_reference_wrappers / sizeof *iss_reference_wrappers);

const struct iss_wrapper iss_reference_uncertain[] = {
    {"success = { uncertain = { dist = \"beta\"; successes = 160; trials = 162; }; };",
     "A number: what 160 successes in 162 tries leave to believe of a probability"},
    {"life = { dist = \"exponential\"; rate = { uncertain = { dist = \"gamma_rate\"; "
     "events = 1; exposure = \"25 yr\"; }; }; };",
     "A number of a distribution: a rate of which one event in 25 years is known"},
    {"call_up_lead = { uncertain = { dist = \"uniform\"; min = 40; max = 60; }; };",
     "The same lead every time, but which isn't known"},
};

const int iss_reference_uncertain_count =
    (int)(sizeof iss_reference_uncertain / sizeof *iss_reference_uncertain);
