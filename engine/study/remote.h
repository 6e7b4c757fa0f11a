/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study/remote.h - how the processes of a study on many machines reach each other.
 *
 * A plug-in (study/mpi.c, libisssim-mpi.so) fills the table; the program needs neither
 * it nor MPI unless it was started as one of many.  Processes are numbered from 0, the
 * rank; rank 0 leads (study/team.h).
 */
#ifndef ISS_STUDY_REMOTE_H
#define ISS_STUDY_REMOTE_H

#include <stddef.h>
#include <stdint.h>

enum { ISS_REMOTE_VERSION = 1 };

struct iss_remote {
    int32_t rank, size; /* this process; how many there are */
    void *self;         /* the plug-in's */
    /** Send `size` bytes to rank `to`; returns when they may be overwritten. */
    int (*send)(void *self, int32_t to, const void *bytes, size_t size);
    /** Take a message if there is one: messages of one sender come in the order sent.
     *  *size is 0 when there is none; ISS_ERR_REMOTE when it has over `room` bytes. */
    int (*receive)(void *self, int32_t *from, void *bytes, size_t room, size_t *size);
    /** The last call; every process makes it. */
    void (*close)(void *self);
};

/* What the plug-in exports as ISS_REMOTE_SYMBOL: fills `remote`, or gives
 * ISS_ERR_REMOTE, also when `version` isn't its own. */
typedef int iss_remote_opener(int version, struct iss_remote *remote);
#define ISS_REMOTE_SYMBOL "iss_remote_open"

/** As how many processes this one was started by mpirun, srun or their like: from the
 *  environment; 1 when it is alone. */
int32_t iss_remote_started(void);

/**
 * Load the plug-in and meet the other processes.  It is looked for in the folder
 * $ISSSIM_PLUGINS, beside the program, and where it is installed.
 *
 * @param message  what is wrong, for ISS_ERR_REMOTE.
 */
int iss_remote_load(struct iss_remote *remote, char *message, size_t size);

#endif
