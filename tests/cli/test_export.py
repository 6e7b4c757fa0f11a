#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`isssim export`: each value is what h5py reads, as text."""
import csv
import datetime
import io
import json
import math
import os
import subprocess
import unittest

from study import StudyTest  # ends the test where h5py is missing

import h5py
import numpy

from program import LEAK, MINIMAL, PROGRAM

MISSING_TIME = -(2**63)
ODD = 'A "quoted", comma\'d\nname; Wäkata \u7530 '


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


class Export(StudyTest):
    def export(self, *arguments):
        out, err = self.run_program("export", *arguments)
        self.assertEqual(err, "")
        self.assertNotIn("\r", out)
        return out

    def table(self, *arguments):
        """The names of the columns, and the rows, each field a text."""
        names, *rows = csv.reader(io.StringIO(self.export(*arguments)), strict=True)
        self.assertEqual(len(set(names)), len(names))
        for row in rows:
            self.assertEqual(len(row), len(names))
        return names, rows

    def names_in(self, group):
        """What rows of the table are called: its first text, or else nothing."""
        for name in group:
            if h5py.check_string_dtype(group[name].dtype) and group[name].ndim == 1:
                return [text(value) for value in group[name][()]]
        return None

    def checker(self, column, tables):
        """What checks fields against values of the dataset `column`."""
        kind = column.dtype.kind + str(column.dtype.itemsize)
        attributes = {name: text(value) for name, value in column.attrs.items()
                      if name in ("flag_meanings", "refers_to", "units")}
        if h5py.check_string_dtype(column.dtype):
            return lambda given, value: self.assertEqual(given, text(value))
        if kind == "f8":
            return self.check_real
        if kind == "i1":
            return lambda given, value: self.assertEqual(given, ["false", "true"][value])
        if kind == "u8":
            return lambda given, value: self.assertEqual(given, f"{value:016x}")
        if "flag_meanings" in attributes:
            meanings = attributes["flag_meanings"].split()
            return lambda given, value: self.assertEqual(given, meanings[value])
        if kind == "i4":
            names = self.names_in(tables[attributes["refers_to"]])
            return lambda given, value: self.assertEqual(
                given, "" if value < 0 else names[value] if names else str(value))
        if " since " in attributes.get("units", ""):
            epoch = datetime.datetime.fromisoformat(attributes["units"].split(" since ")[1])
            return lambda given, value: self.check_time(given, value, epoch)
        return lambda given, value: self.assertEqual(given, str(value))

    def check_real(self, given, value):
        self.assertEqual(given == "", math.isnan(value))
        if given:
            self.assertEqual(float(given), value)

    def check_time(self, given, value, epoch):
        if value == MISSING_TIME:
            self.assertEqual(given, "")
            return
        when = epoch + datetime.timedelta(microseconds=int(value))
        self.assertEqual(given, when.replace(tzinfo=None).isoformat() + "Z")

    def check_table(self, file, name, tables):
        """Every value of the table, unless it has columns of three dimensions."""
        names, rows = self.table(file, name)
        given = {name: [row[i] for row in rows] for i, name in enumerate(names)}
        group = tables[name.split("/")[-1]]
        known, compared = 0, 0
        for column in (group[key] for key in group):
            key = column.name.split("/")[-1]
            if key == "row" or "copy_of" in column.attrs or key.startswith("value_"):
                continue
            fields = [name for name in names if name == key or
                      column.ndim == 2 and name.startswith(key + "_")]
            self.assertEqual(len(fields), column.shape[1] if column.ndim == 2 else 1, key)
            known += len(fields)
            values, check = column[()].reshape(len(rows), len(fields)), self.checker(column, tables)
            for i, field in enumerate(fields):
                for row, value in enumerate(values[:, i]):
                    check(given[field][row], value)
                    compared += 1
        self.assertEqual(known, len(names))
        self.assertEqual(compared, len(names) * len(rows))


class Run(Export):
    def setUp(self):
        super().setUp()
        self.run_program("run", LEAK, "-qo", "x.h5", "-r", "3")

    def test_every_value_of_every_table_is_the_files(self):
        file = self.open("x.h5")
        tables = [name for name in file if name != "provenance"]
        self.assertGreater(len(tables), 14)
        for name in tables:
            with self.subTest(name):
                self.check_table("x.h5", name, file)

    def test_what_is_docked_is_one_column_a_port(self):
        names, rows = self.table("x.h5", "state")
        ports = [text(port) for port in self.open("x.h5")["ports/id"][()]]
        self.assertEqual([name for name in names if name.startswith("docked_")],
                         [f"docked_{port}" for port in ports])
        self.assertEqual(rows[0][names.index("docked_rassvet")], "MS-22")

    def test_missing_is_empty_and_times_have_the_digits_they_need(self):
        names, rows = self.table("x.h5", "flights")
        column = {name: [row[i] for row in rows] for i, name in enumerate(names)}
        self.assertEqual(column["launch"][0], "2022-09-21T13:54:49Z")
        self.assertEqual(column["replaces"][0], "")
        self.assertIn("MS-22", column["replaces"])
        self.assertTrue(any(len(time) == len("2022-09-21T13:54:49.123456Z")
                            for time in column["undock"]))

    def test_without_a_table_all_are_listed_with_rows_and_columns(self):
        listed = self.export("x.h5")
        for table in json.loads(self.run_program("info", "x.h5", "--json")[0])["tables"]:
            self.assertRegex(listed, rf"(?m)^ +{table['rows']}  {table['name']} ")
        self.assertIn("docked (port)", " ".join(listed.split()))

    def test_csv_is_what_there_is(self):
        self.assertEqual(self.export("x.h5", "ports", "--csv"), self.export("x.h5", "/ports"))

    def test_output_writes_a_file_and_replaces_none_unasked(self):
        self.assertEqual(self.export("x.h5", "crew", "-o", "crew.csv"), "")
        self.assertEqual(self.path("crew.csv").read_text(), self.export("x.h5", "crew"))
        said = self.refuses("export", "x.h5", "ports", "-o", "crew.csv", code=73)
        self.assertIn("crew.csv: exists already; use --force", said)
        self.assertEqual(self.path("crew.csv").read_text(), self.export("x.h5", "crew"))
        self.export("x.h5", "ports", "-fo", "crew.csv")
        self.assertEqual(self.path("crew.csv").read_text(), self.export("x.h5", "ports"))
        self.assertEqual(self.files(), ["crew.csv", "x.h5"])

    def test_the_result_itself_is_never_replaced(self):
        before = self.path("x.h5").read_bytes()
        os.link(self.path("x.h5"), self.path("y.h5"))
        for name in ("x.h5", "y.h5"):
            self.assertIn("would overwrite x.h5", self.refuses(
                "export", "x.h5", "crew", "-f", "-o", name, code=73))
        self.assertEqual(self.path("x.h5").read_bytes(), before)

    def test_what_cant_be_is_refused(self):
        self.assertIn('no table is called "evnts"; did you mean events?',
                      self.refuses("export", "x.h5", "evnts", code=64))
        self.assertIn('no table is called "provenance"; without one',
                      self.refuses("export", "x.h5", "provenance", code=64))
        self.assertIn("needs a TABLE", self.refuses("export", "x.h5", "-o", "a.csv", code=64))
        self.assertIn('got "crew" as well',
                      self.refuses("export", "x.h5", "events", "crew", code=64))
        self.assertIn("export needs a FILE", self.refuses("export", code=64))
        self.assertIn("none.h5: No such file",
                      self.refuses("export", "none.h5", "events", code=66))
        self.assertIn("isn't an HDF5 file",
                      self.refuses("export", MINIMAL, "events", "-o", "a.csv", code=65))
        self.refuses("export", "x.h5", "events", "-o", "no/a.csv", code=73)

    def shell(self, command, **options):
        return subprocess.run(["sh", "-c", command], cwd=self.folder, text=True, timeout=120,
                              capture_output=True, check=False, **options)

    def test_a_reader_that_has_seen_enough_is_no_failure(self):
        for trap in ("", "trap '' PIPE; "):
            done = self.shell(f"({trap}'{PROGRAM}' export x.h5 events; echo $? >code) | true")
            self.assertEqual(done.stderr, "")
            self.assertEqual(int(self.path("code").read_text()), 0 if trap else 141)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_a_full_disk_is_one(self):
        done = self.shell(f"'{PROGRAM}' export x.h5 events >/dev/full")
        self.assertEqual(done.returncode, 74)
        self.assertIn("writing to stdout failed", done.stderr)

    def test_odd_texts_come_back_whole(self):
        name = json.dumps(ODD, ensure_ascii=False)
        self.run_program("run", LEAK, "-qo", "odd.h5", "--set", f"ports.rassvet.name={name}")
        file = self.open("odd.h5")
        self.assertIn(ODD, [text(value) for value in file["ports/name"][()]])
        self.check_table("odd.h5", "ports", file)
        self.assertIn('"A ""quoted"", comma\'d\n', self.export("odd.h5", "ports"))


class Study(Export):
    def setUp(self):
        super().setUp()
        self.mc("-n", 1100, "-o", "m.h5", "--traces", "2", "--series", "crew,unsafe",
                scenario=MINIMAL)

    def test_every_value_of_every_table_is_the_files(self):
        file = self.open("m.h5")
        for name in ("replications", "quantiles", "grid", "summary", "counts", "failed"):
            with self.subTest(name):
                self.check_table("m.h5", name, file)
        self.assertEqual(len(self.table("m.h5", "replications")[1]), 1100)

    def test_counts_of_the_fans_are_one_column_a_value(self):
        group = self.open("m.h5")["fan_counts"]
        names, rows = self.table("m.h5", "fan_counts")
        for series in ("crew", "unsafe"):
            fields = [i for i, name in enumerate(names) if name.startswith(series + "_")]
            self.assertTrue(numpy.array_equal(
                [[int(row[i]) for i in fields] for row in rows], group[series][()]))
            self.assertEqual(names[fields[1]], f"{series}_1")
        check = self.checker(group["time"], group)
        for row, value in zip(rows, group["time"][()]):
            check(row[0], value)

    def test_fans_are_one_row_a_series_and_moment(self):
        file = self.open("m.h5")
        names, rows = self.table("m.h5", "fans")
        group, times = file["fans"], file["grid/time"]
        quantiles = [f"value_{value:.15g}" for value in file["quantiles/quantile"][()]]
        self.assertEqual(names, ["series", "time", "units", "doc", *quantiles, "mean"])
        self.assertEqual(len(rows), len(group["series"]) * len(times))
        values, means = group["value"][()], group["mean"][()]
        names, moments = self.names_in(group), times[()]
        check_time = self.checker(times, file)
        for i, row in enumerate(rows):
            series, moment = divmod(i, len(moments))
            self.assertEqual(row[0], names[series])
            check_time(row[1], moments[moment])
            for given, value in zip(row[4:-1], values[series, moment]):
                self.check_real(given, value)
            self.check_real(row[-1], means[series, moment])

    def test_missions_told_whole_have_the_tables_of_a_run(self):
        traces = self.open("m.h5")["traces"]
        self.assertEqual(list(traces), ["r000000", "r000001"])
        for trace in traces:
            for table in traces[trace]:
                self.check_table("m.h5", f"traces/{trace}/{table}", traces[trace])
        self.run_program("run", MINIMAL, "-qo", "r.h5", "-r", "1")
        self.assertEqual(self.export("m.h5", "traces/r000001/events"),
                         self.export("r.h5", "events"))
        self.assertRegex(self.export("m.h5", "traces/r000001"),
                         r"(?m)^ +\d+  traces/r000001/events +time, type")

    def test_the_list_names_what_the_file_has(self):
        listed = self.export("m.h5")
        self.assertRegex(listed, r"(?m)^ +1100  replications +replication, fingerprint, ")
        for name in ("summary", "fans", "fan_counts", "traces/r000000"):
            self.assertRegex(listed, rf"(?m)^[ 0-9]{{10}}  {name} ")

    def test_what_cant_be_is_refused(self):
        for wrong, right in (("replication", "replications"), ("sumary", "summary"),
                             ("traces/r000001/evnts", "traces/r000001/events")):
            self.assertIn(f'"{wrong}"; did you mean {right}?',
                          self.refuses("export", "m.h5", wrong, code=64))
        for wrong in ("traces/r000007/events", "traces/r000001x", "traces",
                      "traces/r000001/replications"):
            self.assertIn(f'no table is called "{wrong}"; without one',
                          self.refuses("export", "m.h5", wrong, code=64))

    def test_any_number_of_rows_takes_the_same_memory(self):
        self.mc("-n", 20000, "-o", "big.h5", "--series", "crew,unsafe", scenario=MINIMAL)
        used = [self.memory_kib(name) for name in ("m.h5", "big.h5")]
        self.assertLess(used[1] - used[0], 6000, used)

    def memory_kib(self, name):
        # The address sanitizer else keeps what has been given back.
        options = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"
        with open(os.devnull, "wb") as sink:
            child = subprocess.Popen([PROGRAM, "export", name, "replications"],
                                     cwd=self.folder, stdout=sink,
                                     env={**os.environ, "ASAN_OPTIONS": options})
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(child.returncode, 0)
        return usage.ru_maxrss


if __name__ == "__main__":
    unittest.main()
