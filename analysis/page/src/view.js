// SPDX-License-Identifier: GPL-3.0-or-later
/* view.js - the stretch of time that is shown, and how wheel, fingers and keys move it. */

const SHORTEST = 3600e3;

export class View {
  constructor(start, end, changed) {
    const margin = (end - start) * 0.01;
    this.least = start - margin;
    this.most = end + margin;
    this.changed = changed;
    this.from = this.least;
    this.to = this.most;
  }

  get span() {
    return this.to - this.from;
  }

  get whole() {
    return this.span >= (this.most - this.least) * 0.999;
  }

  set(from, to) {
    const span = Math.min(Math.max(to - from, SHORTEST), this.most - this.least);
    const middle = (from + to) / 2;
    this.from = Math.min(Math.max(middle - span / 2, this.least), this.most - span);
    this.to = this.from + span;
    this.changed();
  }

  reset() {
    this.set(this.least, this.most);
  }

  /** Make the span `factor` times as long, keeping `at` where it is. */
  zoom(factor, at = (this.from + this.to) / 2) {
    const limit = Math.max(SHORTEST / this.span, Math.min(factor, (this.most - this.least) / this.span));
    this.set(at - (at - this.from) * limit, at + (this.to - at) * limit);
  }

  pan(by) {
    this.set(this.from + by, this.to + by);
  }

  /** Show a moment, moving only when it isn't well inside. */
  show(at) {
    if (at < this.from + this.span * 0.05 || at > this.to - this.span * 0.05) {
      this.set(at - this.span / 2, at + this.span / 2);
    }
  }
}

/** Wheel over `element`: up and down zoom, sideways (or with Shift) pans. */
function onWheel(element, view, timeAt, scale) {
  let elsewhere = 0;
  document.addEventListener("wheel", (event) => {
    if (!element.contains(event.target)) {
      elsewhere = event.timeStamp;
    }
  }, { passive: true });
  element.addEventListener("wheel", (event) => {
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const delta = (sideways ? event.deltaX || event.deltaY : event.deltaY) * (event.deltaMode ? 24 : 1);
    // Someone who scrolls the page past us, or zooms out of the whole, goes on scrolling.
    const passing = event.timeStamp - elsewhere < 400 && !event.ctrlKey;
    if (passing || (!sideways && delta > 0 && view.whole && !event.ctrlKey)) {
      elsewhere = passing ? event.timeStamp : elsewhere;
      return;
    }
    event.preventDefault();
    if (sideways) {
      view.pan(delta * scale());
    } else {
      view.zoom(Math.exp(Math.max(-120, Math.min(120, delta)) * (event.ctrlKey ? 0.01 : 0.002)), timeAt(event.clientX));
    }
  }, { passive: false });
}

/** Drag with mouse or one finger pans, two fingers pinch; a press that stays is a click. */
function onPointers(element, view, timeAt, scale, click) {
  const down = new Map();
  let moved = false;
  element.addEventListener("pointerdown", (event) => {
    if (event.button === 0) {
      down.set(event.pointerId, event.clientX);
      moved = down.size > 1;
    }
  });
  const spread = () => {
    const [a, b] = [...down.values()];
    return { width: Math.max(Math.abs(a - b), 12), middle: (a + b) / 2 };
  };
  window.addEventListener("pointermove", (event) => {
    if (!down.has(event.pointerId)) {
      return;
    }
    const before = down.get(event.pointerId);
    if (!moved && Math.abs(event.clientX - before) < 4) {
      return;
    }
    moved = true;
    element.classList.add("dragged");
    if (down.size === 1) {
      down.set(event.pointerId, event.clientX);
      view.pan((before - event.clientX) * scale());
      return;
    }
    const was = spread();
    down.set(event.pointerId, event.clientX);
    const is = spread();
    view.zoom(was.width / is.width, timeAt(is.middle));
    view.pan((was.middle - is.middle) * scale());
  });
  const up = (event) => {
    if (down.delete(event.pointerId) && !moved && event.type === "pointerup") {
      click(event);
    }
    if (!down.size) {
      element.classList.remove("dragged");
    }
  };
  window.addEventListener("pointerup", up);
  window.addEventListener("pointercancel", up);
}

const KEYS = {
  "+": (view) => view.zoom(0.6),
  "=": (view) => view.zoom(0.6),
  "-": (view) => view.zoom(1 / 0.6),
  ArrowLeft: (view) => view.pan(-view.span * 0.15),
  ArrowRight: (view) => view.pan(view.span * 0.15),
  PageUp: (view) => view.pan(-view.span * 0.9),
  PageDown: (view) => view.pan(view.span * 0.9),
  Home: (view) => view.set(view.least, view.least + view.span),
  End: (view) => view.set(view.most - view.span, view.most),
  0: (view) => view.reset(),
};

/** Let wheel, pointers and keys on `element` move `view`; `more` are further keys. */
export function moveBy(element, view, { timeAt, scale, click, more }) {
  onWheel(element, view, timeAt, scale);
  onPointers(element, view, timeAt, scale, click);
  element.addEventListener("keydown", (event) => {
    const act = more[event.key] ?? KEYS[event.key];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      act(view);
    }
  });
}
