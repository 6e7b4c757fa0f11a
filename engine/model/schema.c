/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * schema.c - keys.def, expanded into two tables.
 */
#include "model/schema.h"

#include <string.h>

#include "model/model.h"

#define SINGLE(section, type, doc)
#define SECTION(section, type, doc)
#define ROWS(section, type, doc)
#define KEY(section, type, field, name, kind, arg, low, high, fallback, doc)           \
    {#section, name, ISS_KEY_##kind, offsetof(struct type, field), arg, low, high,     \
     fallback, doc},
const struct iss_key iss_keys[] = {
#include "model/keys.def"
};
#undef SINGLE
#undef SECTION
#undef ROWS
#undef KEY

const int32_t iss_key_count = (int32_t)(sizeof iss_keys / sizeof *iss_keys);

#define SINGLE(section, type, doc)                                                     \
    {#section, ISS_SHAPE_SINGLE, sizeof(struct type),                                  \
     offsetof(struct iss_model, section), doc},
#define SECTION(section, type, doc)                                                    \
    {#section, ISS_SHAPE_NAMED, sizeof(struct type),                                   \
     offsetof(struct iss_model, section), doc},
#define ROWS(section, type, doc)                                                       \
    {#section, ISS_SHAPE_ROWS, sizeof(struct type), 0, doc},
#define KEY(section, type, field, name, kind, arg, low, high, fallback, doc)
const struct iss_section iss_sections[] = {
#include "model/keys.def"
};
#undef SINGLE
#undef SECTION
#undef ROWS
#undef KEY

const int32_t iss_section_count = (int32_t)(sizeof iss_sections / sizeof *iss_sections);

/* A number that is read as one that may be uncertain must have room for it. */
#define SINGLE(section, type, doc)
#define SECTION(section, type, doc)
#define ROWS(section, type, doc)
#define KEY(section, type, field, name, kind, arg, low, high, fallback, doc)           \
    _Static_assert(ISS_KEY_##kind != ISS_KEY_REAL ||                                   \
                       sizeof(((struct type *)0)->field) == sizeof(struct iss_value),  \
                   #section "." name " must be a struct iss_value");
#include "model/keys.def"
#undef SINGLE
#undef SECTION
#undef ROWS
#undef KEY

const struct iss_section *
iss_schema_section(const char *name)
{
    for (int32_t i = 0; i < iss_section_count; i++) {
        if (strcmp(iss_sections[i].name, name) == 0) {
            return &iss_sections[i];
        }
    }
    return NULL;
}
