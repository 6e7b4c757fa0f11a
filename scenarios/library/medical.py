#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How well published rates of early return for illness bear the record: one in 26 years.

    scenarios/library/medical.py

prints, for three readings of them, how many early returns were to be expected from
2 November 2000 to 8 October 2026, and the probability of at most the one that there was
(a Poisson count).  Likewise for the conditions of medical.cfg, each fully treated: as the
table has them, and with medical-k15-scales.cfg.  Then the rate that the record itself
leaves to believe, as medical-rate.cfg has it.  Needs Python's standard library only.

Of the conditions' sum, 72 % is acute radiation syndrome, of which there was no case in
orbit: what bears the record there is how weak one figure of the table is.
"""
import csv
import datetime
import math
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
CONDITIONS = HERE.parent / "history" / "facts" / "medical_conditions.csv"

YEAR = 365.25
PERSON_DAYS = 48254  # scenarios/README.md, history; crew_days of history.cfg to 1e-4
SPAN_DAYS = (datetime.date(2026, 10, 8) - datetime.date(2000, 11, 2)).days
EVENTS = 1  # Crew-11, January 2026

K15 = 0.0191  # a person-year: Keenan et al., ICES-2015-71
THREE_YEARS = 1 / 3  # a year, quoted in January 2026
CREW = 7  # those who live aboard, as the second is shared among them

READINGS = (
    ("0.0191 per person-year (medical_k15)", K15 * PERSON_DAYS / YEAR),
    ("one in three years by the calendar (medical_three_years)", THREE_YEARS * SPAN_DAYS / YEAR),
    (
        "one in three years with seven aboard (medical_seven)",
        THREE_YEARS / CREW * PERSON_DAYS / YEAR,
    ),
)


PARTICLE_EVENTS = 1.5e-3  # a day, as in medical.cfg


def treated_evacuations():
    """A person-day's, by condition, of people without special risks, half of them men.

    What comes once a visit or by EVA is left out: together a thousandth.
    """
    found = {}
    with open(CONDITIONS, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            a, b = float(row["p1"]), float(row["p2"])
            mean = {"gamma_rate": lambda: a / b, "beta_probability": lambda: a / (a + b),
                    "lognormal_rate": lambda: math.exp(a + b * b / 2),
                    }[row["incidence_dist"]]()  # fmt: skip
            daily = {"general-Poisson": 1, "SA-VIIP-late": 1,
                     "SPE-coupled": PARTICLE_EVENTS}.get(row["process"], 0)  # fmt: skip
            risks = dict(part.split("=") for part in row["risk_multipliers"].split(";")
                         if part)  # fmt: skip
            sexes = [float(risks.get(f"sex-{sex}", 1)) for sex in ("male", "female")]
            low, mode, high = (float(row[f"treated.p_evac.{end}"])
                               for end in ("min", "mode", "max"))  # fmt: skip
            found[row["condition"]] = (mean * daily * sum(sexes) / 2
                                       * (low + 4 * mode + high) / 6)  # fmt: skip
    return found


def scale(name):
    """Of medical-k15-scales.cfg."""
    text = (HERE / "medical-k15-scales.cfg").read_text(encoding="utf-8")
    return float(re.search(rf"scale_{name} = ([\d.]+);", text)[1])


def at_most(count, mean):
    """The probability of `count` events or fewer when `mean` are expected."""
    return sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(count + 1))


def main():
    print(f"{EVENTS} early return in {PERSON_DAYS:,} person-days, {SPAN_DAYS:,} days")
    print(f"{'':60}{'expected':>9}{f'P(<= {EVENTS})':>10}")
    for name, mean in READINGS:
        print(f"{name:60}{mean:9.2f}{at_most(EVENTS, mean):10.4f}")
    mean = sum(treated_evacuations().values()) * PERSON_DAYS
    scaled = mean * scale("incidence") * scale("evacuation")
    for name, mean in (("the conditions of medical.cfg, treated", mean),
                       ("the same with medical-k15-scales.cfg", scaled)):
        print(f"{name:60}{mean:9.2f}{at_most(EVENTS, mean):10.4f}")
    posterior = (EVENTS + 0.5) / PERSON_DAYS * YEAR
    print(f"the record, Jeffreys' posterior mean: {posterior:.4f} per person-year")


if __name__ == "__main__":
    main()
