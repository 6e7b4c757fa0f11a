/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/loader.h - one iss_source_load() under way: which files it has opened, and
 * where it may look for more.
 */
#ifndef ISS_SCENARIO_LOADER_H
#define ISS_SCENARIO_LOADER_H

#include <sys/types.h>

#include "scenario/tree.h"

#define ISS_FILE_MAX  ((size_t)1 << 20) /* bytes of a file, and of a layer's files */
#define ISS_CHAIN_MAX 16                /* files that include one another */

struct iss_opened {
    dev_t device;
    ino_t inode;
    struct iss_source_file *file;
    bool applied; /* as a layer: each is applied once */
    struct iss_opened *next;
};

struct iss_loader {
    struct iss_source *source;                /* borrowed, filled */
    const struct iss_source_options *options; /* borrowed */
    struct iss_diag *diag;                    /* borrowed */
    struct iss_opened *opened;                /* in the source's arena */
    const char *root;    /* real path of the main file's folder, or NULL */
    const char *library; /* real path of options->library, or NULL */
    const char *about;   /* path of the setting that names a file; NULL: no setting */
    bool missed;         /* a removal has found nothing */
    bool no_memory;
};

/* A file that is being read, on behalf of the one before it. */
struct iss_chain {
    const struct iss_opened *opened;
    const struct iss_chain *parent;
};

/**
 * Open `path` and read it, or find it among the files already read.  The problem, if
 * any, is reported at `origin` (of the main file: itself, line 0).
 *
 * @return ISS_OK; ISS_ERR_NO_INPUT when it can't be opened or isn't a file;
 *         ISS_ERR_SCENARIO when it isn't text; ISS_ERR_NO_MEMORY.
 */
int iss_loader_open(struct iss_loader *loader, const char *path,
                    struct iss_origin origin, struct iss_opened **opened);

/**
 * Open the file that `chain`'s innermost file calls `name`: relative to that file, then
 * to the library; never outside both the main file's folder and the library; never one
 * of the chain.  `what` is "include" or "base" for messages.
 *
 * @return ISS_OK; ISS_ERR_SCENARIO, reported; ISS_ERR_NO_MEMORY.
 */
int iss_loader_follow(struct iss_loader *loader, const struct iss_chain *chain,
                      const char *name, const char *what, struct iss_origin origin,
                      struct iss_opened **opened);

/**
 * Read a further file, of data, that the setting `by` calls `name`; it joins
 * source->files.  Where it is looked for: iss_source_splice().
 *
 * @return ISS_OK; ISS_ERR_SCENARIO with the problem in `diag`; ISS_ERR_NO_MEMORY.
 */
int iss_loader_attach(struct iss_source *source,
                      const struct iss_source_options *options,
                      const struct iss_node *by, const char *name,
                      struct iss_diag *diag, const struct iss_source_file **file);

/** Prepare `loader` for the main file `path`. Returns ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_loader_init(struct iss_loader *loader, const char *path);

#endif
