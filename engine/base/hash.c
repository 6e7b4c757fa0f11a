/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hash.c - XXH3 for identities in random streams, SHA-256 for provenance.
 *
 * XXH3 is frozen since 0.8.0: the same name gives the same stream in every build.
 */
#include "base/hash.h"

#include <string.h>

#include <openssl/evp.h>
#include <xxhash.h>

#include "isssim/status.h"

uint64_t
iss_hash_bytes(const void *bytes, size_t size)
{
    return XXH3_64bits(bytes, size);
}

uint64_t
iss_hash_name(const char *name)
{
    return iss_hash_bytes(name, strlen(name));
}

int
iss_sha256(const void *bytes, size_t size, char text[ISS_SHA256_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;

    text[0] = '\0';
    if (EVP_Digest(bytes, size, digest, &length, EVP_sha256(), NULL) != 1 ||
        length != (ISS_SHA256_TEXT - 1) / 2) {
        return ISS_ERR_NUMERIC;
    }
    for (unsigned int i = 0; i < length; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    text[ISS_SHA256_TEXT - 1] = '\0';
    return ISS_OK;
}
