/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * policy/policy.h - what the partners would do, as pure functions of the world.
 *
 * They change nothing and draw nothing; what is random, the process draws.
 */
#ifndef ISS_POLICY_POLICY_H
#define ISS_POLICY_POLICY_H

#include "world/world.h"

/** The port for a flight: the planned one if it is free, else the first free one that
 *  its vehicle uses; -1 when all are taken or kept for others. */
int32_t iss_policy_port(const struct iss_world *world, int32_t flight);

/** Whether `flight` could dock at the port now: it is there, open, empty, and kept for
 *  nobody else. */
bool iss_policy_port_free(const struct iss_world *world, int32_t port, int32_t flight);

/** Whether a flight, on the ground or in free flight, waits for nothing but a port. */
bool iss_policy_waits_for_port(const struct iss_world *world, int32_t flight);

/** Whether a docked vehicle may change ports: sound, not about to leave, and with
 *  somebody who has a seat in it when it's a crew vehicle. */
bool iss_policy_may_move(const struct iss_world *world, int32_t flight);

/** A vehicle that makes room for another. */
struct iss_relocation_offer {
    int32_t flight; /* -1: none does */
    int32_t from, to;
};

/** With policy.relocate: which vehicle moves where, so that `flight`, which waits for
 *  nothing but a port, gets one: the first of the ports that the flight uses from which
 *  somebody may move to one that is free. */
struct iss_relocation_offer iss_policy_relocation(const struct iss_world *world,
                                                  int32_t flight);

/** A cargo ship that leaves ahead of its time, and when. */
struct iss_way_offer {
    int32_t flight; /* -1: none does */
    int64_t leaves_us;
};

/** Which docked cargo ship makes way for `flight`, which waits for nothing but a port:
 *  of those at ports that the flight uses the one that can leave first by its
 *  vehicle's least_stay, if that is ahead of its time. */
struct iss_way_offer iss_policy_way(const struct iss_world *world, int32_t flight);

/** The pad for a launch of `rocket` now: the first of its pads that is free, else the
 *  one that is free first; -1 when it has none, and needs none. */
int32_t iss_policy_pad(const struct iss_world *world, int32_t rocket);

/** Whose turn it is when several launches want one thing: 0 a rescue's, 1 that of who
 *  policy.first prefers, 2 anyone else's. */
int32_t iss_policy_turn(const struct iss_world *world, int32_t flight);

/** Whether launch `one` goes before launch `other`, two flights, where both want one
 *  rocket, pad, port or moment: by turn, then by policy.first: who was due first, or
 *  whose planned date is earlier.  What is left equal goes in the order of the plan,
 * and of the scenario.  A strict order. */
bool iss_policy_before(const struct iss_world *world, int32_t one, int32_t other);

/** How many people there would be beyond iss_world_most_crew() if the flight were
 *  launched now, with who is aboard and on the way; 0 when they fit or nobody flies in
 *  it. */
int32_t iss_policy_crowd(const struct iss_world *world, int32_t flight);

/** What stops the launch of a flight now, as far as its rocket and the station's crew
 *  go; never ISS_STOP_PAD. */
enum iss_stop iss_policy_obstacle(const struct iss_world *world, int32_t flight);

/** The launch that goes ahead in the place of `waiting`, which must wait: the first, by
 *  iss_policy_before(), of those from the same rocket or pads that aren't due yet,
 * could be launched now and were to be within policy.swap_ahead; -1 none, or when
 * policy.swap wants none. */
int32_t iss_policy_swap(const struct iss_world *world, int32_t waiting);

/** The next crew's flight of the type of `failed` that has a date, isn't due yet and
 *  isn't a visit; -1 none. */
int32_t iss_policy_next_crew(const struct iss_world *world, int32_t failed);

/** A place where a person could have a safe seat. */
struct iss_seat_offer {
    int32_t flight;          /* -1: none */
    enum iss_seat_kind kind; /* a regular seat before an improvised one */
};

/** The best safe seat for `person`: in a vehicle docked to the segment that the person
 * is trained for, else in any sound one; a regular seat before an improvised one. */
struct iss_seat_offer iss_policy_seat(const struct iss_world *world, int32_t person);

/**
 * Who, of the people aboard without a safe seat, should get one of the free places in
 * sound vehicles.  Only what has been found out counts.  Those trained for the segment
 * where the vehicle is docked go first, then in order of id.  People whose move is
 * arranged already keep their claim.
 *
 * @param people  room for world->aboard_count.
 * @return how many people were chosen.
 */
int32_t iss_policy_reassign(const struct iss_world *world, int32_t *people);

/** The flight to call up in place of the damaged `flight`: the next one of its type
 * that gets a vehicle, isn't launched, isn't a visit and isn't called up already; -1
 * none. */
int32_t iss_policy_replacement(const struct iss_world *world, int32_t flight);

/** For whom the people whose way home is `flight` stay on although their time to leave
 * has come, as policy.keep_crew wants it: the next planned flight with a crew that
 * stays; -1 when they leave: enough residents remain, nobody lives in the station for
 * long who leaves, or nobody is to come who doesn't wait for a port, room or a vehicle.
 */
int32_t iss_policy_successor(const struct iss_world *world, int32_t flight);

/** Who takes command when the commander has gone: of the residents aboard, those who
 * are to be commanders before others, then who has been there longest, then in order of
 * id; -1 when nobody lives aboard. */
int32_t iss_policy_commander(const struct iss_world *world);

/** How somebody who has to leave early goes home. */
struct iss_evacuation {
    int32_t flight;  /* everyone whose way home it is goes too; -1: there is none */
    int32_t partner; /* who has a seat in it and changes places with them; -1 nobody */
};

/** In what a person aboard goes home who has to leave early.  Their own vehicle while
 *  its relief is awaited (iss_policy_awaited() with the person's limit); else by
 *  policy.evacuation_vehicle their own, or that of the sound ones whose departure
 *  leaves somebody for every segment and the most people aboard, perhaps after changing
 *  seats with one of its people, of the same segment if there is one and as low in its
 *  crew as there is.  Those with damage that is known are out, unless there is nothing
 *  but an emergency seat in the person's own. */
struct iss_evacuation iss_policy_evacuation(const struct iss_world *world,
                                            int32_t person);

/** When a flight is to dock, or has docked, as things stand: as it is due on the
 * ground, its rocket being cleared, and in the mean of its ways to the station;
 * ISS_NEVER when no date is known. */
int64_t iss_policy_expected_docking(const struct iss_world *world, int32_t flight);

/** The relief for which an evacuation in `flight` waits: one that is to dock by
 *  `limit_us`, or that has and hands over now; -1 none, and always when
 *  policy.evacuation_wait is 0. */
int32_t iss_policy_awaited(const struct iss_world *world, int32_t flight,
                           int64_t limit_us);

/** Who goes outside, and who helps from inside. */
struct iss_eva_team {
    int32_t people[ISS_MAX_EVA_TEAM];
    int32_t size;
    int32_t inside; /* -1: nobody has to */
};

/** The people for a spacewalk of `rule` now: residents who are fit, aren't outside or
 *  helping and don't leave early or within a day, in the order of their ids.  False
 * when there are too few. */
bool iss_policy_eva(const struct iss_world *world, int32_t rule,
                    struct iss_eva_team *team);

/** Whether there will be enough once everybody is back inside. */
bool iss_policy_eva_staffed(const struct iss_world *world, int32_t rule);

/** What is in the way of a planned spacewalk of `rule`; if nothing is, its people. */
enum iss_eva_obstacle iss_policy_eva_planned(const struct iss_world *world,
                                             int32_t rule, struct iss_eva_team *team);

enum iss_departure { ISS_DEPART, ISS_DEPART_AT_RISK, ISS_STAY };

/** Whether a vehicle whose time has come leaves.  A sound one does, and one whose
 * damage nobody knows of yet; a damaged one leaves without people, stays with them
 * while a replacement is coming or when its seats are lost, and else follows
 *  policy.return_in_damaged. */
enum iss_departure iss_policy_departure(const struct iss_world *world, int32_t flight);

/** What a flight that is launched now carries: by its own manifest, else by
 *  policy.manifest.
 *
 *  @param loading  room for one a resource; those of which something is wanted, in
 *                  their order, and by mass_mg how much of that it takes.
 *  @return how many these are. */
int32_t iss_policy_manifest(const struct iss_world *world, int32_t flight,
                            struct iss_loading *loading);

/** Whether a vehicle can be sent home with people ahead of its time. */
bool iss_policy_may_return(const struct iss_world *world, int32_t flight);

/** The crew that goes home when stocks run low: of those that can the one whose ship
 * was launched first; -1 when nobody else would be left with a way home. */
int32_t iss_policy_first_return(const struct iss_world *world);
/** Who of `free` (hands, see world/upkeep.h) does a job of the kind; 0 when they can't:
 *  too few, not trained, or without the skill. */
uint64_t iss_policy_hands(const struct iss_world *world, const struct iss_duty *duty,
                          uint64_t free);

/** Who of `free` is kept for a job that can't be begun; 0 when not even everyone aboard
 *  could do it. */
uint64_t iss_policy_kept(const struct iss_world *world, const struct iss_duty *duty,
                         uint64_t free);

#endif
