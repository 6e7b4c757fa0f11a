#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How well published rates of early return for illness bear the record: one in 26 years.

    scenarios/library/medical.py

prints, for three readings of them, how many early returns were to be expected from
2 November 2000 to 8 October 2026, and the probability of at most the one that there was
(a Poisson count).  Then the rate that the record itself leaves to believe, as
medical-rate.cfg has it.  Needs Python's standard library only.
"""
import datetime
import math

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


def at_most(count, mean):
    """The probability of `count` events or fewer when `mean` are expected."""
    return sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(count + 1))


def main():
    print(f"{EVENTS} early return in {PERSON_DAYS:,} person-days, {SPAN_DAYS:,} days")
    print(f"{'':60}{'expected':>9}{f'P(<= {EVENTS})':>10}")
    for name, mean in READINGS:
        print(f"{name:60}{mean:9.2f}{at_most(EVENTS, mean):10.4f}")
    posterior = (EVENTS + 0.5) / PERSON_DAYS * YEAR
    print(f"the record, Jeffreys' posterior mean: {posterior:.4f} per person-year")


if __name__ == "__main__":
    main()
