/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/c_locale.h - read and write numbers with a decimal point, whatever locale
 * the host program has set: strtod() reads 1.5 as 1 in a German one.
 */
#ifndef ISS_SCENARIO_C_LOCALE_H
#define ISS_SCENARIO_C_LOCALE_H

#include <locale.h>

struct iss_c_locale {
    locale_t own, before; /* own is 0 when there was no memory: nothing is switched */
};

/** Switch this thread's numbers to the C locale until iss_c_locale_leave(). */
static inline struct iss_c_locale
iss_c_locale_enter(void)
{
    struct iss_c_locale state = {newlocale(LC_NUMERIC_MASK, "C", (locale_t)0),
                                 (locale_t)0};

    if (state.own != (locale_t)0) {
        state.before = uselocale(state.own);
    }
    return state;
}

/** Switch back, also after somebody else has switched in between: libconfig leaves the
 *  thread with the process's locale. */
static inline void
iss_c_locale_leave(struct iss_c_locale state)
{
    if (state.own != (locale_t)0) {
        uselocale(state.before);
        freelocale(state.own);
    }
}

#endif
