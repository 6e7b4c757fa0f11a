// SPDX-License-Identifier: GPL-3.0-or-later
/* details.js - what is selected, in words: an event with causes and effects, a flight, a person. */

import { el } from "./dom.js";
import { date, humanised, lag, moment, number, withUnits } from "./words.js";

const DEPTH = 4;    // levels of effects that are unfolded
const BEGIN = 12;   // events that are proposed to begin with
const FIRST = 8;    // effects of one event that are listed at first
const KIND = ["crew vehicle", "cargo vehicle"];

const facts = (pairs) => el("dl", { class: "facts" }, pairs.filter(([, v]) => v !== null && v !== "–" && v !== "")
  .map(([name, value]) => [el("dt", null, name), el("dd", null, value)]));

export class Details {
  /** `eventsAt` tells which events a key of several stands for. */
  constructor(run, select, eventsAt) {
    this.eventsAt = eventsAt;
    this.run = run;
    this.select = select;
    this.element = el("section", { class: "details", "aria-label": "Details", "aria-live": "polite", tabindex: -1 });
    this.show(null);
  }

  show(key) {
    const [kind, id] = key ? key.split(":") : ["start"];
    const content = {
      start: () => this.start(), event: () => this.event(Number(id)), flight: () => this.flight(Number(id)),
      person: () => this.person(Number(id)), events: () => this.several(this.eventsAt(key)),
    }[kind]();
    const close = key ? el("button", { type: "button", class: "close", "aria-label": "Close the details", onclick: () => this.select(null) }, "×") : null;
    this.element.classList.toggle("open", Boolean(key));
    this.element.dataset.key = key ?? "";
    this.element.replaceChildren(...[close, ...content].filter(Boolean));
    this.element.scrollTop = 0;
  }

  link(key, text, note = null) {
    return el("button", { type: "button", class: "link-button", "data-to": key, onclick: () => this.select(key) },
      text, note ? el("small", null, ` ${note}`) : null);
  }

  // ---- Nothing selected: where to begin ----

  start() {
    const { run } = this;
    const telling = [...run.time.keys()].filter((e) => run.laneOf(e) <= 1 && !run.isAppointment(e)
      && run.kindOf(e) !== "FORECAST_BEGINS" && run.time[e] >= run.start);
    const followers = run.followers();
    const weight = (e) => followers[e] + (run.laneOf(e) === 0 ? 0.5 : 0);
    const shown = [...telling].sort((a, b) => weight(b) - weight(a) || a - b).slice(0, BEGIN).sort((a, b) => a - b);
    return [
      el("h2", null, "Where to begin"),
      el("p", { class: "note" }, "Choose a mark, a ship or a seat in the timeline; an event tells what led to it and what it led to."),
      shown.length ? el("ol", { class: "chain" }, shown.map((e) => el("li", null, this.link(`event:${e}`, run.eventTitle(e), date(run.time[e])))))
        : el("p", null, "Nothing went wrong, and nobody had to decide anything."),
      telling.length > shown.length ? el("p", { class: "note" }, `${shown.length} of ${telling.length} troubles and decisions, those from which most followed; all are among the events below.`) : null,
    ];
  }

  // ---- An event ----

  concerns(concern) {
    const known = { flight: "flight", other: "flight", person: "person" }[concern.column];
    return known ? this.link(`${known}:${concern.row}`, concern.name) : concern.name;
  }

  event(id) {
    const { run } = this;
    const events = run.table("events");
    const value = events.get("value")[id];
    const meaning = run.kindValues[run.type[id]];
    const chain = run.causes(id);
    return [
      el("p", { class: "over-title" }, moment(run.time[id])),
      el("h2", { "data-event": id }, humanised(run.kindOf(id))),
      el("p", { class: "note" }, `${run.kindDocs[run.type[id]]}.`),
      facts([
        ...run.concerns(id).map((c) => [c.label, this.concerns(c)]),
        [meaning ? `Value (${meaning})` : "Value", number(value)],
        ["Aboard then", number(events.get("crew")[id])],
        ["Without a safe seat", number(events.get("unsafe")[id])],
      ]),
      el("h3", null, "What led to it"),
      chain.length ? el("ol", { class: "chain", "data-causes": chain.join(",") }, chain.map((cause, i) => el("li", null,
        this.link(`event:${cause}`, run.eventTitle(cause), i ? `${date(run.time[cause])}, ${lag(run.time[cause] - run.time[chain[i - 1]])}` : date(run.time[cause])))),
      el("li", { class: "here" }, `this, ${lag(run.time[id] - run.time[chain[chain.length - 1]])}`))
        : el("p", { class: "note" }, "It was set before the start: by the scenario, the plan or the drawn lives of the hardware."),
      el("h3", null, "What it led to"),
      run.effects(id).length ? this.tree(id, DEPTH) : el("p", { class: "note" }, "Nothing further."),
    ];
  }

  /** Effects, below each other; what is long or deep unfolds when asked. */
  tree(id, depth) {
    const { run } = this;
    const effects = run.effects(id);
    const item = (effect) => {
      const below = run.effects(effect).length;
      return el("li", null,
        this.link(`event:${effect}`, run.eventTitle(effect), lag(run.time[effect] - run.time[id])),
        below && depth > 1 ? this.tree(effect, depth - 1) : below ? el("small", null, ` … ${below} more below`) : null);
    };
    const list = el("ul", { class: "tree", "data-effects": effects.join(",") }, effects.slice(0, FIRST).map(item));
    if (effects.length > FIRST) {
      const more = el("button", { type: "button", class: "more", onclick: () => {
        more.parentElement.replaceWith(...effects.slice(FIRST).map(item));
      } }, `${effects.length - FIRST} more`);
      list.append(el("li", null, more));
    }
    return list;
  }

  several(events) {
    const { run } = this;
    return [
      el("p", { class: "over-title" }, `${date(run.time[events[0]])} – ${date(run.time[events[events.length - 1]])}`),
      el("h2", null, `${events.length} events`),
      el("ol", { class: "chain" }, events.slice(0, 100).map((e) => el("li", null, this.link(`event:${e}`, run.eventTitle(e), date(run.time[e]))))),
      events.length > 100 ? el("p", { class: "note" }, "The first 100; zoom in for the others.") : null,
    ];
  }

  // ---- A flight, a person ----

  history(column, row) {
    const { run } = this;
    const events = run.eventsOf(column, row).filter((e) => !run.isAppointment(e));
    return [el("h3", null, "What happened"), el("ol", { class: "chain" }, events.slice(0, 60).map((e) =>
      el("li", null, this.link(`event:${e}`, run.eventTitle(e), date(run.time[e])))))];
  }

  flight(id) {
    const { run } = this;
    const flights = run.table("flights");
    const at = (column) => flights.get(column)[id];
    const people = (column) => run.stays.filter((s) => s[column] === id).map((s) => this.link(`person:${s.person}`, run.people[s.person]));
    const port = at("port");
    return [
      el("p", { class: "over-title" }, `${run.vehicles[run.vehicle[id]]}, ${KIND[run.kind[id]] ?? ""}`),
      el("h2", { "data-flight": id }, run.flights[id]),
      facts([
        ["Now", humanised(flights.meanings("status")[at("status")] ?? "")],
        ["Way home", at("condition") ? humanised(flights.meanings("condition")[at("condition")]) : "Sound"],
        ["Planned launch", moment(at("launch_planned"))], ["Launch", moment(at("launch"))],
        ["After the plan", withUnits(at("slip_d"), "d")], ["Docked", moment(at("dock"))],
        ["Port", port >= 0 ? run.ports[port] : null], ["Left", moment(at("undock"))], ["Down", moment(at("land"))],
        ["Certified until", date(at("life_limit"))],
        ["People up", number(at("crew_up"))], ["People down", number(at("crew_down"))],
        ["Replaces", at("replaces") >= 0 ? this.link(`flight:${at("replaces")}`, run.flights[at("replaces")]) : null],
      ]),
      people("flight_up").length ? [el("h3", null, "Came up in it"), el("p", { class: "people" }, people("flight_up"))] : null,
      people("flight_down").length ? [el("h3", null, "Went down in it"), el("p", { class: "people" }, people("flight_down"))] : null,
      ...this.history("flight", id),
    ].flat();
  }

  person(id) {
    const { run } = this;
    const people = run.table("people");
    const stays = run.stays.filter((s) => s.person === id);
    const seats = run.seatIntervals.filter((s) => s.person === id && s.end > s.start);
    const kinds = run.table("seat_intervals").meanings("kind");
    const flight = (row) => (row >= 0 ? this.link(`flight:${row}`, run.flights[row]) : "–");
    return [
      el("p", { class: "over-title" }, [people.get("agency")[id], people.get("roles")[id]].filter(Boolean).join(", ")),
      el("h2", { "data-person": id }, run.people[id]),
      stays.map((stay) => facts([
        ["Up", [flight(stay.flight_up), ` ${date(stay.launch)}`]], ["Arrived", moment(stay.arrive)],
        ["Left", moment(stay.leave)], ["Down", Number.isNaN(stay.land) ? null : [flight(stay.flight_down), ` ${date(stay.land)}`]],
        ["Aboard", withUnits(stay.days_aboard, "d")], ["Died", stay.lost ? "yes" : null],
      ])),
      el("h3", null, "Seats"),
      el("ol", { class: "chain" }, seats.map((seat) => el("li", { class: seat.safe ? null : "warn" },
        `${date(seat.start)}: `, seat.flight >= 0 ? flight(seat.flight) : "no seat",
        seat.kind === 1 ? "" : ` (${kinds[seat.kind]})`, seat.safe ? "" : ", no safe way home"))),
      ...this.history("person", id),
    ].flat();
  }

  // ---- The tip ----

  /** A few lines on what is under the pointer. */
  brief(key, time) {
    const { run } = this;
    const [kind, id] = key.split(":");
    if (kind === "events") {
      const events = this.eventsAt(key);
      return [el("b", null, `${events.length} events from ${date(run.time[events[0]])}`),
        el("ul", null, events.slice(0, 6).map((e) => el("li", null, run.eventTitle(e)))),
        events.length > 6 ? el("i", null, "…") : ""];
    }
    if (kind === "event") {
      const event = Number(id);
      const cause = run.cause[event];
      const effects = run.effects(event).length;
      return [el("b", null, run.eventTitle(event)), el("div", null, moment(run.time[event])),
        el("div", null, cause >= 0 ? `because: ${run.eventTitle(cause)}, ${date(run.time[cause])}` : "set before the start"),
        effects ? el("div", null, `led to ${effects} event${effects > 1 ? "s" : ""}`) : ""];
    }
    if (kind === "flight") {
      const flights = run.table("flights");
      const [dock, undock] = ["dock", "undock"].map((c) => flights.get(c)[id]);
      const unsafe = run.failures.find((f) => f.flight === Number(id) && f.condition && f.occurs <= time);
      return [el("b", null, run.flights[id]), el("div", null, run.vehicles[run.vehicle[id]]),
        el("div", null, `docked ${date(dock)}${Number.isFinite(undock) ? `, left ${date(undock)}` : ", still there at the end"}`),
        unsafe ? el("div", { class: "warn" }, `no safe way home since ${date(unsafe.occurs)}`) : ""];
    }
    const seat = run.seatIntervals.find((s) => s.person === Number(id) && s.start <= time && time < s.end);
    return [el("b", null, run.people[id]), seat ? el("div", null, seat.flight >= 0 ? `seat in ${run.flights[seat.flight]}` : "no seat",
      seat.kind === 2 ? ", improvised" : "") : "", seat && !seat.safe ? el("div", { class: "warn" }, "no safe way home") : ""];
  }
}
