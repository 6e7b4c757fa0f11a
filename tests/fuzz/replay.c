/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * replay.c - the fuzz target on files, without a fuzzer: the kept corpus as a test, and
 * a single input again.  `afl-fuzz -i tests/fuzz/corpus -o OUT -- fuzz_replay @@` works
 * with it too.
 *
 *     fuzz_replay FILE-OR-FOLDER...
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static int
replay_file(const char *path, const struct stat *status)
{
    FILE *file = fopen(path, "rb");
    size_t size = (size_t)status->st_size;
    uint8_t *bytes = malloc(size + 1);
    int done = 0;

    if (file != NULL && bytes != NULL && fread(bytes, 1, size, file) == size) {
        LLVMFuzzerTestOneInput(bytes, size);
        done = 1;
    } else {
        fprintf(stderr, "fuzz_replay: %s can't be read\n", path);
    }
    free(bytes);
    if (file != NULL) {
        fclose(file);
    }
    return done;
}

static int replay(const char *path);

static int
replay_folder(const char *path)
{
    DIR *folder = opendir(path);
    int done = 0;

    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char inner[4096];
        if (entry->d_name[0] != '.') {
            snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
            done += replay(inner);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return done;
}

static int
replay(const char *path)
{
    struct stat status;

    if (stat(path, &status) != 0) {
        fprintf(stderr, "fuzz_replay: %s can't be read\n", path);
        return 0;
    }
    return S_ISDIR(status.st_mode) ? replay_folder(path) : replay_file(path, &status);
}

int
main(int argc, char **argv)
{
    int done = 0;

    for (int i = 1; i < argc; i++) {
        done += replay(argv[i]);
    }
    printf("%d inputs\n", done);
    return done > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
