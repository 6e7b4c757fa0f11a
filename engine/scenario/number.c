/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * number.c - the numbers that libconfig corrupts without a word.
 *
 * libconfig 1.5 reads 5000000000 as 705032704, 0xFFFFFFFF as -1, 1e999 as infinity; 1.7
 * widens the first and reads 010 as eight.  What versions disagree on is refused here.
 */
#include "scenario/number.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORD_SIZE 400 /* a longer word is no sensible number */

static size_t
digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

static void
refuse(struct iss_number *number, const char *problem, const char *allowed)
{
    number->problem = problem;
    number->allowed = allowed;
}

/* `digits` with an L behind, when that is short enough to be a hint. */
static void
hint_long(struct iss_number *number, const char *word)
{
    snprintf(number->hint, sizeof(number->hint), "write %.40sL", word);
}

/* Whether what stands at `suffix` is L, LL or nothing; sets the form. */
static bool
read_suffix(struct iss_number *number, const char *suffix)
{
    bool wide = suffix[0] == 'L';

    if (wide) {
        suffix += suffix[1] == 'L' ? 2 : 1;
    }
    number->form = wide ? ISS_NUMBER_INT64 : ISS_NUMBER_INT;
    return *suffix == '\0';
}

static bool
read_hexadecimal(struct iss_number *number, const char *word)
{
    unsigned long long value;
    size_t digits;

    if (word[0] != '0' || (word[1] != 'x' && word[1] != 'X')) {
        return false;
    }
    digits = strspn(word + 2, "0123456789abcdefABCDEF");
    if (digits == 0 || !read_suffix(number, word + 2 + digits)) {
        return false;
    }
    errno = 0;
    value = strtoull(word + 2, NULL, 16);
    if (errno == ERANGE || value > INT64_MAX) {
        refuse(number, "is too large for a 64-bit integer",
               "up to 0x7FFFFFFFFFFFFFFFL");
    } else if (number->form == ISS_NUMBER_INT && value > INT32_MAX) {
        refuse(number, "would wrap to a negative number", "up to 0x7FFFFFFF without L");
        hint_long(number, word);
    }
    return true;
}

static bool
read_decimal(struct iss_number *number, const char *word)
{
    const char *unsigned_word = word + (word[0] == '-' || word[0] == '+');
    size_t digits = digits_at(unsigned_word);
    long long value;

    if (digits == 0 || !read_suffix(number, unsigned_word + digits)) {
        return false;
    }
    errno = 0;
    value = strtoll(word, NULL, 10);
    if (unsigned_word[0] == '0' && digits > 1) {
        refuse(number, "has a leading zero, which some readers take for octal",
               "decimal and 0x...");
        snprintf(number->hint, sizeof(number->hint), "write %lld", value);
    } else if (errno == ERANGE) {
        refuse(number, "is too large for a 64-bit integer",
               "-9223372036854775808L to 9223372036854775807L");
    } else if (number->form == ISS_NUMBER_INT &&
               (value > INT32_MAX || value < INT32_MIN)) {
        refuse(number, "would wrap around", "-2147483648 to 2147483647 without L");
        hint_long(number, word);
    }
    return true;
}

static bool
has_digit_before_exponent(const char *word, const char *digits)
{
    return strpbrk(word, digits) != NULL && strcspn(word, digits) < strcspn(word, "eE");
}

static bool
read_real(struct iss_number *number, const char *word)
{
    const char *c = word + (word[0] == '-' || word[0] == '+');
    size_t whole = digits_at(c);
    size_t fraction = 0;
    double value;

    c += whole;
    if (*c == '.') {
        fraction = digits_at(c + 1);
        c += 1 + fraction;
    }
    if (whole + fraction == 0) {
        return false;
    }
    if (*c == 'e' || *c == 'E') {
        c += c[1] == '-' || c[1] == '+' ? 2 : 1;
        if (digits_at(c) == 0) {
            return false;
        }
        c += digits_at(c);
    }
    if (*c != '\0') {
        return false;
    }
    number->form = ISS_NUMBER_REAL;
    value = strtod(word, NULL);
    if (isinf(value)) {
        refuse(number, "would become infinity", "up to 1.797e308");
    } else if (value == 0 && has_digit_before_exponent(word, "123456789")) {
        refuse(number, "would become 0", "0 or at least 4.9e-324");
    }
    return true;
}

void
iss_number_read(struct iss_number *number, const char *text, size_t length)
{
    char word[WORD_SIZE];

    *number = (struct iss_number){ISS_NUMBER_BAD, "is not a number", "", ""};
    if (length >= sizeof(word)) {
        return;
    }
    memcpy(word, text, length);
    word[length] = '\0';
    number->problem = "";
    if (!read_decimal(number, word) && !read_hexadecimal(number, word) &&
        !read_real(number, word)) {
        number->form = ISS_NUMBER_BAD;
        number->problem = "is not a number";
    }
}
