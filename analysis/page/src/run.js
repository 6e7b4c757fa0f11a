// SPDX-License-Identifier: GPL-3.0-or-later
/* run.js - one run: its events with causes, flights, people, and who was where when. */

import { humanised, isAppointment, laneOf } from "./words.js";

/* Columns of /events that refer to something with a name, in the order of telling. */
const SUBJECTS = [
  "flight", "person", "failure", "condition", "system", "unit", "part", "task", "eva", "programme", "suits",
  "resource", "threshold", "port", "other", "launch_system", "family", "pad", "scrub_cause",
];
const TABLES = {
  flight: "flights", other: "flights", person: "people", failure: "failure_modes",
  condition: "conditions", system: "systems", unit: "units", part: "parts", task: "tasks", eva: "evas",
  programme: "programme", suits: "suits", resource: "resources", threshold: "thresholds", port: "ports",
  launch_system: "launch_systems", family: "families", pad: "pads", scrub_cause: "scrub_causes",
};
const LABELS = {
  flight: "Flight", other: "Other flight", person: "Person", failure: "Failure", condition: "Condition",
  system: "System", unit: "Unit", part: "Spare part", task: "Task", eva: "Spacewalk",
  programme: "Programme", suits: "Suits", resource: "Resource", threshold: "Threshold", port: "Port",
  launch_system: "Rocket", family: "Rocket family", pad: "Pad", scrub_cause: "Called off by",
};

export class Run {
  constructor(result) {
    this.result = result;
    this.title = result.attribute("title", "");
    this.seed = result.root.attribute("seed");
    this.replication = result.attribute("replication");
    this.readEvents();
    this.flights = this.table("flights").get("name");
    this.people = this.table("people").get("name");
    this.ports = this.table("ports").get("name");
    this.readVehicles();
    this.portIntervals = this.intervals("port_intervals", ["port", "flight"]);
    this.seatIntervals = this.intervals("seat_intervals", ["person", "flight", "kind", "safe"]);
    this.readStays();
    this.failures = this.rows("failures", ["flight", "failure", "occurs", "condition"]);
  }

  table(name) {
    return this.result.table(name);
  }

  /** Rows of a table as objects of the named columns. */
  rows(name, columns) {
    const table = this.table(name);
    const values = columns.map((c) => table.get(c));
    return Array.from(values[0], (_, row) =>
      Object.fromEntries(columns.map((c, i) => [c, values[i][row]])));
  }

  readEvents() {
    const events = this.table("events");
    const types = this.table("event_types");
    this.kinds = types.get("name");
    this.kindDocs = types.get("doc");
    this.kindValues = types.get("value");
    this.lanes = this.kinds.map(laneOf);
    this.appointments = this.kinds.map(isAppointment);
    this.time = events.get("time");
    this.type = events.get("type");
    this.cause = events.get("cause");
    this.count = this.time.length;
    this.subjects = SUBJECTS.filter((c) => events.has(c));
    this.effectsOf = null;
    const state = this.table("state").get("time");
    const last = Math.max(this.time[this.count - 1] ?? this.result.epoch,
      state[state.length - 1] ?? this.result.epoch);
    this.start = this.result.epoch;
    this.end = last > this.start ? last : this.start + 86400e3;
  }

  /* Types of vehicle get colours in the order in which they fly, crews first. */
  readVehicles() {
    const flights = this.table("flights");
    this.vehicle = flights.get("vehicle");
    this.kind = flights.get("kind");
    this.vehicles = this.table("vehicles").get("name");
    const used = [];
    for (const kind of [0, 1]) {
      this.vehicle.forEach((type, flight) => {
        const flew = Number.isFinite(flights.get("dock")[flight])
          || Number.isFinite(flights.get("launch")[flight]);
        if (this.kind[flight] === kind && flew && !used.includes(type)) {
          used.push(type);
        }
      });
    }
    this.types = used;
  }

  colour(flight) {
    const place = this.types.indexOf(this.vehicle[flight]);
    return place < 0 ? 7 : place % 8;
  }

  /** Intervals, those still open to the end. */
  intervals(name, columns) {
    return this.rows(name, [...columns, "start", "end"]).map((row, i) => ({
      ...row, row: i, open: Number.isNaN(row.end),
      end: Number.isNaN(row.end) ? this.end : row.end,
    }));
  }

  readStays() {
    const columns = ["person", "flight_up", "flight_down", "arrive", "leave", "launch", "land",
      "days_aboard", "lost", "visiting"];
    this.stays = this.rows("crew", columns).map((row) => ({
      ...row,
      from: Math.max(this.start, Number.isNaN(row.arrive) ? Infinity : row.arrive),
      to: Number.isNaN(row.leave) ? this.end : row.leave,
    })).filter((stay) => Number.isFinite(stay.from) && stay.to > stay.from);
  }

  /** The state of the station as steps: times and values of one column. */
  steps(column) {
    return { time: this.table("state").get("time"), value: this.table("state").get(column) };
  }

  // ---- Events ----

  kindOf(event) {
    return this.kinds[this.type[event]];
  }

  laneOf(event) {
    return this.lanes[this.type[event]];
  }

  isAppointment(event) {
    return this.appointments[this.type[event]];
  }

  /** Whom and what an event concerns: { column, label, name, row }. */
  concerns(event) {
    const found = [];
    for (const column of this.subjects) {
      const row = this.table("events").get(column)[event];
      if (row >= 0) {
        const table = this.table(TABLES[column]);
        const names = table.has("name") ? table.get("name") : table.get(table.has("cause") ? "cause" : "id");
        found.push({ column, label: LABELS[column], name: names[row] || `#${row}`, row });
      }
    }
    return found;
  }

  eventTitle(event) {
    const all = this.concerns(event);
    const there = (column) => all.some((c) => c.column === column);
    const told = all.filter(({ column }) => !["other", "launch_system", "pad"].includes(column)
      && !(column === "system" && there("unit")) && !(column === "threshold" && there("resource")));
    return [humanised(this.kindOf(event)), ...told.slice(0, 2).map((c) => c.name)].join(" · ");
  }

  /** The chain from the root to this event, itself left out. */
  causes(event) {
    const chain = [];
    for (let at = this.cause[event]; at >= 0; at = this.cause[at]) {
      chain.unshift(at);
    }
    return chain;
  }

  /** What was scheduled during this event, directly. */
  effects(event) {
    if (!this.effectsOf) {
      this.effectsOf = Array.from({ length: this.count }, () => []);
      this.cause.forEach((cause, i) => {
        if (cause >= 0) {
          this.effectsOf[cause].push(i);
        }
      });
    }
    return this.effectsOf[event];
  }

  /** How many events followed from each, however far.  A cause comes before its effects. */
  followers() {
    const count = new Uint32Array(this.count);
    for (let event = this.count - 1; event >= 0; event--) {
      const cause = this.cause[event];
      if (cause >= 0) {
        count[cause] += 1 + count[event];
      }
    }
    return count;
  }

  /** All that followed, however far; at most `limit`. */
  descendants(event, limit = Infinity) {
    const found = [];
    const open = [...this.effects(event)];
    while (open.length && found.length < limit) {
      const next = open.shift();
      found.push(next);
      open.push(...this.effects(next));
    }
    return found;
  }

  eventsOf(column, row) {
    const values = this.table("events").get(column);
    const found = [];
    values.forEach((value, i) => {
      if (value === row) {
        found.push(i);
      }
    });
    return found;
  }
}
