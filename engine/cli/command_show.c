/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command_show.c - `isssim show`: the scenario as the model sees it, every layer
 * merged, with the place where each value was written; or how it differs from another
 * one.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/version.h"
#include "cli/cli.h"
#include "cli/settings.h"
#include "cli/show_diff.h"
#include "cli/term.h"
#include "isssim/status.h"

struct showing {
    const struct iss_input *input;
    bool all; /* places of the main file's own values too */
    json_t *settings;
};

static void
say_place(void *context, const struct iss_node *value, char *remark, size_t size)
{
    const struct showing *showing = context;
    char place[ISS_SETTINGS_PLACE];

    if (showing->all || !iss_setting_is_own(showing->input, value)) {
        snprintf(remark, size, "%s", iss_setting_place(showing->input, value, place));
    }
}

/* To a terminal cleaned; else as it is, to be loaded again. */
static void
put_text(const char *text)
{
    struct iss_term term;

    if (!isatty(STDOUT_FILENO)) {
        fputs(text, stdout);
        return;
    }
    iss_term_init(&term, stdout);
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        char *line = strndup(text, length);
        iss_term_put(&term, ISS_PLAIN, line ? line : "?");
        fputc('\n', stdout);
        free(line);
        text += length + (text[length] == '\n');
    }
}

static int
show_text(struct showing *showing)
{
    const struct iss_model *model = showing->input->model;
    const struct iss_node_remarks remarks = {showing, say_place};
    char *text = iss_node_print_remarked(model->source.root, &remarks);
    const char *slash = strrchr(showing->input->path, '/');

    if (text == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    char *name = strdup(slash ? slash + 1 : showing->input->path);
    for (char *c = name; c != NULL && *c != '\0'; c++) {
        *c = *c < ' ' || *c > '~' ? '?' : *c; /* it must stay a comment */
    }
    printf("# %s with all its layers, by isssim %s\n# model %s\n\n", name ? name : "?",
           ISS_VERSION, model->hash);
    put_text(text);
    free(name);
    free(text);
    return ISS_OK;
}

static bool
add_setting(void *context, const struct iss_node *value)
{
    struct showing *showing = context;
    return json_array_append_new(showing->settings,
                                 iss_setting_json(showing->input, value, true)) == 0;
}

static int
show_json(struct showing *showing)
{
    const struct iss_model *model = showing->input->model;

    showing->settings = json_array();
    bool complete = iss_settings_visit(model->source.root, showing, add_setting);
    json_t *json = json_pack("{s:s, s:s, s:O}", "scenario", showing->input->path,
                             "model", model->hash, "settings", showing->settings);
    if (json != NULL && complete) {
        json_dumpf(json, stdout, JSON_INDENT(2));
        fputc('\n', stdout);
    }
    json_decref(json);
    json_decref(showing->settings);
    return json != NULL && complete ? ISS_OK : ISS_ERR_NO_MEMORY;
}

static int
show_difference(const struct iss_arguments *arguments, const struct iss_input *input)
{
    const struct iss_arguments another = {.operand =
                                              arguments->values[ISS_OPTION_diff]};
    struct iss_input other;
    int code = iss_input_load(&another, &other);

    if (code != 0) {
        return code;
    }
    int status = arguments->given[ISS_OPTION_json]
                     ? iss_show_difference_json(stdout, input, &other)
                     : iss_show_difference(stdout, input, &other);
    iss_input_clear(&other);
    if (status != ISS_OK) {
        iss_cli_complain("%s", iss_status_text(status));
        return iss_status_exit_code(status);
    }
    return iss_cli_flush();
}

int
iss_command_show(const struct iss_arguments *arguments)
{
    struct iss_input input;
    int code = iss_input_load(arguments, &input);

    if (code != 0) {
        return code;
    }
    if (arguments->given[ISS_OPTION_diff]) {
        code = show_difference(arguments, &input);
        iss_input_clear(&input);
        return code;
    }
    struct showing showing = {.input = &input,
                              .all = arguments->given[ISS_OPTION_origin]};
    int status =
        arguments->given[ISS_OPTION_json] ? show_json(&showing) : show_text(&showing);
    iss_input_clear(&input);
    if (status != ISS_OK) {
        iss_cli_complain("%s", iss_status_text(status));
        return iss_status_exit_code(status);
    }
    return iss_cli_flush();
}
