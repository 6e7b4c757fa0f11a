// SPDX-License-Identifier: GPL-3.0-or-later
/* words.js - how dates, numbers and kinds of event are written. */

export const DAY = 86400e3;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const pad = (n) => String(n).padStart(2, "0");

export function date(ms) {
  if (!Number.isFinite(ms)) {
    return "–";
  }
  const d = new Date(ms);
  return `${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`;
}

export function moment(ms) {
  if (!Number.isFinite(ms)) {
    return "–";
  }
  const d = new Date(ms);
  return `${date(ms)} ${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}`;
}

/** A number with about four digits that count; the whole number when it is one. */
export function number(value) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return "–";
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? "∞" : "−∞";
  }
  if (Number.isInteger(value) && Math.abs(value) < 1e7) {
    return String(value).replace("-", "−");
  }
  const size = Math.abs(value);
  const text = size >= 1e6 || size < 1e-3 ? value.toExponential(2)
    : size >= 1000 ? value.toFixed(0) : size >= 100 ? value.toFixed(1)
      : size >= 1 ? value.toFixed(2) : value.toPrecision(3);
  return text.replace("-", "−");
}

export const withUnits = (value, units) =>
  (units && units !== "1" && units !== "mixed" && Number.isFinite(value)
    ? `${number(value)} ${units}` : number(value));

export function percent(share) {
  const value = 100 * share;
  return `${value > 0 && value < 0.1 ? "<0.1" : value < 10 ? value.toFixed(1) : value.toFixed(0)} %`;
}

/** Time between two moments, as people say it. */
export function lag(ms) {
  const size = Math.abs(ms);
  if (size < 60e3) {
    return "at once";
  }
  if (size < 3600e3) {
    return `${Math.round(size / 60e3)} min later`;
  }
  if (size < 2 * DAY) {
    return `${(size / 3600e3).toFixed(1)} h later`;
  }
  return `${(size / DAY).toFixed(size < 20 * DAY ? 1 : 0)} d later`;
}

/** The greatest of some numbers, however many, and of `least`. */
export function greatest(values, least) {
  let most = least;
  for (let i = 0; i < values.length; i++) {
    if (values[i] > most) {
      most = values[i];
    }
  }
  return most;
}

/** First place in sorted `values` whose value isn't below `value`. */
export function firstFrom(values, value) {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    [low, high] = values[middle] < value ? [middle + 1, high] : [low, middle];
  }
  return low;
}

/** "LAUNCH_HELD" as "Launch held". */
export function humanised(name) {
  const words = name.toLowerCase().replace(/_/g, " ").replace(/\beva\b/g, "EVA");
  return words[0].toUpperCase() + words.slice(1);
}

/* Lanes of events, in the order in which a kind is tried against them; the last takes all. */
export const LANES = [
  { key: "trouble", name: "Trouble",
    kinds: /FAIL|LOST|UNSAFE|GROUNDED$|STRUCK|COMMON|STANDS_DOWN|BLOCKED|PAD_CLOSED|ILLNESS|PARTICLE|EXPIRES|ABANDON|_OUT$|RESERVE_LOW|LEAK_BEGINS|ALTITUDE_LOW|MISSED|SUITS_DOWN|OUTAGE_HURTS/ },
  { key: "decisions", name: "Decisions",
    kinds: /DECISION|RESCUE|EVACUATION|TRANSFERRED|SEAT_|EARLY_RETURN|ROOM_MADE|REPLANNED|ADVANCED|SWITCHED|SWAPPED|PROGRAMME|MISSION_OVER|FORCED|FORECAST|CANCELLED|SKIPPED|PLANNED|END_WAITS|COMMAND|EXPEDITION|RELOCATION_CALLED/ },
  { key: "traffic", name: "Traffic",
    kinds: /LAUNCH|DOCK|LAND|DISPOSED$|RELOCAT|DEPARTURE|CAPTURE|SPACING|SUN_WAIT|ROCKET|PAD_|PORT_|HANDOVER|PREPARATION/ },
  { key: "work", name: "Station work",
    kinds: /EVA|UNIT|SPARE|TASK|REBOOST|AVOID|ALTITUDE|SUITS|OUTAGE|FITNESS/ },
  { key: "stores", name: "Other", kinds: /^/ },
];

export const laneOf = (kind) => LANES.findIndex((lane) => lane.kinds.test(kind));

/** Appointments of the calendar, of which another event then tells what came of them. */
export const isAppointment = (kind) => /_DUE$/.test(kind) || kind === "EVA_AGAIN";

/* What a planner looks at first, as far as it varies or isn't nothing. */
export const FIRST_METRICS = [
  "unsafe_person_days", "unsafe_max", "longest_stay_d", "crew_lost", "station_lost", "early_returns",
  "evacuations", "crew_mean", "slip_mean_d", "slip_max_d", "port_wait_d", "crew_aborts", "cargo_losses",
  "rescue_launch_d", "below_min_crew_d", "uncrewed_d", "research_h", "medical_evacuations", "medical_events",
  "grounded_d", "unit_failures", "repair_backlog", "evas", "altitude_min_km", "upmass_lost_kg", "deorbit_d",
  "arrivals", "extended_life_d", "beyond_life_d", "launches",
];
