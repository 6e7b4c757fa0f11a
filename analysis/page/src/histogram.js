// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * histogram.js - how one metric is distributed over the replications, with a brush.
 *
 * Bars are shares of all replications, the line those of the selected ones, each of its own
 * whole, so that few selected ones can be compared with many.
 */

import { numberTicks } from "./axis.js";
import { el, onFrame, svg } from "./dom.js";
import { number, withUnits } from "./words.js";

const BINS = 36;
const SIZE = { left: 8, right: 8, top: 8, bottom: 20, height: 120 };

/** Edges of the bins: whole numbers in the middle of theirs when there are few. */
function edges(metric) {
  const { min, max } = metric;
  if (metric.kind !== 0 && max - min < BINS) {
    return Array.from({ length: max - min + 2 }, (_, i) => min - 0.5 + i);
  }
  const step = metric.kind !== 0 ? Math.ceil((max - min + 1) / BINS) : (max - min) / BINS;
  const from = metric.kind !== 0 ? min - 0.5 : min;
  const count = metric.kind !== 0 ? Math.ceil((max - min + 1) / step) : BINS;
  return Array.from({ length: count + 1 }, (_, i) => from + i * step);
}

export class Histogram {
  constructor(metric, values, { brushed, close }) {
    this.metric = metric;
    this.values = values;
    this.brushed = brushed;
    this.range = null;
    this.edges = edges(metric);
    this.all = this.counts(null);
    this.selected = null;
    this.redraw = onFrame(() => this.draw());
    this.build(close);
  }

  counts(mask) {
    const { edges: e, values } = this;
    const counts = new Array(e.length - 1).fill(0);
    const width = e[1] - e[0];
    let total = 0;
    for (let i = 0; i < values.length; i++) {
      if ((!mask || mask[i]) && !Number.isNaN(values[i])) {
        counts[Math.min(counts.length - 1, Math.max(0, Math.floor((values[i] - e[0]) / width)))]++;
        total++;
      }
    }
    return { counts, total };
  }

  build(close) {
    const { metric } = this;
    const field = (which) => el("input", { type: "number", step: "any", "aria-label": `${metric.metric} ${which}`, placeholder: which,
      onchange: () => this.fromFields() });
    this.fields = [field("from"), field("to")];
    this.clear = el("button", { type: "button", class: "more", hidden: true, onclick: () => this.set(null) }, "clear");
    this.chart = svg("svg", { class: "histogram", height: SIZE.height, role: "img" });
    this.note = el("p", { class: "note" });
    this.element = el("figure", { class: "metric", "data-metric": metric.metric },
      el("figcaption", null, el("b", null, metric.metric), metric.units !== "1" ? ` in ${metric.units}` : "",
        el("button", { type: "button", class: "close", "aria-label": `Remove ${metric.metric}`, onclick: close }, "×"),
        el("span", { class: "doc" }, metric.doc)),
      this.chart, el("div", { class: "brush-fields" }, ...this.fields, this.clear), this.note);
    this.listen();
    new ResizeObserver(this.redraw).observe(this.element);
  }

  listen() {
    let start = null;
    const at = (event) => this.valueAt(event.clientX - this.chart.getBoundingClientRect().left);
    this.chart.addEventListener("pointerdown", (event) => {
      if (event.button === 0) {
        start = { x: event.clientX, value: at(event) };
        this.chart.setPointerCapture(event.pointerId);
      }
    });
    this.chart.addEventListener("pointermove", (event) => {
      if (start && Math.abs(event.clientX - start.x) > 3) {
        this.set([start.value, at(event)].sort((a, b) => a - b));
      }
    });
    this.chart.addEventListener("pointerup", (event) => {
      if (start && Math.abs(event.clientX - start.x) <= 3) {
        this.set(null);
      }
      start = null;
    });
    this.chart.addEventListener("pointercancel", () => { start = null; });
  }

  fromFields() {
    const [from, to] = this.fields.map((f) => (f.value === "" ? NaN : Number(f.value)));
    this.set(Number.isNaN(from) && Number.isNaN(to) ? null
      : [Number.isNaN(from) ? -Infinity : from, Number.isNaN(to) ? Infinity : to]);
  }

  /** Brush from one value to another, both included; null: all. */
  set(range) {
    this.range = range;
    const shown = (value) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : "");
    if (range) {
      // What the fields say is what counts: no digits that nobody sees.
      this.range = range.map((v) => (Number.isFinite(v) ? shown(v) : v));
      this.fields.forEach((f, i) => { f.value = shown(range[i]); });
    } else {
      this.fields.forEach((f) => { f.value = ""; });
    }
    this.clear.hidden = !range;
    this.element.classList.toggle("brushed", Boolean(range));
    this.brushed();
  }

  keeps(row) {
    return !this.range || (this.values[row] >= this.range[0] && this.values[row] <= this.range[1]);
  }

  /** Show what is selected: a mask by row, or null for all. */
  show(mask) {
    this.selected = mask ? this.counts(mask) : null;
    let sum = 0;
    let n = 0;
    this.values.forEach((v, i) => {
      if (!Number.isNaN(v) && (!mask || mask[i])) {
        sum += v;
        n++;
      }
    });
    this.mean = n ? sum / n : NaN;
    const { metric } = this;
    this.note.textContent = `mean ${withUnits(metric.mean, metric.units)}`
      + (mask ? `; selected ${withUnits(this.mean, metric.units)}` : `, 90 % in ${number(metric.quantiles[0.05])} to ${number(metric.quantiles[0.95])}`);
    this.element.dataset.selectedMean = mask ? String(this.mean) : "";
    this.redraw();
  }

  get width() {
    return Math.max(this.chart.clientWidth - SIZE.left - SIZE.right, 40);
  }

  x(value) {
    const { edges: e } = this;
    const share = (value - e[0]) / (e[e.length - 1] - e[0]);
    return SIZE.left + Math.min(1, Math.max(0, share)) * this.width;
  }

  valueAt(x) {
    const { edges: e } = this;
    const share = Math.min(1, Math.max(0, (x - SIZE.left) / this.width));
    return e[0] + share * (e[e.length - 1] - e[0]);
  }

  draw() {
    const { edges: e, all, selected, metric } = this;
    const bottom = SIZE.height - SIZE.bottom;
    const share = ({ counts, total }, i) => (total ? counts[i] / total : 0);
    const most = Math.max(...all.counts.map((_, i) => Math.max(share(all, i), selected ? share(selected, i) : 0)), 1e-9);
    const y = (s) => bottom - s / most * (bottom - SIZE.top);
    const bars = all.counts.map((_, i) => {
      const left = this.x(e[i]) + 0.5;
      return svg("rect", { class: "bin", x: left, y: y(share(all, i)), width: Math.max(1, this.x(e[i + 1]) - left - 0.5), height: bottom - y(share(all, i)) });
    });
    const out = [...bars];
    if (this.range) {
      const [a, b] = this.range.map((v) => this.x(v));
      out.unshift(svg("rect", { class: "brush", x: a, y: 0, width: Math.max(1, b - a), height: bottom }));
    }
    if (selected) {
      const path = selected.counts.map((_, i) => `V${y(share(selected, i)).toFixed(1)}H${this.x(e[i + 1]).toFixed(1)}`).join("");
      out.push(svg("path", { class: "selected", d: `M${SIZE.left} ${bottom}${path}V${bottom}` }));
    }
    const mean = this.x(metric.mean);
    out.push(svg("line", { class: "mean", x1: mean, x2: mean, y1: SIZE.top - 4, y2: bottom }));
    if (selected && !Number.isNaN(this.mean)) {
      out.push(svg("line", { class: "mean selected-mean", x1: this.x(this.mean), x2: this.x(this.mean), y1: SIZE.top - 4, y2: bottom }));
    }
    const whole = metric.kind !== 0;
    for (const tick of numberTicks(e[0], e[e.length - 1], this.width / 60).filter((t) => !whole || Number.isInteger(t))) {
      const x = this.x(tick);
      out.push(svg("line", { class: "axis", x1: x, x2: x, y1: bottom, y2: bottom + 4 }),
        svg("text", { class: "tick", x: Math.min(Math.max(x, 12), this.width + 4), y: bottom + 15, "text-anchor": "middle" }, number(tick)));
    }
    out.push(svg("line", { class: "axis", x1: SIZE.left, x2: SIZE.left + this.width, y1: bottom, y2: bottom }));
    this.chart.setAttribute("aria-label", `${metric.metric}: mean ${withUnits(metric.mean, metric.units)}, from ${number(metric.min)} to ${number(metric.max)}`);
    this.chart.replaceChildren(...out);
  }
}
