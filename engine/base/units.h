/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/units.h - the units that a scenario may write, and their one base unit each.
 *
 * Base units: time d (days), mass kg, rate 1/d, length km, ratio 1.  Quantities of
 * other dimensions (W, m/s) are written as numbers in the unit that their key states.
 */
#ifndef ISS_BASE_UNITS_H
#define ISS_BASE_UNITS_H

#include <stdbool.h>
#include <stddef.h>

enum iss_dimension {
    ISS_DIM_NONE,  /* a pure number; "" and "%" (1/100) are its units */
    ISS_DIM_TIME,  /* us ms s min h d wk yr (365.25 d) */
    ISS_DIM_MASS,  /* g kg t lb (0.45359237 kg) */
    ISS_DIM_RATE,  /* "/d" "/yr" and the like: one over each unit of time */
    ISS_DIM_LENGTH /* m km */
};

/** The factor that turns `unit` into the base unit of `dimension`; 0 when unknown. */
double iss_unit_factor(enum iss_dimension dimension, const char *unit, size_t length);

/** `number` in `unit` to the base unit, rounded once, so that 7 % is 0.07 exactly as
 *  written.  False, and *value untouched, when `unit` isn't one of `dimension`. */
bool iss_unit_convert(enum iss_dimension dimension, const char *unit, size_t length,
                      double number, double *value);

/** The dimension in which `unit` exists, for hints; -1 when in none. */
int iss_unit_dimension(const char *unit, size_t length);

/** "d, h, min, ..." : the units of `dimension`, for messages. */
const char *iss_unit_names(enum iss_dimension dimension);

/** The base unit's name: "d", "kg", "/d", "km", "". */
const char *iss_unit_base(enum iss_dimension dimension);

/** "a time", "a mass" ...: for messages. */
const char *iss_dimension_name(enum iss_dimension dimension);

#endif
