#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of a large study, drawn at random, come again from `isssim run --replication`.

Usage: test_mc_replay.py MISSIONS ROWS
"""
import json
import math
import random
import struct
import sys
import unittest

from program import LEAK
from study import StudyTest  # first: skips without h5py

MISSIONS, ROWS = map(int, sys.argv[1:])
OWN = ("replication", "fingerprint", "events", "status")  # columns that are no metrics


def bits(number):
    """The bytes of a metric; JSON has null for what isn't a number."""
    number = math.nan if number is None else float(number)
    return b"nan" if math.isnan(number) else struct.pack("<d", number)


class Replay(StudyTest):
    def told(self, number):
        facts = json.loads(self.run_program("run", LEAK, "--json", "--no-output",
                                            "--replication", number)[0])
        return {"fingerprint": facts["fingerprint"], "events": facts["events"],
                **{metric["name"]: bits(metric["value"]) for metric in facts["metrics"]}}

    def test_rows_come_again_by_their_number(self):
        self.mc("-n", MISSIONS, "-o", "s.h5", scenario=LEAK)
        rows = self.open("s.h5")["replications"]

        def kept(number):
            return {"fingerprint": f"{rows['fingerprint'][number]:016x}",
                    "events": rows["events"][number],
                    **{name: bits(rows[name][number]) for name in rows if name not in OWN}}

        numbers = sorted(random.Random(4711).sample(range(MISSIONS), ROWS))
        mismatches = []
        for number in numbers:
            one, other = kept(number), self.told(number)
            self.assertEqual(sorted(one), sorted(other))
            mismatches += [(number, name) for name in one if one[name] != other[name]]
        print(f"{ROWS} rows of {MISSIONS}, {len(one)} values each: "
              f"{len(mismatches)} mismatches")
        self.assertEqual(mismatches, [])
        self.assertNotEqual(kept(numbers[0]), kept(numbers[1]))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
