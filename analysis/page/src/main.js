// SPDX-License-Identifier: GPL-3.0-or-later
/* main.js - open the result that the page carries and show it. */

import "./style.css";
import { el } from "./dom.js";
import { FormatError, openResult } from "./hdf5.js";
import { RunView } from "./runview.js";
import { StudyView } from "./studyview.js";

const page = document.querySelector("#page");

function problem(error) {
  const told = error instanceof FormatError ? error.message
    : `The page couldn't show its result: ${error?.message ?? error}`;
  page.replaceChildren(el("p", { class: "wait problem", role: "alert" }, told));
}

async function start() {
  try {
    const result = await openResult();
    const study = result.attribute("filetype") === "isssim/mc";
    document.title = `${result.attribute("title", "Mission")} – isssim`;
    const view = study ? new StudyView(result) : new RunView(result);
    page.replaceChildren(view.element);
    // For the curious with a console: window.isssim.result.table("events").get("time")
    window.isssim = { result, view };
  } catch (error) {
    problem(error);
  }
  page.removeAttribute("aria-busy");
}

start();
