// SPDX-License-Identifier: GPL-3.0-or-later
/* study.js - a study: its metrics by replication, their summary, and the fans. */

import { FIRST_METRICS } from "./words.js";

/** Leave out metrics that are spread like an earlier one: the stays of two who flew together. */
function different(metrics) {
  const alike = (a, b) => a.units === b.units && Math.abs(a.sd - b.sd) < 0.01 * a.sd && Math.abs(a.mean - b.mean) < 0.1 * a.sd;
  return metrics.filter((m, i) => !metrics.slice(0, i).some((earlier) => alike(earlier, m)));
}

export class Study {
  constructor(result) {
    this.result = result;
    this.title = result.attribute("title", "");
    this.seed = result.attribute("seed");
    this.replications = result.table("replications");
    this.ids = this.replications.get("replication");
    this.count = this.ids.length;
    this.requested = result.attribute("requested", this.count);
    this.confidence = result.attribute("confidence", 0.95);
    this.traces = result.traces();
    this.readSummary();
  }

  readSummary() {
    const summary = this.result.table("summary");
    const names = ["metric", "units", "doc", "kind", "n", "nonzero", "mean", "sd", "ci_lo", "ci_hi",
      "min", "max", "p_nonzero", "p_lo", "p_hi"];
    const columns = names.map((name) => summary.get(name));
    const quantiles = this.result.table("quantiles").get("quantile");
    const value = summary.get("value");
    this.metrics = Array.from(columns[0], (_, row) => ({
      ...Object.fromEntries(names.map((name, i) => [name, columns[i][row]])),
      quantiles: Object.fromEntries(Array.from(quantiles, (q, i) => [q, value[row * quantiles.length + i]])),
    }));
    this.byName = new Map(this.metrics.map((m) => [m.metric, m]));
  }

  varies(metric) {
    return metric.n > 0 && metric.max > metric.min && this.replications.has(metric.metric);
  }

  /** One metric's values by row of /replications. */
  values(name) {
    return this.replications.get(name);
  }

  /** What planners look at first, as far as it varies. */
  common(limit) {
    return FIRST_METRICS.map((name) => this.byName.get(name)).filter((m) => m && this.varies(m)).slice(0, limit);
  }

  /** The metrics to show at first: the scenario's own, then what planners look at. */
  first(limit) {
    const shipped = new Set(FIRST_METRICS);
    const last = this.metrics.findLastIndex((m) => /\.|^unstaffed_/.test(m.metric));
    const own = this.metrics.slice(last + 1).filter((m) => this.varies(m));
    const common = this.common(Infinity);
    const rest = this.metrics.filter((m) => this.varies(m) && !shipped.has(m.metric) && !own.includes(m));
    const half = Math.max(limit - common.length, Math.ceil(limit / 2));
    return [...different(own).slice(0, half), ...different([...common, ...rest])].slice(0, limit);
  }

  fans() {
    const fans = this.result.table("fans");
    const [series, units, doc] = ["series", "units", "doc"].map((c) => fans.get(c));
    const time = fans.get("time");
    const quantiles = [...fans.get("quantile")];
    const value = fans.get("value");
    const mean = fans.get("mean");
    const n = time.length;
    const q = quantiles.length;
    return Array.from(series, (name, s) => ({
      name, units: units[s], doc: doc[s], time, quantiles,
      mean: mean.slice(s * n, (s + 1) * n),
      at: (i, j) => value[(s * n + i) * q + j],
    }));
  }
}
