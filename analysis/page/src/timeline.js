// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * timeline.js - the timeline of a run: who was at which port and in whose seat when, how many
 * were aboard, and what happened.
 *
 * Everything is drawn anew for the stretch of time that is shown, as text of SVG: what lies
 * outside isn't drawn, and events that would overlap become one mark with their number.
 * A mark's data-k says what it stands for: "event:12", "flight:7",
 * "person:2", or "events:0:3:5:t", places 3 to 5 of the telling events (a: of all) of lane 0.
 */

import { numberTicks, timeTicks } from "./axis.js";
import { el, onFrame } from "./dom.js";
import { layout } from "./layout.js";
import { View, moveBy } from "./view.js";
import { date, firstFrom, greatest } from "./words.js";

const NEAR = 14;           // pixels within which marks become one
const MANY_STATES = 20000; // from here on a line of steps is thinned out

const escape = (text) => String(text).replace(/[&<>"]/g, (c) =>
  ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

/** As much of a name as fits: all, a last word that names it, its beginning, nothing. */
function fitted(name, width) {
  const room = Math.floor((width - 8) / 6.7);
  const last = name.split(" ").pop();
  if (name.length <= room) {
    return name;
  }
  if (last.length <= room && /^[A-Z].{3}/.test(last)) {
    return last;
  }
  return room >= 4 ? `${name.slice(0, room - 1)}…` : "";
}

const SHAPES = {
  trouble: (x, y, r) => `<path d="M${x} ${y - r - 1}l${r + 1} ${2 * r}h${-2 * r - 2}z"/>`,
  decisions: (x, y, r) => `<path d="M${x} ${y - r - 1}l${r + 1} ${r + 1}l${-r - 1} ${r + 1}l${-r - 1} ${-r - 1}z"/>`,
  traffic: (x, y, r) => `<circle cx="${x}" cy="${y}" r="${r}"/>`,
  work: (x, y, r) => `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}"/>`,
  stores: (x, y, r) => `<rect x="${x - r - 1}" y="${y - r + 1}" width="${2 * r + 2}" height="${2 * r - 2}" rx="${r - 1}"/>`,
};

const DEFS = `<defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.4" height="6" class="hatch"/></pattern>
<clipPath id="plot-clip"><rect id="plot-rect"/></clipPath></defs>`;

export class Timeline {
  constructor(run, { select, describe }) {
    this.run = run;
    this.select = select;
    this.describe = describe;
    this.layout = layout(run);
    this.selected = null;
    this.hot = null;
    this.appointments = false;
    this.gutter = 128;
    this.width = 600;
    this.redraw = onFrame(() => this.draw());
    this.view = new View(run.start, run.end, this.redraw);
    this.build();
  }

  // ---- What it is made of ----

  build() {
    const button = (label, text, act) => el("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    this.range = el("output", { class: "range", "aria-live": "off" });
    const show = el("input", { type: "checkbox", onchange: () => {
      this.appointments = show.checked;
      this.redraw();
    } });
    const tools = el("div", { class: "tools" },
      button("Zoom in", "+", () => this.view.zoom(0.5)), button("Zoom out", "−", () => this.view.zoom(2)),
      button("Show the whole time", "Whole", () => this.view.reset()), this.range,
      el("label", { class: "quiet" }, show, " appointments"));
    this.overview = this.svg("overview", "Overview: drag the window");
    this.plot = this.svg("plot", "Timeline. Plus and minus zoom, arrows left and right move, 0 shows all, "
      + "N and P go to the next and previous event, Escape ends the selection.", 0);
    this.plot.style.height = `${this.layout.height}px`;
    this.tip = el("div", { class: "tip", hidden: true });
    this.element = el("div", { class: "timeline" }, tools, this.overview,
      el("div", { class: "plot-box" }, this.plot, this.tip), this.legend());
    this.listen();
    new ResizeObserver(this.redraw).observe(this.element);
  }

  svg(kind, label, tabindex = null) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    node.setAttribute("class", kind);
    node.setAttribute("role", "group");
    node.setAttribute("aria-label", label);
    if (tabindex !== null) {
      node.setAttribute("tabindex", tabindex);
    }
    return node;
  }

  legend() {
    const { run } = this;
    const types = run.types.map((type, i) => el("li", null, el("i", { class: `key v${i % 8}` }), run.vehicles[type]));
    return el("ul", { class: "legend", "aria-label": "Colours" }, types,
      el("li", null, el("i", { class: "key unsafe" }), "no safe way home"),
      el("li", null, el("i", { class: "key improvised" }), "improvised seat"),
      el("li", null, el("i", { class: "key seats" }), "seats in sound ships"));
  }

  listen() {
    const timeAt = (clientX) => this.timeAt(clientX - this.plot.getBoundingClientRect().left);
    moveBy(this.plot, this.view, {
      timeAt,
      scale: () => this.view.span / this.width,
      click: (event) => this.click(event),
      more: {
        n: () => this.step(1), N: () => this.step(1), p: () => this.step(-1), P: () => this.step(-1),
        ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1),
        Escape: () => this.select(null),
      },
    });
    this.plot.addEventListener("pointermove", (event) => this.hover(event));
    this.plot.addEventListener("pointerleave", () => this.leave());
    const jump = (event) => {
      const box = this.overview.getBoundingClientRect();
      const at = this.view.least + (event.clientX - box.left - this.gutter) / this.width * (this.view.most - this.view.least);
      this.view.set(at - this.view.span / 2, at + this.view.span / 2);
    };
    this.overview.addEventListener("pointerdown", (event) => {
      this.overview.setPointerCapture(event.pointerId);
      jump(event);
    });
    this.overview.addEventListener("pointermove", (event) => {
      if (this.overview.hasPointerCapture(event.pointerId)) {
        jump(event);
      }
    });
  }

  // ---- Places ----

  /* Asking for a width may make the browser lay the page out, so it's asked once a frame. */
  measure() {
    this.gutter = this.element.clientWidth < 620 ? 84 : 128;
    this.width = Math.max(this.plot.clientWidth - this.gutter - 8, 50);
  }

  x(time) {
    return this.gutter + (time - this.view.from) / this.view.span * this.width;
  }

  timeAt(x) {
    return this.view.from + (x - this.gutter) / this.width * this.view.span;
  }

  band(key) {
    return this.layout.bands.find((band) => band.key === key);
  }

  /** Middle of a row of a band. */
  y(key, row) {
    const band = this.band(key);
    return band.top + (row + 0.5) * band.height;
  }

  eventPlace(event) {
    const lane = this.layout.lanes.findIndex((l) => l.index === this.run.laneOf(event));
    return { x: this.x(this.run.time[event]), y: this.y("events", lane) };
  }

  // ---- Drawing ----

  draw() {
    if (!this.plot.clientWidth) {
      return;
    }
    this.measure();
    const { gutter, width } = this;
    const inside = [this.grid(), this.aboard(), this.portBars(), this.seatBars(), this.links(), this.marks()];
    this.plot.innerHTML = `${DEFS}${this.frame()}<g clip-path="url(#plot-clip)">${inside.join("")}</g>`;
    const clip = this.plot.querySelector("#plot-rect");
    for (const [name, value] of Object.entries({ x: gutter, y: 0, width, height: this.layout.height })) {
      clip.setAttribute(name, value);
    }
    this.drawOverview();
    this.range.textContent = `${date(Math.max(this.view.from, this.run.start))} – ${date(Math.min(this.view.to, this.run.end))}`;
    this.element.dataset.from = String(this.view.from);
    this.element.dataset.to = String(this.view.to);
  }

  /* Names of bands and rows, and the axis. */
  frame() {
    const out = [];
    for (const band of this.layout.bands) {
      if (band.key !== "aboard") {
        out.push(`<text class="band" x="4" y="${band.top - 6}">${band.name}</text>`);
        out.push(`<line class="rule" x1="0" x2="${this.gutter + this.width}" y1="${band.top - 1.5}" y2="${band.top - 1.5}"/>`);
      } else {
        out.push(`<text class="band" x="4" y="${band.top + 12}">${band.name}</text>`);
      }
      (band.labels ?? []).forEach((label, row) => out.push(
        `<text class="label" x="4" y="${this.y(band.key, row) + 4}">${escape(this.shortened(label))}</text>`));
    }
    return out.join("");
  }

  /** A row's name as far as there's room for it. */
  shortened(label) {
    const room = Math.floor((this.gutter - 8) / 6.1);
    return label.length > room ? `${label.slice(0, room - 1)}…` : label;
  }

  grid() {
    const ticks = timeTicks(this.view.from, this.view.to, this.width / 74);
    return ticks.map(({ at, label, major }) => {
      const x = this.x(at).toFixed(1);
      return `<line class="grid${major ? " major" : ""}" x1="${x}" x2="${x}" y1="18" y2="${this.layout.height}"/>`
        + (x > this.gutter + this.width - 12 || x < this.gutter + 10 ? "" : `<text class="tick${major ? " major" : ""}" x="${x}" y="13" text-anchor="middle">${label}</text>`);
    }).join("");
  }

  /** A line of steps as a path over what is shown; `close` fills it down to there. */
  steps({ time, value }, scale, close = null, x = (t) => this.x(t), from = this.view.from, to = this.view.to) {
    const start = Math.max(0, firstFrom(time, from) - 1);
    if (start >= time.length || time[start] > to) {
      return "";
    }
    const first = scale(value[start]).toFixed(1);
    let path = close === null ? `M${x(Math.max(time[start], from)).toFixed(1)} ${first}`
      : `M${x(Math.max(time[start], from)).toFixed(1)} ${close}V${first}`;
    let last = first;
    const end = firstFrom(time, to);
    // Of very many states, those that last for less than the eye can see are left out.
    const least = end - start > MANY_STATES ? (to - from) / this.width / 3 : 0;
    for (let i = start + 1; i < end; i++) {
      const y = scale(value[i]).toFixed(1);
      if (y !== last && ((time[i + 1] ?? Infinity) - time[i]) >= least) {
        path += `H${x(time[i]).toFixed(1)}V${y}`;
        last = y;
      }
    }
    return `${path}H${x(Math.min(this.run.end, to)).toFixed(1)}${close === null ? "" : `V${close}Z`}`;
  }

  aboard() {
    const band = this.band("aboard");
    const [crew, unsafe, safe] = ["crew", "unsafe", "seats_safe"].map((c) => this.run.steps(c));
    const most = greatest(safe.value, greatest(crew.value, 1));
    const bottom = band.top + band.height - 4;
    const scale = (v) => bottom - v / most * (band.height - 12);
    const lines = numberTicks(0, most, 3).map((v) => `<line class="grid" x1="${this.gutter}" x2="${this.gutter + this.width}" y1="${scale(v)}" y2="${scale(v)}"/>`
      + `<text class="tick" x="${this.gutter + 3}" y="${scale(v) - 2}">${v}</text>`).join("");
    return `${lines}<path class="crew-area" d="${this.steps(crew, scale, bottom)}"/>`
      + `<path class="unsafe-area" d="${this.steps(unsafe, scale, bottom)}"/>`
      + `<path class="unsafe-hatch" d="${this.steps(unsafe, scale, bottom)}"/>`
      + `<path class="safe-line" d="${this.steps(safe, scale)}"/>`
      + `<path class="crew-line" d="${this.steps(crew, scale)}"/>`;
  }

  /** One bar from `start` to `end` in row `y`; null when it isn't in view. */
  bar(start, end, y, height, colour, key, name, extra = "") {
    if (end < this.view.from || start > this.view.to) {
      return "";
    }
    const left = Math.max(this.x(start), this.gutter - 10);
    const right = Math.min(this.x(end), this.gutter + this.width + 10);
    const width = Math.max(right - left, 1.5);
    const textLeft = Math.max(left, this.gutter);
    const text = fitted(name, Math.min(right, this.gutter + this.width) - textLeft);
    const hot = this.hot === key || (this.selected && key === this.selected) ? " hot" : "";
    const box = `x="${left.toFixed(1)}" y="${y - height / 2}" width="${width.toFixed(1)}" height="${height}" rx="2.5"`;
    return `<g class="bar v${colour}${hot}${extra}" data-k="${key}"><rect class="fill" ${box}/>`
      + (extra.includes("unsafe") ? `<rect class="cover" ${box}/>` : "")
      + (text ? `<text x="${(textLeft + 5).toFixed(1)}" y="${y + 4}">${escape(text)}</text>` : "") + "</g>";
  }

  portBars() {
    const { run } = this;
    const row = (port) => this.layout.ports.indexOf(port);
    const bars = run.portIntervals.map((i) => this.bar(i.start, i.end, this.y("ports", row(i.port)), 19,
      run.colour(i.flight), `flight:${i.flight}`, "", run.kind[i.flight] === 0 ? "" : " cargo"));
    const names = run.portIntervals.map((i) => this.over(i.start, i.end, this.y("ports", row(i.port)), run.flights[i.flight]));
    const cover = this.layout.damage.map((i) => this.bar(i.start, i.end, this.y("ports", row(i.port)), 19,
      run.colour(i.flight), `flight:${i.flight}`, "", " unsafe only"));
    return bars.concat(cover, names).join("");
  }

  /** A name over bars, where there's room for it. */
  over(start, end, y, name) {
    const left = Math.max(this.x(start), this.gutter);
    const right = Math.min(this.x(end), this.gutter + this.width);
    const text = right > left ? fitted(name, right - left) : "";
    return text ? `<text class="over" x="${(left + 5).toFixed(1)}" y="${y + 4}">${escape(text)}</text>` : "";
  }

  seatBars() {
    const { run } = this;
    const named = !this.layout.crew.labels;
    const out = this.layout.seats.map((seat) => {
      const kind = seat.kind === 2 ? " improvised" : "";
      const flight = seat.flight >= 0 ? run.flights[seat.flight] : "no seat";
      return this.bar(seat.start, seat.end, this.y("crew", seat.line), 17, seat.flight >= 0 ? run.colour(seat.flight) : 7,
        `person:${seat.person}`, named ? "" : flight, `${kind}${seat.safe ? "" : " unsafe"}`);
    });
    if (named) {
      for (const [stay, line] of this.layout.crew.rows) {
        out.push(this.over(stay.from, stay.to, this.y("crew", line), run.people[stay.person]));
      }
    }
    return out.join("");
  }

  eventsOfLane(lane) {
    return this.appointments ? lane.all : lane.telling;
  }

  /** The events that a key stands for. */
  eventsAt(key) {
    const [kind, lane, first, last, which] = key.split(":");
    if (kind === "event") {
      return [Number(lane)];
    }
    const { all, telling } = this.layout.lanes[Number(lane)];
    return (which === "a" ? all : telling).slice(Number(first), Number(last) + 1);
  }

  /** Events of a lane that are shown, in groups that would overlap: [first, last] place. */
  groups(events) {
    const { time } = this.run;
    const groups = [];
    let last = -Infinity;
    // Events are in order of time, so the rows of a lane are too.
    const start = firstFrom(events, firstFrom(time, this.view.from));
    for (let i = start; i < events.length && time[events[i]] <= this.view.to; i++) {
      const x = this.x(time[events[i]]);
      if (x - last < NEAR) {
        groups[groups.length - 1][1] = i;
      } else {
        groups.push([i, i]);
        last = x;
      }
    }
    return groups;
  }

  marks() {
    const out = [];
    const { time } = this.run;
    const chosenEvent = this.selected?.startsWith("event:") ? Number(this.selected.slice(6)) : -1;
    this.layout.lanes.forEach((lane, row) => {
      const y = this.y("events", row);
      const events = this.eventsOfLane(lane);
      for (const [first, last] of this.groups(events)) {
        const x = Number(this.x(time[events[first]]).toFixed(1));
        const many = last - first + 1;
        const key = many === 1 ? `event:${events[first]}` : `events:${row}:${first}:${last}:${this.appointments ? "a" : "t"}`;
        const chosen = events[first] <= chosenEvent && chosenEvent <= events[last] && this.run.laneOf(chosenEvent) === lane.index;
        out.push(`<g class="mark ${lane.key}${chosen ? " chosen" : ""}${this.hot === key ? " hot" : ""}" data-k="${key}">`
          + `<rect class="reach" x="${x - 6}" y="${y - 12}" width="12" height="24"/>${SHAPES[lane.key](x, y, many > 1 ? 6.5 : 4.5)}`
          + (many > 1 ? `<text${many > 9 ? ' class="two"' : ""} x="${x}" y="${y + 3}" text-anchor="middle">${many > 99 ? "+" : many}</text>` : "") + "</g>");
      }
    });
    return out.join("");
  }

  /* Arcs from the selected event to what led to it and what it led to. */
  links() {
    if (!this.selected?.startsWith("event:")) {
      return "";
    }
    const { run } = this;
    const event = Number(this.selected.slice(6));
    const arc = (from, to, kind) => {
      const a = this.eventPlace(from);
      const b = this.eventPlace(to);
      const dx = Math.max(12, Math.abs(b.x - a.x) / 2);
      return `<path class="link ${kind}" d="M${a.x.toFixed(1)} ${a.y}C${(a.x + dx).toFixed(1)} ${a.y} ${(b.x - dx).toFixed(1)} ${b.y} ${b.x.toFixed(1)} ${b.y}"/>`
        + `<circle class="end ${kind}" cx="${(kind === "cause" ? a : b).x.toFixed(1)}" cy="${(kind === "cause" ? a : b).y}" r="3"/>`;
    };
    const chain = [...run.causes(event), event];
    const causes = chain.slice(1).map((to, i) => arc(chain[i], to, "cause"));
    const effects = run.descendants(event, 150).map((to) => arc(run.cause[to], to, "effect"));
    const x = this.x(run.time[event]).toFixed(1);
    return `<line class="now" x1="${x}" x2="${x}" y1="18" y2="${this.layout.height}"/>${effects.join("")}${causes.join("")}`;
  }

  drawOverview() {
    const { view, gutter, width } = this;
    const full = view.most - view.least;
    const x = (t) => gutter + (t - view.least) / full * width;
    const crew = this.run.steps("crew");
    const unsafe = this.run.steps("unsafe");
    const most = greatest(crew.value, 1);
    const scale = (v) => 30 - v / most * 24;
    const path = (steps) => this.steps(steps, scale, 30, x, view.least, view.most);
    this.overview.innerHTML = `<path class="crew-area" d="${path(crew)}"/><path class="unsafe-area" d="${path(unsafe)}"/>`
      + `<rect class="window" x="${x(view.from).toFixed(1)}" y="1" width="${Math.max(4, x(view.to) - x(view.from)).toFixed(1)}" height="32" rx="3"/>`;
  }

  // ---- Pointing and choosing ----

  keyAt(event) {
    return event.target.closest?.("[data-k]")?.dataset.k ?? null;
  }

  hover(event) {
    if (event.pointerType === "touch" || this.plot.classList.contains("dragged")) {
      this.tip.hidden = true;
      return;
    }
    const key = this.keyAt(event);
    const box = this.plot.getBoundingClientRect();
    const x = event.clientX - box.left;
    if (key !== this.hot) {
      this.hot = key;
      this.tip.replaceChildren(...(key ? this.describe(key, this.timeAt(x)) : []));
      this.plot.querySelectorAll(".hot").forEach((node) => node.classList.remove("hot"));
      if (key) {
        this.plot.querySelectorAll(`[data-k="${key}"]`).forEach((node) => node.classList.add("hot"));
      }
    }
    this.tip.hidden = !key;
    if (key) {
      const place = Math.min(Math.max(4, x + 14), box.width - this.tip.offsetWidth - 4);
      this.tip.style.transform = `translate(${place}px, ${event.clientY - box.top + 16}px)`;
    }
  }

  leave() {
    this.hot = null;
    this.tip.hidden = true;
    this.plot.querySelectorAll(".hot").forEach((node) => node.classList.remove("hot"));
  }

  click(event) {
    const key = this.keyAt(event);
    this.tip.hidden = true;
    if (!key?.startsWith("events:")) {
      this.select(key);
      return;
    }
    const events = this.eventsAt(key);
    const [first, last] = [events[0], events[events.length - 1]].map((e) => this.run.time[e]);
    const spread = last - first;
    this.select(key);
    if (spread > this.view.span * 0.002) {
      this.view.set(first - spread * 0.5, last + spread * 0.5);
    }
  }

  /** The next event, or the one before, of those that are drawn. */
  step(by) {
    const { run } = this;
    const now = this.selected?.startsWith("event:") ? Number(this.selected.slice(6)) : null;
    let event = now ?? (by > 0 ? run.time.findIndex((t) => t >= this.view.from) - 1 : run.time.findLastIndex((t) => t <= this.view.to) + 1);
    do {
      event += by;
    } while (event >= 0 && event < run.count && run.isAppointment(event) && !this.appointments);
    if (event >= 0 && event < run.count) {
      this.select(`event:${event}`);
    }
  }

  /** Show what is selected: a key as in data-k, or null. */
  mark(key) {
    this.selected = key;
    if (key?.startsWith("event:")) {
      this.view.show(this.run.time[Number(key.slice(6))]);
    }
    this.redraw();
  }
}
