/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * print.c - the tree as text again, in one form: sorted by nothing, indented by four,
 * one setting a line; arrays, lists, their groups and distributions share a line if
 * they fit.
 */
#include "scenario/tree.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/node.h"

#define COLUMNS 88
#define INDENT  4
#define REMARKS 48 /* the column from which remarks stand, behind short lines */

/* A growing text; once it has failed it stays so and takes nothing. */
struct text {
    char *bytes;
    size_t size, room;
    size_t line; /* where the last line begins */
    bool failed;
    const struct iss_node_remarks *remarks; /* NULL: none */
    const struct iss_node *remarked;        /* whose remark ends this line; or NULL */
};

static void
put(struct text *text, const char *bytes, size_t size)
{
    size_t room = text->room == 0 ? 1024 : text->room;
    char *grown;

    while (room < text->size + size + 1) {
        room *= 2;
    }
    if (room != text->room && !text->failed) {
        grown = realloc(text->bytes, room);
        text->failed = grown == NULL;
        text->bytes = text->failed ? text->bytes : grown;
        text->room = text->failed ? text->room : room;
    }
    if (!text->failed) {
        memcpy(text->bytes + text->size, bytes, size);
        text->size += size;
        text->bytes[text->size] = '\0';
    }
}

static void
put_word(struct text *text, const char *word)
{
    put(text, word, strlen(word));
}

/* The remark on the setting that this line begins, up to a line break of its own: what
 * came behind one would be no comment. */
static void
put_remark(struct text *text)
{
    char remark[512] = "";
    size_t columns = text->size - text->line;

    if (text->remarks == NULL || text->remarked == NULL) {
        return;
    }
    text->remarks->say(text->remarks->context, text->remarked, remark, sizeof(remark));
    text->remarked = NULL;
    remark[strcspn(remark, "\n\r\f\v")] = '\0';
    if (remark[0] != '\0') {
        do {
            put(text, " ", 1);
        } while (++columns < REMARKS);
        put_word(text, " # ");
        put_word(text, remark);
    }
}

static void
put_line(struct text *text, int level)
{
    put_remark(text);
    put(text, "\n", 1);
    text->line = text->size;
    for (int i = 0; i < INDENT * level; i++) {
        put(text, " ", 1);
    }
}

/* As libconfig reads it; other control characters as \xHH. */
static void
put_quoted(struct text *text, const char *value)
{
    static const char special[] = "\"\\\n\r\t\f";
    static const char letter[] = "\"\\nrtf";

    put(text, "\"", 1);
    for (const char *c = value; *c != '\0'; c++) {
        const char *found = strchr(special, *c);
        char escape[8];

        if (found != NULL) {
            snprintf(escape, sizeof(escape), "\\%c", letter[found - special]);
            put_word(text, escape);
        } else if ((unsigned char)*c < ' ' || *c == 0x7F) {
            snprintf(escape, sizeof(escape), "\\x%02X", (unsigned int)*c);
            put_word(text, escape);
        } else {
            put(text, c, 1);
        }
    }
    put(text, "\"", 1);
}

static bool
is_wide(const struct iss_node *node)
{
    return node->type == ISS_NODE_INT &&
           (node->value.integer > INT32_MAX || node->value.integer < INT32_MIN);
}

/* Members of an array are all wide or none is. */
static bool
needs_long(const struct iss_node *node)
{
    const struct iss_node *parent = node->parent;

    if (parent == NULL || parent->type != ISS_NODE_ARRAY) {
        return is_wide(node);
    }
    for (const struct iss_node *sibling = parent->first; sibling != NULL;
         sibling = sibling->next) {
        if (is_wide(sibling)) {
            return true;
        }
    }
    return false;
}

static void
put_scalar(struct text *text, const struct iss_node *node, bool wide)
{
    char number[ISS_REAL_TEXT];

    switch (node->type) {
    case ISS_NODE_INT:
        snprintf(number, sizeof(number), "%" PRId64 "%s", node->value.integer,
                 wide ? "L" : "");
        put_word(text, number);
        break;
    case ISS_NODE_REAL:
        put_word(text, iss_real_format(node->value.real, number));
        break;
    case ISS_NODE_BOOL:
        put_word(text, node->value.boolean ? "true" : "false");
        break;
    default:
        put_quoted(text, node->value.text);
    }
}

static const char *
opening(const struct iss_node *node)
{
    return node->type == ISS_NODE_GROUP ? "{" : node->type == ISS_NODE_LIST ? "(" : "[";
}

static const char *
closing(const struct iss_node *node)
{
    return node->type == ISS_NODE_GROUP ? "}" : node->type == ISS_NODE_LIST ? ")" : "]";
}

static bool
is_scalar(const struct iss_node *node)
{
    return node->type >= ISS_NODE_INT;
}

/* Whether a group is one value: a distribution, or what is around an uncertain one. */
static bool
is_one_value(const struct iss_node *group)
{
    return iss_node_child(group, "dist") != NULL ||
           iss_node_child(group, "uncertain") != NULL;
}

/* Whether the value may share a line: a named group only when it's a distribution. */
static bool
may_share_line(const struct iss_node *node)
{
    if (node->type == ISS_NODE_GROUP && node->name != NULL && node->count > 0 &&
        !is_one_value(node)) {
        return false;
    }
    if (!is_scalar(node)) {
        for (const struct iss_node *child = node->first; child != NULL;
             child = child->next) {
            if (!may_share_line(child)) {
                return false;
            }
        }
    }
    return true;
}

static void
put_shared(struct text *text, const struct iss_node *node, bool wide)
{
    bool group = node->type == ISS_NODE_GROUP;
    bool wide_members = node->first != NULL && needs_long(node->first);

    if (is_scalar(node)) {
        put_scalar(text, node, wide);
        return;
    }
    put_word(text, opening(node));
    for (const struct iss_node *child = node->first; child != NULL;
         child = child->next) {
        put(text, " ", 1);
        if (group) {
            put_word(text, child->name);
            put_word(text, " = ");
        }
        put_shared(text, child,
                   node->type == ISS_NODE_ARRAY ? wide_members : is_wide(child));
        if (group || child->next != NULL) {
            put(text, group ? ";" : ",", 1);
        }
        /* A line that is too long is thrown away: no need to finish it. */
        if (text->size - text->line > COLUMNS) {
            return;
        }
    }
    put(text, " ", 1);
    put_word(text, closing(node));
}

/* A line that begins a setting may have a remark; but a plain group's settings have
 * their own. */
static void
remark_on(struct text *text, const struct iss_node *node)
{
    bool plain = node->type == ISS_NODE_GROUP && node->count > 0 && !is_one_value(node);

    text->remarked = plain ? NULL : node;
}

static void put_value(struct text *text, const struct iss_node *node, int level,
                      bool wide);

static void
put_children(struct text *text, const struct iss_node *node, int level)
{
    bool group = node->type == ISS_NODE_GROUP;
    bool wide_members = node->first != NULL && needs_long(node->first);

    for (const struct iss_node *child = node->first; child != NULL;
         child = child->next) {
        put_line(text, level);
        if (group) {
            remark_on(text, child);
            put_word(text, child->name);
            put_word(text, " = ");
        }
        put_value(text, child, level,
                  node->type == ISS_NODE_ARRAY ? wide_members : is_wide(child));
        if (group || child->next != NULL) {
            put(text, group ? ";" : ",", 1);
        }
    }
}

/* On this line if it may and fits (with its separator), else in a block. */
static void
put_value(struct text *text, const struct iss_node *node, int level, bool wide)
{
    size_t begin = text->size;

    if (is_scalar(node)) {
        put_scalar(text, node, wide);
        return;
    }
    if (may_share_line(node)) {
        put_shared(text, node, wide);
        if (text->size - text->line < COLUMNS || node->first == NULL) {
            return;
        }
        text->size = begin;
    }
    put_word(text, opening(node));
    put_children(text, node, level + 1);
    put_line(text, level);
    put_word(text, closing(node));
}

/* A file: no brackets, a blank line before each group. */
static void
put_root(struct text *text, const struct iss_node *root)
{
    for (const struct iss_node *child = root->first; child != NULL;
         child = child->next) {
        if (child->type == ISS_NODE_GROUP && child != root->first) {
            put(text, "\n", 1);
        }
        text->line = text->size;
        remark_on(text, child);
        put_word(text, child->name);
        put_word(text, " = ");
        put_value(text, child, 0, is_wide(child));
        put(text, ";", 1);
        put_remark(text);
        put(text, "\n", 1);
    }
}

char *
iss_node_print(const struct iss_node *root)
{
    return iss_node_print_remarked(root, NULL);
}

char *
iss_node_print_remarked(const struct iss_node *root,
                        const struct iss_node_remarks *remarks)
{
    struct text text = {.remarks = remarks};

    put(&text, "", 0);
    if (root->type == ISS_NODE_GROUP && root->parent == NULL) {
        put_root(&text, root);
    } else {
        if (root->name != NULL) {
            put_word(&text, root->name);
            put_word(&text, " = ");
        }
        put_value(&text, root, 0, needs_long(root));
        put_word(&text, root->name != NULL ? ";\n" : "\n");
    }
    if (text.failed) {
        free(text.bytes);
        return NULL;
    }
    return text.bytes;
}
