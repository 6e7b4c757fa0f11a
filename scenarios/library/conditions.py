#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write medical.cfg, 101 medical conditions and three kits, from ../history/facts/medical_*.csv.

    scenarios/library/conditions.py            writes medical.cfg beside it
    scenarios/library/conditions.py FOLDER     writes it there

Needs Python's standard library only.
"""
import csv
import pathlib
import re
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
FACTS = HERE.parent / "history" / "facts"
WIDTH = 88

# The table calls them so: what a scenario says, and the unit that their number is per.
PROCESSES = {
    "general-Poisson": ("poisson", "person-days"),
    "space-adaptation-once": ("once", "person-days"),
    "SA-VIIP-late": ("late", "person-days"),
    "EVA-coupled": ("eva", "EVAs"),
    "SPE-coupled": ("particle_event", "solar particle events"),
}
PROBABLE = ("space-adaptation-once", "EVA-coupled")  # a probability: not above 1
AFTER = {
    "once": "{ dist = \"uniform\"; min = 0; max = 7; }; # the first week (assumed)",
    "late": "30; # assumed",
}
FLAGS = {"sex-male": "male", "sex-female": "female", "EVA": "eva",
         "CAC-positive": "coronary_calcium"}  # fmt: skip
# A gamma distribution of a larger shape has a standard deviation below 3 % of its mean:
# a number, which also loads faster.
LARGEST_SHAPE = 1e3
# Where the table names no item: this stands for what a treatment takes.
UNLISTED = "unlisted"
UNLISTED_IN_KIT = 1000
PARTS = (
    ("impairment_1", "fi_cp1"),
    ("duration_1", "dt_cp1_hours"),
    ("impairment_2", "fi_cp2"),
    ("duration_2", "dt_cp2_hours"),
    ("lasting", "fi_cp3"),
    ("evacuation", "p_evac"),
    ("loss", "p_locl"),
)
# Words that keep their capitals in a name; all else is as within a sentence.
CAPITALS = ("CO2", "VIIP", "LE")

STORY = (
    "Medical conditions in the manner of NASA's Integrated Medical Model, and three kits.  "
    "Written by conditions.py from medical_conditions.csv and medical_kit_iss_hms.csv in "
    "../history/facts; change those or that and run it, not this file.  What the settings "
    "mean is in docs/medical.md; how a published run comes out with them, there too.",
    "Source: D. L. Malpica, strikerdlm/selectron (MIT), parameters from the published "
    "literature on NASA's Integrated Medical Model.  Above each incidence "
    "stand where that project has it from, the group of the condition, and the counts that "
    "the project gives:",
    "tierA-nasa: from NASA's publications on the model, most of them one figure that the "
    "project gave the spread of two events.  tierB-pymc: fitted by the project to published "
    "counts of events and exposure, in part on Earth.  tierB-lit: its own estimate from "
    "the literature.",
    "What a condition leads to is weaker than how often it comes: but for "
    "interpersonal_conflict, the table has four sets of figures (slight, mild, serious, "
    "critical), and says which a condition has; only a lasting impairment is its own.  "
    "Its best and its worst course have the same outcomes: worst_case changes nothing.",
    "Weak: barotrauma_ear_sinus_block and altitude_sickness, 36.5 and 11.6 events in 180 "
    "days of six people, look like leftovers of that project's own fit; the conditions of "
    "process \"once\" have a figure near 1e-4 that was fitted to days of exposure and is "
    "used as a probability a visit (in space most people have some of them); the kit's "
    "numbers are the project's estimate.",
    f"Decided here: where the table lists no item, the treatment takes one \"{UNLISTED}\", "
    f"of which the station's kit has {UNLISTED_IN_KIT}, so that without a kit nothing is "
    "treated.  An incidence known to better than 3 % is a number.  What comes once, comes "
    "in the first week; what comes late, after 30 days.",
)


def rows(name):
    with open(FACTS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs(text):
    """`a=1;b=2`, as a list."""
    return [tuple(part.split("=")) for part in text.split(";") if part]


def number(text):
    """As the table has it, without what is only the computer's."""
    value = float(text)
    if 0 < value < 1e-3:
        digits, power = f"{value:.5e}".split("e")
        return f"{float(digits):g}e{int(power)}"
    return f"{value:.6g}"


def identifier(text):
    return re.sub(r"\W", "_", text)


def noun(label):
    """`Dental : Exposed Pulp` as `dental: exposed pulp`."""
    label = label.replace(" :", ":").replace("/ ", "/").replace(")(", ", ")
    return " ".join(word if word.strip("()/:,") in CAPITALS else word.lower()
                    for word in label.split())  # fmt: skip


def comment(text, indent=0):
    margin = " " * indent + "# "
    return textwrap.fill(text, WIDTH, initial_indent=margin, subsequent_indent=margin,
                         break_on_hyphens=False) + "\n"  # fmt: skip


def listed(key, groups):
    """A list of groups, on one line where there is room for it."""
    line = f"        {key} = ( {', '.join(groups)} );\n"
    if len(line) <= WIDTH + 1:
        return line
    lines = ",\n".join(" " * 12 + group for group in groups)
    return f"        {key} = (\n{lines}\n        );\n"


def item_list(items):
    return listed("items", [f'{{ item = "{item}"; count = {count}; }}'
                            for item, count in items])  # fmt: skip


def incidence(row, unit):
    """The setting, and the count behind it."""
    a, b = float(row["p1"]), float(row["p2"])
    if row["incidence_dist"] == "lognormal_rate":
        return f'{{ dist = "lognormal"; mu = {number(a)}; sigma = {number(b)}; }}', ""
    if row["incidence_dist"] == "beta_probability":
        return (f'{{ dist = "beta"; a = {number(a)}; b = {number(b)}; }}',
                f": {number(a)} in {number(a + b)} {unit}")  # fmt: skip
    known = f": {a:.6g} events in {b:,.0f} {unit}"
    if a > LARGEST_SHAPE:
        return number(a / b), known
    limit = " upper = 1;" if row["process"] in PROBABLE else ""
    return (f'{{ dist = "gamma"; shape = {number(a)}; scale = {number(1 / b)};{limit} }}',
            known)  # fmt: skip


def pert(row, care, part):
    """The setting, or nothing where it's zero."""
    low, mode, high = (number(row[f"{care}.{part}.{end}"]) for end in ("min", "mode", "max"))
    if low == high:
        return None if float(low) == 0 else low
    return f'{{ dist = "pert"; min = {low}; mode = {mode}; max = {high}; }}'


def outcome(row, care):
    lines = [f'care = "{care}";']
    for key, part in PARTS:
        value = pert(row, care, part)
        if value:
            lines.append(f"{key} = {value};")
    return "{\n" + "".join(f"            {line}\n" for line in lines) + "        }"


def condition(row):
    process, unit = PROCESSES[row["process"]]
    rate, known = incidence(row, unit)
    text = f"    {identifier(row['condition'])} = {{\n"
    text += f'        name = "{noun(row["label"])}";\n'
    if process != "poisson":
        text += f'        process = "{process}";\n'
    text += comment(f"{row['provenance']}, {row['family']}{known}.", 8)
    text += f"        incidence = {rate};\n"
    if process in AFTER:
        text += f"        after = {AFTER[process]}\n"
    text += (f'        worst_case = {{ dist = "beta"; a = {number(row["worst_case_a"])}; '
             f'b = {number(row["worst_case_b"])}; }};\n')  # fmt: skip
    risks = [f'{{ flag = "{FLAGS.get(flag, flag)}"; factor = {number(factor)}; }}'
             for flag, factor in pairs(row["risk_multipliers"])]  # fmt: skip
    text += listed("risks", risks) if risks else ""
    text += item_list(pairs(row["resources"]) or [(UNLISTED, 1)])
    return text + (f"        outcomes = ( {outcome(row, 'treated')}, "
                   f"{outcome(row, 'untreated')} );\n    }};\n")  # fmt: skip


def kits():
    stock = [(row["resource"], row["quantity"]) for row in rows("medical_kit_iss_hms.csv")]
    stock.append((UNLISTED, UNLISTED_IN_KIT))
    return f"""
kits = {{
    none = {{
        name = "no kit";
    }};
    # Not in it, though the table of conditions asks for them: antidote, audiometry,
    # blood-products, hyperbaric-oxygen, imaging, pelvic-floor-trainer.
    iss_hms = {{
        name = "the station's kit";
{item_list(stock)}    }};
    unlimited = {{
        name = "an unlimited kit";
        unlimited = true;
    }};
}};
"""


def layer():
    text = "# SPDX-License-Identifier: GPL-3.0-or-later\n"
    for paragraph in STORY:
        text += "#\n" + comment(paragraph)
    text += """
medical = {
    kit = "iss_hms";
    # 1.5e-3 a day: near a solar maximum (the same project).
    particle_events = { dist = "exponential"; mean = 666.67; };
};
"""
    text += kits() + "\nconditions = {\n"
    return text + "".join(map(condition, rows("medical_conditions.csv"))) + "};\n"


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    (folder / "medical.cfg").write_text(layer(), encoding="utf-8")


if __name__ == "__main__":
    main()
