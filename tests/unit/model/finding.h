/* SPDX-License-Identifier: GPL-3.0-or-later */
/* finding.h - what the checks of a model find wrong with the outpost. */
#ifndef ISS_TESTS_UNIT_MODEL_FINDING_H
#define ISS_TESTS_UNIT_MODEL_FINDING_H

#include "unit/outpost.h"

/* The first of the entries that is no warning. */
static inline const char *
first_error(const struct iss_diag *diag)
{
    for (size_t i = 0; i < diag->kept; i++) {
        if (diag->entries[i].severity == ISS_ERROR) {
            return diag->entries[i].text;
        }
    }
    return "nothing";
}

/* The one thing wrong with the outpost and `sets` is `message`; NULL: nothing is. */
static inline void
assert_finding(const char *message, const char *const *sets)
{
    struct outpost outpost;

    outpost_load(&outpost, outpost_text, sets);
    const char *got = first_error(&outpost.diag);
    if (outpost.diag.errors != (message != NULL) ||
        (message != NULL && strstr(got, message) == NULL)) {
        fail_msg("%zu errors\nexpected: %s\ngot:      %s", outpost.diag.errors,
                 message ? message : "nothing", got);
    }
    assert_int_equal(outpost.status, message ? ISS_ERR_SCENARIO : ISS_OK);
    outpost_clear(&outpost);
}

/* The first warning about the outpost with `sets`, which has no error. */
static inline void
assert_first_warning(const char *message, const char *const *sets)
{
    struct outpost outpost;

    outpost_load(&outpost, outpost_text, sets);
    assert_int_equal(outpost.status, ISS_OK);
    assert_true(outpost.diag.kept > 0);
    if (strstr(outpost.diag.entries[0].text, message) == NULL) {
        fail_msg("expected: %s\ngot:      %s", message, outpost.diag.entries[0].text);
    }
    outpost_clear(&outpost);
}

#endif
