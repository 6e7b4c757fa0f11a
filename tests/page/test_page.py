#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mission page shows what the file holds.

Usage: test_page.py FOLDER.  Builds analysis/page in FOLDER and compares with the page
that the Python package ships; puts real results into it; and has a headless Chromium use
them (analysis/page/tests), with the values that h5py reads to compare.  Exit code 77
when Node.js, npm, its registry or Chromium aren't there.
"""
import hashlib
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

if importlib.util.find_spec("h5py") is None:
    print("skipped: python3-h5py isn't there")
    sys.exit(77)
import h5py  # noqa: E402
import numpy as np  # noqa: E402

SOURCE = pathlib.Path(os.environ["ISSSIM_SOURCE"])
PROGRAM = os.environ["ISSSIM"]
PAGE = SOURCE / "analysis/page"
sys.path.insert(0, str(SOURCE / "analysis/python/src"))

NODE = (20, 19)  # the oldest that Vite runs on
NO_NETWORK = re.compile(
    "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH"
    "|ERR_SOCKET_TIMEOUT|ENOTCACHED|E403|E404|E50[234]|network"
)


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def fail(why):
    print(f"FAILED: {why}", file=sys.stderr)
    sys.exit(1)


def check_tools():
    """Where Chromium is; skips without it or without Node.js."""
    if not shutil.which("node") or not shutil.which("npm"):
        skip("Node.js or npm isn't there")
    told = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    version = tuple(int(n) for n in re.findall(r"\d+", told)[:2])
    if version < NODE:
        skip(f"Node.js {told.strip()} is too old for Vite")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium or not os.access(chromium, os.X_OK):
        skip("Chromium isn't there")
    return chromium


def copy_sources(work):
    """A copy of analysis/page in which npm may write; what it installed before stays."""
    copy = work / "page"
    copy.mkdir(parents=True, exist_ok=True)
    for path in copy.iterdir():
        if path.name not in ("node_modules", ".installed"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in PAGE.iterdir():
        if path.is_dir() and path.name not in ("node_modules", "dist"):
            shutil.copytree(path, copy / path.name)
        elif path.is_file():
            shutil.copy(path, copy / path.name)
    return copy


def install(copy):
    """npm ci, unless what the lock names is there already."""
    lock = (copy / "package-lock.json").read_bytes()
    if b'"resolved"' in lock:
        fail("package-lock.json names download addresses")
    stamp, digest = copy / ".installed", hashlib.sha256(lock).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=90)
    except subprocess.TimeoutExpired:
        skip("npm's registry doesn't answer")
    if done.returncode:
        if NO_NETWORK.search(done.stderr):
            skip("npm's registry can't be reached, and nothing is installed yet")
        fail(f"npm ci: {done.stderr}")
    stamp.write_text(digest)


def check_built(copy, work):
    """The page that the package ships is what the sources give, to the byte."""
    built = work / "built"
    shutil.rmtree(built, ignore_errors=True)
    done = subprocess.run(
        ["npm", "run", "--silent", "build"], cwd=copy, capture_output=True, text=True,
        env={**os.environ, "PAGE_OUTPUT": str(built)},
    )
    if done.returncode:
        fail(f"npm run build: {done.stdout}{done.stderr}")
    shipped = SOURCE / "analysis/python/src/isssim/page/mission.html"
    if (built / "mission.html").read_bytes() != shipped.read_bytes():
        fail(f"{shipped} isn't what analysis/page gives: run npm run build there")


def run_isssim(*arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)
    if done.returncode:
        fail(f"isssim {' '.join(arguments)}: {done.stderr}")


def make_results(work):
    """A run, a study, and the study as if interrupted and of a newer format."""
    leak = str(SOURCE / "scenarios/soyuz_leak.cfg")
    run_isssim("run", leak, "-o", str(work / "run.h5"), "--force")
    run_isssim("mc", leak, "-n", "400", "--traces", "3", "--force",
              "-o", str(work / "study.h5"))
    for name, attribute, value in (
        ("interrupted", "complete", np.int32(0)),
        ("newer", "format_version", np.array([2, 0], "i4")),
    ):
        shutil.copy(work / "study.h5", work / f"{name}.h5")
        with h5py.File(work / f"{name}.h5", "r+") as file:
            file.attrs.modify(attribute, value)
            if name == "interrupted":
                file.attrs.modify("requested", np.int64(1000))


def make_pages(work):
    """Pages of the results.  The package refuses a newer format, so that one is put in."""
    import isssim
    from isssim import page

    pages = work / "pages"
    shutil.rmtree(pages, ignore_errors=True)
    pages.mkdir()
    for name in ("run", "study", "interrupted"):
        written = page.write(work / f"{name}.h5", pages / f"{name}.html")
        assert written == pages / f"{name}.html", written
    again = page.write(work / "run.h5", work / "again.html")
    if again.read_bytes() != (pages / "run.html").read_bytes():
        fail("the same result gives another page the second time")
    for bad, words in (("newer.h5", "newer"), ("built/mission.html", "HDF5")):
        try:
            page.write(work / bad, pages / "refused.html")
        except isssim.FormatError as error:
            assert words in str(error), error
        else:
            fail(f"a page was made of {bad}")
    assert not (pages / "refused.html").exists()
    head, tail = page._template().split(page.MARKER)
    with open(work / "newer.h5", "rb") as data:
        text = head + "".join(page._pieces(data)) + tail
    (pages / "newer.html").write_text(text, encoding="utf-8")
    (pages / "empty.html").write_text(head + tail, encoding="utf-8")
    return pages


def texts(column):
    return [value.decode() if isinstance(value, bytes) else value for value in column[:]]


def run_expected(group):
    """What a page of a run has to show, from the file itself."""
    events, types = group["events"], texts(group["event_types/name"])
    cause = events["cause"][:].tolist()
    kinds = [types[code] for code in events["type"][:]]
    decision = kinds.index("LIFEBOAT_DECISION") if "LIFEBOAT_DECISION" in kinds else 0
    chain, at = [], cause[decision]
    while at >= 0:
        chain.insert(0, at)
        at = cause[at]
    return {
        "events": len(cause),
        "metrics": dict(zip(texts(group["metrics/name"]), group["metrics/value"][:].tolist())),
        "decision": {
            "row": decision,
            "time_us": int(events["time"][decision]),
            "causes": chain,
            "effects": [i for i, c in enumerate(cause) if c == decision],
        },
        "flights": texts(group["flights/name"]),
        "ports": len(set(group["port_intervals/port"][:].tolist())),
        "intervals": len(group["port_intervals/port"]),
        "people": len(group["crew/person"]),
    }


def study_expected(file):
    summary, rows = file["summary"], file["replications"]
    half = [round(q, 9) for q in file["quantiles/quantile"][:]].index(0.5)
    metrics = texts(summary["metric"])
    brushes = {"stay_rubio": [370, 480], "launch_ms23": [80, 95]}
    mask = np.ones(len(rows["replication"]), bool)
    for name, (low, high) in brushes.items():
        mask &= (rows[name][:] >= low) & (rows[name][:] <= high)
    return {
        "count": len(mask),
        "summary": {
            name: [float(summary["mean"][i]), float(summary["sd"][i]),
                   float(summary["value"][i, half])]
            for i, name in enumerate(metrics)
        },
        "brushes": brushes,
        "selected": rows["replication"][:][mask].tolist(),
        "selected_mean": {
            name: float(np.nanmean(rows[name][:][mask]))
            for name in ("crew_mean", "unsafe_person_days", "slip_mean_d")
        },
        "series": texts(file["fans/series"]),
        "fan_mean_at_20": float(file["fans/mean"][0, 20]),
        "fan_time_at_20_us": int(file["fans/time"][20]),
        "traces": {
            int(name[1:]): run_expected(group) for name, group in file["traces"].items()
        },
    }


def write_expected(work):
    with h5py.File(work / "run.h5") as run, h5py.File(work / "study.h5") as study:
        expected = {
            "title": run.attrs["title"],
            "epoch": run.attrs["epoch"],
            "run": run_expected(run),
            "study": study_expected(study),
        }
    # JSON has no NaN: null says that there is none.
    clean = json.loads(json.dumps(expected), parse_constant=lambda _: None)
    (work / "expected.json").write_text(json.dumps(clean))


def main():
    work = pathlib.Path(sys.argv[1]).resolve()
    chromium = check_tools()
    copy = copy_sources(work)
    install(copy)
    check_built(copy, work)
    make_results(work)
    pages = make_pages(work)
    write_expected(work)
    done = subprocess.run(
        ["node", "--test", "--test-reporter=spec", "tests/"],
        cwd=copy, env={**os.environ, "PAGES": str(pages), "CHROMIUM": chromium,
                       "EXPECTED": str(work / "expected.json")},
    )
    sys.exit(1 if done.returncode else 0)


if __name__ == "__main__":
    main()
