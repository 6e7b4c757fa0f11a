// SPDX-License-Identifier: GPL-3.0-or-later
/* fan.js - a series over time: its median, its inner bands, and the stored traces over it. */

import { numberTicks, timeTicks } from "./axis.js";
import { el, onFrame, svg } from "./dom.js";
import { date, greatest, number, percent } from "./words.js";

const SIZE = { left: 34, right: 10, top: 8, bottom: 20, height: 170 };

export class Fan {
  /** `lines` are stored traces of the series: { replication, time, value }. */
  constructor(fan, lines) {
    this.fan = fan;
    this.lines = lines;
    this.chosen = null;
    this.cursor = null;
    this.bands = this.findBands();
    this.redraw = onFrame(() => this.draw());
    this.chart = svg("svg", { class: "fan", height: SIZE.height, tabindex: 0, role: "img" });
    this.readout = el("p", { class: "note", "aria-live": "polite" });
    const shown = this.bands.map(({ share }) => percent(share)).join(" and ");
    this.caption = `Dark line: median; bands: the middle ${shown} of all missions${lines.length ? "; thin lines: stored missions" : ""}.`;
    this.element = el("figure", { class: "series", "data-series": fan.name },
      el("figcaption", null, el("b", null, fan.doc), fan.units !== "1" ? ` in ${fan.units}` : ""),
      this.chart, this.readout);
    this.listen();
    this.tell();
    new ResizeObserver(this.redraw).observe(this.element);
  }

  /** Places of quantiles that belong together, the widest first. */
  findBands() {
    const q = this.fan.quantiles;
    const find = (value) => q.findIndex((v) => Math.abs(v - value) < 1e-9);
    const pairs = q.filter((v) => v < 0.5 && find(1 - v) >= 0).map((v) => ({ low: find(v), high: find(1 - v), share: 1 - 2 * v }));
    const wanted = pairs.filter((p) => Math.abs(p.share - 0.9) < 1e-9 || Math.abs(p.share - 0.5) < 1e-9);
    return wanted.length ? wanted : pairs.slice(0, 2);
  }

  listen() {
    this.chart.addEventListener("pointermove", (event) => {
      const x = event.clientX - this.chart.getBoundingClientRect().left;
      const { time } = this.fan;
      const share = (x - SIZE.left) / this.width;
      this.move(Math.round(share * (time.length - 1)));
    });
    this.chart.addEventListener("pointerleave", () => this.move(null));
    this.chart.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by) {
        event.preventDefault();
        this.move((this.cursor ?? 0) + by);
      }
    });
  }

  move(place) {
    this.cursor = place === null ? null : Math.min(Math.max(place, 0), this.fan.time.length - 1);
    this.tell();
    this.redraw();
  }

  tell() {
    const { fan, cursor } = this;
    if (cursor === null) {
      this.readout.textContent = this.caption;
      return;
    }
    const half = fan.quantiles.findIndex((v) => Math.abs(v - 0.5) < 1e-9);
    const widest = this.bands[0];
    this.readout.textContent = `${date(fan.time[cursor])}: mean ${number(fan.mean[cursor])}`
      + (half >= 0 ? `, median ${number(fan.at(cursor, half))}` : "")
      + (widest ? `, middle ${percent(widest.share)} from ${number(fan.at(cursor, widest.low))} to ${number(fan.at(cursor, widest.high))}` : "");
    this.element.dataset.cursor = String(cursor);
  }

  /** Bring out the traces that are selected: a test of replications, or null. */
  show(selected) {
    this.chosen = selected;
    this.redraw();
  }

  get width() {
    return Math.max(this.chart.clientWidth - SIZE.left - SIZE.right, 40);
  }

  draw() {
    const { fan, width } = this;
    const { time } = fan;
    const n = time.length;
    const bottom = SIZE.height - SIZE.bottom;
    let [least, most] = [0, 1];
    for (let i = 0; i < n; i++) {
      const values = [fan.mean[i], ...this.bands.flatMap((b) => [fan.at(i, b.low), fan.at(i, b.high)])].filter(Number.isFinite);
      least = Math.min(least, ...values);
      most = Math.max(most, ...values);
    }
    this.lines.forEach((line) => { most = greatest(line.value, most); });
    const x = (t) => SIZE.left + (t - time[0]) / (time[n - 1] - time[0]) * width;
    const y = (v) => bottom - (v - least) / (most - least) * (bottom - SIZE.top);
    const out = [];
    for (const tick of numberTicks(least, most, 4)) {
      out.push(svg("line", { class: "grid", x1: SIZE.left, x2: SIZE.left + width, y1: y(tick), y2: y(tick) }),
        svg("text", { class: "tick", x: SIZE.left - 5, y: y(tick) + 4, "text-anchor": "end" }, number(tick)));
    }
    for (const tick of timeTicks(time[0], time[n - 1], width / 70)) {
      out.push(svg("text", { class: "tick", x: Math.min(Math.max(x(tick.at), SIZE.left + 8), SIZE.left + width - 8), y: bottom + 15, "text-anchor": "middle" }, tick.label));
    }
    const points = (j) => Array.from(time, (t, i) => `${x(t).toFixed(1)} ${y(fan.at(i, j)).toFixed(1)}`);
    this.bands.forEach((band, i) => out.push(svg("path", { class: `fan-band b${i}`,
      d: `M${points(band.high).join("L")}L${points(band.low).reverse().join("L")}Z` })));
    for (const line of this.lines) {
      let d = "";
      line.time.forEach((t, i) => { d += `${d ? `H${x(t).toFixed(1)}V` : `M${x(t).toFixed(1)} `}${y(line.value[i]).toFixed(1)}`; });
      const chosen = this.chosen ? (this.chosen(line.replication) ? " chosen" : " faded") : "";
      out.push(svg("path", { class: `trace-line${chosen}`, d: `${d}H${(SIZE.left + width).toFixed(1)}` }, svg("title", null, `replication ${line.replication}`)));
    }
    const half = fan.quantiles.findIndex((v) => Math.abs(v - 0.5) < 1e-9);
    if (half >= 0) {
      out.push(svg("path", { class: "median", d: `M${points(half).join("L")}` }));
    }
    if (this.cursor !== null) {
      const at = x(time[this.cursor]);
      out.push(svg("line", { class: "now", x1: at, x2: at, y1: SIZE.top, y2: bottom }));
    }
    this.chart.setAttribute("aria-label", `${fan.doc}, ${date(time[0])} to ${date(time[n - 1])}. Arrow keys read it out.`);
    this.chart.replaceChildren(...out);
  }
}
