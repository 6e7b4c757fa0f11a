/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * show_diff.c - finds the settings that differ, first in the order of the left
 * scenario, then those that only the right one has; told or as JSON.
 */
#include "cli/show_diff.h"

#include <stdlib.h>
#include <string.h>

#include "cli/reference.h"
#include "cli/settings.h"
#include "isssim/status.h"

struct difference {
    const struct iss_input *left, *right;
    size_t count;
    bool no_memory;
    /* Tells one: either value may be NULL.  False without memory. */
    bool (*tell)(struct difference *difference, const struct iss_node *left,
                 const struct iss_node *right);
    const struct iss_term *term;
    json_t *list;
};

/* ---- finding ------------------------------------------------------------------- */

static bool
found(struct difference *difference, const struct iss_node *left,
      const struct iss_node *right)
{
    difference->count++;
    difference->no_memory = !difference->tell(difference, left, right);
    return !difference->no_memory;
}

static bool
compare(void *context, const struct iss_node *left)
{
    struct difference *difference = context;
    const struct iss_node *right =
        iss_setting_in(difference->right->model->source.root, left);
    char *a = iss_setting_text(left);
    char *b = right != NULL ? iss_setting_text(right) : NULL;
    bool on = a != NULL && (b != NULL || right == NULL);

    difference->no_memory = !on;
    if (on && (b == NULL || strcmp(a, b) != 0)) {
        on = found(difference, left, right);
    }
    free(a);
    free(b);
    return on;
}

static bool
find_missing(void *context, const struct iss_node *right)
{
    struct difference *difference = context;
    const struct iss_node *root = difference->left->model->source.root;
    return iss_setting_in(root, right) != NULL || found(difference, NULL, right);
}

static int
find_all(struct difference *difference)
{
    iss_settings_visit(difference->left->model->source.root, difference, compare);
    if (!difference->no_memory) {
        iss_settings_visit(difference->right->model->source.root, difference,
                           find_missing);
    }
    return difference->no_memory ? ISS_ERR_NO_MEMORY : ISS_OK;
}

/* ---- telling ------------------------------------------------------------------- */

/* What a setting is that isn't given. */
static void
put_absent(const struct iss_term *term, enum iss_ink ink, const char *path)
{
    char text[ISS_REFERENCE_TEXT];
    struct iss_topic topic;

    iss_term_put(term, ink, "not given");
    if (iss_topic_find(path, &topic, text) == 0 && topic.kind == ISS_TOPIC_KEY &&
        topic.key->fallback != NULL && *topic.key->fallback != '\0') {
        fprintf(term->out, " (%s)", iss_reference_default(topic.key, text));
    }
    fputc('\n', term->out);
}

static bool
put_side(const struct iss_term *term, const char *sign, const struct iss_input *input,
         const struct iss_node *value, const char *path)
{
    enum iss_ink ink = *sign == '-' ? ISS_RED : ISS_GREEN;
    char place[ISS_SETTINGS_PLACE];

    fputs("  ", term->out);
    iss_term_put(term, ink, sign);
    fputc(' ', term->out);
    if (value == NULL) {
        put_absent(term, ISS_DIM, path);
        return true;
    }
    char *text = iss_setting_text(value);
    if (text != NULL) {
        iss_term_paragraph(term, 4, text, ISS_DIM,
                           iss_setting_place(input, value, place));
    }
    free(text);
    return text != NULL;
}

static bool
tell_text(struct difference *difference, const struct iss_node *left,
          const struct iss_node *right)
{
    char path[ISS_SETTINGS_PATH];

    iss_node_path(left ? left : right, path, sizeof path);
    iss_term_put(difference->term, ISS_BOLD, path);
    fputc('\n', difference->term->out);
    return put_side(difference->term, "-", difference->left, left, path) &&
           put_side(difference->term, "+", difference->right, right, path);
}

int
iss_show_difference(FILE *out, const struct iss_input *left,
                    const struct iss_input *right)
{
    struct iss_term term;
    struct difference difference = {
        .left = left, .right = right, .tell = tell_text, .term = &term};

    iss_term_init(&term, out);
    iss_term_put(&term, ISS_RED, "-");
    fputc(' ', out);
    iss_term_put(&term, ISS_PLAIN, left->path);
    fputs("   ", out);
    iss_term_put(&term, ISS_GREEN, "+");
    fputc(' ', out);
    iss_term_put(&term, ISS_PLAIN, right->path);
    fputs("\n\n", out);
    int status = find_all(&difference);
    if (status == ISS_OK && difference.count == 0) {
        fputs(strcmp(left->model->hash, right->model->hash) == 0
                  ? "no difference\n"
                  : "the same settings in another order\n",
              out);
    } else if (status == ISS_OK) {
        fprintf(out, "\n%zu setting%s\n", difference.count,
                difference.count == 1 ? " differs" : "s differ");
    }
    return status;
}

static bool
tell_json(struct difference *difference, const struct iss_node *left,
          const struct iss_node *right)
{
    char path[ISS_SETTINGS_PATH];
    json_t *a = left ? iss_setting_json(difference->left, left, false) : json_null();
    json_t *b = right ? iss_setting_json(difference->right, right, false) : json_null();

    iss_node_path(left ? left : right, path, sizeof path);
    /* `o` takes over a and b, also when it fails. */
    return json_array_append_new(
               difference->list,
               json_pack("{s:s, s:o, s:o}", "path", path, "left", a, "right", b)) == 0;
}

static json_t *
side_json(const struct iss_input *input)
{
    return json_pack("{s:s, s:s}", "scenario", input->path, "model",
                     input->model->hash);
}

int
iss_show_difference_json(FILE *out, const struct iss_input *left,
                         const struct iss_input *right)
{
    struct difference difference = {
        .left = left, .right = right, .tell = tell_json, .list = json_array()};
    int status = find_all(&difference);
    json_t *json = json_pack("{s:o, s:o, s:o}", "left", side_json(left), "right",
                             side_json(right), "differences", difference.list);

    if (status == ISS_OK && json != NULL) {
        json_dumpf(json, out, JSON_INDENT(2));
        fputc('\n', out);
    }
    status = json == NULL ? ISS_ERR_NO_MEMORY : status;
    json_decref(json);
    return status;
}
