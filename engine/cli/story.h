/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/story.h - the teller: a replication's events become lines of plain English.
 *
 * A line has a date, sentences, and a remark at its right edge.  Events that follow
 * from one another at one moment share a line; so do a launch and its docking, a
 * departure and its landing, when nothing else is told in between.
 *
 * All is read from the outcome, so that a stored result can be told as well.
 */
#ifndef ISS_CLI_STORY_H
#define ISS_CLI_STORY_H

#include "cli/term.h"
#include "observe/tables.h"
#include "outcome/table.h"
#include "world/world.h"

/* One row of /events. */
struct iss_happening {
    int32_t row;
    enum iss_event_kind kind;
    int64_t time_us;
    int32_t flight, other, port, rocket, family, pad, scrub, person, failure, eva,
        suits, illness, system, unit, part, task, resource, threshold, programme;
    int32_t cause; /* row; here and above -1: none */
    double value;
};

struct iss_people_list {
    int32_t count;
    int32_t *at; /* room for everybody */
};

/* A line of the story, told. */
struct iss_story_line {
    int64_t from_us, until_us; /* what it covers */
    int32_t event;             /* the row it begins with; -1: the opening */
    const char *text;
    const char *remark; /* "" none */
    enum iss_ink ink;   /* of the remark */
};

typedef void iss_story_listener(void *self, const struct iss_story_line *line);

struct iss_story {
    struct iss_outcome *outcome; /* read only; the tables' accessors want it writable */
    iss_story_listener *listener; /* takes each line */
    void *listens;
    bool all;          /* asked for */
    bool cargo;        /* cargo traffic is told as that of crews is */
    bool left_out;     /* some of it wasn't */
    bool ill_left_out; /* nor was illness */
    bool apart;        /* each event by itself: nothing is folded into another's line */
    const bool *only;  /* the events that the story is about; NULL: all */
    int64_t epoch_us;
    struct iss_arena arena;
    bool *named;          /* people whose whole name has been said */
    bool *told;           /* events that another one's line has told already */
    int32_t *line_of;     /* the number of the line that tells each event; 0 none */
    int32_t lines;        /* begun so far */
    int64_t crew, unsafe; /* people aboard, and without a safe seat, as last told */
    struct iss_people_list people; /* scratch */
    FILE *line;                    /* the line being told; NULL none */
    char *text;
    size_t size;
    int64_t from_us, until_us; /* what the line covers */
    int32_t first, last;       /* the events that it begins with and has come to */
    bool broken;               /* memory ran out */
    const char *cause;         /* remark to prefer; NULL: what changed aboard */
    char remark[80];           /* room for one */
};

/** Print the whole replication; `left_out` says in words what wasn't told that -v
 * tells,
 *  "" nothing.  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_story_tell(struct iss_outcome *outcome, const struct iss_term *term,
                   bool verbose, const char **left_out);

/* ---- for other tellings -------------------------------------------------------- */

/** Make ready to tell `outcome` to `listener`.  ISS_OK or ISS_ERR_NO_MEMORY; to be
 *  closed either way. */
int iss_story_open(struct iss_story *story, struct iss_outcome *outcome, bool verbose,
                   iss_story_listener *listener, void *listens);

/** Tell all: the opening (unless only some events are wanted), then the events. */
void iss_story_tell_all(struct iss_story *story);

/** Tell event `row` and nothing else; what has no words of its own by its meaning. */
void iss_story_tell_event(struct iss_story *story, int32_t row);

/** ISS_OK, or ISS_ERR_NO_MEMORY when memory ran out on the way. */
int iss_story_close(struct iss_story *story);

/** Whether events of this kind are only appointments, or told with another. */
bool iss_story_is_quiet(enum iss_event_kind kind);

/* ---- for the tellers, cli/tell_*.c --------------------------------------------- */

#define TELL(KIND, when, function)                                                     \
    void iss_tell_##function(struct iss_story *story,                                  \
                             const struct iss_happening *event);
#define QUIET(KIND)
#include "cli/narrate.def"
#undef TELL
#undef QUIET

/** Who and what is there when the story begins. */
void iss_tell_opening(struct iss_story *story);

/** The event in `row`. */
struct iss_happening iss_story_event(const struct iss_story *story, int32_t row);
int32_t iss_story_events(const struct iss_story *story);

/** What an event is about: a vehicle and where it is, a port, a rocket, a person, or
 * the station. */
void iss_story_say_struck(struct iss_story *story, const struct iss_happening *event);

/** Why the failure `event` doesn't strike, or not yet. */
void iss_story_say_spared(struct iss_story *story, const struct iss_happening *event);

/** Whether a failure took effect: what is forced may find nothing to strike. */
bool iss_story_has_struck(const struct iss_story *story,
                          const struct iss_happening *event);

/** The next event of `kind` about the same flight, port, rocket, family and pad as
 *  `event`, after it; or -1. */
int32_t iss_story_next_alike(const struct iss_story *story,
                             const struct iss_happening *event,
                             enum iss_event_kind kind);

/** The kind of event that ends an outage which begins with one of `kind`;
 *  ISS_EVENT_KINDS when that begins none. */
enum iss_event_kind iss_story_outage_end(enum iss_event_kind kind);

/** Whether it was told that the flight of a launch or docking had to wait on the
 * ground: then that it flies and arrives belongs to the story. */
bool iss_story_has_waited(const struct iss_story *story,
                          const struct iss_happening *event);

/** Whether the event grounds or clears only rockets on which no flight of the mission
 * is still to fly. */
bool iss_story_is_elsewhere(const struct iss_story *story,
                            const struct iss_happening *event);

/** The next event of `kind` about `flight` after `row`, or -1. */
int32_t iss_story_next(const struct iss_story *story, int32_t row,
                       enum iss_event_kind kind, int32_t flight);

/** The next event of `kind` after `row` that `cause` brought about, or -1. */
int32_t iss_story_consequence(const struct iss_story *story, int32_t row,
                              enum iss_event_kind kind, int32_t cause);

/** Go on (with a space) in the line that tells the cause of `event` at the same moment
 * (of a launch: what it waited for), or begin a new one. */
void iss_story_begin(struct iss_story *story, const struct iss_happening *event);

/** Tell event `row` in the present line, too. */
void iss_story_take(struct iss_story *story, int32_t row);

/** Tell in the present line, too, what of `kind` happens to people at the moment of
 *  `event` by its cause, with `flight` unless that is -1; whom, story->people says. */
void iss_story_take_people(struct iss_story *story, const struct iss_happening *event,
                           enum iss_event_kind kind, int32_t flight);

/** Whether the present line tells event `row`. */
bool iss_story_has_said(const struct iss_story *story, int32_t row);

/** Whether event `row`, which follows from one being told, will have words of its own
 * in the same line. */
bool iss_story_will_go_on(const struct iss_story *story, int32_t row);

/** Take the later event `row` into this line, if nothing is told in between and it
 * isn't long after.  It then counts as told. */
bool iss_story_fold(struct iss_story *story, int32_t row);

void iss_story_say(struct iss_story *story, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Take into the present line that an expedition begins, or command changes, with the
 *  departure `event`: the row of that, for iss_story_say_command(); -1 when it doesn't.
 */
int32_t iss_story_take_command(struct iss_story *story,
                               const struct iss_happening *event);
/** Say what was taken, after a space; nothing for -1. */
void iss_story_say_command(struct iss_story *story, int32_t row);

/** The number of the expedition at `time_us`, and who commands it; false when nobody
 *  does, or nobody counts. */
bool iss_story_command(const struct iss_story *story, int64_t time_us, int64_t *number,
                       const char **commander);

/** Print the line with its remark. */
void iss_story_end_line(struct iss_story *story);

/* ---- words, cli/words.c -------------------------------------------------------- */

const char *iss_story_flight(const struct iss_story *story, int32_t flight);
const char *iss_story_port(const struct iss_story *story, int32_t port);
const char *iss_story_rocket(const struct iss_story *story, int32_t rocket);
const char *iss_story_family(const struct iss_story *story, int32_t family);
const char *iss_story_pad(const struct iss_story *story, int32_t pad);
const char *iss_story_resource(const struct iss_story *story, int32_t resource);

/** Whether for want of a resource everyone is to leave, and nobody to come before its
 *  LIFE_SUPPORTED. */
bool iss_story_shuts(const struct iss_story *story, const struct iss_happening *event);
bool iss_story_is_crewed(const struct iss_story *story, int32_t flight); /* its kind */

/** "Ada Lovelace, Babbage and Byron": whole names at the first mention; "Taxi 4's 3
 *  people" for those without names, whom a rule has made. */
void iss_story_say_people(struct iss_story *story,
                          const struct iss_people_list *people);

/** Who of the crew of `flight`, which launches, isn't in it, and why: ", without Ada,
 * who is still aboard" or, when it's `all` of them, ": Ada is still aboard".  Whether
 * there is anybody. */
bool iss_story_say_left_behind(struct iss_story *story, int32_t flight, bool all);

/** "Still on the ground: ...", what was to fly by `end_us` and hasn't; with a space
 * before, and nothing when there's none. */
void iss_story_say_grounded(struct iss_story *story, int64_t end_us);

/** "" on the line's own day, " on the 3rd" in its month, else " on 2023-03-03". */
void iss_story_say_day(struct iss_story *story, int64_t time_us);

/** "2023-03-03". */
char *iss_story_date(const struct iss_story *story, int64_t time_us, char buffer[32]);

/** A name within a sentence: "The toilet" is "the toilet" there. */
char *iss_words_within(const char *name, char buffer[128]);

/** "7 days", "1 day", "5 hours". */
char *iss_words_days(double days, char buffer[32]);

/** "nobody", "1 person", "7 people". */
char *iss_words_count(int64_t people, char buffer[32]);

/** The port that `flight` is at, at `time_us` or until then; -1 none. */
int32_t iss_story_port_at(const struct iss_story *story, int32_t flight,
                          int64_t time_us);

/** Whether `flight` could bring people home at `time_us`; enum iss_condition. */
uint8_t iss_story_condition(const struct iss_story *story, int32_t flight,
                            int64_t time_us);

/** Whether `flight` is at a port at `time_us`. */
bool iss_story_is_docked(const struct iss_story *story, int32_t flight,
                         int64_t time_us);

/** Whether `person` is aboard at `time_us`, and in which flight's seat (-1 none). */
bool iss_story_is_aboard(const struct iss_story *story, int32_t person, int64_t time_us,
                         int32_t *seat);

/** The flight that was called up before `event` to replace its flight, and is still to
 * come; -1 none. */
int32_t iss_story_replacement(const struct iss_story *story,
                              const struct iss_happening *event);

/** Whether a rule has made the first of them for `flight`, so that "Taxi 4's 3 people"
 *  says already whose they are. */
bool iss_story_is_made_for(const struct iss_story *story,
                           const struct iss_people_list *people, int32_t flight);

/* Lists of people, into story->people. */
const struct iss_people_list *iss_story_went_up(struct iss_story *story, int32_t flight,
                                                int64_t launch_us);
const struct iss_people_list *iss_story_went_down(struct iss_story *story,
                                                  int32_t flight);
/** Who had a safe seat in `flight` until `time_us` and has none from then on. */
const struct iss_people_list *iss_story_lost_seats(struct iss_story *story,
                                                   int32_t flight, int64_t time_us);
/** Who holds a seat of `flight` at `time_us`; with -1, who holds none. */
const struct iss_people_list *iss_story_seated(struct iss_story *story, int32_t flight,
                                               int64_t time_us);

/** The state from `time_us` on: people aboard, and those without a safe seat. */
void iss_story_state(const struct iss_story *story, int64_t time_us, int64_t *crew,
                     int64_t *unsafe);

#endif
