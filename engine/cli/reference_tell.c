/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reference_tell.c - the reference in the terminal.
 */
#include <string.h>

#include "base/units.h"
#include "cli/reference.h"

enum { INDENT = 4, COLUMN = 22, KEY_COLUMN = 26 };

/* "name" in bold up to the column where its explanation begins. */
static void
put_name(const struct iss_term *term, int indent, const char *name, int column)
{
    int used = indent + iss_term_columns(name);

    fprintf(term->out, "%*s", indent, "");
    iss_term_put(term, ISS_BOLD, name);
    if (used + 2 > column) {
        fputc('\n', term->out);
        used = 0;
    }
    fprintf(term->out, "%*s", column - used, "");
}

static void
put_paragraph(const struct iss_term *term, int indent, const char *text)
{
    fprintf(term->out, "%*s", indent, "");
    iss_term_paragraph(term, indent, text, ISS_PLAIN, "");
}

static void
put_row(const struct iss_term *term, const char *name, const char *doc)
{
    put_name(term, INDENT, name, INDENT + COLUMN);
    iss_term_paragraph(term, INDENT + COLUMN, doc, ISS_PLAIN, "");
}

/* ---- settings ------------------------------------------------------------------ */

/* What it takes, its range, its default; what it means; a line that uses it. */
static void
tell_key(const struct iss_term *term, const struct iss_key *key, int indent)
{
    char type[ISS_REFERENCE_TEXT], range[ISS_REFERENCE_TEXT],
        fallback[ISS_REFERENCE_TEXT], text[4 * ISS_REFERENCE_TEXT];

    iss_reference_type(key, type);
    iss_reference_range(key, range);
    iss_reference_default(key, fallback);
    snprintf(text, sizeof text, "%s%s%s; %s", type, *range ? "; " : "", range,
             fallback);
    iss_term_paragraph(term, indent, text, ISS_PLAIN, "");
    put_paragraph(term, indent, key->doc);
    put_paragraph(term, indent, iss_reference_line(key, text));
}

static void
tell_section(const struct iss_term *term, const struct iss_topic *topic)
{
    static const char *const shapes[] = {
        [ISS_SHAPE_SINGLE] = "{ ... }",
        [ISS_SHAPE_NAMED] = "{ NAME = { ... }; NAME = { ... }; }",
        [ISS_SHAPE_ROWS] = "( { ... }, { ... } )",
    };
    const struct iss_section *section = topic->section;

    iss_term_put(term, ISS_BOLD, section->name);
    fputs(": ", term->out);
    iss_term_paragraph(term, 0, section->doc, ISS_PLAIN, "");
    fprintf(term->out, "%s = %s;\n", section->name, shapes[section->shape]);
    for (int32_t i = 0; i < iss_key_count; i++) {
        if (iss_topic_has(topic, &iss_keys[i])) {
            fputc('\n', term->out);
            put_name(term, 2, iss_keys[i].name, KEY_COLUMN);
            tell_key(term, &iss_keys[i], KEY_COLUMN);
        }
    }
}

static void
tell_all(const struct iss_term *term)
{
    fputs("A scenario is made of these sections:\n\n", term->out);
    for (int32_t i = 0; i < iss_section_count; i++) {
        const struct iss_section *section = &iss_sections[i];
        char name[96];
        snprintf(name, sizeof name, "%s%s", section->name,
                 section->shape == ISS_SHAPE_NAMED  ? ".NAME"
                 : section->shape == ISS_SHAPE_ROWS ? "[N]"
                                                    : "");
        put_row(term, name, section->doc);
    }
    fputs("\nand of values:\n\n", term->out);
    put_row(term, "distributions", "What stands for a random number");
    put_row(term, "uncertain", "What stands for a number that isn't known");
    put_row(term, "units", "What may be written behind a number");
    fputs("\n`isssim describe flights` explains a section, `isssim describe "
          "flights.launch` a\nsetting; `isssim describe --markdown` is all of it, with "
          "an "
          "introduction to the\nlanguage.\n",
          term->out);
}

/* ---- values -------------------------------------------------------------------- */

static void
tell_family(const struct iss_term *term, const struct iss_family *family)
{
    char text[ISS_REFERENCE_TEXT] = "";
    int used = 0;

    for (int i = 0; i < family->count; i++) {
        used += snprintf(text + used, sizeof text - (size_t)used, "%s%s", i ? ", " : "",
                         family->parameters[i]);
    }
    put_name(term, 2, family->name, 2 + COLUMN);
    iss_term_paragraph(term, 2 + COLUMN, family->doc, ISS_DIM, text);
    put_paragraph(term, 2 + COLUMN, family->example);
}

static void
tell_wrappers(const struct iss_term *term)
{
    fputs("\nAround any of them:\n\n", term->out);
    for (int i = 0; i < iss_reference_wrapper_count; i++) {
        put_row(term, iss_reference_wrappers[i].name, iss_reference_wrappers[i].doc);
    }
}

static void
tell_families(const struct iss_term *term)
{
    iss_term_paragraph(
        term, 0,
        "Where a setting takes a distribution, a number is a constant; random ones are "
        "groups. A parameter that is a value may have a unit (mean = \"10 d\"); a bare "
        "number is in the setting's unit.",
        ISS_PLAIN, "");
    for (int i = 0; i < iss_reference_family_count; i++) {
        fputc('\n', term->out);
        tell_family(term, &iss_reference_families[i]);
    }
    tell_wrappers(term);
}

static void
tell_uncertain(const struct iss_term *term)
{
    iss_term_paragraph(
        term, 0,
        "A number that isn't known: { uncertain = DISTRIBUTION; } in place of it. It "
        "is "
        "drawn once an outer point, not once a use; study.inner replications share a "
        "point. Any number that may be \"uncertain\" can be so, a distribution that is "
        "a constant, and in a distribution: every number of constant, uniform, "
        "triangular, normal, lognormal, exponential (also its rate) and weibull, the "
        "scale of gamma, and p_zero and shift of all but mixtures. What was drawn is a "
        "metric, named by the path.",
        ISS_PLAIN, "");
    for (int i = 0; i < iss_reference_uncertain_count; i++) {
        fputc('\n', term->out);
        put_paragraph(term, INDENT, iss_reference_uncertain[i].name);
        put_paragraph(term, 2 * INDENT, iss_reference_uncertain[i].doc);
    }
}

static void
tell_units(const struct iss_term *term)
{
    for (int i = ISS_DIM_NONE; i <= ISS_DIM_LENGTH; i++) {
        put_row(term, iss_dimension_name((enum iss_dimension)i),
                iss_unit_names((enum iss_dimension)i));
    }
    fputs("\nA number with a unit stands in quotes, as in \"90 d\"; a bare one is in "
          "the\n"
          "setting's unit.  yr is 365.25 d.\n",
          term->out);
}

void
iss_reference_tell(const struct iss_term *term, const struct iss_topic *topic)
{
    char path[160];

    switch (topic->kind) {
    case ISS_TOPIC_ALL:
        tell_all(term);
        return;
    case ISS_TOPIC_SECTION:
        tell_section(term, topic);
        return;
    case ISS_TOPIC_KEY:
        snprintf(path, sizeof path, "%s.%s%s", topic->key->section,
                 topic->section->shape == ISS_SHAPE_NAMED ? "NAME." : "",
                 topic->key->name);
        iss_term_put(term, ISS_BOLD, path);
        fprintf(term->out, "\n%*s", INDENT, "");
        tell_key(term, topic->key, INDENT);
        return;
    case ISS_TOPIC_FAMILIES:
        tell_families(term);
        return;
    case ISS_TOPIC_FAMILY:
        tell_family(term, topic->family);
        tell_wrappers(term);
        return;
    case ISS_TOPIC_UNITS:
        tell_units(term);
        return;
    case ISS_TOPIC_UNCERTAIN:
        tell_uncertain(term);
        return;
    }
}
