/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command_report.c - `isssim report`: a finished file becomes a page, by the Python
 * package isssim.
 *
 *     is FILE a finished result? -> may OUT be written? -> become Python
 *
 * What can be said without Python is said without it, so that a wrong name or a file
 * cut short doesn't end in a traceback.  Python finds this program in $ISSSIM: it asks
 * it for the story.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/input.h"
#include "cli/result.h"
#include "isssim/status.h"
#include "store/store.h"
#include "store/study_read.h"

#define DEBIANS_PYTHON "/usr/bin/python3"

/* What is missing is named before anything is imported; modules that happen to lie in
 * the current folder are none of ours. */
static const char bootstrap[] =
    "import sys\n"
    "sys.path[:] = [folder for folder in sys.path if folder]\n"
    "from importlib.util import find_spec\n"
    "from runpy import run_module\n"
    "missing = [name for name in sys.argv.pop(1).split() if find_spec(name) is None]\n"
    "if missing:\n"
    "    sys.stderr.write('isssim: report needs Debian\\'s '\n"
    "        + ' '.join('python3-' + name for name in missing)\n"
    "        + ', or the same for ' + sys.executable + '\\n')\n"
    "    sys.exit(69)\n"
    "if find_spec('isssim') is None:\n"
    "    sys.stderr.write('isssim: the Python package isssim isn\\'t where it was '\n"
    "        'installed, nor on PYTHONPATH\\n')\n"
    "    sys.exit(69)\n"
    "run_module('isssim', run_name='__main__', alter_sys=True)\n";

/* ---- before ---------------------------------------------------------------------- */

static int
check_study(const char *path)
{
    struct iss_study_reader *reader = NULL;
    char message[512] = "";
    int status = iss_study_open(&reader, path, message, sizeof message);

    if (status != ISS_OK) {
        iss_cli_complain("%s", *message ? message : iss_status_text(status));
    } else if (!iss_study_facts(reader)->complete) {
        iss_cli_complain("%s: is incomplete; `isssim info` says how to go on with it",
                         path);
        status = ISS_ERR_FORMAT;
    }
    iss_study_close(reader);
    return iss_status_exit_code(status);
}

static int
check_input(const char *path)
{
    struct iss_result result;

    if (iss_study_is(path)) {
        return check_study(path);
    }
    int code = iss_result_load(&result, path);
    if (code == 0) {
        iss_result_clear(&result);
    }
    return code;
}

/* x.h5 becomes x.html, whatever lies before it. */
static const char *
default_output(struct iss_arena *arena, const char *path, const char *ending)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path,
               *dot = strrchr(name, '.');
    int length =
        (int)(dot != NULL && dot != name ? (size_t)(dot - path) : strlen(path));

    return iss_arena_printf(arena, "%.*s%s", length, path, ending);
}

static int
check_output(const struct iss_arguments *arguments, const char *output)
{
    const struct iss_store_options options = {
        .force = arguments->given[ISS_OPTION_force],
        .scenario_path = arguments->operand,
    };
    char message[512] = "";
    int status = iss_store_check(output, &options, message, sizeof message);

    if (status != ISS_OK) {
        iss_cli_complain("%s", *message ? message : iss_status_text(status));
    }
    return iss_status_exit_code(status);
}

/* ---- Python ---------------------------------------------------------------------- */

static bool
has_package(struct iss_arena *arena, const char *folder)
{
    const char *file = iss_arena_printf(arena, "%s/isssim/__init__.py", folder);
    return file != NULL && access(file, R_OK) == 0;
}

/* The folder of the shipped package: beside the scenarios, as in a clone or where both
 * were installed, or where it was to be installed; NULL when it's nowhere. */
static const char *
find_package(struct iss_arena *arena)
{
    const char *library = iss_input_library();
    const char *places[] = {
        library ? iss_arena_printf(arena, "%s/../analysis/python/src", library) : NULL,
        library ? iss_arena_printf(arena, "%s/../python", library) : NULL,
        ISSSIM_PACKAGE_DIR,
    };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (places[i] != NULL && has_package(arena, places[i])) {
            return places[i];
        }
    }
    return NULL;
}

/* Tell Python where the package is and where this program. */
static bool
set_surroundings(struct iss_arena *arena)
{
    const char *package = find_package(arena), *others = getenv("PYTHONPATH");
    char self[4096];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);

    if (length > 0) {
        self[length] = '\0';
        if (setenv("ISSSIM", self, 1) != 0) {
            return false;
        }
    }
    if (package == NULL) {
        return true;
    }
    const char *path = others != NULL && *others != '\0'
                           ? iss_arena_printf(arena, "%s:%s", package, others)
                           : package;
    return path != NULL && setenv("PYTHONPATH", path, 1) == 0;
}

static const char *
find_python(void)
{
    const char *named = getenv("ISSSIM_PYTHON");

    if (named != NULL && *named != '\0') {
        return named;
    }
    return access(DEBIANS_PYTHON, X_OK) == 0 ? DEBIANS_PYTHON : "python3";
}

/* What Python is started with. */
struct call {
    struct iss_arena arena;
    char *words[12]; /* NULL behind the last */
    int count;
    bool broken; /* memory ran out */
};

static void
add_word(struct call *call, const char *word)
{
    char *copy = iss_arena_strdup(&call->arena, word);
    call->broken = call->broken || copy == NULL;
    call->words[call->count++] = copy;
}

/* Comes back only when it fails; the exit code. */
static int
become_python(const struct iss_arguments *arguments, const char *output)
{
    bool page = arguments->given[ISS_OPTION_interactive];
    const char *python = find_python();
    struct call call = {.count = 0};
    const char *option = iss_arena_printf(&call.arena, "--output=%s", output);

    add_word(&call, python);
    add_word(&call, "-c");
    add_word(&call, bootstrap);
    add_word(&call, page ? "h5py" : "h5py pandas xarray matplotlib");
    add_word(&call, page ? "page" : "report");
    if (!page) {
        add_word(&call, "--force"); /* it was asked for, or there is no such file */
    }
    add_word(&call, option != NULL ? option : "");
    add_word(&call, "--");
    add_word(&call, arguments->operand);
    call.broken = call.broken || option == NULL;
    int code = iss_status_exit_code(call.broken ? ISS_ERR_NO_MEMORY : ISS_ERR_NEEDS);
    if (call.broken) {
        iss_cli_complain("%s", iss_status_text(ISS_ERR_NO_MEMORY));
    } else {
        execvp(python, call.words);
        iss_cli_complain(
            "report needs Python 3, Debian's python3, and %s can't be started: %s",
            python, strerror(errno));
    }
    iss_arena_clear(&call.arena);
    return code;
}

int
iss_command_report(const struct iss_arguments *arguments)
{
    struct iss_arena arena = {0};
    const char *output = arguments->values[ISS_OPTION_output];
    int code = check_input(arguments->operand);

    if (code == 0 && output == NULL) {
        output = default_output(&arena, arguments->operand,
                                arguments->given[ISS_OPTION_interactive] ? "-page.html"
                                                                         : ".html");
    }
    if (code == 0 && (output == NULL || !set_surroundings(&arena))) {
        iss_cli_complain("%s", iss_status_text(ISS_ERR_NO_MEMORY));
        code = iss_status_exit_code(ISS_ERR_NO_MEMORY);
    }
    code = code ? code : check_output(arguments, output);
    code = code ? code : become_python(arguments, output);
    iss_arena_clear(&arena);
    return code;
}
