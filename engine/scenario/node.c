/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * node.c - the tree's nodes: finding, linking, naming.
 */
#include "scenario/node.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/c_locale.h"

#define SHOWN_MAX 40 /* bytes of a text in a message */

struct iss_node *
iss_node_new_group(struct iss_arena *arena, const char *name, struct iss_origin origin)
{
    struct iss_node *node = iss_arena_alloc(arena, sizeof(*node));

    if (node != NULL) {
        node->name = name;
        node->type = ISS_NODE_GROUP;
        node->origin = origin;
    }
    return node;
}

struct iss_node **
iss_node_link(struct iss_node *group, const char *name, size_t length)
{
    struct iss_node **link = &group->first;

    while (*link != NULL && (strncmp((*link)->name, name, length) != 0 ||
                             (*link)->name[length] != '\0')) {
        link = &(*link)->next;
    }
    return link;
}

void
iss_node_append(struct iss_node *parent, struct iss_node *child)
{
    struct iss_node **link = &parent->first;

    while (*link != NULL) {
        link = &(*link)->next;
    }
    *link = child;
    child->next = NULL;
    child->parent = parent;
    parent->count++;
}

struct iss_node *
iss_node_detach(struct iss_node **link)
{
    struct iss_node *node = *link;

    *link = node->next;
    node->parent->count--;
    node->parent = NULL;
    node->next = NULL;
    return node;
}

void
iss_node_assume(struct iss_node *node, const struct iss_node *from)
{
    node->type = from->type;
    node->origin = from->origin;
    node->first = from->first;
    node->count = from->count;
    node->value = from->value;
    for (struct iss_node *child = node->first; child != NULL; child = child->next) {
        child->parent = node;
    }
}

const struct iss_node *
iss_node_child(const struct iss_node *group, const char *name)
{
    const struct iss_node *child;

    if (group == NULL || group->type != ISS_NODE_GROUP) {
        return NULL;
    }
    child = group->first;
    while (child != NULL && strcmp(child->name, name) != 0) {
        child = child->next;
    }
    return child;
}

const char *
iss_node_suggest(const struct iss_node *group, const char *name,
                 struct iss_arena *arena)
{
    const char **names;
    size_t count = 0;

    names = iss_arena_array(arena, (size_t)group->count, sizeof(*names));
    if (names == NULL) {
        return NULL;
    }
    for (const struct iss_node *child = group->first; child != NULL;
         child = child->next) {
        names[count++] = child->name;
    }
    return iss_diag_suggest(name, names, count);
}

static int
index_of(const struct iss_node *node)
{
    int index = 0;

    for (const struct iss_node *sibling = node->parent->first;
         sibling != NULL && sibling != node; sibling = sibling->next) {
        index++;
    }
    return index;
}

/* Append the path of `node` at `used`; returns the bytes then used. */
static size_t
put_path(const struct iss_node *node, char *buffer, size_t size, size_t used)
{
    int length;

    if (node->parent == NULL) {
        return used;
    }
    used = put_path(node->parent, buffer, size, used);
    if (used + 1 >= size) {
        return used;
    }
    if (node->name == NULL) {
        length = snprintf(buffer + used, size - used, "[%d]", index_of(node));
    } else {
        length = snprintf(buffer + used, size - used, "%s%s", used > 0 ? "." : "",
                          node->name);
    }
    return used + (length > 0 ? (size_t)length : 0);
}

char *
iss_node_path(const struct iss_node *node, char *buffer, size_t size)
{
    buffer[0] = '\0';
    put_path(node, buffer, size, 0);
    return buffer;
}

const char *
iss_node_type_name(enum iss_node_type type)
{
    switch (type) {
    case ISS_NODE_GROUP:
        return "a group";
    case ISS_NODE_LIST:
        return "a list";
    case ISS_NODE_ARRAY:
        return "an array";
    case ISS_NODE_INT:
        return "an integer";
    case ISS_NODE_REAL:
        return "a real number";
    case ISS_NODE_BOOL:
        return "a boolean";
    case ISS_NODE_TEXT:
        return "a text";
    }
    return "";
}

/* Make room for a point: "1e+20" is 1.0e+20, "3" is 3.0. */
static void
add_point(char buffer[ISS_REAL_TEXT])
{
    char *exponent = strchr(buffer, 'e');
    char tail[ISS_REAL_TEXT] = "";

    if (strchr(buffer, '.') != NULL) {
        return;
    }
    if (exponent != NULL) {
        snprintf(tail, sizeof(tail), "%s", exponent);
        *exponent = '\0';
    }
    snprintf(buffer + strlen(buffer), ISS_REAL_TEXT - strlen(buffer), ".0%s", tail);
}

char *
iss_real_format(double value, char buffer[ISS_REAL_TEXT])
{
    struct iss_c_locale previous = iss_c_locale_enter();

    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, ISS_REAL_TEXT, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value) {
            break;
        }
    }
    iss_c_locale_leave(previous);
    add_point(buffer);
    return buffer;
}

static void
show_text(const char *text, char *buffer, size_t size)
{
    size_t shown = strlen(text);
    bool cut = shown > SHOWN_MAX;

    if (cut) {
        shown = SHOWN_MAX;
        while (shown > 0 && ((unsigned char)text[shown] & 0xC0) == 0x80) {
            shown--; /* not in the middle of a UTF-8 character */
        }
    }
    snprintf(buffer, size, "\"%.*s%s\"", (int)shown, text, cut ? "..." : "");
    for (char *c = buffer; *c != '\0'; c++) {
        *c = (unsigned char)*c < ' ' ? ' ' : *c; /* a message is one line */
    }
}

char *
iss_node_value(const struct iss_node *node, char *buffer, size_t size)
{
    char real[ISS_REAL_TEXT];

    switch (node->type) {
    case ISS_NODE_INT:
        snprintf(buffer, size, "%" PRId64, node->value.integer);
        break;
    case ISS_NODE_REAL:
        snprintf(buffer, size, "%s", iss_real_format(node->value.real, real));
        break;
    case ISS_NODE_BOOL:
        snprintf(buffer, size, "%s", node->value.boolean ? "true" : "false");
        break;
    case ISS_NODE_TEXT:
        show_text(node->value.text, buffer, size);
        break;
    default:
        snprintf(buffer, size, "%s", iss_node_type_name(node->type));
    }
    return buffer;
}
