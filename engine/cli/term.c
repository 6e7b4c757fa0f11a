/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * term.c - width, character set, colour; cleaning and wrapping of text.
 */
#include "cli/term.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { NARROWEST = 80, WIDEST = 120, PIPED = 100 };

/* The typography that we use, and its ASCII; all other characters become '?'. */
static const struct {
    const char *utf8, *ascii;
} typography[] = {{"·", "-"}, {"─", "="}, {"┤", "|"}, {"–", "-"}, {"’", "'"}};

static const char *const inks[] = {
    [ISS_PLAIN] = "",         [ISS_BOLD] = "\033[1m", [ISS_RED] = "\033[31m",
    [ISS_GREEN] = "\033[32m", [ISS_DIM] = "\033[2m",
};

/* ---- the screen ---------------------------------------------------------------- */

static int
find_width(FILE *out)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    long width = columns != NULL ? strtol(columns, NULL, 10) : 0;

    if (width <= 0 && ioctl(fileno(out), TIOCGWINSZ, &size) == 0) {
        width = size.ws_col;
    }
    if (width <= 0) {
        return PIPED;
    }
    return width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : (int)width;
}

void
iss_term_init(struct iss_term *term, FILE *out)
{
    const char *no_color = getenv("NO_COLOR"), *kind = getenv("TERM");
    bool dumb = kind == NULL || *kind == '\0' || strcmp(kind, "dumb") == 0;
    bool refused = no_color != NULL && *no_color != '\0';

    term->out = out;
    term->width = find_width(out);
    term->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    term->colour = isatty(fileno(out)) && !dumb && !refused;
}

/* ---- characters ---------------------------------------------------------------- */

static bool
continues(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

int
iss_term_columns(const char *text)
{
    int columns = 0;
    for (; *text != '\0'; text++) {
        columns += !continues(*text);
    }
    return columns;
}

int
iss_term_bytes(const char *text, int columns)
{
    const char *at = text;
    while (*at != '\0' && columns-- > 0) {
        do {
            at++;
        } while (continues(*at));
    }
    return (int)(at - text);
}

/* C0, DEL, and C1 as UTF-8 writes it. */
static bool
is_control(const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;
    return byte[0] < 0x20 || byte[0] == 0x7F || (byte[0] == 0xC2 && byte[1] < 0xA0);
}

static const char *
in_ascii(const char *character, size_t length)
{
    for (size_t i = 0; i < sizeof typography / sizeof *typography; i++) {
        if (strncmp(typography[i].utf8, character, length) == 0) {
            return typography[i].ascii;
        }
    }
    return "?";
}

char *
iss_term_clean(const struct iss_term *term, const char *text)
{
    char *clean = malloc(strlen(text) + 1), *to = clean;

    if (clean == NULL) {
        return NULL;
    }
    while (*text != '\0') {
        size_t length = (size_t)iss_term_bytes(text, 1);
        if (is_control(text)) {
            *to++ = *text == '\n' || *text == '\t' ? ' ' : '?';
        } else if (length > 1 && !term->utf8) {
            *to++ = *in_ascii(text, length);
        } else {
            memcpy(to, text, length);
            to += length;
        }
        text += length;
    }
    *to = '\0';
    return clean;
}

void
iss_term_put(const struct iss_term *term, enum iss_ink ink, const char *text)
{
    char *clean = iss_term_clean(term, text);
    bool inked = term->colour && ink != ISS_PLAIN;

    fprintf(term->out, "%s%s%s", inked ? inks[ink] : "", clean ? clean : "?",
            inked ? "\033[0m" : "");
    free(clean);
}

/* ---- paragraphs ---------------------------------------------------------------- */

/* Bytes of the words at the front of `text` that fit into `columns`; at least one word.
 */
static int
line_bytes(const char *text, int columns)
{
    int fitting = iss_term_bytes(text, columns);
    int end = fitting;

    if (text[fitting] == '\0') {
        return fitting;
    }
    while (end > 0 && text[end] != ' ') {
        end--;
    }
    return end > 0 ? end : fitting;
}

static void
put_remark(const struct iss_term *term, int used, enum iss_ink ink, const char *remark)
{
    int columns = iss_term_columns(remark);

    if (columns > 0 && used + 2 + columns > term->width) {
        fputc('\n', term->out);
        used = 0;
    }
    if (columns > 0) {
        fprintf(term->out, "%*s", term->width - used - columns, "");
        iss_term_put(term, ink, remark);
    }
    fputc('\n', term->out);
}

void
iss_term_paragraph(const struct iss_term *term, int indent, const char *text,
                   enum iss_ink ink, const char *remark)
{
    for (;;) {
        int bytes = line_bytes(text, term->width - indent);
        char *line = strndup(text, (size_t)bytes);

        if (line == NULL) {
            fputs("?\n", term->out);
            return;
        }
        iss_term_put(term, ISS_PLAIN, line);
        int used = indent + iss_term_columns(line);
        free(line);
        text += bytes + (text[bytes] == ' ');
        if (*text == '\0') {
            put_remark(term, used, ink, remark);
            return;
        }
        fprintf(term->out, "\n%*s", indent, "");
    }
}
