// SPDX-License-Identifier: GPL-3.0-or-later
/* runview.js - the page of one run: its numbers, its timeline, its tables. */

import { Details } from "./details.js";
import { el, table } from "./dom.js";
import { Run } from "./run.js";
import { Timeline } from "./timeline.js";
import { FIRST_METRICS, LANES, date, moment, number, withUnits } from "./words.js";

const PAGE = 200; // events that are listed at a time

function metrics(run) {
  const columns = ["name", "value", "units", "doc"].map((c) => run.table("metrics").get(c));
  return Array.from(columns[0], (name, i) => ({ name, value: columns[1][i], units: columns[2][i], doc: columns[3][i] }));
}

function cards(all) {
  const byName = new Map(all.map((m) => [m.name, m]));
  const wanted = FIRST_METRICS.map((name) => byName.get(name)).filter((m) => m && m.value !== 0 && !Number.isNaN(m.value));
  return el("ul", { class: "cards", "aria-label": "Key numbers" }, wanted.slice(0, 6).map((m) =>
    el("li", { title: m.name }, el("b", null, withUnits(m.value, m.units)), el("span", null, m.doc))));
}

function metricTable(all) {
  const shown = all.filter((m) => !Number.isNaN(m.value));
  return table("Numbers of this run", [
    { head: "Number", cell: (m) => m.name },
    { head: "Value", class: "number", cell: (m) => withUnits(m.value, m.units) },
    { head: "Meaning", class: "wide", cell: (m) => m.doc },
  ], shown, (m) => ({ "data-metric": m.name, "data-value": m.value }));
}

function eventList(run, select) {
  const search = el("input", { type: "search", placeholder: "name, ship, person …", "aria-label": "Search the events" });
  const lane = el("select", { "aria-label": "Kind of event" }, el("option", { value: "" }, "all kinds"),
    LANES.map((l, i) => el("option", { value: i }, l.name)));
  const holder = el("div");
  let limit = PAGE;
  let titles = null;
  const draw = () => {
    titles ??= Array.from(run.time, (_, e) => run.eventTitle(e));
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [...titles.keys()].filter((e) => !run.isAppointment(e) && (lane.value === "" || run.laneOf(e) === Number(lane.value))
      && words.every((w) => titles[e].toLowerCase().includes(w)));
    const rows = found.slice(0, limit);
    const more = found.length > limit ? el("button", { type: "button", class: "more", onclick: () => { limit += PAGE * 5; draw(); } },
      `Show more of ${found.length}`) : el("p", { class: "note" }, `${found.length} events`);
    holder.replaceChildren(table("Events", [
      { head: "When", class: "date", cell: (e) => moment(run.time[e]) },
      { head: "What", class: "wide", cell: (e) => el("button", { type: "button", class: "link-button", "data-to": `event:${e}`, onclick: () => select(`event:${e}`) }, titles[e]) },
      { head: "Because of", class: "wide", cell: (e) => (run.cause[e] >= 0 ? titles[run.cause[e]] : "") },
    ], rows), more);
  };
  const again = () => { limit = PAGE; draw(); };
  search.addEventListener("input", again);
  lane.addEventListener("change", again);
  return { element: [el("div", { class: "filter" }, search, lane), holder], draw };
}

function flightTable(run, select) {
  const flights = run.table("flights");
  const at = (column) => (row) => flights.get(column)[row];
  const rows = [...run.flights.keys()].filter((row) => Number.isFinite(at("dock")(row)) || Number.isFinite(at("launch")(row)));
  const status = flights.meanings("status");
  return table("Flights", [
    { head: "Flight", cell: (row) => el("button", { type: "button", class: "link-button", onclick: () => select(`flight:${row}`) }, run.flights[row]) },
    { head: "Port", cell: (row) => (at("port")(row) >= 0 ? run.ports[at("port")(row)] : "–") },
    ...["launch", "dock", "undock", "land"].map((c) => ({ head: c[0].toUpperCase() + c.slice(1), class: "date", cell: (row) => date(at(c)(row)) })),
    { head: "Slip", class: "number", cell: (row) => withUnits(at("slip_d")(row), "d") },
    { head: "People up", class: "number", cell: (row) => number(at("crew_up")(row)) },
    { head: "At the end", cell: (row) => (status[at("status")(row)] ?? "").replace(/_/g, " ") },
  ], rows);
}

function crewTable(run, select) {
  return table("Stays", [
    { head: "Who", cell: (s) => el("button", { type: "button", class: "link-button", onclick: () => select(`person:${s.person}`) }, run.people[s.person]) },
    { head: "Up in", cell: (s) => (s.flight_up >= 0 ? run.flights[s.flight_up] : "–") },
    { head: "Arrived", class: "date", cell: (s) => date(s.arrive) },
    { head: "Left", class: "date", cell: (s) => date(s.leave) },
    { head: "Down in", cell: (s) => (s.flight_down >= 0 ? run.flights[s.flight_down] : "–") },
    { head: "Aboard", class: "number", cell: (s) => withUnits(s.days_aboard, "d") },
  ], run.stays);
}

/** A section that is drawn when it is opened. */
export function section(title, draw, open = false) {
  const holder = el("div");
  const box = el("details", { class: "section", open }, el("summary", null, el("h2", null, title)), holder);
  const fill = () => {
    if (box.open && !holder.childNodes.length) {
      holder.append(...[draw()].flat(Infinity));
    }
  };
  box.addEventListener("toggle", fill);
  fill();
  return box;
}

export function provenance(result) {
  const root = result.root;
  const group = root.has("provenance") ? root.group.get("provenance") : null;
  const text = (name) => (group && name in group.attrs ? String(group.get_attribute(name, false)) : null);
  const pairs = [
    ["Command", text("command_line")], ["Made", text("started")], ["Took", text("elapsed_s") && `${number(Number(text("elapsed_s")))} s`],
    ["Program", `isssim ${root.attribute("isssim_version", "")} (${String(root.attribute("git_sha1", "")).slice(0, 12)})`],
    ["Libraries", text("libraries")], ["Model", String(root.attribute("model_hash", "")).slice(0, 16)],
    ["Generator", root.attribute("rng")], ["Seed", String(root.attribute("seed"))],
  ].filter(([, value]) => value);
  return el("dl", { class: "facts" }, pairs.map(([name, value]) => [el("dt", null, name), el("dd", null, value)]));
}

export class RunView {
  constructor(result, { back = null } = {}) {
    const run = new Run(result);
    this.run = run;
    const select = (key) => this.select(key);
    this.details = new Details(run, select, (key) => this.timeline.eventsAt(key));
    this.timeline = new Timeline(run, { select, describe: (key, time) => this.details.brief(key, time) });
    const all = metrics(run);
    const events = eventList(run, select);
    this.element = el("div", { class: "run" },
      el("header", null, back,
        el("h1", null, run.title),
        el("p", { class: "sub" }, `${date(run.start)} to ${date(run.end)} · replication ${run.replication} · seed ${run.seed} · ${run.count} events`)),
      cards(all),
      el("div", { class: "main" }, this.timeline.element, this.details.element),
      section("Events", () => { events.draw(); return events.element; }),
      section("Flights", () => flightTable(run, select)),
      section("People aboard", () => crewTable(run, select)),
      section("All numbers", () => metricTable(all), true),
      back ? null : section("Where this is from", () => provenance(result)));
  }

  select(key) {
    this.details.show(key);
    this.timeline.mark(key);
    const box = this.timeline.element.getBoundingClientRect();
    const free = innerWidth <= 620 ? innerHeight * 0.5 : innerHeight; // below, details cover it
    if (key && (box.bottom < 80 || box.top > free - 180)) {
      this.timeline.element.scrollIntoView({ block: "start" });
    }
  }
}
