/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * account.c - sections of lines, printed in columns: amount, event, date, text.
 */
#include "cli/account.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/facts.h"
#include "isssim/status.h"

void
iss_account_answer(struct iss_account *account, const char *format, ...)
{
    char text[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    account->answer = iss_arena_strdup(&account->arena, text);
    account->broken = account->broken || account->answer == NULL;
}

void
iss_account_section(struct iss_account *account, const char *key, const char *title)
{
    struct iss_account_section *made = iss_arena_alloc(&account->arena, sizeof *made);

    if (made == NULL) {
        account->broken = true;
        return;
    }
    *made = (struct iss_account_section){.key = key, .title = title};
    *(account->first == NULL ? &account->first : &account->last->next) = made;
    account->last = made;
}

void
iss_account_add(struct iss_account *account, const struct iss_account_line *line)
{
    struct iss_account_section *section = account->last;
    struct iss_account_line *made = iss_arena_alloc(&account->arena, sizeof *made);

    if (made == NULL || section == NULL) {
        account->broken = true;
        return;
    }
    *made = *line;
    made->next = NULL;
    made->text = iss_arena_strdup(&account->arena, line->text);
    made->remark = iss_arena_strdup(&account->arena, line->remark ? line->remark : "");
    account->broken = account->broken || made->text == NULL || made->remark == NULL;
    *(section->first == NULL ? &section->first : &section->last->next) = made;
    section->last = made;
}

void
iss_account_listen(void *account, const struct iss_story_line *line)
{
    iss_account_add(account, &(struct iss_account_line){.from_us = line->from_us,
                                                        .until_us = line->until_us,
                                                        .event = line->event,
                                                        .amount = NAN,
                                                        .text = line->text,
                                                        .remark = line->remark,
                                                        .ink = line->ink});
}

void
iss_account_clear(struct iss_account *account)
{
    iss_arena_clear(&account->arena);
    *account = (struct iss_account){0};
}

/* ---- for people ---------------------------------------------------------------- */

/* Which columns a section has. */
struct columns {
    bool amount, event, date;
    int width; /* of the amount */
};

/* "61.1 d", "3". */
static char *
format_amount(const struct iss_account *account, double amount, char text[48])
{
    if (strcmp(account->units, "1") == 0) {
        snprintf(text, 48, "%g", amount);
    } else {
        snprintf(text, 48, "%.1f %s", amount, account->units);
    }
    return text;
}

static struct columns
columns_of(const struct iss_account *account, const struct iss_account_section *section)
{
    struct columns columns = {false, false, false, 0};
    char text[48];

    for (const struct iss_account_line *line = section->first; line;
         line = line->next) {
        columns.event = columns.event || line->event >= 0;
        columns.date = columns.date || line->from_us != ISS_NO_TIME;
        if (!isnan(line->amount)) {
            int width = (int)strlen(format_amount(account, line->amount, text));
            columns.amount = true;
            columns.width = width > columns.width ? width : columns.width;
        }
    }
    return columns;
}

static void
print_line(const struct iss_account *account, const struct iss_term *term,
           const struct columns *columns, const struct iss_account_line *line)
{
    char text[48];
    int indent = 0;

    if (columns->amount) {
        *text = '\0';
        indent += fprintf(
            term->out, "%*s  ", columns->width,
            isnan(line->amount) ? text : format_amount(account, line->amount, text));
    }
    if (columns->event) {
        snprintf(text, sizeof text, line->event < 0 ? "" : "#%d", (int)line->event);
        indent += fprintf(term->out, "%5s  ", text);
    }
    if (columns->date) {
        *text = '\0';
        if (line->from_us != ISS_NO_TIME) {
            char date[32];
            snprintf(text, sizeof text, "%s",
                     iss_civil_format(account->epoch_us + line->from_us, ISS_CIVIL_DATE,
                                      date));
        }
        fprintf(term->out, "%-10s  ", text);
        indent += 12;
    }
    iss_term_paragraph(term, indent, line->text, line->ink, line->remark);
}

static void
print_people(const struct iss_account *account, const struct iss_term *term)
{
    bool first = true;

    if (account->answer != NULL) {
        iss_term_paragraph(term, 0, account->answer, ISS_PLAIN, "");
        first = false;
    }
    for (const struct iss_account_section *section = account->first; section;
         section = section->next) {
        struct columns columns = columns_of(account, section);
        if (section->first == NULL) {
            continue;
        }
        if (!first) {
            fputc('\n', term->out);
        }
        first = false;
        iss_term_put(term, ISS_BOLD, section->title);
        fputc('\n', term->out);
        for (const struct iss_account_line *line = section->first; line;
             line = line->next) {
            print_line(account, term, &columns, line);
        }
    }
}

/* ---- for programs -------------------------------------------------------------- */

static json_t *
line_facts(const struct iss_account *account, const struct iss_account_line *line)
{
    json_t *facts = json_object();

    iss_facts_put(&facts, "time", iss_facts_time(account->epoch_us, line->from_us));
    iss_facts_put(&facts, "until", iss_facts_time(account->epoch_us, line->until_us));
    iss_facts_put(&facts, "event",
                  line->event < 0 ? json_null() : json_integer(line->event));
    if (account->units != NULL) {
        iss_facts_put(&facts, "amount", iss_facts_real(line->amount));
    }
    iss_facts_put(&facts, "text", iss_facts_text(line->text));
    iss_facts_put(&facts, "remark",
                  iss_facts_text(*line->remark ? line->remark : NULL));
    return facts;
}

static json_t *
account_facts(const struct iss_account *account)
{
    json_t *root = json_object();

    iss_facts_put(&root, "answer", iss_facts_text(account->answer));
    if (account->units != NULL) {
        iss_facts_put(&root, "units", iss_facts_text(account->units));
    }
    for (const struct iss_account_section *section = account->first; section;
         section = section->next) {
        json_t *lines = json_array();
        for (const struct iss_account_line *line = section->first; line;
             line = line->next) {
            iss_facts_add(&lines, line_facts(account, line));
        }
        iss_facts_put(&root, section->key, lines);
    }
    return root;
}

int
iss_account_print(const struct iss_account *account, bool json)
{
    struct iss_term term;

    if (account->broken) {
        iss_cli_complain("%s", iss_status_text(ISS_ERR_NO_MEMORY));
        return iss_status_exit_code(ISS_ERR_NO_MEMORY);
    }
    if (json) {
        return iss_facts_print(account_facts(account));
    }
    iss_term_init(&term, stdout);
    print_people(account, &term);
    return iss_cli_flush();
}
