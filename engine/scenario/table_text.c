/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * table_text.c - one field after the other, without copying any.
 */
#include "scenario/table_text.h"

#include <string.h>

#define BLANKS "\t\f "

bool
iss_table_text_row(struct iss_table_text *table)
{
    for (;;) {
        size_t length = table->at[0] == '#' ? strcspn(table->at, "\n")
                                            : strspn(table->at, BLANKS "\r");

        if (table->at[length] != '\n') {
            return table->at[length] != '\0';
        }
        table->at += length + 1;
        table->line++;
    }
}

/* Read on behind the opening quote; the field ends before the closing one. */
static void
read_quoted(struct iss_table_text *table, struct iss_field *field)
{
    const char *end = table->at + 1;

    field->text = end;
    while (*end != '\0' && (*end != '"' || end[1] == '"')) {
        table->line += *end == '\n';
        end += *end == '"' ? 2 : 1;
    }
    field->length = (size_t)(end - field->text);
    field->broken = *end == '\0';
    table->at = end + (*end == '"');
}

struct iss_field
iss_table_text_field(struct iss_table_text *table)
{
    struct iss_field field = {.line = table->line};

    table->at += strspn(table->at, BLANKS);
    if (*table->at == '"') {
        read_quoted(table, &field);
    } else {
        field.text = table->at;
        table->at += strcspn(table->at, ",\r\n");
        field.length = (size_t)(table->at - field.text);
        while (field.length > 0 && strchr(BLANKS, field.text[field.length - 1])) {
            field.length--;
        }
    }
    table->at += strspn(table->at, BLANKS "\r");
    field.last = *table->at != ',';
    field.broken = field.broken || strchr(",\n", *table->at) == NULL;
    if (field.broken && *table->at != '\0') {
        table->at += strcspn(table->at, "\n");
        field.last = true;
    }
    table->line += *table->at == '\n';
    table->at += *table->at != '\0';
    return field;
}
