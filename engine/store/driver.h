/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/driver.h - HDF5 on a file descriptor of ours, which it never sees fail.
 *
 * A file too long for memory has to be written where it is; but a write that fails
 * under HDF5 1.10.8 brings the program down (store/image.h).  So HDF5 writes through
 * us: the first error is kept for us to tell, and HDF5 is told that all went well.  The
 * file's signature is kept back, too: nobody can open the file before we write it.
 */
#ifndef ISS_STORE_DRIVER_H
#define ISS_STORE_DRIVER_H

#include <hdf5.h>

#include "store/disk.h"

struct iss_driver {
    int fd;     /* the caller's; open for reading, and for writing if it is written */
    size_t end; /* bytes of the file, of what HDF5 has allocated so far */
    bool has_head; /* the signature is in the file, not only in `head` */
    unsigned char head[ISS_DISK_HEAD]; /* the signature */
    struct iss_disk_error error;       /* the first; error.error is 0 for none */
};

/** Create a file anew in an empty one, or open the one that is there for reading.
 * `driver`, with its descriptor, outlives the file.  Negative on failure. */
hid_t iss_driver_create(struct iss_driver *driver);
hid_t iss_driver_open(struct iss_driver *driver);

#endif
