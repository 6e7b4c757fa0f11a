/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_failure.c - failure modes: what they strike, how they come about, what follows.
 *
 * A setting that means nothing where it stands is an error: whoever wrote it expects it
 * to do something.
 */
#include <stdio.h>
#include <string.h>

#include "model/checker.h"

/* ---- what is not simulated ------------------------------------------------------ */

static void
check_simulated(const struct iss_checker *checker, const struct iss_failure_mode *mode)
{
    if (mode->strikes >= (int)ISS_TARGET_KINDS) {
        iss_checker_report(checker, "failures", &mode->entity, "strikes",
                           "the units of a system fail by its own life, and a common "
                           "cause by its beta_factor (systems); allowed vehicle, port, "
                           "rocket, pad, person, station");
    }
}

/* ---- what is at risk ----------------------------------------------------------- */

static void
check_targets(const struct iss_checker *checker, const struct iss_failure_mode *mode)
{
    static const struct {
        const char *setting;
        int strikes;
        const char *word;
    } lists[] = {{"vehicles", ISS_TARGET_VEHICLE, "vehicle"},
                 {"during", ISS_TARGET_VEHICLE, "vehicle"},
                 {"ports", ISS_TARGET_PORT, "port"},
                 {"launch_systems", ISS_TARGET_ROCKET, "rocket"},
                 {"pads", ISS_TARGET_PAD, "pad"},
                 {"crew", ISS_TARGET_PERSON, "person"},
                 {"clock", ISS_TARGET_PERSON, "person"}};

    if (mode->strikes < 0) {
        return; /* said already */
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (mode->strikes != lists[i].strikes &&
            iss_checker_says(&mode->entity, lists[i].setting)) {
            iss_checker_report(checker, "failures", &mode->entity, lists[i].setting,
                               "is for strikes = \"%s\" only", lists[i].word);
        }
    }
    if (mode->strikes == ISS_TARGET_VEHICLE &&
        !iss_checker_says(&mode->entity, "vehicles")) {
        iss_checker_report(checker, "failures", &mode->entity, "",
                           "vehicles is missing: the types of vehicle at risk (or say "
                           "what else it strikes)");
    }
}

/* ---- how it comes about -------------------------------------------------------- */

static void
check_hazard(const struct iss_checker *checker, const struct iss_failure_mode *mode)
{
    bool timed = mode->per == ISS_PER_TIME;
    bool uneventful =
        mode->strikes == ISS_TARGET_PERSON ||
        (mode->strikes == ISS_TARGET_VEHICLE && mode->per == ISS_PER_UNDOCKING) ||
        (mode->strikes == ISS_TARGET_PORT && mode->per == ISS_PER_LAUNCH) ||
        (mode->strikes != ISS_TARGET_STATION && mode->per == ISS_PER_EVA) ||
        ((mode->strikes == ISS_TARGET_ROCKET || mode->strikes == ISS_TARGET_PAD) &&
         mode->per != ISS_PER_LAUNCH);

    if (mode->per < 0) {
        return; /* said already */
    }
    if (!timed && !iss_checker_says(&mode->entity, "probability")) {
        iss_checker_report(checker, "failures", &mode->entity, "per",
                           "needs probability: how likely it is each time");
    }
    if (!timed && iss_checker_says(&mode->entity, "life")) {
        iss_checker_report(checker, "failures", &mode->entity, "life",
                           "is for failures over time; this one comes per event, with "
                           "probability");
    }
    if (!timed && iss_checker_says(&mode->entity, "beta_factor")) {
        iss_checker_report(checker, "failures", &mode->entity, "beta_factor",
                           "is for failures over time; this one comes per event");
    }
    if (timed && iss_checker_says(&mode->entity, "probability")) {
        iss_checker_report(checker, "failures", &mode->entity, "probability",
                           "is for failures per event; say which, as in per = "
                           "\"docking\"");
    }
    if (!timed && uneventful) {
        iss_checker_report(checker, "failures", &mode->entity, "per",
                           "can't happen to what it strikes; vehicles and the station "
                           "may fail per launch or docking, rockets and pads per "
                           "launch, ports per docking or undocking, the station per "
                           "eva");
    }
    if (mode->per != ISS_PER_EVA && iss_checker_says(&mode->entity, "suits")) {
        iss_checker_report(checker, "failures", &mode->entity, "suits",
                           "is for failures that spacewalks bring about (per = "
                           "\"eva\")");
    }
    if (mode->clock == ISS_CLOCK_TOGETHER &&
        (!timed || iss_checker_says(&mode->entity, "beta_factor"))) {
        iss_checker_report(checker, "failures", &mode->entity, "clock",
                           "together is for failures over time, and without "
                           "beta_factor: it strikes one, not all");
    }
    if (timed && iss_checker_says(&mode->entity, "beta_factor") && mode->life == NULL &&
        !iss_checker_says(&mode->entity, "life")) {
        iss_checker_report(checker, "failures", &mode->entity, "beta_factor",
                           "needs life, of which it is a share");
    }
}

/* ---- what follows -------------------------------------------------------------- */

/* The settings of effects and the kinds that they are for, as bits. */
#define KIND(NAME) (1 << ISS_EFFECT_##NAME)
static const struct {
    const char *setting;
    int kinds;
    const char *words;
} uses[] = {
    {"seats", KIND(VEHICLE_UNSAFE), "vehicle_unsafe"},
    {"survival", KIND(VEHICLE_UNSAFE) | KIND(VEHICLE_LOST),
     "vehicle_unsafe and vehicle_lost"},
    {"duration",
     KIND(LAUNCH_GROUNDED) | KIND(PORT_BLOCKED) | KIND(PAD_CLOSED) |
         KIND(SUITS_UNUSABLE) | KIND(RESOURCE_LOSS),
     "launch_grounded, port_blocked, pad_closed, suits_unusable and resource_loss"},
    {"launch_system", KIND(LAUNCH_GROUNDED), "launch_grounded"},
    {"port", KIND(PORT_BLOCKED), "port_blocked"},
    {"pad", KIND(PAD_CLOSED), "pad_closed"},
    {"suits", KIND(SUITS_UNUSABLE), "suits_unusable"},
    {"who", KIND(EVACUATE), "evacuate"},
    {"failure", KIND(CHAIN), "chain"},
    {"probability", KIND(CHAIN), "chain"},
    {"delay", KIND(CHAIN), "chain"},
    {"resource", KIND(RESOURCE_LOSS), "resource_loss"},
    {"mass", KIND(RESOURCE_LOSS), "resource_loss"},
    {"rate", KIND(RESOURCE_LOSS), "resource_loss"},
};
#undef KIND

static const char *
effect_setting(int32_t index, const char *setting, char buffer[64])
{
    snprintf(buffer, 64, "effects[%d]%s%s", (int)index, *setting != '\0' ? "." : "",
             setting);
    return buffer;
}

/* Whether the effect knows what to act on. */
static const char *
lacks(const struct iss_failure_mode *mode, const struct iss_effect *effect)
{
    bool vehicle = mode->strikes == ISS_TARGET_VEHICLE || mode->strikes < 0;

    switch ((enum iss_effect_kind)effect->kind) {
    case ISS_EFFECT_VEHICLE_UNSAFE:
    case ISS_EFFECT_VEHICLE_LOST:
        return vehicle ? NULL
                       : "needs strikes = \"vehicle\"; let this failure chain to one "
                         "that does";
    case ISS_EFFECT_LAUNCH_GROUNDED:
        return vehicle || mode->strikes == ISS_TARGET_ROCKET || effect->rocket >= 0
                   ? NULL
                   : "needs launch_system: which rocket doesn't fly";
    case ISS_EFFECT_PORT_BLOCKED:
        return vehicle || mode->strikes == ISS_TARGET_PORT || effect->port >= 0
                   ? NULL
                   : "needs port: which port is blocked";
    case ISS_EFFECT_PAD_CLOSED:
        return vehicle || mode->strikes == ISS_TARGET_PAD || effect->pad >= 0
                   ? NULL
                   : "needs pad: which pad is closed";
    case ISS_EFFECT_EVACUATE:
        return effect->who != ISS_EVACUATE_VEHICLE ? NULL
               : mode->strikes == ISS_TARGET_ROCKET
                   ? "needs who = \"station\": nobody lives in a rocket"
               : mode->strikes == ISS_TARGET_PAD
                   ? "needs who = \"station\": nobody lives on a pad"
                   : NULL;
    case ISS_EFFECT_CHAIN:
        return effect->failure >= 0 ? NULL : "needs failure: which one follows";
    case ISS_EFFECT_SUITS_UNUSABLE:
        return effect->suits >= 0 ? NULL : "needs suits: which are out of use";
    case ISS_EFFECT_RESOURCE_LOSS:
        return effect->resource < 0 ? "needs resource: what is lost"
               : effect->mass.fixed == 0 && effect->rate.fixed == 0
                   ? "needs mass or rate: how much is lost"
                   : NULL;
    case ISS_EFFECT_SIMULATED:
        break;
    }
    return NULL;
}

static void
check_effect(const struct iss_checker *checker, const struct iss_failure_mode *mode,
             int32_t index)
{
    static const char *const needed[ISS_EFFECT_SIMULATED] = {
        [ISS_EFFECT_LAUNCH_GROUNDED] = "launch_system",
        [ISS_EFFECT_PORT_BLOCKED] = "port",
        [ISS_EFFECT_CHAIN] = "failure",
        [ISS_EFFECT_SUITS_UNUSABLE] = "suits",
        [ISS_EFFECT_RESOURCE_LOSS] = "resource"};
    const struct iss_effect *effect =
        (const struct iss_effect *)mode->effects.items + index;
    char setting[64];

    if (effect->kind < 0) {
        return; /* said already */
    }
    if (effect->kind >= (int)ISS_EFFECT_SIMULATED) {
        iss_checker_report(checker, "failures", &mode->entity,
                           effect_setting(index, "effect", setting),
                           "works on systems and crew time, which aren't "
                           "simulated yet; allowed vehicle_unsafe, vehicle_lost, "
                           "launch_grounded, port_blocked, pad_closed, evacuate, "
                           "chain, suits_unusable, resource_loss");
        return;
    }
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        effect_setting(index, uses[i].setting, setting);
        if ((uses[i].kinds >> effect->kind & 1) == 0 &&
            iss_checker_says(&mode->entity, setting)) {
            iss_checker_report(checker, "failures", &mode->entity, setting,
                               "is for %s only", uses[i].words);
        }
    }
    const char *problem = lacks(mode, effect);
    bool unread =
        needed[effect->kind] != NULL &&
        iss_checker_says(&mode->entity,
                         effect_setting(index, needed[effect->kind], setting)) &&
        (effect->kind != ISS_EFFECT_RESOURCE_LOSS || effect->resource < 0);
    if (problem != NULL && !unread) {
        iss_checker_report(checker, "failures", &mode->entity,
                           effect_setting(index, "", setting), "%s", problem);
    }
}

/* ---- circles ------------------------------------------------------------------- */

/* The way from one failure to the next, for as long as it may be without a circle. */
struct way {
    const struct iss_checker *checker;
    int32_t at[ISS_MAX_MODES];
    int32_t length;
    bool dead[ISS_MAX_MODES]; /* no way leads back from there */
};

/* "a -> b -> a", as much as fits. */
static const char *
way_text(const struct way *way, char buffer[256])
{
    const struct iss_model *model = way->checker->model;
    size_t used = 0;

    for (int32_t i = 0; i <= way->length && used < 256; i++) {
        int32_t mode = way->at[i < way->length ? i : 0];
        used += (size_t)snprintf(buffer + used, 256 - used, "%s%s", i > 0 ? " -> " : "",
                                 iss_model_failure_mode(model, mode)->entity.id);
    }
    return buffer;
}

/* Follow the chains from `mode` back to where the way began; that circle is reported
 * once, at its first failure in the order of the scenario. */
static bool
closes(struct way *way, int32_t mode)
{
    const struct iss_rows *rows =
        &iss_model_failure_mode(way->checker->model, mode)->effects;
    const struct iss_effect *effects = rows->items;

    way->at[way->length++] = mode;
    way->dead[mode] = true; /* unless it closes, and then nobody asks again */
    for (int32_t i = 0; i < rows->count; i++) {
        int32_t next = effects[i].kind == ISS_EFFECT_CHAIN ? effects[i].failure : -1;
        if (next == way->at[0] ||
            (next > way->at[0] && !way->dead[next] && closes(way, next))) {
            return true;
        }
    }
    way->length--;
    return false;
}

static void
check_circles(const struct iss_checker *checker)
{
    char text[256];

    for (int32_t i = 0; i < checker->model->failures.count; i++) {
        struct way way = {.checker = checker};
        if (closes(&way, i)) {
            iss_checker_report(
                checker, "failures", &iss_model_failure_mode(checker->model, i)->entity,
                "", "causes itself: %s; a chain has to end", way_text(&way, text));
        }
    }
}

void
iss_check_failures(const struct iss_checker *checker)
{
    const struct iss_model *model = checker->model;

    for (int32_t i = 0; i < model->failures.count; i++) {
        const struct iss_failure_mode *mode = iss_model_failure_mode(model, i);
        check_simulated(checker, mode);
        check_targets(checker, mode);
        check_hazard(checker, mode);
        for (int32_t k = 0; k < mode->effects.count; k++) {
            check_effect(checker, mode, k);
        }
        if (mode->effects.count > ISS_MAX_EFFECTS) {
            iss_checker_report(checker, "failures", &mode->entity, "effects",
                               "has too many; got %d; allowed %d",
                               (int)mode->effects.count, ISS_MAX_EFFECTS);
        }
    }
    if (model->failures.count > ISS_MAX_MODES) {
        iss_checker_report(checker, "failures",
                           &iss_model_failure_mode(model, ISS_MAX_MODES)->entity, "",
                           "is one too many; allowed %d failures", ISS_MAX_MODES);
        return;
    }
    check_circles(checker);
}
