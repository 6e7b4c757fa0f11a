/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * parse.c - libconfig reads, we copy, libconfig is gone.
 *
 * Uses only what 1.5, 1.7 and 1.8 have in common; the text it gets holds no include,
 * and nothing that they read differently.
 */
#include "scenario/parse.h"

#include <libconfig.h>
#include <stdbool.h>

#include "isssim/status.h"
#include "scenario/c_locale.h"

struct copying {
    const struct iss_flat *flat;
    struct iss_arena *arena;
};

static struct iss_node *copy_setting(const struct copying *copying,
                                     const config_setting_t *setting,
                                     const config_setting_t *name,
                                     struct iss_node *parent);

/* Members from `first` on, each behind its name when `step` is 2. */
static int
copy_members(const struct copying *copying, const config_setting_t *setting, int first,
             int step, struct iss_node *node)
{
    int length = config_setting_length(setting);
    struct iss_node **end = &node->first;

    for (int i = first; i + step <= length; i += step) {
        const config_setting_t *name =
            step == 2 ? config_setting_get_elem(setting, (unsigned int)i) : NULL;

        *end = copy_setting(
            copying, config_setting_get_elem(setting, (unsigned int)(i + step - 1)),
            name, node);
        if (*end == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
        end = &(*end)->next;
        node->count++;
    }
    return ISS_OK;
}

/* A list of the flat text: its first member says what it is. */
static int
copy_list(const struct copying *copying, const config_setting_t *setting,
          struct iss_node *node)
{
    bool group = config_setting_get_bool_elem(setting, 0) != CONFIG_FALSE;

    node->type = group ? ISS_NODE_GROUP : ISS_NODE_LIST;
    return copy_members(copying, setting, 1, group ? 2 : 1, node);
}

static int
copy_value(const struct copying *copying, const config_setting_t *setting,
           struct iss_node *node)
{
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_INT:
        node->type = ISS_NODE_INT;
        node->value.integer = config_setting_get_int(setting);
        return ISS_OK;
    case CONFIG_TYPE_INT64:
        node->type = ISS_NODE_INT;
        node->value.integer = config_setting_get_int64(setting);
        return ISS_OK;
    case CONFIG_TYPE_FLOAT:
        node->type = ISS_NODE_REAL;
        node->value.real = config_setting_get_float(setting);
        return ISS_OK;
    case CONFIG_TYPE_BOOL:
        node->type = ISS_NODE_BOOL;
        node->value.boolean = config_setting_get_bool(setting) != CONFIG_FALSE;
        return ISS_OK;
    case CONFIG_TYPE_STRING:
        node->type = ISS_NODE_TEXT;
        node->value.text =
            iss_arena_strdup(copying->arena, config_setting_get_string(setting));
        return node->value.text == NULL ? ISS_ERR_NO_MEMORY : ISS_OK;
    case CONFIG_TYPE_ARRAY:
        node->type = ISS_NODE_ARRAY;
        return copy_members(copying, setting, 0, 1, node);
    default:
        return copy_list(copying, setting, node);
    }
}

/* Recursion is bounded: the grammar allows ISS_NESTING_MAX levels. */
static struct iss_node *
copy_setting(const struct copying *copying, const config_setting_t *setting,
             const config_setting_t *name, struct iss_node *parent)
{
    struct iss_node *node = iss_arena_alloc(copying->arena, sizeof(*node));
    const config_setting_t *begin = name != NULL ? name : setting;

    if (node == NULL) {
        return NULL;
    }
    node->parent = parent;
    node->origin =
        iss_flat_origin(copying->flat, (unsigned int)config_setting_source_line(begin));
    if (name != NULL) {
        node->name = iss_arena_strdup(copying->arena, config_setting_get_string(name));
        if (node->name == NULL) {
            return NULL;
        }
    }
    return copy_value(copying, setting, node) == ISS_OK ? node : NULL;
}

int
iss_parse(const struct iss_flat *flat, struct iss_origin origin,
          struct iss_arena *arena, struct iss_diag *diag, struct iss_node **root)
{
    const struct copying copying = {flat, arena};
    struct iss_c_locale previous = iss_c_locale_enter();
    config_t config;
    int status = ISS_OK;

    config_init(&config);
    config_set_auto_convert(&config, CONFIG_FALSE);
    if (config_read_string(&config, flat->text) != CONFIG_TRUE) {
        unsigned int line = (unsigned int)config_error_line(&config);

        iss_diag_error(diag, iss_flat_origin(flat, line), "", "%s",
                       config_error_text(&config));
        status = ISS_ERR_SCENARIO;
        goto out;
    }
    *root = copy_setting(&copying, config_lookup(&config, ISS_FLAT_LAYER), NULL, NULL);
    if (*root == NULL) {
        status = ISS_ERR_NO_MEMORY;
        goto out;
    }
    (*root)->name = "";
    (*root)->origin = origin;
out:
    config_destroy(&config);
    iss_c_locale_leave(previous);
    return status;
}
