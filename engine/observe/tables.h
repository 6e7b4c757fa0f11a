/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * observe/tables.h - tables.def as empty tables, and typed access to their columns.
 */
#ifndef ISS_OBSERVE_TABLES_H
#define ISS_OBSERVE_TABLES_H

#include "model/model.h"
#include "outcome/table.h"

#define TABLE(name, scale, title) ISS_TABLE_##name,
#define COLUMN(table, name, kind, units, refers_to, doc)
enum iss_table_id {
#include "observe/tables.def"
    ISS_TABLES
};
#undef TABLE
#undef COLUMN

#define TABLE(name, scale, title)
#define COLUMN(table, name, kind, units, refers_to, doc) ISS_COLUMN_##table##_##name,
enum iss_column_id {
#include "observe/tables.def"
    ISS_COLUMNS
};
#undef TABLE
#undef COLUMN

/** Make the empty tables of a run in outcome->arena.  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_tables_make(struct iss_outcome *outcome, const struct iss_model *model);

/** The column of outcome made by iss_tables_make(). */
struct iss_column *iss_tables_column(struct iss_outcome *outcome,
                                     enum iss_column_id id);

/** Columns of /state beyond tables.def: people by segment, and flights by port. */
struct iss_column *iss_tables_segment(struct iss_outcome *outcome, int32_t segment);
struct iss_column *iss_tables_docked(struct iss_outcome *outcome);

/* iss_at(outcome, events, flight, id)[row] = 3; */
#define iss_at(outcome, table, column, member)                                         \
    (iss_tables_column((outcome), ISS_COLUMN_##table##_##column)->data.member)

#endif
