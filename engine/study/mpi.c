/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mpi.c - the plug-in libisssim-mpi.so: messages between processes, by MPI.
 *
 * The only file that knows MPI, and it knows nothing of studies.  Errors of MPI itself
 * end all processes, its default: a process that lost the others can do no good.
 */
#include <limits.h>

#include <mpi.h>

#include "isssim/status.h"
#include "study/remote.h"

enum { TAG = 1 };

static int
send_bytes(void *self, int32_t to, const void *bytes, size_t size)
{
    (void)self;
    if (size == 0 || size > INT_MAX) {
        return ISS_ERR_REMOTE;
    }
    int status = MPI_Send(bytes, (int)size, MPI_BYTE, to, TAG, MPI_COMM_WORLD);
    return status == MPI_SUCCESS ? ISS_OK : ISS_ERR_REMOTE;
}

static int
receive_bytes(void *self, int32_t *from, void *bytes, size_t room, size_t *size)
{
    MPI_Status status;
    int found = 0, count = 0;

    (void)self;
    *size = 0;
    MPI_Iprobe(MPI_ANY_SOURCE, TAG, MPI_COMM_WORLD, &found, &status);
    if (!found) {
        return ISS_OK;
    }
    MPI_Get_count(&status, MPI_BYTE, &count);
    if (count < 0 || (size_t)count > room) {
        return ISS_ERR_REMOTE;
    }
    MPI_Recv(bytes, count, MPI_BYTE, status.MPI_SOURCE, TAG, MPI_COMM_WORLD,
             MPI_STATUS_IGNORE);
    *from = status.MPI_SOURCE;
    *size = (size_t)count;
    return ISS_OK;
}

static void
close_all(void *self)
{
    (void)self;
    MPI_Finalize();
}

ISS_API int iss_remote_open(int version, struct iss_remote *remote);

int
iss_remote_open(int version, struct iss_remote *remote)
{
    int provided, rank, size;

    /* Other threads compute; this one alone talks. */
    if (version != ISS_REMOTE_VERSION ||
        MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS) {
        return ISS_ERR_REMOTE;
    }
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    *remote = (struct iss_remote){
        .rank = rank,
        .size = size,
        .send = send_bytes,
        .receive = receive_bytes,
        .close = close_all,
    };
    return ISS_OK;
}
