// SPDX-License-Identifier: GPL-3.0-or-later
/* layout.js - which rows the timeline of a run has, and what lies in which. */

import { LANES } from "./words.js";

const MANY = 14; // people: above, stays share rows

/** Stays into as few rows as will hold them without overlap; the row of each. */
function packed(stays) {
  const ends = [];
  const rows = new Map();
  for (const stay of [...stays].sort((a, b) => a.from - b.from || a.to - b.to)) {
    let row = ends.findIndex((end) => end <= stay.from);
    if (row < 0) {
      row = ends.length;
      ends.push(0);
    }
    ends[row] = stay.to;
    rows.set(stay, row);
  }
  return { count: ends.length, rows };
}

function crewRows(run) {
  const people = [...new Set(run.stays.map((stay) => stay.person))];
  if (people.length > MANY) {
    return { ...packed(run.stays), labels: null };
  }
  const rows = new Map(run.stays.map((stay) => [stay, people.indexOf(stay.person)]));
  return { count: people.length, rows, labels: people.map((p) => run.people[p]) };
}

/** What the crew's rows hold: pieces of stays, by the seat that was held. */
function seats(run, rows) {
  const stays = new Map();
  run.stays.forEach((stay) => stays.set(stay.person, [...(stays.get(stay.person) ?? []), stay]));
  const found = [];
  for (const seat of run.seatIntervals) {
    const stay = (stays.get(seat.person) ?? []).find((s) => s.from <= seat.start && seat.start < s.to);
    if (stay && seat.end > seat.start) {
      found.push({ ...seat, line: rows.get(stay) });
    }
  }
  return found;
}

/** Times at which a docked vehicle was no safe way home: pieces of port intervals. */
function damage(run) {
  const found = [];
  for (const failure of run.failures) {
    if (failure.flight < 0 || failure.condition === 0) {
      continue;
    }
    for (const interval of run.portIntervals) {
      if (interval.flight === failure.flight && interval.end > failure.occurs) {
        found.push({ port: interval.port, flight: failure.flight,
          start: Math.max(interval.start, failure.occurs), end: interval.end });
      }
    }
  }
  return found;
}

/** Lanes that have events, each with all of its events and with those that tell something. */
function eventLanes(run) {
  const lanes = LANES.map((lane, index) => ({ ...lane, index, all: [], telling: [] }));
  for (let event = 0; event < run.count; event++) {
    const lane = lanes[run.laneOf(event)];
    lane.all.push(event);
    if (!run.isAppointment(event)) {
      lane.telling.push(event);
    }
  }
  return lanes.filter((lane) => lane.all.length);
}

/** The timeline's bands from top to bottom, with heights in pixels. */
export function layout(run) {
  const used = new Set(run.portIntervals.map((interval) => interval.port));
  const ports = [...run.ports.keys()].filter((port) => used.has(port));
  const crew = crewRows(run);
  const lanes = eventLanes(run);
  const bands = [
    { key: "aboard", name: "Aboard", height: 66, rows: 1 },
    { key: "events", name: "Events", height: 25, rows: lanes.length, labels: lanes.map((l) => l.name) },
    { key: "ports", name: "Ports", height: 25, rows: ports.length, labels: ports.map((p) => run.ports[p]) },
    { key: "crew", name: "Seats", height: 23, rows: crew.count, labels: crew.labels },
  ].filter((band) => band.rows > 0);
  let y = 30;
  for (const band of bands) {
    band.top = y + (band.key === "aboard" ? 4 : 20);
    y = band.top + band.rows * band.height + 6;
  }
  return { bands, ports, lanes, crew, seats: seats(run, crew.rows), damage: damage(run), height: y + 4 };
}
