/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * checker.c - from a finding about the model back to the line of the scenario.
 */
#include "model/checker.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *
iss_checker_date(const struct iss_checker *checker, int64_t us, char buffer[32])
{
    return iss_civil_format(iss_us_add(us, checker->model->epoch_us), ISS_CIVIL_MINUTE,
                            buffer);
}

/* Follow one step of a dotted name, "as_flown" or "relocations[2]", and move *name
 * behind it; NULL when there is nothing. */
static const struct iss_node *
follow(const struct iss_node *node, const char **name)
{
    size_t length = strcspn(*name, ".[");
    const char *rest = *name + length;
    char part[64];

    snprintf(part, sizeof part, "%.*s", (int)length, *name);
    node = iss_node_child(node, part);
    if (*rest == '[') {
        long index = strtol(rest + 1, NULL, 10);
        node = node != NULL ? node->first : NULL;
        while (node != NULL && index-- > 0) {
            node = node->next;
        }
        rest += strcspn(rest, ".");
    }
    *name = rest + (*rest == '.');
    return node;
}

/* The setting `name` of a thing, or NULL; *origin is where it stands, or what it would
 * stand in. */
static const struct iss_node *
find_setting(const struct iss_entity *entity, const char *name,
             struct iss_origin *origin)
{
    const struct iss_node *node = entity->node;

    *origin = entity->origin;
    while (node != NULL && *name != '\0') {
        node = follow(node, &name);
        *origin = node != NULL ? node->origin : *origin;
    }
    return node;
}

struct iss_entity
iss_checker_single(const struct iss_checker *checker, const char *section)
{
    const struct iss_node *node = iss_node_child(checker->model->source.root, section);
    struct iss_origin here = {checker->model->source.main_path, 0};

    return (struct iss_entity){
        .id = section, .origin = node != NULL ? node->origin : here, .node = node};
}

/* Whether the scenario gives the setting, readable or not. */
bool
iss_checker_says(const struct iss_entity *entity, const char *setting)
{
    struct iss_origin origin;
    return find_setting(entity, setting, &origin) != NULL;
}

int32_t
iss_checker_members(const struct iss_entity *entity, const char *setting)
{
    struct iss_origin origin;
    const struct iss_node *node = find_setting(entity, setting, &origin);
    return node == NULL ? -1 : node->count;
}

bool
iss_checker_reads(const struct iss_entity *entity, const char *setting)
{
    struct iss_origin origin;
    const struct iss_node *node = find_setting(entity, setting, &origin);
    return node == NULL || node->type == ISS_NODE_INT;
}

/* A finding about the setting of a thing ("" for the thing itself), where it stands. */
static void __attribute__((format(printf, 6, 0)))
report(const struct iss_checker *checker, enum iss_severity severity, const char *set,
       const struct iss_entity *entity, const char *setting, const char *format,
       va_list arguments)
{
    char path[256], text[512];
    struct iss_origin origin;

    vsnprintf(text, sizeof text, format, arguments);
    find_setting(entity, setting, &origin);
    snprintf(path, sizeof path, "%s%s%s%s%s", set, *set != '\0' ? "." : "", entity->id,
             *setting != '\0' ? "." : "", setting);
    if (severity == ISS_ERROR) {
        iss_diag_error(checker->diag, origin, path, "%s", text);
    } else {
        iss_diag_warning(checker->diag, origin, path, "%s", text);
    }
}

void
iss_checker_report(const struct iss_checker *checker, const char *set,
                   const struct iss_entity *entity, const char *setting,
                   const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    report(checker, ISS_ERROR, set, entity, setting, format, arguments);
    va_end(arguments);
}

void
iss_checker_warn(const struct iss_checker *checker, const char *set,
                 const struct iss_entity *entity, const char *setting,
                 const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    report(checker, ISS_WARNING, set, entity, setting, format, arguments);
    va_end(arguments);
}

static bool
port_fits(const struct iss_model *model, int32_t vehicle, int32_t port)
{
    int32_t offered = port < 0 ? -1 : iss_model_port(model, port)->docking;
    int32_t needed = vehicle < 0 ? -1 : iss_model_vehicle(model, vehicle)->docking;
    return offered < 0 || needed < 0 || offered == needed;
}

void
iss_checker_port(const struct iss_checker *checker, const char *set,
                 const struct iss_entity *entity, const char *setting, int32_t vehicle,
                 int32_t port)
{
    const struct iss_model *model = checker->model;
    if (!port_fits(model, vehicle, port)) {
        const struct iss_port *wrong = iss_model_port(model, port);
        const struct iss_vehicle *type = iss_model_vehicle(model, vehicle);
        iss_checker_report(
            checker, set, entity, setting,
            "%s doesn't fit this port; got %s, which takes %s; allowed ports that "
            "take %s",
            type->entity.id, wrong->entity.id, model->dockings.at[wrong->docking],
            model->dockings.at[type->docking]);
    }
}
