/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model/reader.h - the parts of the reader of settings, for each other.
 *
 * Problems go to the reader's diagnostics; a field with a problem keeps what it had.
 */
#ifndef ISS_MODEL_READER_H
#define ISS_MODEL_READER_H

#include "model/model.h"
#include "model/schema.h"

struct iss_reader {
    struct iss_model *model;
    struct iss_diag *diag;
    int status; /* ISS_OK, or ISS_ERR_NO_MEMORY */
};

/** Zeroed room for `count` things in the model's arena; NULL without memory. */
void *iss_reader_take(struct iss_reader *reader, size_t count, size_t size);

/** Report a problem with `node`, with its value and a hint ("" for none). */
void iss_reader_report(struct iss_reader *reader, const struct iss_node *node,
                       const char *problem, const char *hint);

/** Report that the value of `node` isn't in the key's range. */
void iss_reader_report_range(struct iss_reader *reader, const struct iss_key *key,
                             const struct iss_node *node);

/** The things of a named section. */
struct iss_rows *iss_reader_rows(struct iss_reader *reader,
                                 const struct iss_section *section);

/** Whether `node` is an array or list; reports it if not. */
bool iss_reader_is_sequence(struct iss_reader *reader, const struct iss_node *node,
                            const char *of);

/** Read a setting into its field. */
void iss_read_value(struct iss_reader *reader, const struct iss_key *key,
                    const struct iss_node *node, char *field);

/** Give a field what a setting that is absent and may be so has. */
void iss_read_absent(const struct iss_key *key, char *field);

/** Read the default that keys.def gives. */
void iss_read_fallback(struct iss_reader *reader, const struct iss_key *key,
                       char *field);

/** Read a thing of `section` from the group `node`; NULL leaves every default. */
void iss_read_entity(struct iss_reader *reader, const struct iss_section *section,
                     const struct iss_node *node, char *object);

/** Room for the words of every name space.  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_reader_expect_tags(struct iss_reader *reader);

/** A tag: a segment or docking system is defined where a port uses it, and is one of
 *  those elsewhere; any other word is defined where it is named first. */
void iss_read_tag(struct iss_reader *reader, const struct iss_key *key,
                  const struct iss_node *node, char *field);

/** A PERT distribution that isn't built: a number, or { dist = "pert"; min; mode; max;
 * }.
 */
void iss_read_pert(struct iss_reader *reader, const struct iss_key *key,
                   const struct iss_node *node, char *field);

/** A list of such tags. */
void iss_read_tags(struct iss_reader *reader, const struct iss_key *key,
                   const struct iss_node *node, char *field);

/** The index of the thing that `node` names; -1 with a report when there is none. */
int32_t iss_read_ref(struct iss_reader *reader, const struct iss_key *key,
                     const struct iss_node *node);

/** A list of such things. */
void iss_read_refs(struct iss_reader *reader, const struct iss_key *key,
                   const struct iss_node *node, char *field);

#endif
