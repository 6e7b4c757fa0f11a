/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * settings.c - walks the merged tree of a scenario: values, their places, their text.
 */
#include "cli/settings.h"

#include <stdlib.h>
#include <string.h>

#include "model/read.h"

static const char set_file[] = "--set"; /* as base/diag.h has it */

/* ---- which --------------------------------------------------------------------- */

bool
iss_setting_is_value(const struct iss_node *node)
{
    return node->type != ISS_NODE_GROUP || node->count == 0 || iss_model_is_value(node);
}

bool
iss_settings_visit(const struct iss_node *group, void *context,
                   bool (*visit)(void *context, const struct iss_node *value))
{
    for (const struct iss_node *node = group->first; node != NULL; node = node->next) {
        bool on = iss_setting_is_value(node) ? visit(context, node)
                                             : iss_settings_visit(node, context, visit);
        if (!on) {
            return false;
        }
    }
    return true;
}

/* The group of settings at the path of `group`. */
static const struct iss_node *
group_in(const struct iss_node *other, const struct iss_node *group)
{
    if (group->parent == NULL) {
        return other;
    }
    const struct iss_node *parent = group_in(other, group->parent);
    const struct iss_node *found = parent ? iss_node_child(parent, group->name) : NULL;
    return found != NULL && !iss_setting_is_value(found) ? found : NULL;
}

const struct iss_node *
iss_setting_in(const struct iss_node *other, const struct iss_node *value)
{
    const struct iss_node *group = group_in(other, value->parent);
    const struct iss_node *found = group ? iss_node_child(group, value->name) : NULL;
    return found != NULL && iss_setting_is_value(found) ? found : NULL;
}

/* ---- where --------------------------------------------------------------------- */

/* `file` without `folder` and a slash in front. */
static const char *
inside(const char *file, const char *folder, size_t length)
{
    return length > 0 && strncmp(file, folder, length) == 0 && file[length] == '/'
               ? file + length + 1
               : file;
}

static int
put_place(const struct iss_input *input, struct iss_origin origin, char *place,
          size_t size)
{
    const char *main_path = input->model->source.main_path;
    const char *slash = strrchr(main_path, '/'), *library = iss_input_library();
    const char *file =
        inside(origin.file, main_path, slash ? (size_t)(slash - main_path) : 0);

    if (library != NULL) {
        file = inside(file, library, strlen(library));
    }
    int length = snprintf(place, size, "%.400s:%d", file, origin.line);
    for (char *c = place; *c != '\0'; c++) {
        /* A comment must stay one, whatever a file is called. */
        if ((unsigned char)*c < ' ' || (unsigned char)*c > '~') {
            *c = '?';
        }
    }
    return length;
}

/* The first member, at any depth, that --set has changed; or NULL. */
static const struct iss_node *
overridden(const struct iss_node *node)
{
    for (const struct iss_node *child = node->first; child != NULL;
         child = child->next) {
        const struct iss_node *found =
            strcmp(child->origin.file, set_file) == 0 ? child : overridden(child);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

char *
iss_setting_place(const struct iss_input *input, const struct iss_node *value,
                  char place[ISS_SETTINGS_PLACE])
{
    int used = put_place(input, value->origin, place, ISS_SETTINGS_PLACE);
    const struct iss_node *member = overridden(value);

    if (member != NULL && strcmp(value->origin.file, set_file) != 0 && used < 450) {
        memcpy(place + used, ", ", 3);
        put_place(input, member->origin, place + used + 2,
                  ISS_SETTINGS_PLACE - (size_t)used - 2);
    }
    return place;
}

bool
iss_setting_is_own(const struct iss_input *input, const struct iss_node *value)
{
    return strcmp(value->origin.file, input->model->source.main_path) == 0 &&
           overridden(value) == NULL;
}

/* ---- what ---------------------------------------------------------------------- */

char *
iss_setting_text(const struct iss_node *value)
{
    char *text = iss_node_print(value);
    size_t skipped = strlen(value->name) + strlen(" = ");

    if (text == NULL) {
        return NULL;
    }
    /* "name = value;\n", perhaps over several lines; a text has no line breaks. */
    char *to = text;
    for (const char *from = text + skipped; *from != '\0'; from++) {
        if (*from != '\n') {
            *to++ = *from;
        } else if (from[1] != '\0') {
            from += strspn(from + 1, " ");
            *to++ = ' ';
        }
    }
    to[-1] = '\0'; /* the semicolon */
    return text;
}

static json_t *
value_json(const struct iss_node *node)
{
    bool group = node->type == ISS_NODE_GROUP;

    switch (node->type) {
    case ISS_NODE_INT:
        return json_integer(node->value.integer);
    case ISS_NODE_REAL:
        return json_real(node->value.real);
    case ISS_NODE_BOOL:
        return json_boolean(node->value.boolean);
    case ISS_NODE_TEXT:
        return json_string(node->value.text);
    default:
        break;
    }
    json_t *json = group ? json_object() : json_array();
    for (const struct iss_node *child = node->first; child; child = child->next) {
        json_t *inner = value_json(child);
        if ((group ? json_object_set_new(json, child->name, inner)
                   : json_array_append_new(json, inner)) != 0) {
            json_decref(json);
            return NULL;
        }
    }
    return json;
}

json_t *
iss_setting_json(const struct iss_input *input, const struct iss_node *value,
                 bool with_path)
{
    char path[ISS_SETTINGS_PATH], place[ISS_SETTINGS_PLACE];
    json_t *json = json_object();
    int failed = 0;

    if (with_path) {
        failed |= json_object_set_new(
            json, "path", json_string(iss_node_path(value, path, sizeof path)));
    }
    failed |= json_object_set_new(json, "value", value_json(value));
    failed |= json_object_set_new(json, "origin",
                                  json_string(iss_setting_place(input, value, place)));
    if (failed) {
        json_decref(json);
        return NULL;
    }
    return json;
}
