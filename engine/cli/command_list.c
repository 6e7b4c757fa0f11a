/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command_list.c - `isssim list`: the shipped scenarios and what they ask.
 *
 * They are the *.cfg of the library's folder itself; what lies in folders below is for
 * building on.
 */
#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/input.h"
#include "cli/term.h"
#include "isssim/status.h"
#include "model/read.h"

struct listing {
    const char *folder;
    struct dirent **files;
    int count;
    int widest; /* name */
    struct iss_term term;
    json_t *json; /* NULL: told */
};

static int
is_scenario(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 4 &&
           strcmp(entry->d_name + length - 4, ".cfg") == 0;
}

/* A text of the group `scenario`, or "". */
static const char *
text_of(const struct iss_source *source, const char *name)
{
    const struct iss_node *node =
        iss_node_child(iss_node_child(source->root, "scenario"), name);
    return node != NULL && node->type == ISS_NODE_TEXT ? node->value.text : "";
}

static int
put_entry(struct listing *listing, const char *file, const char *title,
          const char *question)
{
    const struct iss_term *term = &listing->term;
    int column = listing->widest + 2;

    if (listing->json != NULL) {
        json_t *entry = json_pack("{s:s, s:s, s:s}", "file", file, "title", title,
                                  "question", question);
        return json_array_append_new(listing->json, entry) == 0 ? ISS_OK
                                                                : ISS_ERR_NO_MEMORY;
    }
    iss_term_put(term, ISS_BOLD, file);
    printf("%*s", column - iss_term_columns(file), "");
    iss_term_paragraph(term, column, title, ISS_PLAIN, "");
    if (*question != '\0') {
        printf("%*s", column, "");
        iss_term_paragraph(term, column, question, ISS_PLAIN, "");
    }
    return ISS_OK;
}

/* One that can't be read is told of, and the others are listed all the same. */
static int
list_one(struct listing *listing, const char *file)
{
    const struct iss_source_options options = {.library = listing->folder,
                                               .is_value = iss_model_is_value};
    struct iss_source source = {0};
    struct iss_diag diag = {0};
    size_t size = strlen(listing->folder) + strlen(file) + 2;
    char *path = malloc(size);
    int status = ISS_ERR_NO_MEMORY;

    if (path != NULL) {
        snprintf(path, size, "%s/%s", listing->folder, file);
        status = iss_source_load(&source, path, &options, &diag);
    }
    if (status == ISS_OK) {
        status = put_entry(listing, file, text_of(&source, "title"),
                           text_of(&source, "question"));
    } else {
        iss_cli_complain("%s can't be read; `isssim check %s` says why", file, file);
    }
    iss_source_clear(&source);
    iss_diag_clear(&diag);
    free(path);
    return status;
}

static int
list_all(struct listing *listing)
{
    int status = ISS_OK;

    for (int i = 0; i < listing->count; i++) {
        int columns = iss_term_columns(listing->files[i]->d_name);
        listing->widest = columns > listing->widest ? columns : listing->widest;
    }
    for (int i = 0; i < listing->count; i++) {
        int one = list_one(listing, listing->files[i]->d_name);
        status = one != ISS_OK ? one : status;
        free(listing->files[i]);
    }
    free(listing->files);
    return status;
}

int
iss_command_list(const struct iss_arguments *arguments)
{
    struct listing listing = {.folder = iss_input_library()};

    if (listing.folder != NULL) {
        listing.count = scandir(listing.folder, &listing.files, is_scenario, alphasort);
    }
    if (listing.folder == NULL || listing.count < 0) {
        iss_cli_complain("no shipped scenarios; ISSSIM_LIBRARY names their folder");
        return iss_status_exit_code(ISS_ERR_NO_INPUT);
    }
    iss_term_init(&listing.term, stdout);
    listing.json = arguments->given[ISS_OPTION_json] ? json_array() : NULL;
    int status = list_all(&listing);
    if (listing.json != NULL) {
        json_dumpf(listing.json, stdout, JSON_INDENT(2));
        fputc('\n', stdout);
        json_decref(listing.json);
    }
    int code = iss_cli_flush();
    return code != 0 ? code : iss_status_exit_code(status);
}
