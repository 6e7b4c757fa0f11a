// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * page.test.js - the built page in a headless Chromium, from file://, without a network.
 *
 * tests/page/test_page.py makes the pages ($PAGES) and tells what h5py reads in the same
 * files ($EXPECTED).
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const { PAGES, EXPECTED, CHROMIUM, SHOTS } = process.env;
const expected = JSON.parse(readFileSync(EXPECTED, "utf8"));
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const DESKTOP = { width: 1400, height: 1000 };
const PHONE = { width: 390, height: 844 };

let browser;
before(async () => { browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS }); });
after(() => browser?.close());

/** Open a page, use it, and see that nothing was complained of and nothing fetched. */
async function using(name, act, { viewport = DESKTOP, hash = "", ...more } = {}) {
  const context = await browser.newContext({ viewport, ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(60000); // of a machine that builds something else besides
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      complaints.push(message.text());
    }
  });
  page.on("pageerror", (error) => complaints.push(error.stack));
  page.on("request", (request) => {
    if (/^(https?|ws)/.test(request.url())) {
      complaints.push(`fetched ${request.url()}`);
    }
  });
  try {
    await page.goto(`${pathToFileURL(`${PAGES}/${name}.html`)}${hash}`);
    await page.waitForSelector("#page:not([aria-busy])");
    await page.waitForTimeout(100);
    await act(page);
    if (SHOTS) {
      await page.screenshot({ path: `${SHOTS}/${name}-${viewport.width}-${Date.now()}.png` });
    }
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

const span = (page) => page.$eval(".timeline", (t) => Number(t.dataset.to) - Number(t.dataset.from));
const settle = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(done));
}));

test("a run's metrics are those of the file, to the last digit", () => using("run", async (page) => {
  const shown = await page.$$eval("tr[data-metric]", (rows) =>
    rows.map((row) => [row.dataset.metric, Number(row.dataset.value)]));
  const there = Object.entries(expected.run.metrics).filter(([, value]) => value !== null);
  assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(there));
  assert.equal(await page.title(), `${expected.title} – isssim`);
  assert.match(await page.textContent(".sub"), new RegExp(`${expected.run.events} events`));
}));

test("every port that was used has its row, and every interval and stay its bar", () => using("run", async (page) => {
  const rows = await page.$eval(".timeline", () => window.isssim.view.timeline.layout.ports.length);
  assert.equal(rows, expected.run.ports);
  const flights = await page.$$eval('.plot [data-k^="flight:"]:not(.only)', (bars) => bars.length);
  assert.equal(flights, expected.run.intervals);
  const names = await page.$$eval('.plot [data-k^="flight:"]', (bars) => bars.map((b) => Number(b.dataset.k.slice(7))));
  assert.ok(names.every((row) => row < expected.run.flights.length));
  const people = await page.evaluate(() => window.isssim.view.run.table("crew").length);
  assert.equal(people, expected.run.people);
}));

test("the wheel zooms about the pointer, keys and buttons zoom, and reset shows all", () => using("run", async (page) => {
  const whole = await span(page);
  const box = await (await page.$(".plot")).boundingBox();
  const x = box.x + box.width * 0.6;
  await page.mouse.move(x, box.y + 40);
  const timeAt = () => page.evaluate((at) => {
    const { timeline } = window.isssim.view;
    return timeline.timeAt(at - timeline.plot.getBoundingClientRect().left);
  }, x);
  const before_ = await timeAt();
  for (let i = 0; i < 4; i++) {
    await page.mouse.wheel(0, -120);
  }
  await page.waitForFunction((w) => {
    const { dataset } = document.querySelector(".timeline");
    return dataset.to - dataset.from < w * 0.6;
  }, whole);
  await settle(page);
  assert.ok(Math.abs(await timeAt() - before_) < whole / 1000, "the moment under the pointer stays");
  const zoomed = await span(page);
  await page.focus(".plot");
  await page.keyboard.press("+");
  await settle(page);
  assert.ok(await span(page) < zoomed);
  const from = await page.$eval(".timeline", (t) => Number(t.dataset.from));
  await page.keyboard.press("ArrowRight");
  await settle(page);
  assert.ok(await page.$eval(".timeline", (t) => Number(t.dataset.from)) > from);
  await page.getByRole("button", { name: "Show the whole time" }).click();
  await settle(page);
  assert.equal(await span(page), whole);
  // Dragging pans a view that is zoomed in.
  await page.keyboard.press("Tab");
  await page.focus(".plot");
  await page.keyboard.press("+");
  await settle(page);
  const start = await page.$eval(".timeline", (t) => Number(t.dataset.from));
  await page.mouse.move(box.x + box.width * 0.7, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await settle(page);
  assert.ok(await page.$eval(".timeline", (t) => Number(t.dataset.from)) > start);
}));

test("two fingers pinch the timeline", () => using("run", async (page) => {
  const whole = await span(page);
  const client = await page.context().newCDPSession(page);
  await page.$eval(".plot", (plot) => plot.scrollIntoView());
  const box = await (await page.$(".plot")).boundingBox();
  const fingers = (gap) => [-1, 1].map((side, id) => ({ x: box.x + box.width / 2 + side * gap, y: box.y + 50, id }));
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: fingers(25) });
  for (const gap of [30, 40, 55, 75]) {
    await client.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: fingers(gap) });
  }
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await settle(page);
  const now = await span(page);
  assert.ok(now < whole * 0.6, `${now} of ${whole}`);
}, { viewport: PHONE, hasTouch: true, isMobile: true }));

test("a click on an event tells its causes and effects, as events.cause has them", () => using("run", async (page) => {
  const { row, time_us, causes, effects } = expected.run.decision;
  await page.evaluate(({ at }) => {
    const { view } = window.isssim.view.timeline;
    view.set(at - 3600e3 * 5, at + 3600e3 * 5);
  }, { at: Date.parse(expected.epoch) + time_us / 1000 });
  await settle(page);
  const key = await page.evaluate((event) => [...document.querySelectorAll(".mark")].map((m) => m.dataset.k)
    .find((k) => window.isssim.view.timeline.eventsAt(k).includes(event)), row);
  const mark = page.locator(`.mark[data-k="${key}"]`);
  await mark.hover();
  assert.ok(await page.isVisible(".tip"));
  await mark.click();
  if (await page.$eval(".details", (d) => d.dataset.key.startsWith("events:"))) {
    await page.click(`.details [data-to="event:${row}"]`);
  }
  assert.equal(await page.getAttribute(".details h2", "data-event"), String(row));
  const listed = async (selector, name) => (await page.getAttribute(selector, name)).split(",").map(Number);
  assert.deepEqual(await listed("[data-causes]", "data-causes"), causes);
  assert.deepEqual(await listed(".details > .tree", "data-effects"), effects);
  assert.equal(await page.locator(".link.cause").count(), causes.length);
  // Up the chain with one more click.
  await page.click(`.details .chain [data-to="event:${causes[causes.length - 1]}"]`);
  assert.equal(await page.getAttribute(".details h2", "data-event"), String(causes[causes.length - 1]));
  await page.focus(".plot");
  await page.keyboard.press("Escape");
  assert.equal(await page.getAttribute(".details", "data-key"), "");
}));

test("keys alone go from event to event", () => using("run", async (page) => {
  await page.focus(".plot");
  await page.keyboard.press("n");
  const first = await page.getAttribute(".details", "data-key");
  await page.keyboard.press("n");
  const second = await page.getAttribute(".details", "data-key");
  await page.keyboard.press("p");
  assert.match(first, /^event:\d+$/);
  assert.notEqual(first, second);
  assert.equal(await page.getAttribute(".details", "data-key"), first);
}));

test("ships and people can be chosen, and events searched", () => using("run", async (page) => {
  await page.locator('.plot [data-k="flight:0"]').first().click();
  assert.equal(await page.textContent(".details h2"), expected.run.flights[0]);
  await page.locator('.plot [data-k^="person:"]').first().click();
  assert.ok(await page.getAttribute(".details h2", "data-person") !== null);
  await page.locator("summary", { hasText: "Events" }).click();
  await page.getByRole("searchbox").fill("lifeboat decision");
  const found = await page.$$eval(".section .link-button[data-to]", (links) => links.map((l) => l.dataset.to));
  assert.ok(found.includes(`event:${expected.run.decision.row}`));
}));

test("a study's summary is that of the file, to the last digit", () => using("study", async (page) => {
  const rows = await page.$$eval("tr[data-mean]", (found) =>
    found.map((row) => [row.dataset.metric, ["mean", "sd", "median"].map((k) => Number(row.dataset[k]))]));
  assert.ok(rows.length > 20);
  for (const [metric, values] of rows) {
    assert.deepEqual(values, expected.study.summary[metric], metric);
  }
  assert.match(await page.textContent(".sub"), new RegExp(`${expected.study.count} missions`));
}));

test("fans are read out as the file has them", () => using("study", async (page) => {
  const series = await page.$$eval("figure.series", (figures) => figures.map((f) => f.dataset.series));
  assert.deepEqual(series, expected.study.series);
  await page.locator("svg.fan").first().focus();
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press("ArrowRight");
  }
  const day = new Date(Date.parse(expected.epoch) + expected.study.fan_time_at_20_us / 1000).toISOString().slice(0, 10);
  const told = await page.textContent("figure.series .note");
  assert.match(told, new RegExp(`^${day}: mean `));
  const mean = Number(/mean ([\d.]+)/.exec(told)[1]);
  assert.ok(Math.abs(mean - expected.study.fan_mean_at_20) <= 0.005, told);
}));

test("ranges of two metrics select the missions that lie in both", () => using("study", async (page) => {
  for (const [metric, range] of Object.entries(expected.study.brushes)) {
    for (const [i, which] of ["from", "to"].entries()) {
      const field = page.getByLabel(`${metric} ${which}`, { exact: true });
      await field.fill(String(range[i]));
      await field.press("Enter");
    }
  }
  await settle(page);
  const { selected } = expected.study;
  assert.equal(Number(await page.getAttribute(".selection", "data-count")), selected.length);
  assert.ok(selected.length > 5 && selected.length < expected.study.count / 2, "the ranges are worth a test");
  const ids = (await page.evaluate(() => {
    const { mask, study } = window.isssim.view;
    return [...study.ids].filter((_, row) => mask[row]);
  }));
  assert.deepEqual(ids, selected);
  for (const [metric, mean] of Object.entries(expected.study.selected_mean)) {
    const shown = Number(await page.getAttribute(`tr[data-mean][data-metric="${metric}"]`, "data-selected"));
    assert.ok(Math.abs(shown - mean) <= 1e-9 * Math.abs(mean), `${metric}: ${shown} and ${mean}`);
  }
  await page.getByRole("button", { name: "Clear all" }).click();
  await settle(page);
  assert.equal(Number(await page.getAttribute(".selection", "data-count")), expected.study.count);
}));

test("dragging over a distribution selects what its fields then say", () => using("study", async (page) => {
  const chart = page.locator('figure[data-metric="unsafe_person_days"] svg');
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  await page.mouse.move(box.x + box.width * 0.1, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 50, { steps: 5 });
  await page.mouse.up();
  await settle(page);
  const [from, to] = await page.$$eval('figure[data-metric="unsafe_person_days"] input', (fields) => fields.map((f) => Number(f.value)));
  assert.ok(from < to);
  const count = Number(await page.getAttribute(".selection", "data-count"));
  const there = await page.evaluate(([low, high]) =>
    [...window.isssim.result.table("replications").raw("unsafe_person_days")].filter((v) => v >= low && v <= high).length, [from, to]);
  assert.equal(count, there);
  assert.ok(count > 0 && count < expected.study.count);
}));

test("a stored mission is picked, shown as a run, and left again", () => using("study", async (page) => {
  const replications = Object.keys(expected.study.traces);
  const last = replications[replications.length - 1];
  await page.getByRole("link", { name: `Replication ${last}` }).click();
  await page.waitForSelector(".run");
  assert.match(await page.textContent(".sub"), new RegExp(`replication ${last} .*${expected.study.traces[last].events} events`));
  await page.getByLabel("Stored mission").selectOption(replications[0]);
  await page.waitForFunction((id) => document.querySelector(".sub").textContent.includes(`replication ${id} `), replications[0]);
  const shown = await page.$$eval("tr[data-metric]", (rows) => rows.map((row) => [row.dataset.metric, Number(row.dataset.value)]));
  const there = Object.entries(expected.study.traces[replications[0]].metrics).filter(([, v]) => v !== null);
  assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(there));
  await page.getByRole("link", { name: "The study" }).click();
  await page.waitForSelector(".metrics");
}));

test("an address with a replication opens at it", () => using("study", async (page) => {
  assert.match(await page.textContent(".sub"), /replication 1 /);
}, { hash: "#r1" }));

for (const [name, hash] of [["run", ""], ["study", ""], ["study", "#r0"]]) {
  test(`${name}${hash} fits a phone's width, dark`, () => using(name, async (page) => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= PHONE.width, `${wide} pixels`);
  }, { viewport: PHONE, hash, colorScheme: "dark", hasTouch: true }));
}

test("an interrupted study says how much of it there is", () => using("interrupted", async (page) => {
  assert.match(await page.textContent(".banner"), /interrupted: 400 of 1000 missions/);
}));

test("a newer format and a page without data are told in a sentence", async () => {
  await using("newer", async (page) => {
    assert.match(await page.textContent("[role=alert]"), /format 2\.0.*reads format 1.*newer isssim/);
  });
  await using("empty", async (page) => {
    assert.match(await page.textContent("[role=alert]"), /carries no result.*isssim page RESULT\.h5/);
  });
});
