/* SPDX-License-Identifier: GPL-3.0-or-later */
/* remote.c - was this process started as one of many, and who lets it talk to them? */
#include "study/remote.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "isssim/status.h"

#define PLUGIN "libisssim-mpi.so"

enum { PATH_SIZE = 4096 };

/* Open MPI, MPICH and its kin, and Slurm with PMIx, each say it in their own words. */
int32_t
iss_remote_started(void)
{
    const char *const names[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE",
                                 "SLURM_STEP_NUM_TASKS"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = getenv(names[i]);
        bool mpi = i < 2 || getenv("PMIX_RANK") != NULL;
        long size = text != NULL && mpi ? strtol(text, NULL, 10) : 0;
        if (size > 0 && size < INT32_MAX) {
            return (int32_t)size;
        }
    }
    return 1;
}

/* The folder of the running program; "" when it isn't known. */
static void
own_folder(char folder[PATH_SIZE])
{
    ssize_t length = readlink("/proc/self/exe", folder, PATH_SIZE - 1);
    folder[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
}

/* The first plug-in that loads stays loaded: MPI doesn't survive being unloaded. */
static void *
find_plugin(char *message, size_t size)
{
    char own[PATH_SIZE], path[PATH_SIZE + sizeof PLUGIN + 1];
    own_folder(own);
    const char *const folders[] = {getenv("ISSSIM_PLUGINS"), own, ISSSIM_PLUGIN_DIR};
    int used = snprintf(message, size, "%s", PLUGIN " can't be loaded");

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (folders[i] == NULL || *folders[i] == '\0') {
            continue;
        }
        snprintf(path, sizeof path, "%s/%s", folders[i], PLUGIN);
        /* Global: Open MPI loads parts of its own that look for its symbols. */
        void *plugin = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
        if (plugin != NULL) {
            return plugin;
        }
        const char *why = dlerror();
        if (used >= 0 && (size_t)used < size) {
            used += snprintf(message + used, size - (size_t)used, "; %s",
                             why != NULL ? why : path);
        }
    }
    return NULL;
}

int
iss_remote_load(struct iss_remote *remote, char *message, size_t size)
{
    int32_t started = iss_remote_started();
    iss_remote_opener *open = NULL;
    void *plugin = find_plugin(message, size);

    *remote = (struct iss_remote){0};
    if (plugin == NULL) {
        return ISS_ERR_REMOTE;
    }
    void *symbol = dlsym(plugin, ISS_REMOTE_SYMBOL);
    memcpy(&open, &symbol, sizeof open); /* C has no cast from object to function */
    if (open == NULL || open(ISS_REMOTE_VERSION, remote) != ISS_OK) {
        snprintf(message, size, "%s isn't of this version of the program", PLUGIN);
        return ISS_ERR_REMOTE;
    }
    if (remote->size != started) {
        snprintf(message, size,
                 "started as one of %d processes, and %s finds %d: it was built for "
                 "another MPI",
                 (int)started, PLUGIN, (int)remote->size);
        remote->close(remote->self);
        return ISS_ERR_REMOTE;
    }
    *message = '\0';
    return ISS_OK;
}
