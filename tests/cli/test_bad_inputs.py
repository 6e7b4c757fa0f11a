#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every mistake in an input is explained: where, what was got, what is allowed.

A case is a scenario whose wrong lines end in a mark, `#!`, with one mark a message.  The
messages must be exactly those, in the order of the lines, and nothing else may be said.
"""
import fcntl
import os
import re
import resource
import shutil
import subprocess
import unittest

from program import MINIMAL, PROGRAM, ProgramTest

TIMES = 'scenario = { title = "T"; start = "2030-01-01Z"; end = "2030-12-01Z"; };\n'
PORTS = """\
ports = {
    north = { segment = "core"; docking = "latch"; };
    south = { segment = "core"; docking = "latch"; };
};
"""
CREW = """\
crew = { ada = { segment = "core"; }; bob = { segment = "core"; }; cy = { segment = "core"; }; };
"""


def ship(settings=""):
    """A scenario with a type of vehicle that has these settings too."""
    return (
        TIMES + PORTS + 'vehicles = { ship = {\n    role = "crew"; docking = "latch";\n'
        "    seats = 2;\n" + settings + "\n}; };\n"
    )


def flights(settings):
    return ship() + CREW + "flights = {\n" + settings + "\n};\n"


def docked(name, port, more=""):
    return (
        f'{name} = {{ vehicle = "ship"; port = "{port}";{more} as_flown = '
        '{ launch = "2029-10-01Z"; dock = "2029-10-02Z"; }; };'
    )


def marked(text):
    """The numbers of the lines that the scenario marks, each as often as it does."""
    return [
        number
        for number, line in enumerate(text.split("\n"), 1)
        for _ in range(line.count("#!"))
    ]


def cpu_time_s():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class BadInput(ProgramTest):
    run_refuses = False

    def explain(self, name, code=65):
        """The lines that `check` says, within a second of CPU time.  `run` refuses
        likewise, which is looked at once a test."""
        begun = cpu_time_s()
        said = self.refuses("check", name, code=code)
        self.assertLess(cpu_time_s() - begun, 1)
        if not self.run_refuses:
            self.assertEqual(self.refuses("run", name, code=code), said)
            self.run_refuses = True
        return said.splitlines()

    def expect(self, text, *messages):
        """The scenario `text` gets these messages (patterns), at the marked lines."""
        self.write("bad.cfg", text.encode())
        lines = self.explain("bad.cfg")
        marks = marked(text)
        self.assertEqual(len(marks), len(messages), "marks and messages")
        self.assertEqual(len(lines), len(messages), "\n".join(lines))
        for line, mark, message in zip(lines, marks, messages):
            self.assertRegex(line, rf"\Abad\.cfg:{mark}: {message}\Z")

    def write(self, name, data):
        (self.folder / name).write_bytes(data)


class File(BadInput):
    def expect_bytes(self, data, message, code=65):
        self.write("bad.cfg", data)
        (line,) = self.explain("bad.cfg", code=code)
        self.assertRegex(line, rf"\A{message}\Z")

    def test_missing(self):
        (line,) = self.explain("bad.cfg", code=66)
        self.assertEqual(line, "bad.cfg: cannot be opened: No such file or directory")

    def test_a_folder(self):
        (self.folder / "bad.cfg").mkdir()
        (line,) = self.explain("bad.cfg", code=66)
        self.assertEqual(line, "bad.cfg: is a folder; a scenario is a text file")

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_no_permission(self):
        self.write("bad.cfg", b"a = 1;")
        (self.folder / "bad.cfg").chmod(0)
        (line,) = self.explain("bad.cfg", code=66)
        self.assertEqual(line, "bad.cfg: cannot be opened: Permission denied")

    def test_a_pipe(self):
        os.mkfifo(self.folder / "bad.cfg")
        (line,) = self.explain("bad.cfg", code=66)
        self.assertEqual(line, "bad.cfg: is a pipe; a scenario is a text file")

    def test_a_device(self):
        (line,) = self.explain("/dev/null", code=66)
        self.assertEqual(line, "/dev/null: is a device; a scenario is a text file")

    def test_empty(self):
        for nothing in (b"", b" \n\t\r\n", b"\xef\xbb\xbf"):
            self.expect_bytes(nothing, r"bad\.cfg: is empty")

    def test_larger_than_a_mebibyte(self):
        self.expect_bytes(
            b"#" * (1 << 20) + b"\n",
            r"bad\.cfg: is too large; allowed 1048576 bytes",
        )

    def test_a_zero_byte(self):
        self.expect_bytes(b'a = 1;\nb = "\0";', r"bad\.cfg:2: zero byte at byte 12; .*UTF-8 text")

    def test_a_byte_order_mark_is_accepted(self):
        self.write("good.cfg", b"\xef\xbb\xbf" + MINIMAL.read_bytes())
        self.assertEqual(self.run_program("check", "good.cfg")[1], "")

    def test_invalid_utf8(self):
        for wrong in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"):
            self.expect_bytes(
                b'a = 1;\nb = "' + wrong + b'";',
                r"bad\.cfg:2: invalid UTF-8 at byte 12; .*",
            )

    def test_an_unterminated_string(self):
        self.expect(
            TIMES + 'a = "x; #!\nb = 1;\n',
            'a: text isn\'t closed; hint: add the missing "',
        )

    def test_an_unterminated_comment(self):
        self.expect(TIMES + "/* x #!\n\n", r"comment isn't closed; hint: add the missing \*/")

    def test_a_stray_brace(self):
        self.expect(TIMES + "}; #!\n", "closes nothing that this file opened; got }")

    def test_a_brace_that_isnt_closed(self):
        self.expect("a = { #!\n", r"a: .*closed.*")

    def test_a_trailing_comma(self):
        for brackets in ("[]", "()"):
            text = f"{TIMES}a = {brackets[0]} 1, 2, {brackets[1]}; #!\n"
            self.expect(text, r"a\[1\]: a comma stands before the end; got [])]; hint: .*")

    def test_nesting_too_deep(self):
        self.expect(
            f"a = {'(' * 70}{')' * 70}; #!\n",
            r"a\S*: is nested too deep; got \(; allowed 64 levels",
        )
        self.expect(
            "a={" * 70 + "};" * 70 + " #!\n",
            r"a\S*: is nested too deep; got {; allowed 64 levels",
        )

    def test_after_a_syntax_error_only_that(self):
        self.expect(
            "scenario = { title = ; }; #!\nstation = { min_crew = yes; };\nb = 007;\n",
            "scenario.title: .*",
        )


class Include(BadInput):
    def test_missing(self):
        self.write("bad.cfg", TIMES.encode() + b'@include "no.cfg"\n')
        (line,) = self.explain("bad.cfg")
        self.assertRegex(line, r'\Abad\.cfg:2: include not found; got "no\.cfg"; looked beside .*')

    def test_circular(self):
        self.write("bad.cfg", b'@include "a.cfg"\n')
        self.write("a.cfg", b'\n@include "b.cfg"\n')
        self.write("b.cfg", b'\n\n@include "a.cfg"\n')
        (line,) = self.explain("bad.cfg")
        self.assertEqual(line, "b.cfg:3: circular include: a.cfg -> b.cfg -> a.cfg")

    def test_itself(self):
        self.write("bad.cfg", b'@include "bad.cfg"\n')
        (line,) = self.explain("bad.cfg")
        self.assertEqual(line, "bad.cfg:1: circular include: bad.cfg -> bad.cfg")

    def test_outside_the_scenarios_folder(self):
        inner = self.folder / "inner"
        inner.mkdir()
        self.write("secret", b"secret = 1;\n")
        (inner / "link.cfg").symlink_to("../secret")
        for name in ("../secret", "/etc/passwd", "link.cfg"):
            (inner / "bad.cfg").write_text(f'@include "{name}"\n')
            (line,) = self.explain("inner/bad.cfg")
            self.assertRegex(
                line, rf'\Ainner/bad\.cfg:1: include leads out of .*; got "{name}"; allowed .*'
            )

    def test_a_folder(self):
        (self.folder / "sub").mkdir()
        self.write("bad.cfg", b'@include "sub"\n')
        (line,) = self.explain("bad.cfg")
        self.assertEqual(line, "bad.cfg:1: sub is a folder; a scenario is a text file")

    def test_a_mistake_in_an_included_file_is_told_there(self):
        self.write("bad.cfg", TIMES.encode() + b'@include "a.cfg"\n')
        self.write("a.cfg", b"\nstation = { min_crew = 2.5; };\n")
        (line,) = self.explain("bad.cfg")
        self.assertEqual(line, "a.cfg:2: station.min_crew: must be an integer; got 2.5")


class Keys(BadInput):
    def test_unknown(self):
        self.expect(
            ship("docking_succes = 0.5; #!\nleak_rat = 1; #!") + "vehicels = {}; #!\n",
            r"vehicles\.ship\.docking_succes: unknown setting; did you mean docking_success\?",
            r"vehicles\.ship\.leak_rat: unknown setting",
            r"vehicels: unknown group; did you mean vehicles\?",
        )

    def test_unknown_groups_inside(self):
        self.expect(
            flights('A = { vehicle = "ship"; launch = "2030-02-01Z";\n as_flwon = {}; }; #!\n'
                    'B = { vehicle = "ship"; launch = "2030-02-01Z";\n'
                    ' as_flown = { lanch = "2030-02-01Z"; }; }; #!'),
            r"flights\.A\.as_flwon: unknown setting; did you mean as_flown\?",
            r"flights\.B\.as_flown\.lanch: unknown setting; did you mean launch\?",
        )

    def test_duplicate(self):
        self.expect(
            TIMES + 'station = { name = "A";\nname = "B"; }; #!\n',
            r"station\.name: is set twice; the first is at bad\.cfg:2",
        )

    def test_nearly_duplicate_by_case_is_a_warning(self):
        self.write("odd.cfg", TIMES.encode() + PORTS.replace("south", "North").encode())
        _, err = self.run_program("check", "odd.cfg")
        self.assertEqual(
            err, "warning: odd.cfg:4: ports.North: differs only in case from north at odd.cfg:3\n"
        )

    def test_a_real_for_an_integer(self):
        self.expect(
            TIMES + "station = { min_crew = 2.5; }; #!\n",
            r"station\.min_crew: must be an integer; got 2\.5",
        )

    def test_a_quoted_number(self):
        self.expect(
            ship('docking_success = "0.5"; #!').replace("seats = 2;", 'seats = "2"; #!'),
            r'vehicles\.ship\.seats: must be an integer; got "2"; hint: write it without quotes',
            r'vehicles\.ship\.docking_success: must be a number; got "0\.5"; hint: .* quotes',
        )

    def test_yes_for_a_boolean(self):
        self.expect(
            ship("lands = yes; #!"),
            r"vehicles\.ship\.lands: is not a value; got yes; allowed true or false",
        )
        self.expect(
            ship('lands = "yes"; #!\n').replace("seats = 2;", "seats = true; #!"),
            r"vehicles\.ship\.seats: must be an integer; got true",
            r'vehicles\.ship\.lands: must be a boolean; got "yes"; allowed true or false, .*',
        )

    def test_a_decimal_comma(self):
        point = r"hint: the decimal sign is a point, as in 1\.5"
        self.expect(
            ship("slip = 1,5; #!"),
            rf"vehicles\.ship\.slip: a comma ends the value; got 5 behind it; {point}",
        )
        self.expect(
            ship('slip = "1,5"; #!'),
            rf'vehicles\.ship\.slip: must be a number; got "1,5"; {point}',
        )

    def test_a_mixed_array(self):
        self.expect(
            ship('ports = [ "north",\n    3 ]; #!'),
            r"vehicles\.ship\.ports\[1\]: the members of an array must be alike; got 3; .*",
        )
        self.expect(
            ship('ports = ( "north",\n    3 ); #!'),
            r"vehicles\.ship\.ports\[1\]: must be a text; got 3; hint: write it in quotes",
        )

    def test_a_group_for_a_value_and_a_value_for_a_group(self):
        self.expect(
            ship("lands = {}; #!") + "station = 3; #!\n",
            r"vehicles\.ship\.lands: must be a boolean; got a group; allowed .*",
            r"station: must be a group; got 3; write { \.\.\. }",
        )

    def test_missing(self):
        self.expect(
            'scenario = { title = "T"; }; #!#!\n',
            r"scenario: start is missing: .*",
            r"scenario: end is missing: .*",
        )

    def test_all_errors_at_once_up_to_twenty(self):
        self.expect(
            ship("".join(f"x{i} = 1; #!\n" for i in range(20))),
            *[r".*unknown setting"] * 20,
        )
        self.write("bad.cfg", ship("".join(f"x{i} = 1;\n" for i in range(25))).encode())
        self.assertEqual(self.explain("bad.cfg")[20:], ["... and 5 more errors"])


    def test_a_flood_of_errors_takes_no_longer(self):
        names = ", ".join(['"nobody"'] * 20000)
        self.write("bad.cfg", flights(f'A = {{ vehicle = "ship"; crew = [ {names} ]; }};').encode())
        self.assertEqual(self.explain("bad.cfg")[20:], ["... and 19981 more errors"])


class Uncertain(BadInput):
    """What isn't known is checked for all that may be drawn."""

    def success(self, value, message, at=""):
        self.expect(
            ship(f"docking_success = {value}; #!"),
            rf"vehicles\.ship\.docking_success{re.escape(at)}: {message}",
        )

    def slip(self, value, message, at=""):
        self.expect(
            ship(f"slip = {value}; #!"), rf"vehicles\.ship\.slip{re.escape(at)}: {message}"
        )

    def rate(self, value, message, at=""):
        self.slip(f'{{ dist = "exponential"; rate = {value}; }}', message, f".rate{at}")

    def beta(self, members, message, at=""):
        self.success(f'{{ uncertain = {{ dist = "beta"; {members} }}; }}', message, f".uncertain{at}")

    def events(self, members, message, at=""):
        self.rate(
            f'{{ uncertain = {{ dist = "gamma_rate"; {members} }}; }}', message, f".uncertain{at}"
        )

    def test_more_successes_than_trials(self):
        self.beta(
            "successes = 170; trials = 162;",
            "more successes than trials; got 170; allowed 0 to 162",
            ".successes",
        )

    def test_counts_that_are_none(self):
        self.beta(
            "successes = -1; trials = 2;",
            "out of range; got -1; allowed 0 to 99999",
            ".successes",
        )
        self.beta(
            "successes = 1; trials = 100000;",
            "out of range; got 100000; allowed 0 to 99999",
            ".trials",
        )
        self.beta("successes = 1.5; trials = 2;", r"must be an integer; got 1\.5", ".successes")
        self.events('events = -3; exposure = "1 yr";', "out of range; got -3; .*", ".events")

    def test_counts_that_are_missing(self):
        needs = "beta needs a, b, or successes, trials"
        for members in ("successes = 1;", "trials = 1;", 'prior = "uniform";', "a = 1;", "",
                        "a = 1; b = 2; successes = 1; trials = 1;"):  # fmt: skip
            self.beta(members, needs)
        self.events("events = 1;", "gamma_rate needs events, exposure")
        self.events('exposure = "1 yr";', "gamma_rate needs events, exposure")

    def test_exposure(self):
        self.events("events = 1; exposure = 0;", "must be positive; got 0", ".exposure")
        self.events("events = 1; exposure = -2.5;", r"must be positive; got -2\.5", ".exposure")
        self.events(
            'events = 1; exposure = "3 kg";', 'must be a time, not a mass; got "3 kg"; .*', ".exposure"
        )

    def test_prior(self):
        self.beta(
            'successes = 1; trials = 2; prior = "jefreys";',
            'no such choice; got "jefreys"; allowed "jeffreys", "uniform"; did you mean jeffreys\\?',
            ".prior",
        )
        self.beta("successes = 1; trials = 2; prior = 1;", "must be a text; got 1; .*", ".prior")

    def test_names_inside_are_suggested(self):
        self.beta(
            "succeses = 1; trials = 2;",
            r"unknown parameter of beta; .*; did you mean successes\?",
            ".succeses",
        )
        self.events(
            "evnts = 1; exposure = 2;",
            r"unknown parameter of gamma_rate; .*; did you mean events\?",
            ".evnts",
        )
        self.success(
            '{ uncertain = { dist = "bta"; a = 1; b = 2; }; }',
            r'no such distribution; got "bta"; .*; did you mean beta\?',
            ".uncertain.dist",
        )
        self.success(
            '{ uncertan = { dist = "beta"; a = 1; b = 2; }; }',
            r"must be a number; got a group; did you mean uncertain\?",
        )
        self.slip("{ uncertan = 3; }", r".*; got a group without dist; did you mean uncertain\?")

    def test_a_distribution_where_a_number_is_wanted(self):
        self.success(
            '{ dist = "beta"; a = 1; b = 2; }',
            r"must be a number; got a group; write { uncertain = { dist = \.\.\. }; } for .*",
        )

    def test_something_beside_it(self):
        self.success(
            "{ uncertain = 0.5; lower = 0; }",
            "unknown setting; beside uncertain nothing may stand",
            ".lower",
        )

    def test_a_rate_where_none_is_wanted(self):
        rate = 'gamma_rate gives a rate; got it for {}; allowed for the rate of an exponential: .*'
        inner = '{ uncertain = { dist = "gamma_rate"; events = 1; exposure = 2; }; }'
        self.success(inner, rate.format("a pure number"), ".uncertain.dist")
        self.slip(inner, rate.format("a time"), ".uncertain.dist")
        self.slip('{ dist = "gamma_rate"; events = 1; exposure = 2; }', rate.format("a time"), ".dist")

    def test_values_beyond_the_range(self):
        self.success(
            '{ uncertain = { dist = "normal"; mean = 0.95; sd = 0.05; }; }',
            r"out of range; got values of 1\.36048; allowed 0 to 1; lower and upper in it .*",
        )
        self.success(
            '{ uncertain = { dist = "uniform"; min = -0.5; max = 0.5; }; }',
            r"out of range; got values down to -0\.5; allowed 0 to 1; .*",
        )
        self.slip(
            '{ uncertain = { dist = "uniform"; min = -5; max = 9; }; }',
            "out of range; got values down to -5; allowed 0 to 100000 d",
        )
        self.slip(
            '{ dist = "uniform"; max = 9; min = { uncertain = { dist = "uniform"; min = -5; '
            "max = 9; }; }; }",
            "out of range; got values down to -5; allowed 0 to 100000 d",
        )

    def test_numbers_that_make_no_distribution(self):
        within = '{{ uncertain = {{ dist = "uniform"; min = {}; max = {}; }}; }}'
        self.slip(
            f'{{ dist = "uniform"; min = 20; max = {within.format(15, 50)}; }}',
            "min above max with max = 15 d, which may be drawn",
        )
        self.slip(
            f'{{ dist = "uniform"; min = 20; max = {within.format(1, 2)}; }}',
            "min above max with max = 1 d, which may be drawn",
        )
        self.slip(
            f'{{ dist = "uniform"; min = {within.format(1, 5)}; max = {within.format(4, 9)}; }}',
            "min above max with min = 5 d, max = 4 d, which may be drawn",
        )
        self.slip(
            f'{{ dist = "normal"; mean = 9; sd = {within.format(-1, 2)}; lower = 0.0; }}',
            "sd must not be negative with sd = -1 d, which may be drawn",
        )
        self.slip(
            f'{{ dist = "uniform"; min = {within.format(1, 8)}; max = 9; upper = 4; }}',
            "no probability between lower and upper with min = 8 d, which may be drawn",
        )
        self.slip(
            f'{{ dist = "exponential"; mean = 9; p_zero = {within.format(0, 2)}; }}',
            "p_zero must be from 0 to 1 with p_zero = 2, which may be drawn",
        )
        self.rate(within.format(-1, 2), "rate must be positive; got values down to -1")

    def test_what_cant_be_uncertain(self):
        some = "{ uncertain = 2; }"
        for members, name, allowed in (
            (f'"gamma"; shape = {some}; scale = 3;', "shape", "gamma: scale, p_zero, shift"),
            (f'"beta"; a = {some}; b = 3;', "a", "beta: p_zero, shift"),
            (f'"beta"; successes = {some}; trials = 3;', "successes", "beta: p_zero, shift"),
            (f'"pert"; min = {some}; mode = 3; max = 4;', "min", "pert: p_zero, shift"),
            (f'"poisson"; mean = {some};', "mean", "poisson: p_zero, shift"),
            (f'"binomial"; n = {some}; p = 0.5;', "n", "binomial: p_zero, shift"),
            (f'"empirical"; values = {some};', "values", "empirical: p_zero, shift"),
            (f'"exponential"; mean = 3; upper = {some};', "upper",
             "exponential: mean, rate, p_zero, shift"),
            (f'"uniform"; min = 1; max = 3; lower = {some};', "lower",
             "uniform: min, max, p_zero, shift"),
        ):  # fmt: skip
            self.slip(f"{{ dist = {members} }}", f"can't be uncertain; allowed of {allowed}", f".{name}")
        for weights, of, more, name in (
            (some, "(1, 2)", "", "weights"),
            ("[1.0]", "(1)", f"shift = {some};", "shift"),
        ):
            self.slip(
                f'{{ dist = "mixture"; weights = {weights}; of = {of}; {more} }}',
                "nothing in a mixture can be uncertain",
                f".{name}",
            )
        for part, name in ((some, ""), (f'{{ dist = "exponential"; mean = {some}; }}', ".mean")):
            self.slip(
                f'{{ dist = "mixture"; weights = [1.0]; of = ({part}); }}',
                "no part of another distribution can be uncertain",
                f".of[0]{name}",
            )

    def test_what_it_is_drawn_from_must_be_known(self):
        known = "can't be uncertain; what an uncertain value is drawn from must be known"
        self.success("{ uncertain = { uncertain = 0.5; }; }", known, ".uncertain")
        self.success(
            '{ uncertain = { dist = "uniform"; min = 0; max = { uncertain = 0.5; }; }; }',
            known,
            ".uncertain.max",
        )

    def test_settings_that_are_known(self):
        for name, value in (("certified_life", "{ uncertain = 9; }"), ("lands", "{ uncertain = 1; }"),
                            ("emergency_seats", "{ uncertain = 1; }")):  # fmt: skip
            self.expect(
                ship(f"{name} = {value}; #!"),
                rf"vehicles\.ship\.{name}: can't be uncertain; got a group; allowed for .*",
            )

    def test_inner(self):
        self.expect(
            TIMES + "study = { inner = 0; }; #!\n",
            "study.inner: out of range; got 0; allowed 1 to 1000000000",
        )


class Numbers(BadInput):
    def seed(self, value, message):
        self.expect(f"{TIMES}study = {{ seed = {value}; }}; #!\n", rf"study\.seed: {message}")

    def slip(self, value, message):
        self.expect(ship(f"slip = {value}; #!"), rf"vehicles\.ship\.slip{message}")

    def test_an_integer_that_would_wrap(self):
        self.seed(
            "2147483648",
            "would wrap around; got 2147483648; allowed .* without L; hint: write 2147483648L",
        )
        self.seed("-2147483649", "would wrap around; got -2147483649; .*")
        self.seed(
            "0x80000000",
            "would wrap to a negative number; got 0x80000000; .*hint: write 0x80000000L",
        )
        self.seed(
            "9223372036854775808L",
            "is too large for a 64-bit integer; got 9223372036854775808L; allowed .*",
        )

    def test_a_leading_zero(self):
        self.seed("007", "has a leading zero, .*; got 007; .*hint: write 7")

    def test_too_large_and_too_small_reals(self):
        self.slip("1e999", r": would become infinity; got 1e999; allowed .*")
        self.slip("1e-999", r": would become 0; got 1e-999; allowed .*")
        self.slip('"1e999 d"', r': must be a finite number; got "1e999 d"')

    def test_nan_and_infinity(self):
        for word in ("nan", "NaN", "inf", "infinity"):
            self.slip(word, rf": is not a value; got {word}; allowed finite numbers")
        for word in ("-inf", "+inf", "-nan"):
            self.slip(word, r": unexpected character; got [-+]; allowed finite numbers")
        self.slip('"nan d"', r': must be a number; got "nan d"')

    def test_negative(self):
        self.slip("-1", r": out of range; got -1; allowed 0 to 100000 d")
        self.expect(
            ship('free_flight_life = "-2 d"; #!').replace("seats = 2;", "seats = -2; #!"),
            r"vehicles\.ship\.seats: out of range; got -2; allowed 0 to 100",
            r'vehicles\.ship\.free_flight_life: out of range; got "-2 d"; allowed 0 to 100000 d',
        )

    def test_a_negative_rate(self):
        for rate in ("-0.5", '"-1 /yr"'):
            self.slip(
                f'{{ dist = "exponential"; rate = {rate}; }}',
                rf"\.rate: rate must be positive; got {rate}",
            )

    def test_probabilities_that_dont_sum_to_1(self):
        for family in ("mixture", "categorical"):
            for weights, total in (("0.5, 0.4", "0\\.9"), ("0.5, 0.6", "1\\.1")):
                self.slip(
                    f'{{ dist = "{family}"; weights = [ {weights} ]; of = ( 1, 2 ); }}',
                    rf"\.weights: weights must sum to 1; got a sum of {total}",
                )
        self.slip(
            '{ dist = "mixture"; weights = [ 1.5, -0.5 ]; of = ( 1, 2 ); }',
            r"\.weights\[1\]: a weight must not be negative",
        )

    def test_a_probability_above_1(self):
        self.expect(
            ship("docking_success = 1.5; #!"),
            r"vehicles\.ship\.docking_success: out of range; got 1\.5; allowed 0 to 1",
        )

    def test_1_is_accepted_for_a_real(self):
        self.write("good.cfg", ship("docking_success = 1;").encode())
        self.run_program("check", "good.cfg")

    def test_unknown_and_wrong_units(self):
        self.slip('"3 kgs"', r': has an unknown unit kgs; got "3 kgs"; allowed d, h, .*')
        self.slip('"3 kg"', r': must be a time, not a mass; got "3 kg"; allowed d, h, .*')
        self.slip(
            '{ dist = "weibull"; shape = "2 d"; scale = 3; }',
            r'\.shape: must be a pure number, not a time; got "2 d"; allowed a bare number or %',
        )

    def test_the_seed_is_not_negative(self):
        self.seed("-1", "out of range; got -1; allowed 0 to .*")


class Dates(BadInput):
    def end(self, value, message):
        text = TIMES.replace('"2030-12-01Z"', value).replace("\n", " #!\n")
        self.expect(text, rf"scenario\.end: {message}")

    def test_30_february(self):
        self.end(
            '"2031-02-30Z"',
            r'is no day of the calendar; got "2031-02-30Z"; allowed 1900 to 2200',
        )
        self.end('"2031-02-29Z"', r"is no day of the calendar; .*")

    def test_no_time_zone(self):
        for date in ("2031-02-20", "2031-02-20T12:00"):
            self.end(f'"{date}"', rf'has no time zone; got "{date}"; hint: write "{date}Z" \(UTC\)')

    def test_no_date(self):
        self.end('"soon"', r'must be a date; got "soon"; allowed 2022-12-15Z or .*')
        self.end(
            "2031-02-20Z",
            r"is not a number; got 2031-02-20Z; hint: a date stands in quotes, .*",
        )
        self.end("2031", r"must be a date in quotes, as in .*; got 2031")

    def test_the_horizon_before_the_start(self):
        self.end(
            '"2029-12-01Z"',
            r"must come after the start; got 2029-12-01T00:00Z with the start at 2030-01-01T00:00Z",
        )

    def test_undocking_before_docking(self):
        self.expect(
            flights(
                'One = { vehicle = "ship"; port = "north"; as_flown = {\n'
                '    launch = "2029-03-01Z"; dock = "2029-03-02Z";\n'
                '    undock = "2029-02-01Z"; #!\n}; };\n'
                'Two = { vehicle = "ship"; launch = "2030-03-01Z";\n'
                '    undock = "2030-02-01Z"; }; #!'
            ),
            r"flights\.One\.as_flown\.undock: comes before as_flown\.dock; got 2029-02-01T00:00Z; "
            r"allowed from 2029-03-02T00:00Z on",
            r"flights\.Two\.undock: comes before launch; got 2030-02-01T00:00Z; "
            r"allowed from 2030-03-01T00:00Z on",
        )

    def expect_failures(self, text, *messages, events=""):
        self.expect(
            flights(docked("A", "north", ' crew = [ "ada" ];')).replace(
                'ports = {', 'launch_systems = { big = {}; };\nports = {', 1)
            + "failures = {\n" + text + "\n};\n" + events,
            *messages,
        )

    def test_failures_of_what_is_not_simulated(self):
        self.expect_failures(
            'a = {\n strikes = "system"; #!\n effects = ();\n};\n'
            'b = { vehicles = [ "ship" ]; probability = 0.1;\n per = "eva"; #!\n'
            ' effects = (\n { effect = "capability"; }, #!\n { effect = "crew_task"; } ); }; #!',
            r"failures\.a\.strikes: the units of a system fail by its own life, .*; allowed "
            r"vehicle, port, rocket, pad, person, station",
            r"failures\.b\.per: can't happen to what it strikes; .*, the station per eva",
            r"failures\.b\.effects\[0\]\.effect: works on systems and crew time, which "
            r"aren't simulated yet; allowed vehicle_unsafe, .*",
            r"failures\.b\.effects\[1\]\.effect: works on systems and .*",
        )

    def test_failures_that_do_not_say_whom_they_strike(self):
        self.expect_failures(
            'a = { effects = (); }; #!\n'
            'b = { strikes = "port"; effects = ();\n vehicles = [ "ship" ]; }; #!\n'
            'c = { strikes = "rocket"; effects = ();\n launch_systems = [ "bg" ]; }; #!\n'
            'd = { strikes = "station"; effects = ();\n crew = [ "ada" ]; }; #!',
            r"failures\.a: vehicles is missing: the types of vehicle at risk \(or say what else "
            r"it strikes\)",
            r'failures\.b\.vehicles: is for strikes = "vehicle" only',
            r"failures\.c\.launch_systems\[0\]: not found in launch_systems; got \"bg\"; did you mean big\?",
            r'failures\.d\.crew: is for strikes = "person" only',
        )

    def test_hazards_that_contradict_themselves(self):
        self.expect_failures(
            'a = { vehicles = [ "ship" ]; effects = ();\n probability = 0.1; }; #!\n'
            'b = { vehicles = [ "ship" ]; effects = (); per = "docking"; probability = 0.1;\n'
            ' life = 10; #!\n beta_factor = 0.1; }; #!\n'
            'c = { strikes = "port"; effects = (); probability = 0.1;\n per = "launch"; }; #!\n'
            'd = { strikes = "port"; effects = ();\n beta_factor = 0.1; }; #!\n'
            'e = { strikes = "port"; effects = (); life = 9;\n beta_factor = 1.1; }; #!',
            r"failures\.a\.probability: is for failures per event; say which, as in per = .*",
            r"failures\.b\.life: is for failures over time; this one comes per event, .*",
            r"failures\.b\.beta_factor: is for failures over time; .*",
            r"failures\.c\.per: can't happen to what it strikes; .*",
            r"failures\.d\.beta_factor: needs life, of which it is a share",
            r"failures\.e\.beta_factor: out of range; got 1\.1; allowed 0 to 1",
        )
        self.expect_failures(
            'a = { strikes = "port"; effects = ();\n per = "docking"; }; #!',
            r"failures\.a\.per: needs probability: how likely it is each time",
        )

    def test_a_choice_that_is_none_has_no_further_consequences(self):
        self.expect_failures(
            'a = {\n strikes = "prot"; #!\n ports = [ "north" ]; effects = (\n'
            ' { effect = "vehicle_unsafe"; },\n { effect = "vehicel_lost"; survival = 1; } ); }; #!\n'
            'b = { strikes = "port"; effects = (); probability = 0.5;\n per = "dokcing"; }; #!\n'
            'c = { strikes = "rocket"; effects = ( { effect = "evacuate";\n who = "vehcle"; } ); }; #!',
            r"failures\.a\.strikes: no such choice; got \"prot\"; .*; did you mean port\?",
            r"failures\.a\.effects\[1\]\.effect: no such choice; .*; did you mean vehicle_lost\?",
            r"failures\.b\.per: no such choice; .*; did you mean docking\?",
            r"failures\.c\.effects\[0\]\.who: no such choice; .*; did you mean vehicle\?",
            r"events\.e\.what: no such choice; .*; did you mean failure\?",
            r"events\.f: what is missing: .*",
            r"metrics\.m\.measure: no such choice; .*; did you mean dock\?",
            events='events = { e = { at = "2030-02-01Z";\n what = "failrue"; }; #!\n'
            'f = { at = "2030-02-01Z"; }; }; #!\nmetrics = { m = {\nmeasure = "dok"; }; }; #!\n',
        )

    def test_effects_that_lack_what_they_act_on(self):
        self.expect_failures(
            'a = { strikes = "station"; effects = (\n'
            ' { effect = "vehicle_unsafe"; }, #!\n'
            ' { effect = "launch_grounded"; }, #!\n'
            ' { effect = "port_blocked";\n seats = "none"; }, #! #!\n'
            ' { effect = "chain"; }, #!\n'
            ' { effect = "chain";\n failure = "b0"; } #!\n); };\n'
            'b = { strikes = "rocket"; effects = (\n { effect = "evacuate"; } ); }; #!'.replace(
                ' { effect = "port_blocked";\n seats', ' { effect = "port_blocked"; seats'),
            r'failures\.a\.effects\[0\]: needs strikes = "vehicle"; let this failure chain to .*',
            r"failures\.a\.effects\[1\]: needs launch_system: which rocket doesn't fly",
            r"failures\.a\.effects\[2\]\.seats: is for vehicle_unsafe only",
            r"failures\.a\.effects\[2\]: needs port: which port is blocked",
            r"failures\.a\.effects\[3\]: needs failure: which one follows",
            r"failures\.a\.effects\[4\]\.failure: not found in failures; got \"b0\"; did you mean b\?",
            r'failures\.b\.effects\[0\]: needs who = "station": nobody lives in a rocket',
        )

    def test_failures_that_cause_themselves(self):
        def chain(name, to, mark=""):
            return (f'{name} = {{ strikes = "station"; {mark}\n effects = ( '
                    f'{{ effect = "chain"; failure = "{to}"; }} ); }};\n')
        self.expect_failures(
            chain("x", "a") + chain("a", "b", "#!") + chain("b", "c") + chain("c", "a")
            + chain("own", "own", "#!"),
            r"failures\.a: causes itself: a -> b -> c -> a; a chain has to end",
            r"failures\.own: causes itself: own -> own; a chain has to end",
        )

    def test_forced_failures_of_the_wrong_thing(self):
        self.expect_failures(
            'a = { strikes = "port"; ports = [ "north" ]; effects = (); };\n'
            'b = { strikes = "person"; effects = (); };',
            r"events\.one: this failure needs port",
            r"events\.two\.port: isn't at risk of a; allowed what failures\.a\.ports names",
            r"events\.three: this failure needs person",
            events='events = {\n'
            'one = { at = "2030-02-01Z"; what = "failure"; failure = "a"; }; #!\n'
            'two = { at = "2030-02-01Z"; what = "failure"; failure = "a"; port = "south"; }; #!\n'
            'three = { at = "2030-02-01Z"; what = "failure"; failure = "b"; }; #!\n};\n',
        )

    def test_a_forced_ascent_failure_without_a_rocket(self):
        self.expect_failures(
            "",
            r"events\.one: an ascent_failure needs flight",
            r"events\.two\.flight: has no rocket that could fail; got A; vehicles\.ship needs "
            r"a launch_system",
            events='events = {\n'
            'one = { at = "2030-02-01Z"; what = "ascent_failure"; }; #!\n'
            'two = { at = "2030-02-01Z"; what = "ascent_failure"; flight = "A"; }; #!\n};\n',
        )

    def test_a_relocation_out_of_order(self):
        self.expect(
            flights(
                'One = { vehicle = "ship"; port = "north"; as_flown = {\n'
                '    launch = "2029-03-01Z"; dock = "2029-03-02Z";\n'
                '    relocations = ( {\n undock = "2029-05-01Z";\n dock = "2029-04-01Z"; #!\n'
                ' port = "south"; } ); }; };'
            ),
            r"flights\.One\.as_flown\.relocations\[0\]\.dock: comes before its undock; got .*",
        )

    def test_a_flight_before_the_start(self):
        self.expect(
            flights('One = { vehicle = "ship";\n    launch = "2029-03-01Z"; }; #!'),
            r"flights\.One\.launch: lies before the scenario's start and "
            r"as_flown\.launch is missing; got 2029-03-01T00:00Z; "
            r"allowed from 2030-01-01T00:00Z on",
        )


    def test_a_forced_event_after_the_end(self):
        self.expect(
            flights('A = { vehicle = "ship"; launch = "2030-02-01Z"; };')
            + 'failures = { leak = { vehicles = [ "ship" ]; effects = (); }; };\n'
            'events = { e = { what = "failure"; failure = "leak"; flight = "A";\n'
            '    at = "2031-02-01Z"; }; }; #!\n',
            r"events\.e\.at: lies after the scenario's end: it would never happen; "
            r"got 2031-02-01T00:00Z; allowed to 2030-12-01T00:00Z",
        )


class References(BadInput):
    def test_unknown_with_suggestions(self):
        self.expect(
            ship('ports = [ "nrth" ]; #!\nlaunch_system = "soyus"; #!\nline = "x"; #!')
            + CREW
            + "launch_systems = { soyuz = {}; };\nflights = {\n"
            'One = { launch = "2030-03-01Z";\nvehicle = "shp"; }; #!\n'
            'Two = { vehicle = "ship"; launch = "2030-03-01Z";\nport = "suoth"; #!\n'
            'crew = [ "bob",\n"adda" ]; #!\nrelieves = "Onee"; }; #!\n};\n'
            'metrics = { m = { measure = "sty"; #!\nperson = "ad"; }; }; #!\n',
            r'vehicles\.ship\.ports\[0\]: not found in ports; got "nrth"; did you mean north\?',
            r'vehicles\.ship\.launch_system: not found in launch_systems; got "soyus"; '
            r'did you mean soyuz\?',
            r'vehicles\.ship\.line: not found in lines; got "x"; the scenario has no lines',
            r'flights\.One\.vehicle: not found in vehicles; got "shp"; did you mean ship\?',
            r'flights\.Two\.port: not found in ports; got "suoth"; did you mean south\?',
            r'flights\.Two\.crew\[1\]: not found in crew; got "adda"; did you mean ada\?',
            r'flights\.Two\.relieves: not found in flights; got "Onee"; did you mean One\?',
            r'metrics\.m\.measure: no such choice; got "sty"; allowed "stay", .*; '
            r'did you mean stay\?',
            r'metrics\.m\.person: not found in crew; got "ad"; did you mean ada\?',
        )

    def test_unknown_in_forced_events_and_metrics(self):
        self.expect(
            flights('A = { vehicle = "ship"; launch = "2030-02-01Z"; };')
            + 'failures = { leak = { effects = ();\nvehicles = [ "shp" ]; }; }; #!\n'
            'events = { e = { what = "failure"; at = "2030-03-01Z";\nflight = "B"; #!\n'
            'failure = "leek"; }; }; #!\n'
            'metrics = { m = { measure = "dock";\nflight = "a1"; }; }; #!\n',
            r'failures\.leak\.vehicles\[0\]: not found in vehicles; got "shp"; .*ship\?',
            r'events\.e\.flight: not found in flights; got "B"',
            r'events\.e\.failure: not found in failures; got "leek"; did you mean leak\?',
            r'metrics\.m\.flight: not found in flights; got "a1"; did you mean A\?',
        )

    def test_a_metric_with_the_name_of_a_built_in_one(self):
        text = flights('A = { vehicle = "ship"; launch = "2030-02-01Z"; };') + (
            'metrics = { a_launch = { measure = "launch"; flight = "A"; };\n'
            'launches = { measure = "launch"; flight = "A"; }; #!\n'
            'unstaffed_core_d = { measure = "dock"; flight = "A"; }; }; #!\n'
        )
        message = r"every run has a metric of this name; choose another"
        self.expect(text, rf"metrics\.launches: {message}",
                    rf"metrics\.unstaffed_core_d: {message}")

    def test_a_port_that_doesnt_fit(self):
        self.expect(
            flights(
                'One = { vehicle = "ship"; launch = "2030-03-01Z";\n    port = "hatch"; }; #!'
            ).replace(
                "ports = {", 'ports = { hatch = { segment = "core"; docking = "hook"; };'
            ),
            r"flights\.One\.port: ship doesn't fit this port; got hatch, which takes hook; "
            r"allowed ports that take latch",
        )

    def test_more_vehicles_than_ports_at_the_start(self):
        self.expect(
            flights(f"{docked('A', 'north')}\n{docked('B', 'south')}\n{docked('C', 'north')} #!"),
            r"flights\.C\.port: shares the port with A on 2029-10-02T00:00Z; got north; "
            r"at the start 3 vehicles are docked, at 2 ports",
        )

    def test_a_person_on_two_vehicles(self):
        ada = ' crew = [ "ada" ];'
        self.expect(
            flights(f"{docked('A', 'north', ada)}\n{docked('B', 'south', ada)} #!"),
            r"flights\.B\.crew: ada flies in A at the same time",
        )
        self.expect(
            flights(
                'A = { vehicle = "ship"; crew = [ "ada" ]; launch = "2030-02-01Z"; '
                'undock = "2030-05-01Z"; };\n'
                'B = { vehicle = "ship"; launch = "2030-04-01Z";\n'
                '    crew = [ "bob", "ada" ]; }; #!'
            ),
            r"flights\.B\.crew: ada flies in A at the same time",
        )

    def test_who_comes_down_in_another_vehicle_may_fly_again(self):
        text = flights(
            docked("A", "north", ' crew = [ "ada" ];')
            + docked("B", "south", ' crew_down = [ "ada" ];')
            + 'C = { vehicle = "ship"; crew = [ "ada" ]; launch = "2030-04-01Z"; };'
        )
        self.write("good.cfg", text.encode())
        self.run_program("check", "good.cfg")

    def test_more_crew_than_seats(self):
        self.expect(
            flights(
                'A = { vehicle = "ship"; launch = "2030-02-01Z";\n'
                '    crew = [ "ada", "bob", "cy" ]; }; #!'
            ),
            r"flights\.A\.crew: more people than seats; got 3 \(ada, bob, cy\); "
            r"allowed 2, the seats of ship",
        )

    def test_too_few_seats_are_told_once(self):
        crowded = "".join(
            f'{name} = {{ vehicle = "ship"; launch = "2030-0{month}-01Z"; undock = '
            f'"2030-0{month}-09Z";\n crew = [ "ada", "bob", "cy" ]; }};{mark}\n'
            for name, month, mark in (("A", 2, " #!"), ("B", 3, ""), ("C", 4, ""))
        )
        self.expect(
            flights(crowded),
            r"flights\.A\.crew: more people than seats; got 3 .*; allowed 2, the seats of ship; "
            r"so have 2 more flights of this type",
        )
        crowded = crowded.replace(" #!", "")
        for seats, message in (
            ("seats = 0;", "seats: a crew vehicle needs seats; got 0"),
            ("seats = -1;", "seats: out of range; .*"),
            ('seats = "x";', "seats: must be an integer; .*"),
        ):
            self.expect(flights(crowded).replace("seats = 2;", seats + " #!"),
                        rf"vehicles\.ship\.{message}")
        self.expect(
            flights(crowded).replace('role = "crew"; ', 'role = "crwe"; #!\n'),
            r"vehicles\.ship\.role: no such choice; .*; did you mean crew\?",
        )

    def test_plain_words_in_an_array_of_the_command_line(self):
        text = flights('A = { vehicle = "ship"; launch = "2030-02-01Z"; };')
        self.write("good.cfg", text.encode())
        out, err = self.run_program("show", "good.cfg", "--set", "flights.A.crew=[ada, cy]")
        self.assertEqual(err, "")
        self.assertIn('crew = [ "ada", "cy" ];', out)

    def test_a_base_layer_that_includes_itself(self):
        self.expect('base = [ "bad.cfg" ]; #!\n' + TIMES, r"circular base: bad\.cfg -> bad\.cfg")

    def test_base_layers_in_a_circle(self):
        self.write("bad.cfg", b'base = [ "a.cfg" ];\n' + TIMES.encode())
        self.write("a.cfg", b'\nbase = [ "b.cfg" ];\n')
        self.write("b.cfg", b'\n\nbase = [ "a.cfg" ];\n')
        (line,) = self.explain("bad.cfg")
        self.assertEqual(line, "b.cfg:3: circular base: a.cfg -> b.cfg -> a.cfg")

    def test_a_base_that_is_missing_or_a_folder(self):
        (self.folder / "sub").mkdir()
        self.expect(
            'base = [ "no.cfg", #!\n "sub" ]; #!\n' + TIMES,
            r'base not found; got "no\.cfg"; looked .*',
            r"sub is a folder; .*",
        )

    def test_a_removal_of_what_isnt_there(self):
        self.write("minimal.cfg", MINIMAL.read_bytes())
        self.expect(
            f'base = [ "minimal.cfg" ];\nremove = [ "flights.Secnd" ]; #!\n{TIMES}',
            r"remove\[0\]: .*flights\.Secnd.*",
        )

    def test_a_removal_hides_no_other_error(self):
        self.write("minimal.cfg", MINIMAL.read_bytes())
        self.expect(
            'base = [ "minimal.cfg" ];\nremove = [ "flights.Secnd", #!\n'
            ' "failures.leak.effects[0]" ]; #!\nstation = { min_crw = 2; }; #!\n',
            r"remove\[0\]: nothing to remove; got .*; did you mean Second\?",
            r"remove\[1\]: the members of a list can't be removed; got .*; hint: give the whole "
            r"list anew",
            r"station\.min_crw: unknown setting; did you mean min_crew\?",
        )

    def test_what_has_been_removed_is_told_with_its_place(self):
        self.write("base.cfg", flights('A = { vehicle = "ship"; launch = "2030-02-01Z";\n'
                                       'crew = [ "ada" ]; port = "north"; };').encode())
        self.write("bad.cfg", b'base = [ "base.cfg" ];\nremove = [ "crew.ada", "ports.north" ];\n')
        for line, (setting, what) in zip(self.explain("bad.cfg"), (
            (r"port", 'in ports; got "north"'), (r"crew[0]", 'in crew; got "ada"')
        )):
            self.assertEqual(
                line, f"base.cfg:14: flights.A.{setting}: not found {what}; removed by bad.cfg:2"
            )

    def test_a_name_for_an_id(self):
        self.expect(
            flights('A = { vehicle = "ship"; launch = "2030-02-01Z";\n crew = [ "fay" ]; }; #!\n'
                    'B = { vehicle = "Swift"; launch = "2030-04-01Z"; }; #!').replace(
                "crew = { ada", 'crew = { f = { name = "Fay"; segment = "core"; }; ada').replace(
                "seats = 2;", 'seats = 2; name = "Swift";'),
            r'flights\.A\.crew\[0\]: not found in crew; got "fay"; that is the name of crew\.f; '
            r'write its id, "f"',
            r'flights\.B\.vehicle: not found in vehicles; got "Swift"; that is the name of '
            r'vehicles\.ship; write its id, "ship"',
        )

    def test_an_ending_that_is_missing(self):
        self.write("there.cfg", TIMES.encode())
        (line,) = self.explain("there", code=66)
        self.assertEqual(
            line, "there: cannot be opened: No such file or directory; did you mean there.cfg?"
        )
        (line,) = self.explain("minimal", code=66)
        self.assertRegex(line, r"\Aminimal: .*; did you mean minimal\.cfg\?\Z")
        for name in ("there", "minimal"):
            self.expect(
                f'base = [ "{name}" ]; #!\n' + TIMES,
                rf'base not found; got "{name}"; looked .*; did you mean {name}\.cfg\?',
            )


class Distributions(BadInput):
    def slip(self, parameters, message):
        self.expect(ship(f"slip = {{ {parameters} }}; #!"), rf"vehicles\.ship\.slip{message}")

    def test_impossible_parameters(self):
        for parameters, problem in (
            ('dist = "uniform"; min = 3; max = 2;', "min above max; got min = 3, max = 2"),
            (
                'dist = "triangular"; min = 3; mode = 2; max = 5;',
                "min above mode; got min = 3, mode = 2, max = 5",
            ),
            ('dist = "pert"; min = 1; mode = 6; max = 5;', "mode above max; got .*mode = 6.*"),
            ('dist = "normal"; mean = 3; sd = -2;', "sd must not be negative; got .*sd = -2"),
            (
                'dist = "lognormal"; mu = 3; sigma = -2;',
                "sigma must not be negative; got .*sigma = -2",
            ),
            ('dist = "exponential"; mean = 0;', "mean must be positive; got mean = 0"),
            (
                'dist = "weibull"; shape = 0; scale = 5;',
                "shape must be positive; got shape = 0, scale = 5",
            ),
            (
                'dist = "weibull"; shape = 1; scale = -5;',
                "scale must be positive; got .*scale = -5",
            ),
            (
                'dist = "gamma"; shape = -1; scale = 5;',
                "shape must be positive; got shape = -1, .*",
            ),
            ('dist = "beta"; a = 1; b = 0;', "b must be positive; got a = 1, b = 0"),
            (
                'dist = "exponential"; mean = 2; p_zero = 1.5;',
                "p_zero must be from 0 to 1; got .*p_zero = 1.5",
            ),
            ('dist = "exponential"; mean = 2; lower = 5; upper = 3;', "lower above upper; got .*"),
            (
                'dist = "uniform"; min = 1; max = 2; lower = 5;',
                "no probability between lower and upper; got .*",
            ),
        ):
            with self.subTest(parameters):
                self.slip(parameters, f": {problem}")

    def test_a_poisson_mean_out_of_reach(self):
        self.slip(
            'dist = "poisson"; mean = 2e9;',
            r": the mean of a poisson must be from 0 to 1000000; got mean = 2000000000\.0",
        )

    def test_an_empty_record(self):
        self.slip('dist = "empirical"; values = [];', r"\.values: is empty; .* at least one value")

    def test_a_record_from_a_file(self):
        def empirical(more, message):
            self.slip(f'dist = "empirical"; {more}', message)

        self.write("a.csv", b"slip,word\n1,2\n2,x\n")
        self.write("head.csv", b"slip\n")
        (self.folder / "sub").mkdir()
        empirical('file = "no.csv"; column = "slip";', r'\.file: file not found; got "no\.csv"; .*')
        empirical('file = "sub"; column = "slip";', r"\.file: .*sub.*folder.*")
        empirical('file = "a.csv";', r"\.file: needs a column, .*")
        empirical(
            'file = "a.csv"; column = "slop";',
            r'\.column: a\.csv has no such column; got "slop"; allowed slip, word; '
            r"did you mean slip\?",
        )
        empirical('file = "head.csv"; column = "slip";', r"\.column: the column has no values")
        self.write(
            "bad.cfg",
            ship('slip = { dist = "empirical"; file = "a.csv"; column = "word"; };').encode(),
        )
        (line,) = self.explain("bad.cfg")
        self.assertEqual(
            line, 'a.csv:3: vehicles.ship.slip: must be a number; got "x" in column word'
        )

    def test_values_out_of_range(self):
        self.slip(
            'dist = "normal"; mean = 3; sd = 2;',
            r": out of range; got values down to -1\S+; allowed 0 to 100000 d; "
            r"hint: give lower = 0",
        )
        self.slip(
            'dist = "uniform"; min = 0; max = 1e7;',
            r": out of range; got values of 5e\+06; allowed .*",
        )

    def test_unknown_families_and_parameters(self):
        self.slip(
            'dist = "weibul"; shape = 1;',
            r'\.dist: no such distribution; got "weibul"; allowed constant, .*; '
            r'did you mean weibull\?',
        )
        self.slip(
            'dist = "weibull"; shap = 1; scale = 2;',
            r"\.shap: unknown parameter of weibull; allowed shape, .*; did you mean shape\?",
        )
        self.slip('dist = "uniform"; min = 1;', ": uniform needs min, max")
        self.slip(
            "mean = 1;",
            r": must be a number, a quantity or a distribution; got a group without dist; "
            r"for example {.*}",
        )
        self.write("base.cfg", ship('slip = { dist = "exponential"; mean = 2; };').encode())
        self.expect(
            'base = [ "base.cfg" ];\nvehicles = { ship = { slip = { mean = 3; }; }; }; #!\n',
            r"vehicles\.ship\.slip: .* got a group without dist; for example .*; hint: a later "
            r"layer replaces a distribution whole",
        )
        self.slip("dist = 3;", r"\.dist: must be a text; got 3; .*")

    def test_a_wrong_unit_in_a_parameter(self):
        self.slip(
            'dist = "exponential"; mean = "3 kg";',
            r'\.mean: must be a time, not a mass; got "3 kg"; .*',
        )


class Model(BadInput):
    FLIGHT = 'flights = { A = { vehicle = "ship"; launch = "2030-02-01Z"; }; };\n'

    def test_a_mean_event_rate_above_1e9_is_refused(self):
        self.expect(
            ship('docking_success = 0.0;\ndocking_retry = "1 ms"; #!') + self.FLIGHT,
            r"vehicles\.ship\.docking_retry: would make 3e\+10 tries to dock a flight; got .*; "
            r"allowed 1e9 events a replication",
        )

    def test_a_short_free_flight_life_bounds_the_tries(self):
        text = ship('docking_success = 0.0; docking_retry = "1 ms"; free_flight_life = "10 s";')
        text += self.FLIGHT
        self.write("good.cfg", text.encode())
        self.run_program("run", "good.cfg", "--no-output")

    def fails(self, text, *arguments):
        """A replication fails: the message; no file."""
        self.write("long.cfg", text.encode())
        return self.refuses("run", "long.cfg", *arguments, code=70)

    def test_a_replication_at_its_event_limit_says_when(self):
        text = ship('docking_success = 0.0; docking_retry = "1 min";') + self.FLIGHT
        err = self.fails(text, "--set", "scenario.max_events=5000")
        self.assertRegex(
            err,
            r"replication 0 under seed 1 failed at 2030-02-0[2-4]T\d\d:\d\dZ after 5001 events: "
            r"the limit on events was reached before the end; "
            r"allowed 5000 \(scenario\.max_events\)\n",
        )

    def warnings(self, text, *arguments):
        self.write("odd.cfg", text.encode())
        return self.run_program("check", "odd.cfg", *arguments)[1]

    def test_a_policy_that_can_never_act_is_a_warning(self):
        leak = (
            'failures = { leak = { vehicles = [ "ship" ]; life = 30;\n'
            '    effects = ( { effect = "vehicle_unsafe"; } ); }; };\n'
        )
        text = ship() + self.FLIGHT + leak
        self.assertEqual(
            self.warnings(text),
            "warning: odd.cfg:6: vehicles.ship: call_up_lead is missing, so that no "
            "replacement can be called up after the failure leak; add it, or set "
            "policy.call_up to false\n",
        )
        self.assertEqual(self.run_program("run", "odd.cfg", "-q", "--no-output")[1], self.warnings(text))
        forced = 'events = { e = { what = "failure"; failure = "leak"; flight = "A"; ' \
                 'at = "2030-03-01Z"; }; };\n'
        unforced = text.replace("life = 30;", "")
        self.assertIn("call_up_lead", self.warnings(unforced + forced))
        for harmless in (
            unforced,
            text.replace("seats = 2;", "seats = 2; call_up_lead = 30;"),
            text.replace('{ effect = "vehicle_unsafe"; }', ""),
            text.replace('role = "crew"', 'role = "cargo"').replace("seats = 2;", "stay = 9;"),
            text + "policy = { call_up = false; };\n",
        ):
            self.assertEqual(self.warnings(harmless), "")
        self.assertEqual(self.warnings(text, "--set", "scenario.mode=replay"), "")

    def test_a_cargo_vehicle_that_never_leaves_is_a_warning(self):
        text = ship().replace('"crew"', '"cargo"').replace("seats = 2;", "") + self.FLIGHT
        self.assertEqual(
            self.warnings(text),
            "warning: odd.cfg:6: vehicles.ship: stay is missing, so that A keeps its port for "
            "ever; add it, or an undock to the flight\n",
        )
        for harmless in (
            text.replace("cargo", "crew").replace("latch\";\n    \n", "latch\"; seats = 2;\n"),
            text.replace('"cargo";', '"cargo"; stay = 9;'),
            text.replace('"cargo";', '"cargo"; certified_life = 9;'),
            text.replace('launch =', 'undock = "2030-03-01Z"; launch ='),
            text.replace(self.FLIGHT, ""),
        ):
            self.assertEqual(self.warnings(harmless), "")

    def test_a_forced_event_that_the_record_rules_out_is_a_warning(self):
        record = docked("A", "north", " crew = [ \"ada\" ];").replace(
            '"2029-10-02Z";', '"2029-10-02Z"; undock = "2029-12-01Z";'
        )
        leak = 'failures = { leak = { vehicles = [ "ship" ]; effects = (); }; };\n'
        for what in ('"failure"; failure = "leak"', '"seat_move"; person = "ada"'):
            event = f'events = {{ e = {{ what = {what}; flight = "A"; at = "%s"; }}; }};\n'
            for date, told in (
                ("2029-09-30Z", "nothing will happen: by the record A hasn't been launched "
                                "by then; got 2029-09-30T00:00Z"),
                ("2029-10-01Z", ""),
                ("2029-12-01Z", ""),
                ("2029-12-02Z", "nothing will happen: by the record A has left by then; got "
                                "2029-12-02T00:00Z"),
                ("2030-02-01Z", ""),
            ):
                with self.subTest(what=what, date=date):
                    told = told and f"warning: odd.cfg:16: events.e.at: {told}\n"
                    self.assertEqual(self.warnings(flights(record) + leak + event % date), told)

    def test_what_is_forced_on_the_forecast_s_flights_waits(self):
        """A failure that comes too early strikes later; an ascent can still fail."""
        text = ship("launch_system = \"big\";") + "launch_systems = { big = {}; };\n" + self.FLIGHT
        text += 'failures = { leak = { vehicles = [ "ship" ]; effects = (); }; };\n'
        event = 'events = { e = { what = %s; flight = "A"; at = "2029-12-01Z"; }; };\n'
        self.assertEqual(self.warnings(text + event % '"failure"; failure = "leak"'), "")
        ascent = text + event % '"ascent_failure"'
        self.assertEqual(self.warnings(ascent), "")
        recorded = 'flights.A={ launch = "2029-12-05Z"; port = "north"; as_flown = { launch = ' \
            '"2029-12-05Z"; dock = "2029-12-06Z"; }; }'
        self.assertRegex(
            self.warnings(ascent, "--set", recorded),
            r"\Awarning: odd\.cfg:\d+: events\.e\.at: nothing will happen: by the record A has been "
            r"launched; as_flown\.outcome tells of a failure; got 2029-12-01T00:00Z\n\Z",
        )
        seat = CREW + text + event % '"seat_move"; person = "ada"'
        self.assertIn("A hasn't been launched by then", self.warnings(seat))

    def test_an_empty_group_on_the_command_line_is_a_warning(self):
        self.assertEqual(
            self.run_program("check", MINIMAL, "--set", "events={}")[1],
            "warning: --set:1: events: an empty group changes nothing; hint: remove=events "
            "takes it away\n",
        )
        self.assertEqual(self.run_program("check", MINIMAL, "--set", "remove=events")[1], "")
        out, err = self.run_program(
            "show", MINIMAL, "--set", 'remove=["events.the_leak", "metrics.stay_ada"]'
        )
        self.assertEqual(err, "")
        self.assertNotIn("the_leak", out)
        self.assertNotIn("stay_ada", out)

    def test_no_delay_between_tries_is_no_loop(self):
        text = ship("docking_success = 0.0; docking_retry = 0;") + self.FLIGHT
        self.write("zero.cfg", text.encode())
        self.run_program("run", "zero.cfg", "--no-output")


class Study(ProgramTest):
    def test_seed_and_replication_are_whole_and_in_range(self):
        for option, most in (("seed", 2**64 - 1), ("replication", 2**63 - 1)):
            for wrong in ("-1", str(2**64), "1.5", "", "nan", "0x1"):
                err = self.refuses("run", MINIMAL, f"--{option}", wrong, code=64)
                self.assertIn(
                    f'--{option}: a whole number is needed; got "{wrong}"; allowed 0 to {most}',
                    err,
                )


class Output(ProgramTest):
    def test_it_exists(self):
        (self.folder / "x.h5").write_text("mine")
        err = self.refuses("run", MINIMAL, "-o", "x.h5", code=73)
        self.assertRegex(err, r"x\.h5.*exists.*--force")
        self.assertEqual((self.folder / "x.h5").read_text(), "mine")

    def test_it_is_locked(self):
        self.run_program("run", MINIMAL, "-qo", "x.h5")
        before = (self.folder / "x.h5").read_bytes()
        lock = self.folder / "x.h5.lock"
        with open(lock, "w", encoding="ascii") as holder:
            fcntl.flock(holder, fcntl.LOCK_EX)
            holder.write(f"{os.getpid()}\n")
            holder.flush()
            _, err = self.run_program("run", MINIMAL, "-o", "x.h5", "--force", code=73)
            self.assertRegex(err, rf"x\.h5: is being written by process {os.getpid()}; wait .*")
            # before the replication, which would fail with 70
            _, err = self.run_program("run", MINIMAL, "-o", "x.h5", "--force", "--set",
                                      "scenario.max_events=5", code=73)
            self.assertIn(str(os.getpid()), err)
        self.assertEqual((self.folder / "x.h5").read_bytes(), before)

    def test_it_is_the_input(self):
        (self.folder / "s.cfg").write_bytes(MINIMAL.read_bytes())
        (self.folder / "link.h5").symlink_to("s.cfg")
        for name in ("s.cfg", "./s.cfg", "link.h5"):
            err = self.refuses("run", "s.cfg", "-o", name, "--force", code=73)
            self.assertIn("which it is made from", err)
            self.assertEqual((self.folder / "s.cfg").read_bytes(), MINIMAL.read_bytes())

    def run_on_a_disk(self, options, *, code):
        """Run with the output on a disk of its own, mounted with the options."""
        (self.folder / "disk").mkdir()
        script = (
            f"mount -t tmpfs -o {options} none disk || exit 99\n"
            '"$0" run "$1" -qo disk/x.h5; code=$?; ls -A disk; exit $code'
        )
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", script, PROGRAM, MINIMAL],
            cwd=self.folder, capture_output=True, text=True, check=False, timeout=60,
        )
        if done.returncode in (1, 99):
            self.skipTest(f"no disk of one's own: {done.stderr}")
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    @unittest.skipUnless(shutil.which("unshare"), "no unshare")
    def test_there_is_too_little_space(self):
        done = self.run_on_a_disk("size=16k", code=74)
        self.assertRegex(
            done.stderr,
            r"\Aisssim: disk/x\.h5: the disk is full; \d\.\d\d MiB needed, 0\.0\d MiB free\n\Z",
        )
        self.assertTrue(done.stdout.endswith("no file written\n"), done.stdout)

    @unittest.skipUnless(shutil.which("unshare"), "no unshare")
    def test_its_disk_is_read_only(self):
        done = self.run_on_a_disk("ro", code=73)
        self.assertEqual(
            done.stderr,
            "isssim: disk/x.h5: the folder disk is not writable: Read-only file system\n",
        )

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_its_folder_is_read_only(self):
        (self.folder / "shut").mkdir(mode=0o500)
        self.assertIn("shut", self.refuses("run", MINIMAL, "-o", "shut/x.h5", code=73))


if __name__ == "__main__":
    unittest.main()
