// SPDX-License-Identifier: GPL-3.0-or-later
/* axis.js - round moments for an axis of time, round numbers for one of numbers. */

import { DAY } from "./words.js";

const HOUR = 3600e3;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const FIXED = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 5 * DAY, 10 * DAY];
const CALENDAR = [1, 2, 3, 6, 12, 24, 60, 120]; // months

function fixedTicks(from, to, step) {
  const found = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) {
    const d = new Date(t);
    const midnight = t % DAY === 0;
    const label = midnight || step >= DAY ? `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`
      : `${String(d.getUTCHours()).padStart(2, "0")}:00`;
    found.push({ at: t, label, major: midnight && (step < DAY || d.getUTCDate() === 1) });
  }
  return found;
}

function calendarTicks(from, to, months) {
  const found = [];
  const first = new Date(from);
  let month = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
  for (;; month += months) {
    const t = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (t > to) {
      return found;
    }
    if (t >= from) {
      const january = month % 12 === 0;
      const label = january ? String(Math.floor(month / 12)) : MONTHS[month % 12];
      found.push({ at: t, label, major: january });
    }
  }
}

/** Ticks of an axis of time, at most about `count`: { at, label, major }. */
export function timeTicks(from, to, count) {
  const least = (to - from) / Math.max(count, 1);
  const step = FIXED.find((s) => s >= least);
  if (step) {
    return fixedTicks(from, to, step);
  }
  const months = CALENDAR.find((m) => m * 30.4 * DAY >= least) ?? 240;
  return calendarTicks(from, to, months);
}

/** Round numbers between two, at most about `count`. */
export function numberTicks(from, to, count) {
  const raw = (to - from) / Math.max(count, 1);
  if (!(raw > 0)) {
    return [from];
  }
  const ten = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * ten).find((s) => s >= raw * 0.999);
  const found = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k++) {
    found.push(Number((k * step).toPrecision(12)));
  }
  return found;
}
