/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/number.h - numbers as libconfig writes them, and what it would make of them.
 */
#ifndef ISS_SCENARIO_NUMBER_H
#define ISS_SCENARIO_NUMBER_H

#include <stddef.h>

enum iss_number_form {
    ISS_NUMBER_INT,   /* 12, -12, 0xC */
    ISS_NUMBER_INT64, /* 12L, 0xCL */
    ISS_NUMBER_REAL,  /* 1.2, .5, 1e6 */
    ISS_NUMBER_BAD    /* 63P, 2022-12-15Z, 1.2.3 */
};

struct iss_number {
    enum iss_number_form form;
    /* "" when libconfig reads the number as it stands; else, for a message, what is
     * wrong, what is allowed, and how to write it. */
    const char *problem;
    const char *allowed;
    char hint[64];
};

/** Classify the word `text`.  Needs the C locale's decimal point. */
void iss_number_read(struct iss_number *number, const char *text, size_t length);

#endif
