/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reference_json.c - the reference for programs: editors, and whoever writes scenarios
 * by script.
 */
#include <jansson.h>
#include <string.h>

#include "base/units.h"
#include "cli/reference.h"
#include "isssim/status.h"
#include "model/read.h"

/* Every json_..._set_new() takes a NULL value as a failure; *failed gathers them. */
static void
set(json_t *object, const char *name, json_t *value, bool *failed)
{
    *failed = json_object_set_new(object, name, value) != 0 || *failed;
}

static void
append(json_t *array, json_t *value, bool *failed)
{
    *failed = json_array_append_new(array, value) != 0 || *failed;
}

/* "a|b" as [ "a", "b" ] */
static json_t *
choices_json(const char *arg, bool *failed)
{
    json_t *array = json_array();

    while (*arg != '\0') {
        size_t length = strcspn(arg, "|");
        append(array, json_stringn(arg, length), failed);
        arg += length + (arg[length] == '|');
    }
    return array;
}

static void
set_arg(json_t *object, const struct iss_key *key, bool *failed)
{
    switch (key->type) {
    case ISS_KEY_CHOICE:
        set(object, "choices", choices_json(key->arg, failed), failed);
        return;
    case ISS_KEY_REF:
    case ISS_KEY_REFS:
    case ISS_KEY_ROWS:
        set(object, "of", json_string(key->arg), failed);
        return;
    case ISS_KEY_REAL:
    case ISS_KEY_SPAN:
    case ISS_KEY_DIST:
    case ISS_KEY_PERT:
        set(object, "unit", json_string(key->arg), failed);
        set(object, "base_unit",
            json_string(iss_unit_base(iss_model_dimension(key->arg))), failed);
        return;
    default:
        return;
    }
}

static json_t *
key_json(const struct iss_key *key, bool *failed)
{
    char text[ISS_REFERENCE_TEXT];
    json_t *object = json_object();

    set(object, "section", json_string(key->section), failed);
    set(object, "name", json_string(key->name), failed);
    set(object, "type", json_string(iss_reference_type_name(key->type)), failed);
    set_arg(object, key, failed);
    if (key->lowest < key->highest) {
        set(object, "lowest", json_real(key->lowest), failed);
        set(object, "highest", json_real(key->highest), failed);
    }
    set(object, "required", json_boolean(key->fallback == NULL), failed);
    if (key->fallback != NULL && *key->fallback != '\0') {
        set(object, "default", json_string(key->fallback), failed);
    }
    set(object, "doc", json_string(key->doc), failed);
    set(object, "example", json_string(iss_reference_example(key, text)), failed);
    return object;
}

static json_t *
section_json(const struct iss_topic *topic, bool *failed)
{
    static const char *const shapes[] = {[ISS_SHAPE_SINGLE] = "single",
                                         [ISS_SHAPE_NAMED] = "named",
                                         [ISS_SHAPE_ROWS] = "rows"};
    json_t *object = json_object(), *keys = json_array();

    set(object, "name", json_string(topic->section->name), failed);
    set(object, "shape", json_string(shapes[topic->section->shape]), failed);
    set(object, "doc", json_string(topic->section->doc), failed);
    for (int32_t i = 0; i < iss_key_count; i++) {
        if (iss_topic_has(topic, &iss_keys[i])) {
            append(keys, key_json(&iss_keys[i], failed), failed);
        }
    }
    set(object, "settings", keys, failed);
    return object;
}

static json_t *
family_json(const struct iss_family *family, bool *failed)
{
    json_t *object = json_object(), *parameters = json_array();

    for (int i = 0; i < family->count; i++) {
        append(parameters, json_string(family->parameters[i]), failed);
    }
    set(object, "name", json_string(family->name), failed);
    set(object, "parameters", parameters, failed);
    set(object, "doc", json_string(family->doc), failed);
    set(object, "example", json_string(family->example), failed);
    return object;
}

static json_t *
families_json(bool *failed)
{
    json_t *object = json_object(), *families = json_array(), *wrappers = json_object();

    for (int i = 0; i < iss_reference_family_count; i++) {
        append(families, family_json(&iss_reference_families[i], failed), failed);
    }
    for (int i = 0; i < iss_reference_wrapper_count; i++) {
        set(wrappers, iss_reference_wrappers[i].name,
            json_string(iss_reference_wrappers[i].doc), failed);
    }
    set(object, "families", families, failed);
    set(object, "around", wrappers, failed);
    return object;
}

static json_t *
units_json(bool *failed)
{
    json_t *object = json_object();

    for (int i = ISS_DIM_NONE; i <= ISS_DIM_LENGTH; i++) {
        set(object, iss_dimension_name((enum iss_dimension)i),
            json_string(iss_unit_names((enum iss_dimension)i)), failed);
    }
    return object;
}

static json_t *
uncertain_json(bool *failed)
{
    json_t *array = json_array();

    for (int i = 0; i < iss_reference_uncertain_count; i++) {
        json_t *object = json_object();
        set(object, "example", json_string(iss_reference_uncertain[i].name), failed);
        set(object, "doc", json_string(iss_reference_uncertain[i].doc), failed);
        append(array, object, failed);
    }
    return array;
}

static json_t *
all_json(bool *failed)
{
    json_t *object = json_object(), *sections = json_array();

    for (int32_t i = 0; i < iss_section_count; i++) {
        const struct iss_topic topic = {.kind = ISS_TOPIC_SECTION,
                                        .section = &iss_sections[i]};
        append(sections, section_json(&topic, failed), failed);
    }
    set(object, "sections", sections, failed);
    set(object, "distributions", families_json(failed), failed);
    set(object, "uncertain", uncertain_json(failed), failed);
    set(object, "units", units_json(failed), failed);
    return object;
}

static json_t *
topic_json(const struct iss_topic *topic, bool *failed)
{
    switch (topic->kind) {
    case ISS_TOPIC_ALL:
        return all_json(failed);
    case ISS_TOPIC_SECTION:
        return section_json(topic, failed);
    case ISS_TOPIC_KEY:
        return key_json(topic->key, failed);
    case ISS_TOPIC_FAMILIES:
        return families_json(failed);
    case ISS_TOPIC_FAMILY:
        return family_json(topic->family, failed);
    case ISS_TOPIC_UNITS:
        return units_json(failed);
    case ISS_TOPIC_UNCERTAIN:
        return uncertain_json(failed);
    }
    return NULL;
}

int
iss_reference_json(FILE *out, const struct iss_topic *topic)
{
    bool failed = false;
    json_t *json = topic_json(topic, &failed);

    failed = failed || json == NULL;
    if (!failed) {
        /* What doesn't arrive is found by whoever flushes `out`. */
        json_dumpf(json, out, JSON_INDENT(2));
        fputc('\n', out);
    }
    json_decref(json);
    return failed ? ISS_ERR_NO_MEMORY : ISS_OK;
}
