/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * getters.c - nodes to C values, or a message that says what to write instead.
 */
#include "scenario/tree.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "scenario/c_locale.h"

#define PATH_SIZE 512
#define GOT_SIZE  96

/* Report "must be <what>; got <value><rest>". */
static bool
refuse(const struct iss_node *node, struct iss_diag *diag, const char *problem,
       const char *rest)
{
    char path[PATH_SIZE], got[GOT_SIZE];

    if (iss_diag_is_full(diag)) {
        iss_diag_error(diag, node->origin, "", "%s", problem);
        return false;
    }
    iss_diag_error(diag, node->origin, iss_node_path(node, path, sizeof(path)),
                   "%s; got %s%s", problem, iss_node_value(node, got, sizeof(got)),
                   rest);
    return false;
}

/* Bytes of the number that `text` begins with, 0 for none. */
static size_t
number_length(const char *text)
{
    static const char digits[] = "0123456789";
    size_t sign = text[0] == '-' || text[0] == '+';
    size_t whole = strspn(text + sign, digits);
    size_t length = sign + whole;
    size_t fraction = 0;

    if (text[length] == '.') {
        fraction = strspn(text + length + 1, digits);
        length += 1 + fraction;
    }
    if (whole + fraction == 0) {
        return 0;
    }
    if (text[length] == 'e' || text[length] == 'E') {
        size_t mark = text[length + 1] == '-' || text[length + 1] == '+' ? 2 : 1;
        size_t exponent = strspn(text + length + mark, digits);

        length += exponent > 0 ? mark + exponent : 0;
    }
    return length;
}

/* Whether `text` is a number and nothing else: one that needs no quotes. */
static bool
is_quoted_number(const char *text)
{
    size_t length = number_length(text);

    return length > 0 && text[length] == '\0';
}

bool
iss_node_int(const struct iss_node *node, int64_t *value, struct iss_diag *diag)
{
    if (node->type == ISS_NODE_TEXT && is_quoted_number(node->value.text)) {
        return refuse(node, diag, "must be an integer",
                      "; hint: write it without quotes");
    }
    if (node->type != ISS_NODE_INT) {
        return refuse(node, diag, "must be an integer", "");
    }
    *value = node->value.integer;
    return true;
}

bool
iss_node_bool(const struct iss_node *node, bool *value, struct iss_diag *diag)
{
    if (node->type != ISS_NODE_BOOL) {
        return refuse(node, diag, "must be a boolean",
                      "; allowed true or false, without quotes");
    }
    *value = node->value.boolean;
    return true;
}

bool
iss_node_text(const struct iss_node *node, const char **value, struct iss_diag *diag)
{
    if (node->type != ISS_NODE_TEXT) {
        bool scalar = node->type == ISS_NODE_INT || node->type == ISS_NODE_REAL ||
                      node->type == ISS_NODE_BOOL;

        return refuse(node, diag, "must be a text",
                      scalar ? "; hint: write it in quotes" : "");
    }
    *value = node->value.text;
    return true;
}

/* Say what is wrong with a text whose unit `unit` isn't one of `dimension`. */
static bool
refuse_unit(const struct iss_node *node, enum iss_dimension dimension, const char *unit,
            size_t length, struct iss_diag *diag)
{
    int other = iss_unit_dimension(unit, length);
    char problem[192], rest[192];

    snprintf(rest, sizeof(rest), "; allowed %s%s",
             dimension == ISS_DIM_NONE ? "a bare number or " : "",
             iss_unit_names(dimension));
    if (length == 0) {
        snprintf(rest, sizeof(rest), "; hint: write it without quotes%s%s",
                 dimension == ISS_DIM_NONE ? "" : ", or with its unit: ",
                 dimension == ISS_DIM_NONE ? "" : iss_unit_names(dimension));
        return refuse(node, diag, "must be a number", rest);
    }
    if (unit[0] == ',' && strspn(unit + 1, "0123456789") > 0) {
        return refuse(node, diag, "must be a number",
                      "; hint: the decimal sign is a point, as in 1.5");
    }
    if (other >= 0) {
        snprintf(problem, sizeof(problem), "must be %s, not %s",
                 iss_dimension_name(dimension),
                 iss_dimension_name((enum iss_dimension)other));
        return refuse(node, diag, problem, rest);
    }
    snprintf(problem, sizeof(problem), "has an unknown unit %.*s",
             length < 32 ? (int)length : 32, unit);
    return refuse(node, diag, problem, rest);
}

/* "90 d", "1.5t", "0.5 %". */
static bool
read_quantity_text(const struct iss_node *node, enum iss_dimension dimension,
                   double *value, struct iss_diag *diag)
{
    const char *text = node->value.text + strspn(node->value.text, " \t");
    size_t digits = number_length(text);
    const char *unit = text + digits + strspn(text + digits, " \t");
    size_t length = strlen(unit);
    struct iss_c_locale previous;
    double number;

    while (length > 0 && (unit[length - 1] == ' ' || unit[length - 1] == '\t')) {
        length--;
    }
    if (digits == 0) {
        return refuse(node, diag, "must be a number", "");
    }
    if (length == 0) {
        return refuse_unit(node, dimension, unit, length, diag);
    }
    previous = iss_c_locale_enter();
    number = strtod(text, NULL);
    iss_c_locale_leave(previous);
    if (!iss_unit_convert(dimension, unit, length, number, value)) {
        return refuse_unit(node, dimension, unit, length, diag);
    }
    return true;
}

bool
iss_node_quantity(const struct iss_node *node, enum iss_dimension dimension,
                  const char *unit, double *value, struct iss_diag *diag)
{
    double number, result;

    if (node->type == ISS_NODE_TEXT) {
        if (!read_quantity_text(node, dimension, &result, diag)) {
            return false;
        }
    } else if (node->type == ISS_NODE_INT || node->type == ISS_NODE_REAL) {
        number =
            node->type == ISS_NODE_INT ? (double)node->value.integer : node->value.real;
        result = number; /* a unit of no dimension, such as W, converts to itself */
        iss_unit_convert(dimension, unit, strlen(unit), number, &result);
    } else {
        return refuse(node, diag, "must be a number", "");
    }
    if (!isfinite(result)) {
        return refuse(node, diag, "must be a finite number", "");
    }
    *value = result;
    return true;
}

bool
iss_node_date(const struct iss_node *node, int64_t *us, struct iss_diag *diag)
{
    int64_t parsed = 0;
    char rest[GOT_SIZE + 32];

    if (node->type != ISS_NODE_TEXT) {
        return refuse(node, diag, "must be a date in quotes, as in \"2022-12-15Z\"",
                      "");
    }
    switch (iss_civil_parse(node->value.text, &parsed)) {
    case ISS_CIVIL_OK:
        *us = parsed;
        return true;
    case ISS_CIVIL_NO_ZONE:
        snprintf(rest, sizeof(rest), "; hint: write \"%.40sZ\" (UTC)",
                 node->value.text);
        return refuse(node, diag, "has no time zone", rest);
    case ISS_CIVIL_NO_SUCH_DAY:
        return refuse(node, diag, "is no day of the calendar",
                      "; allowed 1900 to 2200");
    default:
        return refuse(node, diag, "must be a date",
                      "; allowed 2022-12-15Z or 2022-12-15T00:45Z");
    }
}
