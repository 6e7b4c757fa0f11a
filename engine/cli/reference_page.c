/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reference_page.c - docs/scenario-reference.md.
 *
 * Its first half is reference.md, in which a line of the form %name% is replaced: by
 * the smallest scenario, the units, the distributions ...  The tables of settings
 * follow.
 */
#include <string.h>

#include "base/units.h"
#include "cli/reference.h"

static const char *const introduction[] = {
#include "cli/reference.inc"
};

static const char *const smallest[] = {
#include "cli/minimal.inc"
};

/* A cell of a table: a bar would end it. */
static void
put_cell(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        fprintf(out, *text == '|' ? "\\%c" : "%c", *text);
    }
}

static void
put_smallest(FILE *out)
{
    for (size_t i = 0; i < sizeof smallest / sizeof *smallest; i++) {
        fprintf(out, "%s\n", smallest[i]);
    }
}

static void
put_units(FILE *out)
{
    fputs("| a quantity | its units |\n|---|---|\n", out);
    for (int i = ISS_DIM_NONE; i <= ISS_DIM_LENGTH; i++) {
        fprintf(out, "| %s | %s |\n", iss_dimension_name((enum iss_dimension)i),
                iss_unit_names((enum iss_dimension)i));
    }
}

static void
put_families(FILE *out)
{
    fputs("| family | meaning | example |\n|---|---|---|\n", out);
    for (int i = 0; i < iss_reference_family_count; i++) {
        fprintf(out, "| %s | ", iss_reference_families[i].name);
        put_cell(out, iss_reference_families[i].doc);
        fprintf(out, " | `%s` |\n", iss_reference_families[i].example);
    }
}

static void
put_wrappers(FILE *out)
{
    fputs("| around any family | |\n|---|---|\n", out);
    for (int i = 0; i < iss_reference_wrapper_count; i++) {
        fprintf(out, "| `%s` | ", iss_reference_wrappers[i].name);
        put_cell(out, iss_reference_wrappers[i].doc);
        fputs(" |\n", out);
    }
}

static void
put_uncertain(FILE *out)
{
    fputs("| uncertain | meaning |\n|---|---|\n", out);
    for (int i = 0; i < iss_reference_uncertain_count; i++) {
        fprintf(out, "| `%s` | %s |\n", iss_reference_uncertain[i].name,
                iss_reference_uncertain[i].doc);
    }
}

static void
put_introduction(FILE *out)
{
    static const struct {
        const char *mark;
        void (*put)(FILE *out);
    } marks[] = {{"%smallest%", put_smallest},
                 {"%units%", put_units},
                 {"%families%", put_families},
                 {"%wrappers%", put_wrappers},
                 {"%uncertain%", put_uncertain}};

    for (size_t i = 0; i < sizeof introduction / sizeof *introduction; i++) {
        bool marked = false;
        for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
            if (strcmp(introduction[i], marks[m].mark) == 0) {
                marks[m].put(out);
                marked = true;
            }
        }
        if (!marked) {
            fprintf(out, "%s\n", introduction[i]);
        }
    }
}

static void
put_key(FILE *out, const struct iss_key *key)
{
    char text[ISS_REFERENCE_TEXT];

    fprintf(out, "| `%s` | ", key->name);
    put_cell(out, iss_reference_type(key, text));
    iss_reference_range(key, text);
    fprintf(out, "%s%s; ", *text ? "; " : "", text);
    put_cell(out, iss_reference_default(key, text));
    fputs(" | ", out);
    put_cell(out, key->doc);
    fprintf(out, " | `%s` |\n", iss_reference_example(key, text));
}

static void
put_section(FILE *out, const struct iss_section *section)
{
    const struct iss_topic topic = {.kind = ISS_TOPIC_SECTION, .section = section};

    fprintf(out, "\n### %s\n\n%s. ", section->name, section->doc);
    switch (section->shape) {
    case ISS_SHAPE_SINGLE:
        fprintf(out, "One group, `%s = { ... };`.", section->name);
        break;
    case ISS_SHAPE_NAMED:
        fprintf(out, "Each has a name of your choice, `%s = { %s = { ... }; };`.",
                section->name, iss_reference_id(section->name));
        break;
    case ISS_SHAPE_ROWS:
        fprintf(out, "Members of a list, `( { ... }, { ... } )`.");
        break;
    }
    fputs("\n\n| setting | takes | meaning | example |\n|---|---|---|---|\n", out);
    for (int32_t i = 0; i < iss_key_count; i++) {
        if (iss_topic_has(&topic, &iss_keys[i])) {
            put_key(out, &iss_keys[i]);
        }
    }
}

void
iss_reference_page(FILE *out)
{
    put_introduction(out);
    for (int32_t i = 0; i < iss_section_count; i++) {
        put_section(out, &iss_sections[i]);
    }
}
