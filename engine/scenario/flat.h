/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/flat.h - a file with its includes as one text that libconfig can't misread.
 *
 * The flat text has one token a line and no comments; origins[i] says where the token
 * of line i + 1 was written, so that any line of libconfig's leads back to file and
 * line.
 *
 * libconfig looks through all names of a group for each new one: 5,000 settings in one
 * group took it 1.9 s.  Members of lists it just appends.  So a group is handed over as
 * a list of names and values, in turn, and the first member tells the two apart:
 *
 *     { a = 1; b = ("x", "y"); }     ->     ( true, "a", 1, "b", ( false, "x", "y" ) )
 *
 * The layer itself is the one setting ISS_FLAT_LAYER, such a list.
 */
#ifndef ISS_SCENARIO_FLAT_H
#define ISS_SCENARIO_FLAT_H

#include "scenario/grammar.h"
#include "scenario/loader.h"

#define ISS_FLAT_LAYER "layer"

struct iss_flat {
    char *text; /* ends with a zero */
    size_t size, room;
    struct iss_origin *origins; /* their files' names are borrowed */
    size_t lines, line_room;
};

/**
 * Flatten the innermost file of `chain`.  Mistakes of spelling and grammar go to the
 * loader's diagnostics.
 *
 * @return ISS_OK, ISS_ERR_SCENARIO or ISS_ERR_NO_MEMORY; clear *flat in any case.
 */
int iss_flat_read(struct iss_flat *flat, struct iss_loader *loader,
                  const struct iss_chain *chain);

/**
 * Flatten `text`, which may not include files, as if it were line `origin.line` of
 * `origin.file`.  *syntax says whether it failed for its syntax.
 */
int iss_flat_read_text(struct iss_flat *flat, const char *text,
                       struct iss_origin origin, struct iss_diag *diag, bool *syntax);

void iss_flat_clear(struct iss_flat *flat);

/** Where line `line` of the flat text came from. */
struct iss_origin iss_flat_origin(const struct iss_flat *flat, unsigned int line);

#endif
