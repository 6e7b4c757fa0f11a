#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fit what the library draws to the record in ../history/facts/*.csv.

    scenarios/library/fit.py            writes slips.cfg and record/*.cfg beside it
    scenarios/library/fit.py FOLDER     writes them there
    scenarios/library/fit.py --show     prints what each slip is fitted to

slips.cfg: how much launches slip, by programme and lead time.  record/YEAR.cfg: how often
rockets fail and how long they stand down, from what was known on a day of that year.
Needs Python's standard library only.
"""
import csv
import datetime
import math
import pathlib
import statistics
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
FACTS = HERE.parent / "history" / "facts"
SPDX = "# SPDX-License-Identifier: GPL-3.0-or-later\n#\n"


def table(name):
    with open(FACTS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text):
    return datetime.date.fromisoformat(text[:10])


def comment(text, indent=0):
    margin = " " * indent + "# "
    return textwrap.fill(text, 88, initial_indent=margin, subsequent_indent=margin) + "\n"


# ---- distributions -------------------------------------------------------------------


def weibull(values):
    """Shape and scale of the greatest likelihood."""
    logs = [math.log(value) for value in values]
    low, high = 0.05, 50.0
    while high - low > 1e-9:
        shape = (low + high) / 2
        powers = [value**shape for value in values]
        slope = (sum(p * x for p, x in zip(powers, logs)) / sum(powers)
                 - 1 / shape - statistics.mean(logs))
        low, high = (low, shape) if slope > 0 else (shape, high)
    return shape, (sum(value**shape for value in values) / len(values)) ** (1 / shape)


def zeros(slips):
    """The share of launches on time or early, by Jeffreys' mean."""
    return (sum(slip <= 0 for slip in slips) + 0.5) / (len(slips) + 1)


# ---- slips ---------------------------------------------------------------------------

# Programmes whose slips are fitted here, the types of vehicle that have them, and how
# plans.csv and launch_slips_final_weeks.csv call their flights.
PROGRAMMES = {
    "soyuz": (("soyuz_tm", "soyuz_tma", "soyuz_tma_m", "soyuz_ms"), ("Soyuz ",), "soyuz"),
    "progress": (("progress_m", "progress_m1", "progress_m_m", "progress_ms"),
                 ("Progress ",), "soyuz"),
    "crew_dragon": (("crew_dragon",), ("Dragon Crew-", "Axiom "), "falcon_9"),
    "cargo_dragon": (("cargo_dragon",), ("Dragon CRS-",), "falcon_9"),
    "cygnus_f9": (("cygnus_f9",), ("Cygnus NG-",), "falcon_9"),
}
# New commercial and partner vehicles (Gardner and Grogan): lead time to, share of zeros,
# shape, scale, as published.  FPIP plans of 2012 to 2017.
PUBLISHED = ((90, 0.143, 1.02, 26.5), (180, 0.077, 0.81, 92.6), (360, 0, 1.04, 172.9))
NEW_VEHICLES = ("starliner", "dragon_1", "cygnus", "cygnus_atlas", "atv", "htv", "htv_x",
                "module", "dream_chaser")
FAMILY_OF_NEW = {"dragon1": "falcon_9", "cygnus": "antares"}

# A slip of so few days just before launch is an attempt called off, which the rocket's
# `scrubs` make: none of it is the programme's.
SCRUB_D = 3
FINAL_D = 21  # the plans of launch_slips_final_weeks.csv are some two weeks old
FIRST_CARGO_DRAGON_2 = 21  # CRS-21

# Plans that another event undid, which the model makes by itself.
UNDONE = {
    ("soyuz_leak", "Soyuz MS-23"): "called up",
    ("starliner_cft", "Dragon Crew-9"): "waited for Starliner",
    ("starliner_cft", "Dragon Crew-10"): "took Starliner-1's turn",
    ("starliner_cft", "Axiom Ax-4"): "given a later turn",
    ("medical_return", "Dragon Crew-12"): "put forward for Crew-11's return",
    ("pad_damage", "Dragon CRS-34"): "put forward",
    ("columbia_grounding", "Progress M1-11"): "planned anew after Columbia",
}


def stand_downs():
    """When each family couldn't fly, and what is called a stand-down beside that."""
    spans = [(row["family"], day(row["date"]),
              day(row["date"]) + datetime.timedelta(int(row["days"])))
             for row in table("stand_downs.csv") if row["days"]]
    # Site 31, from the damage to the next launch, stopped both Soyuz and Progress.
    spans.append(("soyuz", day("2025-11-27"), day("2026-03-22")))
    return spans


def is_grounded(family, since, until, spans):
    """Whether a stand-down of the family began, or was still on, between the two days."""
    return any(name == family and begin < until and end > since
               for name, begin, end in spans)


def launched():
    rows = table("crewed.csv") + table("cargo.csv")
    return {row["flight"]: day(row["launch"]) for row in rows if row["launch"]}


def planned(text):
    """First, middle and last day that the text of a plan may mean."""
    if len(text) == 10:
        return day(text), day(text), day(text)
    first = day(text + "-01")
    return first, day(text + "-15"), (first + datetime.timedelta(31)).replace(day=1)


def is_cargo_dragon_1(flight):
    return (flight.startswith("Dragon CRS-")
            and int(flight.split("-")[1]) < FIRST_CARGO_DRAGON_2)


def far_slips(prefixes, family, spans):
    """(days, flight) for plans of more than FINAL_D ahead.  A month is kept by a launch
    in it; else its 15th counts."""
    flown, found = launched(), []
    for row in table("plans.csv"):
        flight, text = row["flight"], row["planned_launch"]
        if (not flight.startswith(prefixes) or flight not in flown
                or is_cargo_dragon_1(flight)
                or (row["scenario"], flight) in UNDONE):
            continue
        _, middle, last = planned(text)
        since, actual = day(row["as_of"]), flown[flight]
        if (middle - since).days <= FINAL_D or is_grounded(family, since, actual, spans):
            continue
        slip = 0 if actual < last else (actual - middle).days
        found.append((max(slip, 0), f"{row['scenario']}: {flight}"))
    return found


def near_slips(prefixes, family, spans):
    found = []
    for row in table("launch_slips_final_weeks.csv"):
        flight, actual = row["flight"], day(row["actual_launch"])
        since = day(row["date_announced_about_2_weeks_before"])
        if flight.startswith(prefixes) and not is_grounded(family, since, actual, spans):
            slip = int(row["slip_days"])
            found.append((slip if slip > SCRUB_D else 0, flight))
    return found


def long_slips(spans):
    """New vehicles, more than a year ahead, without those that a stand-down met."""
    rows = [row for row in table("launch_slips.csv") if int(row["lead_days"]) > 360]
    kept = [int(row["slip_days"]) for row in rows
            if not is_grounded(FAMILY_OF_NEW.get(row["vehicle"]), day(row["report_date"]),
                               day(row["actual"]), spans)]
    return kept, len(rows)


def with_zeros(dist, share):
    return dist if share == 0 else dist[:-2] + f" p_zero = {share:.3g}; }}"


def weibull_text(share, shape, scale):
    return with_zeros(f'{{ dist = "weibull"; shape = {shape:.3g}; scale = {scale:.4g}; }}',
                      share)


def exponential_text(slips):
    """Too few for two parameters: the share of zeros, and the mean of the others.  One
    more of the mean of all programmes' stands in for slips not seen yet."""
    late = [slip for slip in slips if slip > 0]
    mean = (sum(late) + PRIOR_D) / (len(late) + 1)
    return with_zeros(f'{{ dist = "exponential"; mean = {mean:.3g}; }}', zeros(slips))


def slip_row(lead, dist):
    return f"            {{ up_to = {lead};\n              slip = {dist}; }}"


PRIOR_D = 20  # assumed: a slip of a mature programme, when there is one


def slips_layer():
    spans = stand_downs()
    kept, all_rows = long_slips(spans)
    shape, scale = weibull([slip for slip in kept if slip > 0])
    text = SPDX + comment(
        "How much launches slip, by programme and by how far ahead they are planned. "
        "Written by fit.py from the tables in ../history/facts; change those or that and "
        "run it, not this file.")
    text += "#\n" + comment(
        "Stand-downs of a rocket, a pad's damage, ships called up and turns exchanged are "
        "left out: the model makes them. So are slips of up to three days in the last two "
        "weeks: they are scrubs. An early launch counts as one on time.")
    text += "\nvehicles = {\n"
    text += comment(
        "New commercial and partner vehicles, plans of 2012 to 2017 (launch_slips.csv): "
        "to 360 d ahead the published fit of Gardner and Grogan, which has the stand-downs "
        "of 2014 and 2015 in it. Farther ahead, fitted here: the "
        f"{len(kept)} of {all_rows} plans that no stand-down met, "
        f"{sum(slip <= 0 for slip in kept)} of them on time or early.", 4)
    rows = ",\n".join(slip_row(lead, weibull_text(share, a, b))
                      for lead, share, a, b in PUBLISHED)
    for vehicle in NEW_VEHICLES:
        text += (f"    {vehicle} = {{\n        slips = (\n{rows}\n        );\n"
                 f"        slip = {weibull_text(zeros(kept), shape, scale)};\n    }};\n")
    for programme, (vehicles, prefixes, family) in PROGRAMMES.items():
        near = [slip for slip, _ in near_slips(prefixes, family, spans)]
        far = [slip for slip, _ in far_slips(prefixes, family, spans)]
        text += "\n" + comment(
            f"{programme}: the last weeks, {len(near)} flights, "
            f"{sum(slip == 0 for slip in near)} on time (launch_slips_final_weeks.csv); "
            f"before, {len(far)} plans, {sum(slip == 0 for slip in far)} on time, the "
            f"latest {max(far)} d late (plans.csv).", 4)
        for vehicle in vehicles:
            text += (f"    {vehicle} = {{\n        slips = (\n"
                     f"{slip_row(FINAL_D, exponential_text(near))}\n"
                     f"        );\n        slip = {exponential_text(far)};\n    }};\n")
    return text + "};\n"


# ---- rockets -------------------------------------------------------------------------

# Layers, and the last day that each knows of.
DAYS = {"2000": "2000-11-02", "2003": "2003-01-31", "2011": "2011-08-23",
        "2013": "2013-01-01", "2014": "2014-10-27", "2018": "2018-10-10",
        "2022": "2022-12-01", "2024": "2024-06-04", "2025": "2025-01-01",
        "2026": "2026-10-08"}
# The family of each rocket, and its first and last flight to the station (general
# knowledge beside crewed.csv and cargo.csv); blank: not yet.
ROCKETS = {
    "soyuz_u": ("soyuz", "2000-10-31", "2017-02-22"),
    "soyuz_fg": ("soyuz", "2001-05-20", "2019-09-25"),
    "soyuz_2_1a": ("soyuz", "2014-10-29", ""),
    "falcon_9": ("falcon_9", "2012-05-22", ""),
    "antares": ("antares", "2013-09-18", "2023-08-02"),
    "atlas_v": ("atlas_v", "2015-12-06", ""),
    "ariane_5": ("ariane_5", "2008-03-09", "2014-07-29"),
    "h_2b": ("h_2b", "2009-09-10", "2020-05-20"),
    "h3": ("h3", "2025-10-26", ""),
    "space_shuttle": ("space_shuttle", "1998-12-04", "2011-07-08"),
    "proton": ("proton", "1998-11-20", "2021-07-21"),
    "vulcan": ("vulcan", "2026-01-01", ""),
}
FAR_AHEAD_D = 7 * 365  # how far a scenario looks
# Families with launches that no scenario has, and from when the record watches them.
EXTERNAL = {"soyuz": "2000-11-02", "falcon_9": "2012-05-22", "atlas_v": "2002-08-21",
            "ariane_5": "2000-11-02", "h3": "2023-03-07", "vulcan": "2024-01-08"}
FEW = 2  # fewer stand-downs of its own than this: a family takes those of all


def is_needed(rocket, until):
    """Whether a scenario that begins on that day may launch it."""
    _, first, last = ROCKETS[rocket]
    return ((not last or day(last) >= until)
            and day(first) <= until + datetime.timedelta(FAR_AHEAD_D))


def soyuz_record(until):
    """Launches and failures of the station's own Soyuz and Progress."""
    rows = [row for row in table("crewed.csv") + table("cargo.csv")
            if row["flight"].startswith(("Soyuz", "Progress")) and row["launch"]
            and day(row["launch"]) <= until]
    # Progress M-27M reached orbit, damaged by its rocket.
    return len(rows), sum(row["outcome"] in ("ascent_failed", "lost") for row in rows)


def launch_record(rocket, until):
    """(launches, failures, source), or None when nothing is known of it yet."""
    if ROCKETS[rocket][0] == "soyuz":
        launches, failures = soyuz_record(until)
        if launches >= 10:
            return launches, failures, "Soyuz and Progress of the record"
        rocket = "soyuz_u"
    rows = [row for row in table("launches.csv")
            if row["rocket"] == rocket and day(row["until"]) <= until]
    if not rows:
        return None
    row = rows[-1]
    return int(row["launches"]), int(row["failures"]), row["source"]


def known_stand_downs(until):
    """By family: stand-downs of which the end was known."""
    known = {}
    for row in table("stand_downs.csv"):
        if row["days"] and day(row["date"]) + datetime.timedelta(int(row["days"])) <= until:
            known.setdefault(row["family"], []).append(int(row["days"]))
    return known


def stand_down_text(days, longest):
    """A lognormal, no longer than a fifth above the longest of all."""
    logs = [math.log(value) for value in days]
    return (f'{{ dist = "lognormal"; mu = {statistics.mean(logs):.4g}; '
            f"sigma = {statistics.stdev(logs):.3g}; upper = {UPPER * longest:.0f}; }}")


UPPER = 1.2


def family_text(family, until):
    known = known_stand_downs(until)
    everyone = sorted(value for days in known.values() for value in days)
    own = known.get(family, [])
    days = own if len(own) >= FEW else everyone
    if len(days) < 2:  # of 2000: Challenger's alone; two weeks for a Soyuz is assumed
        days = [15, *everyone]
    text = comment(("Its own: " if len(own) >= FEW else "All that were known: ")
                   + ", ".join(str(value) for value in sorted(days)) + " d.", 8)
    text += f"        stand_down = {stand_down_text(days, max(everyone))};\n"
    rockets = [rocket for rocket, row in ROCKETS.items() if row[0] == family]
    if (family in EXTERNAL and day(EXTERNAL[family]) < until
            and any(is_needed(rocket, until) for rocket in rockets)):
        begin = day(EXTERNAL[family])
        events = sum(row["family"] == family and row["external"] == "yes"
                     and begin <= day(row["date"]) <= until
                     for row in table("stand_downs.csv"))
        years = max((until - begin).days / 365.25, 1)
        text += (f"        external = {{ dist = \"exponential\"; rate = {{ uncertain = {{\n"
                 f"            dist = \"gamma_rate\"; events = {events}; "
                 f"exposure = \"{years:.1f} yr\"; }}; }}; }};\n")
    return text


def success_text(rocket, until):
    """A posterior for what may fly, else its mean: what isn't used isn't a parameter."""
    launches, failures, source = launch_record(rocket, until) or (4, 1, "")
    text = comment(f"{failures} of {launches} failed ({source})." if source else
                   "Not flown yet; one failure in four first flights is assumed.", 8)
    good = launches - failures
    if is_needed(rocket, until):
        return text + (f"        success = {{ uncertain = {{ dist = \"beta\"; "
                       f"successes = {good}; trials = {launches}; }}; }};\n")
    return text + f"        success = {(good + 0.5) / (launches + 1):.4g};\n"


def record_layer(date):
    until = day(date)
    text = SPDX + comment(
        f"How often rockets fail, and how long they stand down, as known on {date}. "
        "Written by ../fit.py from launches.csv, stand_downs.csv, crewed.csv and cargo.csv "
        "in ../../history/facts; change those or that and run it, not this file.")
    text += "#\n" + comment(
        "success: Jeffreys' posterior, or its mean for a rocket not in use. stand_down: a lognormal through the family's own "
        f"stand-downs if there are {FEW}, else through all. external: time from one failure "
        "that has nothing to do with the station to the next, Jeffreys' posterior of the "
        "rate.")
    text += "\nfamilies = {\n"
    for family in dict.fromkeys(family for family, _, _ in ROCKETS.values()):
        text += f"    {family} = {{\n{family_text(family, until)}    }};\n"
    text += "};\n\nlaunch_systems = {\n"
    for rocket in ROCKETS:
        text += f"    {rocket} = {{\n{success_text(rocket, until)}    }};\n"
    return text + "};\n"


# ---- all of it -----------------------------------------------------------------------


def show():
    spans = stand_downs()
    for lead, (low, high) in zip(("90", "180", "360"), ((-1, 90), (90, 180), (180, 360))):
        slips = [int(row["slip_days"]) for row in table("launch_slips.csv")
                 if low < int(row["lead_days"]) <= high]
        shape, scale = weibull([slip for slip in slips if slip > 0])
        on_time = sum(slip <= 0 for slip in slips) / len(slips)
        print(f"new vehicles, to {lead} d: {len(slips)} plans, on time {on_time:.3f}, "
              f"shape {shape:.2f}, scale {scale:.1f}")
    for programme, (_, prefixes, family) in PROGRAMMES.items():
        print(programme)
        for name, rows in (("last weeks", near_slips(prefixes, family, spans)),
                           ("before", far_slips(prefixes, family, spans))):
            for slip, flight in rows:
                print(f"    {name}: {slip:4d}  {flight}")


def main():
    if sys.argv[1:] == ["--show"]:
        show()
        return
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    (folder / "record").mkdir(parents=True, exist_ok=True)
    (folder / "slips.cfg").write_text(slips_layer(), encoding="utf-8")
    for year, date in DAYS.items():
        (folder / "record" / f"{year}.cfg").write_text(record_layer(date),
                                                       encoding="utf-8")


if __name__ == "__main__":
    main()
