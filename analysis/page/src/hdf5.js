// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * hdf5.js - tables of a result, read when they are asked for.
 *
 * Times become milliseconds of the Unix epoch (as Date has them), NaN for none; the file's
 * microseconds since the scenario's start stay reachable as raw values.
 */
import { File, FS, ready } from "h5wasm";
import { embeddedResult } from "./embedded.js";

const MAJOR = 1;
const NONE = -(2n ** 63n);

/** Something is wrong with the file; the message is a sentence for the reader. */
export class FormatError extends Error {}

function attribute(object, name, missing = null) {
  return name in object.attrs ? object.get_attribute(name, false) : missing;
}

const number = (value) => (typeof value === "bigint" ? Number(value) : value);

/** A group of the file as a table: its columns by name. */
export class Table {
  constructor(result, group, name) {
    this.result = result;
    this.group = group;
    this.name = name;
    this.columns = group.keys();
    this.cache = new Map();
  }

  has(column) {
    return this.columns.includes(column);
  }

  dataset(column) {
    if (!this.has(column)) {
      throw new FormatError(`The result has no column ${this.name}/${column}, which format `
        + `${MAJOR} promises: it is damaged, or of an early version.`);
    }
    return this.group.get(column);
  }

  attribute(column, name) {
    return number(attribute(this.dataset(column), name));
  }

  /** Values as the page uses them: numbers, texts, times in ms; cached. */
  get(column) {
    if (!this.cache.has(column)) {
      this.cache.set(column, this.read(column));
    }
    return this.cache.get(column);
  }

  read(column) {
    const dataset = this.dataset(column);
    const value = dataset.value;
    if (!(value instanceof BigInt64Array)) {
      return value;
    }
    const units = attribute(dataset, "units", "");
    if (!String(units).startsWith("microseconds since")) {
      return Float64Array.from(value, Number);
    }
    const epoch = this.result.epoch;
    return Float64Array.from(value, (t) => (t === NONE ? NaN : epoch + Number(t) / 1000));
  }

  /** Exactly what the file holds. */
  raw(column) {
    return this.dataset(column).value;
  }

  shape(column) {
    return this.dataset(column).shape;
  }

  /** Meanings of a column of codes, by code. */
  meanings(column) {
    const dataset = this.dataset(column);
    const words = String(attribute(dataset, "flag_meanings", "")).split(" ");
    const codes = attribute(dataset, "flag_values", []);
    const meanings = [];
    words.forEach((word, i) => { meanings[codes[i] ?? i] = word; });
    return meanings;
  }

  get length() {
    return this.columns.length ? this.dataset(this.columns[0]).shape[0] : 0;
  }
}

/** A result or a stored trace in it. */
export class Result {
  constructor(file, group, root = null) {
    this.file = file;
    this.group = group;
    this.root = root ?? this;
    this.epoch = root ? root.epoch : Date.parse(this.attribute("epoch"));
    this.tables = new Map();
    this.names = group.keys();
  }

  attribute(name, missing = null) {
    return number(attribute(this.group, name, missing));
  }

  has(name) {
    return this.names.includes(name);
  }

  table(name) {
    if (!this.tables.has(name)) {
      if (!this.has(name)) {
        throw new FormatError(`The result has no table /${name}, which format ${MAJOR} `
          + "promises: it is damaged, or of an early version.");
      }
      this.tables.set(name, new Table(this, this.group.get(name), name));
    }
    return this.tables.get(name);
  }

  /** Numbers of the replications of a study whose whole run is stored. */
  traces() {
    if (!this.has("traces")) {
      return [];
    }
    return this.group.get("traces").keys().map((name) => Number(name.slice(1)));
  }

  trace(replication) {
    const name = `r${String(replication).padStart(6, "0")}`;
    return new Result(this.file, this.group.get("traces").get(name), this.root);
  }
}

function check(file) {
  const type = attribute(file, "filetype", "");
  if (!String(type).startsWith("isssim/")) {
    throw new FormatError("What this page carries is no result of isssim.");
  }
  const [major, minor] = attribute(file, "format_version", [0, 0]);
  if (major !== MAJOR) {
    const which = major > MAJOR ? "newer: make the page with a newer isssim"
      : "older: run the scenario again";
    throw new FormatError(`This result is of format ${major}.${minor}, and this page reads `
      + `format ${MAJOR}. The result is ${which}.`);
  }
  if (!["isssim/run", "isssim/mc"].includes(type)) {
    throw new FormatError(`This page shows runs and studies; this is a file of kind ${type}.`);
  }
}

/** Open the result that the page carries. */
export async function openResult() {
  const bytes = await embeddedResult();
  if (!bytes) {
    throw new FormatError("This page carries no result. To put one in: "
      + "python3 -m isssim page RESULT.h5");
  }
  if (typeof WebAssembly === "undefined") {
    throw new FormatError("This browser runs no WebAssembly, or it is switched off; "
      + "the page reads its result with it.");
  }
  await ready;
  FS.writeFile("/result.h5", bytes);
  let file;
  try {
    file = new File("/result.h5", "r");
  } catch {
    file = null;
  }
  if (!file || file.file_id < 0n) {
    throw new FormatError("What this page carries is no HDF5 file, or was cut short.");
  }
  check(file);
  return new Result(file, file);
}
