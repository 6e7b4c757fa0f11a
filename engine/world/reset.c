/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reset.c - a world as it was when its block was copied.
 *
 * What a replication hasn't touched stays as it is: the room for flights that it hasn't
 * made, what belongs to flights that had landed before it began, and the calendar's
 * slots in which nothing is.
 */
#include <string.h>

#include "world/slots.h"

struct copy {
    char *to;
    const char *from;
};

/* The things from number `begin` to `end` of an array in the block. */
static void
put_back(const struct copy *copy, const void *array, int64_t begin, int64_t end,
         size_t size)
{
    size_t at = (size_t)((const char *)array - copy->to) + (size_t)begin * size;
    memcpy(copy->to + at, copy->from + at, (size_t)(end - begin) * size);
}

/* What is on the calendar, and in its rooms, of which there were fewer at the start. */
static void
put_back_calendar(struct iss_world *world, const struct copy *copy)
{
    const char *calendar = (const char *)world->calendar;

    put_back(copy, world->pending, 0, iss_calendar_rooms(world->calendar),
             sizeof *world->pending);
    iss_calendar_restore(world->calendar,
                         (const void *)(copy->from + (calendar - copy->to)));
}

void
iss_world_set_out(struct iss_world *world)
{
    world->raised_most = 0;
    world->stirred_count = 0;
    world->stays_over = 0;
    while (world->stays_over < world->stay_count &&
           world->stays[world->stays_over].land_us != ISS_NO_TIME) {
        world->stays_over++;
    }
}

/* What belongs to the flights from `from` to `to` - 1, but for themselves. */
static void
put_back_flights(struct iss_world *world, const struct copy *copy, int64_t from,
                 int64_t to)
{
    int64_t resources = world->model->resources.count;
    int64_t words = iss_marks_words(world->model->resources.count);

    put_back(copy, world->cargo, from * resources, to * resources,
             sizeof *world->cargo);
    put_back(copy, world->laden, from * words, to * words, sizeof *world->laden);
}

/* Few fail in a mission; where many do all are put back. */
static void
put_back_failures(const struct iss_world *world, const struct copy *copy)
{
    if (world->stirred_count > ISS_STIRRED) {
        put_back(copy, world->failures, 0, (int64_t)iss_failure_count(world->model),
                 sizeof *world->failures);
        return;
    }
    for (int32_t i = 0; i < world->stirred_count; i++) {
        int64_t at = world->stirred_failures[i];
        put_back(copy, world->failures, at, at + 1, sizeof *world->failures);
    }
}

static bool
has_flown(const struct iss_flight *flight)
{
    return flight->phase == ISS_FLIGHT_LANDED;
}

/* Of a flight that was over at the start only what is in itself may change, such as who
 * was to relieve it. */
void
iss_world_restore(struct iss_world *world, const void *image)
{
    struct copy copy = {(char *)world, image};
    int32_t touched = world->flight_count, begin = 0;
    const char *calendar = (const char *)world->calendar;
    const char *after_stays = (const char *)(world->stays + world->stay_capacity);

    put_back_calendar(world, &copy);
    put_back_failures(world, &copy);
    put_back(&copy, world->flights, 0, touched, sizeof *world->flights);
    put_back(&copy, world->raised, 0,
             world->raised_most < world->raised_room ? world->raised_most
                                                     : world->raised_room,
             sizeof *world->raised);
    for (int32_t i = 0; i <= touched; i++) {
        if (i == touched || has_flown(&world->flights[i])) {
            put_back_flights(world, &copy, begin, i);
            begin = i + 1;
        }
    }
    put_back(&copy, world->stays, world->stays_over, world->stay_count,
             sizeof *world->stays);
    put_back(&copy, after_stays, 0, calendar - after_stays, 1);
    put_back(&copy, world, 0, (char *)world->stays - copy.to, 1);
}
