/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * input.c - find a scenario, load it, and tell what is wrong with it.
 *
 * The library of shipped scenarios is the folder $ISSSIM_LIBRARY, else the one fixed
 * when the program was built, else the scenario's own.
 */
#include "cli/input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "isssim/status.h"
#include "observe/gauges.h"
#include "study/plan.h"

static bool
is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

const char *
iss_input_library(void)
{
    const char *named = getenv("ISSSIM_LIBRARY");

    if (named != NULL && *named != '\0') {
        if (!is_folder(named)) {
            iss_cli_complain("warning: ISSSIM_LIBRARY: %s is not a folder", named);
        }
        return named;
    }
    return is_folder(ISSSIM_DATA_DIR) ? ISSSIM_DATA_DIR : NULL;
}

static char *
join(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL) {
        snprintf(path, size, "%s/%s", folder, name);
    }
    return path;
}

static char *
folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return strdup(".");
    }
    return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

/* The path to open: as given, or in the library; NULL without memory. */
static char *
find_scenario(const char *given, const char *library)
{
    if (*given == '/' || *given == '\0' || library == NULL ||
        access(given, F_OK) == 0 || errno != ENOENT) {
        return strdup(given);
    }
    char *shipped = join(library, given);
    if (shipped != NULL && access(shipped, F_OK) == 0) {
        iss_cli_complain("%s isn't here; taking the shipped %s", given, shipped);
        return shipped;
    }
    free(shipped);
    return strdup(given);
}

static void
print_problems(const struct iss_diag *diag)
{
    size_t errors = 0, warnings = 0;

    for (size_t i = 0; i < diag->kept; i++) {
        bool warning = diag->entries[i].severity == ISS_WARNING;
        fprintf(stderr, "%s%s\n", warning ? "warning: " : "", diag->entries[i].text);
        errors += !warning;
        warnings += warning;
    }
    if (diag->errors > errors) {
        fprintf(stderr, "... and %zu more errors\n", diag->errors - errors);
    }
    if (diag->warnings > warnings) {
        fprintf(stderr, "... and %zu more warnings\n", diag->warnings - warnings);
    }
}

int
iss_input_load(const struct iss_arguments *arguments, struct iss_input *input)
{
    const char *library = iss_input_library();
    struct iss_diag diag = {0};
    int status = ISS_ERR_NO_MEMORY;

    *input = (struct iss_input){.path = find_scenario(arguments->operand, library)};
    char *folder = input->path ? folder_of(input->path) : NULL;
    if (folder != NULL) {
        struct iss_model_options options = {
            .library = library ? library : folder,
            .overrides = arguments->sets,
            .override_count = arguments->set_count,
        };
        status = iss_model_load(input->path, &options, &diag, &input->model);
        if (status == ISS_OK) {
            status = iss_plan_check(input->model, &diag);
        }
        if (status == ISS_OK) {
            status = iss_metrics_check(input->model, &diag);
        }
    }
    print_problems(&diag);
    if (status != ISS_OK && (diag.errors == 0 || status == ISS_ERR_NO_MEMORY)) {
        iss_cli_complain("%s: %s", arguments->operand, iss_status_text(status));
    }
    free(folder);
    iss_diag_clear(&diag);
    if (status != ISS_OK) {
        iss_input_clear(input);
    }
    return iss_status_exit_code(status);
}

void
iss_input_clear(struct iss_input *input)
{
    iss_model_free(input->model);
    free(input->path);
    *input = (struct iss_input){0};
}
