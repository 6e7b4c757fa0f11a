/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * units.c - one table of units.
 *
 * A unit is a fraction of its base unit, so that "7 %" and "36 h" convert with a single
 * rounding: 7 / 100 and 36 / 24, not 7 * 0.01.
 */
#include "base/units.h"

#include <string.h>

struct unit {
    enum iss_dimension dimension;
    const char *name;
    double numerator, denominator;
};

/* The pound is exact by international agreement (1959); a year is 365.25 d (Julian). */
static const struct unit units[] = {
    {ISS_DIM_NONE, "", 1, 1},          {ISS_DIM_NONE, "%", 1, 100},
    {ISS_DIM_TIME, "us", 1, 86400e6},  {ISS_DIM_TIME, "ms", 1, 86400e3},
    {ISS_DIM_TIME, "s", 1, 86400},     {ISS_DIM_TIME, "min", 1, 1440},
    {ISS_DIM_TIME, "h", 1, 24},        {ISS_DIM_TIME, "d", 1, 1},
    {ISS_DIM_TIME, "wk", 7, 1},        {ISS_DIM_TIME, "yr", 365.25, 1},
    {ISS_DIM_MASS, "g", 1, 1000},      {ISS_DIM_MASS, "kg", 1, 1},
    {ISS_DIM_MASS, "t", 1000, 1},      {ISS_DIM_MASS, "lb", 0.45359237, 1},
    {ISS_DIM_RATE, "/us", 86400e6, 1}, {ISS_DIM_RATE, "/ms", 86400e3, 1},
    {ISS_DIM_RATE, "/s", 86400, 1},    {ISS_DIM_RATE, "/min", 1440, 1},
    {ISS_DIM_RATE, "/h", 24, 1},       {ISS_DIM_RATE, "/d", 1, 1},
    {ISS_DIM_RATE, "/wk", 1, 7},       {ISS_DIM_RATE, "/yr", 1, 365.25},
    {ISS_DIM_LENGTH, "m", 1, 1000},    {ISS_DIM_LENGTH, "km", 1, 1},
};

#define UNITS (sizeof(units) / sizeof(units[0]))

static bool
has_name(const struct unit *unit, const char *name, size_t length)
{
    return strlen(unit->name) == length && memcmp(unit->name, name, length) == 0;
}

static const struct unit *
find_unit(enum iss_dimension dimension, const char *name, size_t length)
{
    for (size_t i = 0; i < UNITS; i++) {
        if (units[i].dimension == dimension && has_name(&units[i], name, length)) {
            return &units[i];
        }
    }
    return NULL;
}

double
iss_unit_factor(enum iss_dimension dimension, const char *unit, size_t length)
{
    const struct unit *found = find_unit(dimension, unit, length);

    return found == NULL ? 0 : found->numerator / found->denominator;
}

bool
iss_unit_convert(enum iss_dimension dimension, const char *unit, size_t length,
                 double number, double *value)
{
    const struct unit *found = find_unit(dimension, unit, length);

    if (found == NULL) {
        return false;
    }
    *value = number * found->numerator / found->denominator;
    return true;
}

int
iss_unit_dimension(const char *unit, size_t length)
{
    for (size_t i = 0; i < UNITS; i++) {
        if (has_name(&units[i], unit, length)) {
            return (int)units[i].dimension;
        }
    }
    return -1;
}

const char *
iss_unit_names(enum iss_dimension dimension)
{
    switch (dimension) {
    case ISS_DIM_NONE:
        return "%";
    case ISS_DIM_TIME:
        return "d, h, min, s, ms, us, wk, yr";
    case ISS_DIM_MASS:
        return "kg, g, t, lb";
    case ISS_DIM_RATE:
        return "/d, /h, /min, /s, /ms, /us, /wk, /yr";
    case ISS_DIM_LENGTH:
        return "km, m";
    }
    return "";
}

const char *
iss_unit_base(enum iss_dimension dimension)
{
    switch (dimension) {
    case ISS_DIM_NONE:
        return "";
    case ISS_DIM_TIME:
        return "d";
    case ISS_DIM_MASS:
        return "kg";
    case ISS_DIM_RATE:
        return "/d";
    case ISS_DIM_LENGTH:
        return "km";
    }
    return "";
}

const char *
iss_dimension_name(enum iss_dimension dimension)
{
    switch (dimension) {
    case ISS_DIM_NONE:
        return "a pure number";
    case ISS_DIM_TIME:
        return "a time";
    case ISS_DIM_MASS:
        return "a mass";
    case ISS_DIM_RATE:
        return "a rate";
    case ISS_DIM_LENGTH:
        return "a length";
    }
    return "";
}
