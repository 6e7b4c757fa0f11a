#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No fact about a station or a vehicle lives in C.

Usage: facts.py ROOT.  The names of things that a scenario describes must not stand in
engine/ or include/, neither in identifiers nor in string literals; comments may take
them as examples.
"""
import re
import sys

from source import c_files, line_of, report, without_comments

# Wherever they stand, also as a part of an identifier (soyuz_seats).
NAMES = """
    soyuz dragon cygnus starliner orion shuttle atv htv shenzhou tianzhou
    falcon antares ariane proton vulcan
    zarya zvezda unity destiny columbus kibo tranquility cupola harmony rassvet poisk
    prichal nauka pirs quest leonardo beam tiangong gateway
    canadarm orlan kurs vozdukh elektron
    tianhe wentian mengtian long_march
    nasa roscosmos rosaviakosmos esa jaxa csa spacex boeing northrop energia cnsa cmsa
    baikonur kourou wallops canaveral tanegashima plesetsk vostochny jiuquan wenchang
""".split()

# A progress bar is fine, the freighter isn't: only capitalised and not as a heading.
PROGRESS = re.compile(r"\bProgress\b(?!:)|\bprogress_ms?\d*\b")
# A shipped scenario may be named by its file.
FILE = re.compile(r"\b\w+\.cfg\b")
WORD = re.compile(r"(?<![a-z])(" + "|".join(NAMES) + r")(?![a-z])", re.IGNORECASE)


def check(root):
    problems = []
    for _, path, text in c_files(root):
        plain = FILE.sub(lambda m: " " * len(m[0]), without_comments(text))
        for pattern in (WORD, PROGRESS):
            for match in pattern.finditer(plain):
                line = line_of(plain, match.start())
                problems.append(f"{path}:{line}: {match[0]}: a fact for a scenario")
    return problems


if __name__ == "__main__":
    report(check(sys.argv[1]))
