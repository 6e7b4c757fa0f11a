#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the layers of scenarios/history.cfg from the record in facts/*.csv.

    scenarios/history/make_history.py            writes scenarios/library/history/
    scenarios/history/make_history.py FOLDER     writes them there

README.md beside this file tells what each table holds, where it is from, and what is
decided here where the record is silent.  Needs Python's standard library only.
"""
import csv
import pathlib
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
START = "2000-11-02"  # Expedition 1 docks; whatever left before is left out

# Layers by era: file, first day, what the time was like.
ERAS = (
    ("flights-2000-2003.cfg", START, "three residents, exchanged by shuttle"),
    ("flights-2003-2006.cfg", "2003-02-01", "after Columbia: two residents, by Soyuz"),
    ("flights-2006-2011.cfg", "2006-07-01", "the shuttle back, assembly, six residents"),
    ("flights-2011-2020.cfg", "2011-07-22", "Soyuz alone carries people"),
    ("flights-2020-2026.cfg", "2020-05-01", "Dragon, Starliner and private visits"),
)

# The record's kinds of vehicle that are one type here; the others go by `vehicle_type`.
TYPES = {
    "shuttle": "shuttle",
    "dragon": "crew_dragon",
    "starliner": "starliner",
    "progress-m": "progress_m",
    "progress-m1": "progress_m1",
    "progress-mm": "progress_m_m",
    "progress-ms": "progress_ms",
    "atv": "atv",
    "htv": "htv",
    "htv-x": "htv_x",
    "dragon1": "dragon_1",
    "dragon2": "cargo_dragon",
    "module": "module",
}
MAKERS = ("Soyuz", "Dragon", "Axiom", "Starliner", "Cygnus")  # not part of an id

# The docking systems of all but Russian ships, modules and ATV.
DOCKING = {
    "shuttle": "apas",
    "crew_dragon": "idss",
    "starliner": "idss",
    "cargo_dragon": "idss",
    "dragon_1": "cbm",
    "htv": "cbm",
    "htv_x": "cbm",
    "cygnus": "cbm",
    "cygnus_atlas": "cbm",
    "cygnus_f9": "cbm",
}

ARM = "robotics"  # the skill to capture a ship; vehicles' captured_by names it

SPDX = "# SPDX-License-Identifier: GPL-3.0-or-later\n#\n"
ORIGIN = (
    "Written by ../../history/make_history.py from {tables} in ../../history/facts; "
    "change that and run it, not this file. Sources, and what is decided where the record "
    "is silent: ../../history/README.md."
)


def table(name):
    with open(HERE / "facts" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- words ---------------------------------------------------------------------------


def comment(text, indent):
    """`text` as comment lines of a layer."""
    margin = " " * indent + "# "
    return textwrap.wrap(text, 88, initial_indent=margin, subsequent_indent=margin)


def header(title, tables):
    lines = comment(title, 0) + ["#"] + comment(ORIGIN.format(tables=tables), 0)
    return SPDX + "\n".join(lines) + "\n"


def names(ids, indent, key):
    """`key = [ "a", "b" ];`, over as many lines as it needs."""
    if not ids:
        return [f"{' ' * indent}{key} = [ ];"]
    line = f'{" " * indent}{key} = [ ' + ", ".join(f'"{i}"' for i in ids) + " ];"
    if len(line) <= 88:
        return [line]
    margin = " " * (indent + 4)
    inner = textwrap.wrap(
        ", ".join(f'"{i}"' for i in ids), 88,
        initial_indent=margin, subsequent_indent=margin,
    )
    return [f"{' ' * indent}{key} = [", *inner, f"{' ' * indent}];"]


class Notes:
    """What to say of a flight above its settings."""

    def __init__(self):
        self.days = []
        self.lines = []

    def time(self, what, value):
        """A time of the record as a scenario writes it; noon where only the day is
        known."""
        if value and "T" not in value:
            self.days.append(what)
            return value + "T12:00Z"
        return value

    def add(self, text):
        if text:
            text = text[0].upper() + text[1:]
            self.lines.append(text if text.endswith(".") else text + ".")

    def text(self):
        said = list(self.lines)
        if self.days:
            said.append(f"Day only, 12:00 assumed: {', '.join(self.days)}.")
        return " ".join(said)


# ---- who and what --------------------------------------------------------------------


def flight_id(name):
    """The name in the scenario: "Soyuz MS-22" is MS-22, "HTV-1" itself."""
    words = name.split()
    if words[0].startswith("ATV-"):
        words = words[:1]  # it has a name, as in "ATV-1 Jules Verne"
    elif words[0] in MAKERS:
        words = words[1:]
    return "-".join(words).replace("/", "-")


def vehicle_type(row):
    kind, name = row["vehicle"], row["flight"]
    if kind == "soyuz":
        number = name.split()[1]
        if number.startswith("TMA-"):
            return "soyuz_tma_m" if number.endswith("M") else "soyuz_tma"
        return "soyuz_tm" if number.startswith("TM-") else "soyuz_ms"
    if kind == "cygnus":
        if "Atlas V" in row["note"]:
            return "cygnus_atlas"
        falcon = name.startswith("Cygnus NG-") and int(name[-2:]) >= 20
        return "cygnus_f9" if falcon else "cygnus"
    return TYPES[kind]


class Ports:
    """The record calls a port by its place, where there may be several, one after the
    other: the one that the vehicle fits is meant."""

    def __init__(self):
        self.ids = {(row["called"], row["docking"]): row["id"]
                    for row in table("ports.csv")}

    def of(self, place, vehicle):
        return self.ids[place, DOCKING.get(vehicle, "probe_drogue")]


# ---- flights -------------------------------------------------------------------------


class Record:
    """The tables, and what one says of the other."""

    def __init__(self):
        self.ports = Ports()
        self.up, self.down, self.visitors = {}, {}, {}
        for stay in table("stays.csv"):
            self.up.setdefault(stay["up"], []).append(stay["person"])
            if stay["down"]:
                self.down.setdefault(stay["down"], []).append(stay["person"])
            if stay["kind"] == "visitor":
                self.visitors.setdefault(stay["up"], []).append(stay["person"])
        self.moves = {}
        for move in table("moves.csv"):
            self.moves.setdefault(move["flight"], []).append(move)

    def flights(self):
        """Every flight as (launch, id, lines), in order of launch."""
        found = []
        for row in table("crewed.csv"):
            found.append((row["launch"], self.crewed(row)))
        for row in table("cargo.csv"):
            if not row["undock"] or row["undock"] >= START:
                found.append((row["launch"], self.cargo(row)))
        for row in table("other.csv"):
            if row["dock"]:  # OFT never got there
                found.append((row["launch"], self.uncrewed(row)))
        return sorted(found)

    def crewed(self, row):
        name, notes = row["flight"], Notes()
        up, down = self.up.get(name, []), self.down.get(name, [])
        visitors = self.visitors.get(name, [])
        visit = bool(up) and visitors == up and sorted(up) == sorted(down)
        notes.add(row["note"])
        if row["undock"] and "T" not in row["undock"] and row["land"] == row["undock"]:
            row = {**row, "land": ""}  # both at noon otherwise
            notes.add("Landing on the day of undocking, left out")
        land = "" if row["outcome"] else row["land"]  # an abort ends at once
        flown = self.times(row, land, notes)
        flown += self.place(row)
        flown += names(up, 12, "crew")
        if row["replaces"]:
            flown.append(f'            replaces = "{flight_id(row["replaces"])}";')
        if row["outcome"]:
            flown.append(f'            outcome = "{row["outcome"]}";')
        elif row["undock"] and sorted(up) != sorted(down):
            flown += names(down, 12, "crew_down")
        flown += self.relocations(row)
        says = ["        visiting = true;"] if visit else []
        if visitors and not visit:
            says += names(visitors, 8, "visitors")
        return self.flight(flight_id(name), name, vehicle_type(row), says, flown,
                           notes)

    def cargo(self, row):
        notes = Notes()
        notes.add(row["note"])
        if "arrive/depart: recall" in row["source"]:
            notes.add("Docking and undocking from general knowledge")
        end = row["end"]
        if end == row["undock"][:10] and end:
            end = ""  # on the day of undocking: at once
        flown = self.times(row, end, notes)
        flown += self.place(row)
        if row["outcome"]:
            flown.append(f'            outcome = "{row["outcome"]}";')
        flown += self.relocations(row)
        return self.flight(flight_id(row["flight"]), row["flight"], vehicle_type(row), [],
                           flown, notes)

    def uncrewed(self, row):
        """A module that flew by itself and takes its port, or a test without a crew."""
        notes = Notes()
        notes.add(row["note"])
        if row["tug_left"]:
            notes.add(f"The tug that brought it left on {row['tug_left']}")
        flown = self.times(row, "", notes) + self.place(row)
        if row["vehicle"] != "module":
            notes.add("Without a crew")
            flown.append("            crew = [ ];")
        name = row["flight"].split(" (")[0]
        return self.flight(flight_id(name), name, vehicle_type(row), [], flown, notes)

    def times(self, row, end, notes):
        values = (("launch", row["launch"]), ("dock", row["dock"]),
                  ("undock", row["undock"]), ("land", end))
        return [
            f'            {key} = "{notes.time(key, value)}";'
            for key, value in values
            if value
        ]

    def place(self, row):
        if not row["port"]:
            return []
        port = self.ports.of(row["port"], vehicle_type(row))
        return [f'            port = "{port}";']

    def relocations(self, row):
        moves, lines = self.moves.get(row["flight"], []), []
        for move in moves:
            notes = Notes()
            undock = notes.time("undock", move["undock"])
            dock = notes.time("dock", move["dock"])
            port = self.ports.of(move["to"], vehicle_type(row))
            notes.add(move["note"])
            lines += comment(notes.text(), 16)
            lines += ["                {",
                      f'                    undock = "{undock}";',
                      f'                    dock = "{dock}";',
                      f'                    port = "{port}";',
                      "                }" + ("," if move is not moves[-1] else "")]
        if not moves:
            return []
        return ["            relocations = (", *lines, "            );"]

    def flight(self, identity, name, vehicle, says, flown, notes):
        return "\n".join([
            f"    {identity} = {{",
            *comment(notes.text(), 8),
            f'        name = "{name}";',
            f'        vehicle = "{vehicle}";',
            *says,
            "        as_flown = {",
            *flown,
            "        };",
            "    };",
        ])


# ---- layers --------------------------------------------------------------------------


def flight_layers():
    """One layer an era: {file name: text}."""
    flights = Record().flights()
    layers = {}
    for i, (file, first, what) in enumerate(ERAS):
        until = ERAS[i + 1][1] if i + 1 < len(ERAS) else "9999"
        first = "" if i == 0 else first
        chosen = [text for launch, text in flights if first <= launch < until]
        head = header(f"{file[8:17]}, {what}: every flight as it was.",
                      "the tables of flights, stays and moves")
        layers[file] = head + "\nflights = {\n" + "\n".join(chosen) + "\n};\n"
    return layers


def filled(words, indent):
    """The words in lines of at most 88 columns; what goes on is indented."""
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) > 88:
            lines.append(" " * indent + word)
        else:
            lines[-1] += " " + word
    return lines


def ship_commanders():
    """The skills of everyone who ever commanded a Soyuz, a Dragon or a Starliner."""
    skills = {}
    for row in table("commanders.csv"):
        ship = {"Soyuz": "soyuz", "Starliner": "starliner"}.get(row["flight"].split()[0],
                                                              "dragon")
        skills.setdefault(row["person"], {})[f"{ship}_commander"] = True
    return skills


def people_layer():
    ships = ship_commanders()
    station = {row["commander"] for row in table("expeditions.csv")}
    lines = []
    for row in table("people.csv"):
        start = f'    {row["id"]} = {{ name = "{row["name"]}";'
        says = [f'agency = "{row["agency"]}";', f'segment = "{row["segment"]}";']
        skills = [ARM] if row["segment"] == "USOS" else []
        skills += ships.get(row["id"], [])
        if skills:
            says.append("skills = [ " + ", ".join(f'"{s}"' for s in skills) + " ];")
        if row["id"] in station:
            says.append('roles = [ "commander" ];')
        lines += filled([start, *says, "};"], 8)
    head = header(
        "Everyone who was ever aboard, in the order of the first arrival. `segment` is the "
        "one that they are trained to run; visitors run neither and carry their host's. "
        "`skills`: who is counted to the US segment can capture a ship with its arm "
        "(general knowledge; assumed of all); who ever commanded a Soyuz, a Dragon or a "
        "Starliner can. "
        "`roles`: who ever commanded the station is to be a commander.",
        "people.csv, commanders.csv and expeditions.csv",
    )
    return head + "\ncrew = {\n" + "\n".join(lines) + "\n};\n"


def expeditions_layer():
    flights = {row["flight"]: row for row in table("crewed.csv")}
    lines = []
    for row in table("expeditions.csv"):
        notes = Notes()
        notes.add(row["note"])
        begins = notes.time("from", row["day"] or
                            flights[row["flight"]][row["begins_with"]])
        lines += comment(notes.text(), 4)
        start = f'    e{row["number"]}_{row["commander"]} = {{ number = {row["number"]};'
        lines += filled([start, f'from = "{begins}";',
                         f'commander = "{row["commander"]}"; }};'], 8)
    head = header(
        "Expeditions 1 to 74, and who commanded them (general knowledge). Each begins with "
        "a departure or a docking of the record, or command changes within it. What comes "
        "after the last one goes by the ships' `expeditions`.",
        "expeditions.csv and crewed.csv",
    )
    return head + "\nexpeditions = {\n" + "\n".join(lines) + "\n};\n"


def ports_layer():
    lines = []
    for row in table("ports.csv"):
        notes = Notes()
        notes.add(row["note"])
        if row["source"] == "recall":
            notes.add("Dates from general knowledge")
        lines += comment(notes.text(), 4)
        lines.append(f'    {row["id"]} = {{')
        lines.append(f'        name = "{row["name"]}";')
        lines.append(f'        segment = "{row["segment"]}";')
        lines.append(f'        docking = "{row["docking"]}";')
        for key in ("from", "until"):
            if row[key]:
                date = row[key] if "T" in row[key] else row[key] + "Z"
                lines.append(f'        {key} = "{date}";')
        lines.append("    };")
    head = header(
        "Every place where something docked or was berthed, and when it came and went. "
        "ROS: the Russian segment. USOS: the US segment, with Europe's, Japan's and "
        "Canada's share.",
        "ports.csv",
    )
    return head + "\nports = {\n" + "\n".join(lines) + "\n};\n"


def main():
    folder = HERE.parent / "library" / "history"
    if len(sys.argv) > 1:
        folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    layers = {"people.cfg": people_layer(), "ports.cfg": ports_layer(),
              "expeditions.cfg": expeditions_layer(), **flight_layers()}
    for name, text in layers.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
