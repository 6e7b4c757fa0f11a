/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/table_text.h - comma-separated values, field by field (RFC 4180).
 */
#ifndef ISS_SCENARIO_TABLE_TEXT_H
#define ISS_SCENARIO_TABLE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Where reading stands; begin with the text and line 1. */
struct iss_table_text {
    const char *at; /* the next field */
    int line;       /* on which it begins */
};

struct iss_field {
    const char *text; /* without quotes and surrounding blanks; "" within as written */
    size_t length;
    int line;
    bool last;   /* of its row */
    bool broken; /* quotes that don't close, or text behind them */
};

/** Skip blank lines and those that begin with #; false at the end of the text. */
bool iss_table_text_row(struct iss_table_text *table);

/** The next field of the row. */
struct iss_field iss_table_text_field(struct iss_table_text *table);

#endif
