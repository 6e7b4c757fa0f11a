// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * studyview.js - the page of a study: fans, distributions with linked brushing, the summary,
 * and the stored runs.
 */

import { el, onFrame, table } from "./dom.js";
import { Fan } from "./fan.js";
import { Histogram } from "./histogram.js";
import { RunView, provenance, section } from "./runview.js";
import { Study } from "./study.js";
import { number, percent, withUnits } from "./words.js";

const SHOWN = 8;   // distributions at first
const LISTED = 40; // replications that are listed by number
const LINES = 30;  // stored missions that are drawn over the fans

export class StudyView {
  constructor(result) {
    this.result = result;
    this.study = new Study(result);
    this.histograms = [];
    this.apply = onFrame(() => this.select());
    this.grid = el("div", { class: "metrics" });
    this.status = el("p", { class: "selection", role: "status" });
    this.listed = el("p", { class: "note" });
    this.fans = this.makeFans();
    this.overview = this.build();
    this.element = el("div", null, this.overview);
    this.study.first(SHOWN).forEach((m) => this.add(m));
    this.select();
    addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  makeFans() {
    const { study } = this;
    const states = study.traces.slice(0, LINES).map((replication) => ({ replication, state: this.result.trace(replication).table("state") }));
    return study.fans().map((fan) => {
      const lines = states.filter(({ state }) => state.has(fan.name)).map(({ replication, state }) =>
        ({ replication, time: state.get("time"), value: state.get(fan.name) }));
      return new Fan(fan, lines);
    });
  }

  build() {
    const { study } = this;
    const failed = this.result.has("failed") ? this.result.table("failed").length : 0;
    const complete = this.result.attribute("complete", 1) === 1;
    this.adder = el("select", { "aria-label": "Add a distribution", onchange: () => {
      const metric = study.byName.get(this.adder.value);
      if (metric) {
        this.add(metric);
        this.select();
      }
      this.adder.value = "";
    } });
    return el("div", { class: "study" },
      el("header", null, el("h1", null, study.title),
        el("p", { class: "sub" }, `${study.count} missions · seed ${study.seed}`,
          failed ? ` · ${failed} ended early and have no numbers` : "")),
      complete ? null : el("p", { class: "banner" }, `This study was interrupted: ${study.count} of ${study.requested} missions are in it.`),
      study.count ? null : el("p", { class: "banner" }, "No mission of this study has been computed."),
      this.cards(),
      this.picker(),
      this.fans.length ? [el("h2", null, "Over time"), el("div", { class: "fans" }, this.fans.map((f) => f.element))] : null,
      el("h2", null, "Distributions"),
      el("p", { class: "note" }, "Drag over a distribution, or fill in a range: the others then show, as a line, the missions in that range. Several ranges narrow it further."),
      el("div", { class: "selection-bar" }, this.status,
        el("button", { type: "button", class: "clear-all", onclick: () => this.clear() }, "Clear all"), this.adder),
      this.listed,
      this.grid,
      section("Summary", () => this.summary(), true),
      section("Where this is from", () => provenance(this.result)));
  }

  /** What comes out, of what planners look at first. */
  cards() {
    const { study } = this;
    return el("ul", { class: "cards", "aria-label": "Key numbers" }, study.common(6).map((m) => el("li", { title: m.metric },
      m.kind === 2 || m.p_nonzero < 0.5 ? [el("b", null, percent(m.p_nonzero)), el("em", null, "of missions have any")]
        : [el("b", null, withUnits(m.mean, m.units)), el("em", null, `mean; 90 % lie in ${number(m.quantiles[0.05])} to ${number(m.quantiles[0.95])}`)],
      el("span", null, m.doc))));
  }

  add(metric) {
    const histogram = new Histogram(metric, this.study.values(metric.metric), {
      brushed: this.apply,
      close: () => {
        this.histograms = this.histograms.filter((h) => h !== histogram);
        histogram.element.remove();
        this.select();
      },
    });
    this.histograms.push(histogram);
    this.grid.append(histogram.element);
  }

  clear() {
    this.histograms.forEach((h) => h.set(null));
    this.select();
  }

  /** Work out what the brushes select, and show it everywhere. */
  select() {
    const { study } = this;
    const brushes = this.histograms.filter((h) => h.range);
    let mask = null;
    let count = study.count;
    if (brushes.length) {
      mask = new Uint8Array(study.count);
      count = 0;
      for (let row = 0; row < study.count; row++) {
        mask[row] = brushes.every((h) => h.keeps(row)) ? 1 : 0;
        count += mask[row];
      }
    }
    this.mask = mask;
    this.histograms.forEach((h) => h.show(mask));
    this.tell(mask, count);
    const rows = new Map(Array.from(study.ids, (id, row) => [id, row]));
    this.fans.forEach((f) => f.show(mask && ((id) => mask[rows.get(id)] === 1)));
    this.tracesBox?.querySelectorAll("[data-replication]").forEach((row) => {
      row.classList.toggle("chosen", Boolean(mask && mask[rows.get(Number(row.dataset.replication))]));
    });
    this.fillSummary?.();
    const shown = new Set(this.histograms.map((h) => h.metric.metric));
    this.adder.replaceChildren(el("option", { value: "" }, "Add a distribution …"),
      ...study.metrics.filter((m) => study.varies(m) && !shown.has(m.metric)).map((m) => el("option", { value: m.metric }, m.metric)));
  }

  tell(mask, count) {
    const { study } = this;
    this.status.textContent = mask ? `${count} of ${study.count} missions selected (${percent(count / study.count)})`
      : `All ${study.count} missions`;
    this.status.dataset.count = String(count);
    const ids = mask ? [...study.ids.keys()].filter((row) => mask[row]).map((row) => study.ids[row]) : [];
    this.listed.hidden = !mask;
    this.listed.dataset.ids = ids.slice(0, LISTED).join(",");
    this.listed.textContent = ids.length ? `Replications ${ids.slice(0, LISTED).join(", ")}${ids.length > LISTED ? ", …" : ""}`
      : "None: no mission lies in all these ranges.";
  }

  // ---- The summary ----

  summary() {
    const { study } = this;
    const level = percent(study.confidence);
    const varying = study.metrics.filter((m) => study.varies(m));
    const still = study.metrics.length - varying.length;
    const at = (m, q) => number(m.quantiles[q]);
    const view = table("Summary of the metrics", [
      { head: "Metric", cell: (m) => m.metric },
      { head: "Mean", class: "number", cell: (m) => withUnits(m.mean, m.units) },
      { head: `${level} interval`, class: "number", cell: (m) => `${number(m.ci_lo)} to ${number(m.ci_hi)}` },
      { head: "5 %", class: "number", cell: (m) => at(m, 0.05) },
      { head: "Median", class: "number", cell: (m) => at(m, 0.5) },
      { head: "95 %", class: "number", cell: (m) => at(m, 0.95) },
      { head: "Not 0", class: "number", cell: (m) => percent(m.p_nonzero) },
      { head: "Selected", class: "number selected-cell", cell: () => "" },
      { head: "Meaning", class: "wide", cell: (m) => m.doc },
    ], varying, (m) => ({ "data-metric": m.metric, "data-mean": m.mean, "data-sd": m.sd, "data-median": m.quantiles[0.5] }));
    this.fillSummary = onFrame(() => this.fillSelected(view));
    this.fillSummary();
    return [view, el("p", { class: "note" }, `${still} metrics that never vary, or have no value, are left out.`)];
  }

  /* Means of the selected missions, of every metric of the table. */
  fillSelected(view) {
    const { mask, study } = this;
    for (const row of view.querySelectorAll("tr[data-metric]")) {
      const metric = study.byName.get(row.dataset.metric);
      let sum = 0;
      let n = 0;
      if (mask) {
        study.values(metric.metric).forEach((v, i) => {
          if (mask[i] && !Number.isNaN(v)) {
            sum += v;
            n++;
          }
        });
      }
      row.dataset.selected = n ? String(sum / n) : "";
      row.querySelector(".selected-cell").textContent = mask ? withUnits(n ? sum / n : NaN, metric.units) : "";
    }
  }

  // ---- Stored runs ----

  picker() {
    const { study } = this;
    if (!study.traces.length) {
      return el("p", { class: "note" }, "No whole missions are stored in this study; isssim mc --traces N stores some.");
    }
    const shown = study.first(4);
    const rows = new Map(Array.from(study.ids, (id, row) => [id, row]));
    const value = (m, id) => withUnits(study.values(m.metric)[rows.get(id)] ?? NaN, m.units);
    this.tracesBox = table("Stored missions", [
      { head: "Mission", class: "date", cell: (id) => el("a", { href: `#r${id}` }, `Replication ${id}`) },
      ...shown.map((m) => ({ head: m.metric, class: "number", cell: (id) => value(m, id) })),
    ], study.traces, (id) => ({ "data-replication": id }));
    return [el("h2", null, "Look at one mission"), this.tracesBox];
  }

  /** Show what the address asks for: #r12 is replication 12, anything else the study. */
  follow() {
    const asked = /^#r(\d+)$/.exec(location.hash);
    const replication = asked ? Number(asked[1]) : null;
    if (replication === null || !this.study.traces.includes(replication)) {
      this.element.replaceChildren(this.overview);
      return;
    }
    const { traces } = this.study;
    const choose = el("select", { "aria-label": "Stored mission", onchange: () => { location.hash = `#r${choose.value}`; } },
      traces.map((id) => el("option", { value: id, selected: id === replication }, `Replication ${id}`)));
    const back = el("nav", { class: "back" }, el("a", { href: "#study" }, "← The study"), choose);
    this.run = new RunView(this.result.trace(replication), { back });
    this.element.replaceChildren(this.run.element);
    scrollTo(0, 0);
  }
}
