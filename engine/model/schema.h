/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model/schema.h - keys.def as data: what a scenario may say.
 */
#ifndef ISS_MODEL_SCHEMA_H
#define ISS_MODEL_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

enum iss_key_type {
    ISS_KEY_TEXT,
    ISS_KEY_FLAG,
    ISS_KEY_COUNT,
    ISS_KEY_REAL,
    ISS_KEY_SPAN,
    ISS_KEY_DATE,
    ISS_KEY_DATES,
    ISS_KEY_CHOICE,
    ISS_KEY_TAG,
    ISS_KEY_TAGS,
    ISS_KEY_REF,
    ISS_KEY_REFS,
    ISS_KEY_TEXTS,
    ISS_KEY_DIST,
    ISS_KEY_PERT,
    ISS_KEY_ROWS
};

/* One setting.  Meaning of the members: head of keys.def. */
struct iss_key {
    const char *section;
    const char *name; /* "seats", "as_flown.launch" */
    enum iss_key_type type;
    size_t offset; /* of its field in the section's struct */
    const char *arg;
    double lowest, highest;
    const char *fallback; /* NULL: required; "": may be absent */
    const char *doc;
};

enum iss_section_shape { ISS_SHAPE_SINGLE, ISS_SHAPE_NAMED, ISS_SHAPE_ROWS };

struct iss_section {
    const char *name;
    enum iss_section_shape shape;
    size_t size;   /* of its struct */
    size_t offset; /* in struct iss_model: of the struct, or of its struct iss_rows */
    const char *doc;
};

extern const struct iss_key iss_keys[];
extern const int32_t iss_key_count;
extern const struct iss_section iss_sections[];
extern const int32_t iss_section_count;

/** The section called `name`, or NULL. */
const struct iss_section *iss_schema_section(const char *name);

#endif
