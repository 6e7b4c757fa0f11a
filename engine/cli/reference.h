/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/reference.h - what a scenario may say, in words: keys.def and the distributions,
 * for `isssim describe` in the terminal, as a page and as JSON.
 */
#ifndef ISS_CLI_REFERENCE_H
#define ISS_CLI_REFERENCE_H

#include <stdio.h>

#include "cli/term.h"
#include "model/schema.h"

#define ISS_REFERENCE_TEXT 384 /* bytes of any text below */

/* A family of distributions. */
struct iss_family {
    const char *name;
    int count; /* of parameters */
    const char *parameters[4];
    const char *example; /* "{ dist = ...; }" */
    const char *doc;
};

/* What may stand around any family; something that is written so, and what it means. */
struct iss_wrapper {
    const char *name, *doc;
};

/* Part of the reference: all of it, one section, one setting, or one chapter. */
enum iss_topic_kind {
    ISS_TOPIC_ALL,
    ISS_TOPIC_SECTION,
    ISS_TOPIC_KEY,
    ISS_TOPIC_FAMILIES,
    ISS_TOPIC_FAMILY,
    ISS_TOPIC_UNITS,
    ISS_TOPIC_UNCERTAIN
};

struct iss_topic {
    enum iss_topic_kind kind;
    const struct iss_section *section;
    const struct iss_key *key;
    const char *prefix; /* of a section: only its keys that begin so, as "as_flown." */
    size_t prefix_length;
    const struct iss_family *family;
};

extern const struct iss_family iss_reference_families[];
extern const int iss_reference_family_count;
extern const struct iss_wrapper iss_reference_wrappers[];
extern const int iss_reference_wrapper_count;
/* What may be uncertain, and how it is written. */
extern const struct iss_wrapper iss_reference_uncertain[];
extern const int iss_reference_uncertain_count;

/**
 * Find what `path` means: a section; a setting, with or without the thing's name and a
 * member's number (flights.launch, flights.First.launch,
 * failures.leak.effects[0].seats); `distributions`, one of them, `uncertain` or
 * `units`.  NULL is everything.
 *
 * @return 0, or -1 with what is wrong and a suggestion in `problem`.
 */
int iss_topic_find(const char *path, struct iss_topic *topic,
                   char problem[ISS_REFERENCE_TEXT]);

/** Whether `key` belongs to the section (and the prefix) of `topic`. */
bool iss_topic_has(const struct iss_topic *topic, const struct iss_key *key);

/* Of a setting, each in `text`, returned: what it takes ("a time; a bare number is in
 * d"), the range ("0 to 1", "" for none), what it is when absent ("required",
 * "optional", "default 0"), a value for an example.  The unit in which a range counts
 * is the base unit. */
char *iss_reference_type(const struct iss_key *key, char text[ISS_REFERENCE_TEXT]);
char *iss_reference_range(const struct iss_key *key, char text[ISS_REFERENCE_TEXT]);
char *iss_reference_default(const struct iss_key *key, char text[ISS_REFERENCE_TEXT]);
char *iss_reference_example(const struct iss_key *key, char text[ISS_REFERENCE_TEXT]);

/** The example as a scenario has it: "seats = 2;", "as_flown = { port = "north"; };".
 */
char *iss_reference_line(const struct iss_key *key, char text[ISS_REFERENCE_TEXT]);

/** "text", "count", "distribution": the type as one word, for programs. */
const char *iss_reference_type_name(enum iss_key_type type);

/** An id for examples in `section`. */
const char *iss_reference_id(const char *section);

/** The three ways to tell it. */
void iss_reference_tell(const struct iss_term *term, const struct iss_topic *topic);
void iss_reference_page(FILE *out);
int iss_reference_json(FILE *out, const struct iss_topic *topic);

#endif
