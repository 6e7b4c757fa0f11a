/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * team_words.h - the messages of a team, between team.c (rank 0) and team_serve.c.
 *
 * They pass between equal programs on equal machines, so they are structs as they lie
 * in memory.
 */
#ifndef ISS_STUDY_TEAM_WORDS_H
#define ISS_STUDY_TEAM_WORDS_H

#include "study/team.h"

enum iss_word {
    ISS_WORD_HELLO,
    ISS_WORD_VERDICT,
    ISS_WORD_JOB,
    ISS_WORD_BLOCK,
    ISS_WORD_END
};

enum { ISS_TEAM_TEXT = 160 };

/* Every message begins with this; behind a block's come its bytes. */
struct iss_team_head {
    int32_t word;   /* enum iss_word */
    int32_t status; /* of a hello: that of the computer; of a verdict: the verdict */
    uint64_t number, first;
    uint32_t count, unused;
};

/* What must be equal; texts that are too long are cut. */
struct iss_team_hello {
    struct iss_team_head head;
    char model[ISS_TEAM_TEXT], version[ISS_TEAM_TEXT], numerics[ISS_TEAM_TEXT];
    char seed[ISS_TEAM_TEXT], shape[ISS_TEAM_TEXT];
};

struct iss_team_verdict {
    struct iss_team_head head;
    char text[4 * ISS_TEAM_TEXT];
};

/** Bytes of the longest message of this study. */
size_t iss_team_room(const struct iss_study_info *info);

/** What this process says of itself. */
void iss_team_hello_fill(struct iss_team_hello *hello,
                         const struct iss_study_info *info, int status);

/** Wait for the next message; its head's place in `bytes` is that of the message. */
int iss_team_listen(const struct iss_remote *remote, int32_t *from, void *bytes,
                    size_t room, size_t *size);

/** Rest while there is nothing to do. */
void iss_team_rest(void);

/** A rank but 0: compute what rank 0 wants (team_serve.c). */
int iss_team_serve(const struct iss_study_run *run, const struct iss_remote *remote,
                   char *message, size_t size);

#endif
