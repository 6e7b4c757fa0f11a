/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fixture.h - a temporary folder for scenarios, and a load of one of them.
 *
 * The test runs inside the folder, so that messages begin with bare file names.
 */
#ifndef SCENARIO_FIXTURE_H
#define SCENARIO_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/diag.h"
#include "isssim/status.h"
#include "scenario/tree.h"

struct fixture {
    char folder[64];
    struct iss_source source;
    struct iss_diag diag;
    const char *library;
    int status;
};

static inline int
fixture_setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));

    assert_non_null(f);
    snprintf(f->folder, sizeof(f->folder), "/tmp/iss_scenario_XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    assert_int_equal(chdir(f->folder), 0);
    *state = f;
    return 0;
}

static inline int
fixture_teardown(void **state)
{
    struct fixture *f = *state;
    char command[128];

    iss_source_clear(&f->source);
    iss_diag_clear(&f->diag);
    assert_int_equal(chdir("/"), 0);
    snprintf(command, sizeof(command), "rm -rf %s", f->folder);
    assert_int_equal(system(command), 0);
    free(f);
    return 0;
}

static inline void
fixture_write_bytes(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static inline void
fixture_write(const char *path, const char *text)
{
    fixture_write_bytes(path, text, strlen(text));
}

static inline bool
fixture_is_value(const struct iss_node *group)
{
    return iss_node_child(group, "dist") != NULL;
}

/* Load `path` with `count` overrides; the result is in the fixture. */
static inline int
fixture_load_set(struct fixture *f, const char *path, const char *const *overrides,
                 size_t count)
{
    const struct iss_source_options options = {f->library, overrides, count,
                                               fixture_is_value};

    iss_source_clear(&f->source);
    iss_diag_clear(&f->diag);
    f->status = iss_source_load(&f->source, path, &options, &f->diag);
    iss_diag_sort(&f->diag);
    return f->status;
}

static inline int
fixture_load(struct fixture *f, const char *path)
{
    return fixture_load_set(f, path, NULL, 0);
}

/* Load `text` as the file s.cfg. */
static inline int
fixture_load_text(struct fixture *f, const char *text)
{
    fixture_write("s.cfg", text);
    return fixture_load(f, "s.cfg");
}

/* The tree as text; the caller frees it. */
static inline char *
fixture_print(struct fixture *f)
{
    char *text;

    if (f->status != ISS_OK) {
        fail_msg("not loaded: %s", f->diag.kept > 0 ? f->diag.entries[0].text : "?");
    }
    text = iss_node_print(f->source.root);
    assert_non_null(text);
    return text;
}

static inline void
fixture_expect_print(struct fixture *f, const char *expected)
{
    char *text = fixture_print(f);

    assert_string_equal(text, expected);
    free(text);
}

/* There is exactly this one error, and the load failed. */
static inline void
fixture_expect_message(struct fixture *f, const char *expected)
{
    assert_int_equal(f->status, ISS_ERR_SCENARIO);
    assert_int_equal(f->diag.errors, 1);
    assert_string_equal(f->diag.entries[0].text, expected);
}

/* Likewise, and nothing is left. */
static inline void
fixture_expect_error(struct fixture *f, const char *expected)
{
    fixture_expect_message(f, expected);
    assert_null(f->source.root);
}

/* The node at "a.b.c" of a loaded scenario. */
static inline const struct iss_node *
fixture_node(const struct fixture *f, const char *path)
{
    const struct iss_node *node = f->source.root;

    assert_int_equal(f->status, ISS_OK);
    while (node != NULL && *path != '\0') {
        size_t length = strcspn(path, ".");
        char name[64];

        snprintf(name, sizeof(name), "%.*s", (int)length, path);
        node = iss_node_child(node, name);
        path += length + (path[length] == '.');
    }
    assert_non_null(node);
    return node;
}

#define SCENARIO_TEST(test)                                                            \
    cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

#endif
