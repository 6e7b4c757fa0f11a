/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * checker.h - what the checks of a model share: to find a setting again, and to report
 * at its place.
 */
#ifndef ISS_MODEL_CHECKER_H
#define ISS_MODEL_CHECKER_H

#include "model/model.h"

struct iss_checker {
    const struct iss_model *model;
    struct iss_diag *diag;
};

/** An error about the setting `setting` ("as_flown.port", "ports[2]"; "" for the thing
 *  itself) of the thing `entity` of the section `set`, where it stands. */
void iss_checker_report(const struct iss_checker *checker, const char *set,
                        const struct iss_entity *entity, const char *setting,
                        const char *format, ...) __attribute__((format(printf, 5, 6)));

/** The one group of a section, for findings about its settings: their `set` is "". */
struct iss_entity iss_checker_single(const struct iss_checker *checker,
                                     const char *section);

/** A warning likewise. */
void iss_checker_warn(const struct iss_checker *checker, const char *set,
                      const struct iss_entity *entity, const char *setting,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));

/** Whether the scenario gives the setting, readable or not. */
bool iss_checker_says(const struct iss_entity *entity, const char *setting);

/** How many members the list has that the scenario gives for a setting; -1 without
 *  one. */
int32_t iss_checker_members(const struct iss_entity *entity, const char *setting);

/** Whether a whole number is absent or was read; if not, that has been said already. */
bool iss_checker_reads(const struct iss_entity *entity, const char *setting);

/** A time of the model as a date, in `buffer`. */
const char *iss_checker_date(const struct iss_checker *checker, int64_t us,
                             char buffer[32]);

/** Report a port (or -1) that a vehicle (or -1) doesn't fit. */
void iss_checker_port(const struct iss_checker *checker, const char *set,
                      const struct iss_entity *entity, const char *setting,
                      int32_t vehicle, int32_t port);

/** One flight: its dates and ports (check_flight.c). */
void iss_check_flight(const struct iss_checker *checker, int32_t id);

/** The flights of one type of vehicle: nobody without a seat (check_flight.c). */
void iss_check_seats(const struct iss_checker *checker, int32_t vehicle);

/** Who relieves whom: each at most once, and not in a circle (check_relief.c). */
void iss_check_reliefs(const struct iss_checker *checker);

/** One rule of the cadence (check_cadence.c). */
void iss_check_cadence(const struct iss_checker *checker, int32_t id);

/** Who must be in a crew: a vehicle's commander, people for each segment; who is aboard
 *  at the start, and who commands by the record (check_crews.c). */
void iss_check_crews(const struct iss_checker *checker);

/** The failure modes (check_failure.c), and what the scenario forces (check_forced.c).
 */
void iss_check_failures(const struct iss_checker *checker);
void iss_check_forced(const struct iss_checker *checker,
                      const struct iss_forced *forced);

/** Rockets and their families (check_launch.c). */
void iss_check_launch(const struct iss_checker *checker);

/** How vehicles get to a port: profiles, people who capture them, moves
 *  (check_docking.c). */
void iss_check_docking(const struct iss_checker *checker);

/** Spacewalks, and what research is reckoned with (check_eva.c). */
void iss_check_eva(const struct iss_checker *checker);

/** The programme (check_programme.c). */
void iss_check_programme(const struct iss_checker *checker);

/** Whether the mission's end waits for a vehicle of the type to be docked, so that it
 *  is to stay (check_programme.c). */
bool iss_checker_is_to_stay(const struct iss_model *model, int32_t vehicle);

/** Whether anybody of the scenario, or of the crews that its rules make, has a skill
 *  (check_docking.c). */
bool iss_checker_somebody_has(const struct iss_model *model, int32_t skill);

/** The first rule whose crews stay, when there are such rules and none of them brings
 *  the skill: once those with a name have left nobody has it; else NULL
 *  (check_docking.c). */
const struct iss_cadence *iss_checker_crews_without(const struct iss_model *model,
                                                    int32_t skill);

/** Medical conditions, kits, and people's risks (check_medical.c). */
void iss_check_medical(const struct iss_checker *checker);
/** Stocks, what makes and uses them, and what brings them (check_resources.c). */
void iss_check_resources(const struct iss_checker *checker);
/** The orbit (check_orbit.c). */
void iss_check_orbit(const struct iss_checker *checker);

/** All flights: no port taken twice (check_berths.c); nobody in two places, or brought
 *  home without having come (check_people.c). */
void iss_check_berths(const struct iss_checker *checker);
void iss_check_people(const struct iss_checker *checker);

/** Systems, their spares, and regular work (check_upkeep.c). */
void iss_check_upkeep(const struct iss_checker *checker);

#endif
