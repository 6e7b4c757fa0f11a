// SPDX-License-Identifier: GPL-3.0-or-later
/* dom.js - elements in one call: el("p", { class: "note" }, "text", child, ...). */

const SVG = "http://www.w3.org/2000/svg";

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined));
  return element;
}

export const el = (name, attributes, ...children) =>
  build(document.createElement(name), attributes, children);

export const svg = (name, attributes, ...children) =>
  build(document.createElementNS(SVG, name), attributes, children);

/** Run `draw` once before the next frame, however often this is called until then. */
export function onFrame(draw) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => { asked = false; draw(); });
    }
  };
}

/** Rows as a table that scrolls sideways by itself: columns are { head, cell(row), class }. */
export function table(caption, columns, rows, attributes = () => ({})) {
  const head = columns.map((c) => el("th", { scope: "col", class: c.class }, c.head));
  const body = rows.map((row) => el("tr", attributes(row), columns.map((c, i) =>
    el(i ? "td" : "th", { scope: i ? null : "row", class: c.class }, c.cell(row)))));
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    el("table", null, el("thead", null, el("tr", null, head)), el("tbody", null, body)));
}
