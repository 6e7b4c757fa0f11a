/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/tree.h - a scenario as a tree of settings that know where they stand.
 *
 * The tree is our own copy: libconfig's is gone once a file has been read.  It knows no
 * domain; what the settings mean is model/keys.def's business.
 */
#ifndef ISS_SCENARIO_TREE_H
#define ISS_SCENARIO_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/units.h"

enum iss_node_type {
    ISS_NODE_GROUP, /* { name = value; } : named children */
    ISS_NODE_LIST,  /* ( a, b ) : unnamed children of any type */
    ISS_NODE_ARRAY, /* [ a, b ] : unnamed scalar children of one type */
    ISS_NODE_INT,
    ISS_NODE_REAL,
    ISS_NODE_BOOL,
    ISS_NODE_TEXT
};

struct iss_node {
    const char *name; /* NULL for a member of a list or array, "" for the root */
    enum iss_node_type type;
    struct iss_origin origin;
    struct iss_node *parent;
    struct iss_node *first; /* children in the order of their first appearance */
    struct iss_node *next;
    int32_t count; /* children */
    union {
        int64_t integer;
        double real;
        bool boolean;
        const char *text;
    } value;
};

/* A file that was read, as provenance. */
struct iss_source_file {
    const char *path; /* as opened */
    const char *text;
    size_t size;
    char sha256[65];
    struct iss_source_file *next; /* in the order of opening */
};

/* What a layer took away. */
struct iss_removal {
    const char *path;     /* "flights.MS-23" */
    struct iss_origin by; /* the text that says so */
    struct iss_removal *next;
};

/* A loaded scenario: the merged tree, what it was read from, and what holds both. */
struct iss_source {
    struct iss_arena arena;
    struct iss_node *root;
    struct iss_source_file *files;
    struct iss_removal *removals; /* the last first */
    const char *main_path;
};

/* How a scenario is to be read. */
struct iss_source_options {
    const char *library;          /* folder of the shipped scenarios, or NULL */
    const char *const *overrides; /* "path=value", applied last, in order */
    size_t override_count;
    /* Says whether a group is one value (a distribution, an effect), to be replaced
     * whole by a later layer.  NULL: no group is. */
    bool (*is_value)(const struct iss_node *group);
};

/**
 * Read `path` with the layers that its `base` names, its includes, its `remove` list
 * and the overrides, into one tree.  `base` and `remove` are consumed.
 *
 * Files are named relative to the file that names them, then to `library`; they must
 * lie below the main file's folder or the library.  A layer that two others build on is
 * applied once, at its first place.  Groups merge; what is replaced, and a group that
 * grows, has the origin of the later writer (an override leaves a group its origin).
 * Reports every problem of a file at once, but one only from the first syntax error on.
 *
 * @return ISS_OK; ISS_ERR_NO_INPUT when the main file can't be opened; ISS_ERR_SCENARIO
 *         with the problems in `diag`; ISS_ERR_NO_MEMORY.  On failure *source is clear,
 *         but when nothing is wrong except removals of what isn't there, it is whole
 *         (source->root isn't NULL), so that its other problems can be told as well.
 */
int iss_source_load(struct iss_source *source, const char *path,
                    const struct iss_source_options *options, struct iss_diag *diag);

/**
 * Replace the texts `file` and `column` of `group` by an array called `name` with the
 * numbers of that column, so that the tree holds all that it says and needs no file.
 *
 * The file is looked for as a layer is: beside the file that `file` stands in (an
 * override: beside the main file), then in the library, never outside both folders.  It
 * joins source->files; `options` are those of the loading.  It is a table of
 * comma-separated values, as in RFC 4180: its first line names the columns; fields may
 * be in double quotes.  A blank field is a value that is missing and left out; blank
 * lines and lines that begin with # are skipped.  Anything else that is no number is
 * reported with its file and line.
 *
 * @return ISS_OK; ISS_ERR_SCENARIO with the problems in `diag` and `group` as it was;
 *         ISS_ERR_NO_MEMORY.
 */
int iss_source_splice(struct iss_source *source,
                      const struct iss_source_options *options, struct iss_node *group,
                      const char *name, struct iss_diag *diag);

void iss_source_clear(struct iss_source *source);

/** What removed the member `name` of the group `group` of the root, or that group; NULL
 *  when nothing did. */
const struct iss_removal *iss_source_removal(const struct iss_source *source,
                                             const char *group, const char *name);

/** The child called `name`, or NULL. */
const struct iss_node *iss_node_child(const struct iss_node *group, const char *name);

/** Write "flights.MS-23.launch" or "effects[2].kind" (members count from 0) into
 *  `buffer`; returned. */
char *iss_node_path(const struct iss_node *node, char *buffer, size_t size);

/** "a group", "a list", "an integer" ...: for messages. */
const char *iss_node_type_name(enum iss_node_type type);

/** The value as one short piece of text for `got ...` in a message; in `buffer`. */
char *iss_node_value(const struct iss_node *node, char *buffer, size_t size);

/*
 * Typed getters.  Each reports a wrong type, unit or form to `diag` at the node's
 * origin and returns false; ranges are the caller's business.
 */
bool iss_node_int(const struct iss_node *node, int64_t *value, struct iss_diag *diag);
bool iss_node_bool(const struct iss_node *node, bool *value, struct iss_diag *diag);
bool iss_node_text(const struct iss_node *node, const char **value,
                   struct iss_diag *diag);

/** A number in `unit` (the unit that a bare number has, e.g. "d" or "h"; "" when
 *  dimensionless), or a string with its own unit such as "90 d"; converted to the base
 *  unit of `dimension`.  An integer is accepted.  NaN and infinity are refused. */
bool iss_node_quantity(const struct iss_node *node, enum iss_dimension dimension,
                       const char *unit, double *value, struct iss_diag *diag);

/** An ISO-8601 UTC date in absolute microseconds. */
bool iss_node_date(const struct iss_node *node, int64_t *us, struct iss_diag *diag);

/** Print the tree as scenario text that loads to the same tree.  The caller frees the
 *  result; NULL without memory. */
char *iss_node_print(const struct iss_node *root);

/* What is said of settings, as comments behind them. */
struct iss_node_remarks {
    void *context;
    /** Write the remark on `setting`, one line without `#`, or nothing. */
    void (*say)(void *context, const struct iss_node *setting, char *remark,
                size_t size);
};

/** The same with a remark behind each value: a scalar, array, list or distribution (not
 *  its members). */
char *iss_node_print_remarked(const struct iss_node *root,
                              const struct iss_node_remarks *remarks);

#endif
