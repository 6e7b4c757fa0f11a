#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lints find what they're for: each test plants one violation."""
import pathlib
import subprocess
import tempfile
import unittest

import facts
import road
import spdx
import symbols

LICENCE = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"


class Planted(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def plant(self, path, text):
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LICENCE + text, encoding="utf-8")
        return path

    def finds(self, lint, path, text, *words):
        """The lint has one complaint about `text` at `path`, on its line, with `words`."""
        self.plant(path, text)
        problems = lint.check(self.root)
        self.assertEqual(len(problems), 1, problems)
        for word in (f"{path}:2:", *words):
            self.assertIn(word, problems[0])

    def accepts(self, lint, path, text):
        self.plant(path, text)
        self.assertEqual(lint.check(self.root), [])


class Road(Planted):
    def test_an_upward_include_is_found(self):
        self.finds(road, "engine/kernel/a.c", '#include "world/world.h"\n', "kernel may")

    def test_a_downward_include_is_fine(self):
        self.accepts(road, "engine/world/a.c", '#include "kernel/calendar.h"\n')

    def test_what_is_below_the_layers_below_is_inherited_only_where_the_table_says(self):
        self.accepts(road, "engine/study/a.c", '#include "model/model.h"\n')
        self.finds(road, "engine/store/a.c", '#include "model/model.h"\n', "store may")

    def test_only_the_tree_of_scenario_is_seen_by_model(self):
        self.accepts(road, "engine/model/a.c", '#include "scenario/tree.h"\n')
        self.finds(road, "engine/model/b.c", '#include "scenario/lexer.h"\n', "sees only")

    def test_a_process_including_another_is_found(self):
        self.accepts(road, "engine/process/launch.c", '#include "process/process.h"\n')
        self.accepts(road, "engine/process/repair.c", '#include "process/repair.h"\n')
        self.finds(road, "engine/process/orbit.c", '#include "process/launch.h"\n', "meet")

    def test_a_process_including_its_neighbour_without_the_layer_is_found(self):
        self.finds(road, "engine/process/orbit.c", '#include "launch.h"\n', "meet")

    def test_a_policy_that_draws_is_found(self):
        self.finds(road, "engine/policy/a.c", '#include "kernel/stream.h"\n', "draw nothing")

    def test_a_library_outside_its_layer_is_found(self):
        for number, name in enumerate(
            ["gsl/gsl_cdf.h", "hdf5.h", "libconfig.h", "xxhash.h", "openssl/evp.h",
             "jansson.h", "libsmartcols/libsmartcols.h", "pthread.h", "mpi.h"]
        ):
            with self.subTest(name):
                path = self.plant(f"engine/world/{number}.c", f"#include <{name}>\n")
                self.assertEqual(len(road.check(self.root)), 1)
                path.unlink()

    def test_a_library_in_its_layer_is_fine(self):
        self.accepts(road, "engine/store/a.c", "#include <hdf5.h>\n#include <stdio.h>\n")

    def test_an_unknown_library_is_found(self):
        self.finds(road, "engine/cli/a.c", "#include <curl/curl.h>\n", "neither libc")

    def test_mpi_in_two_files_is_found(self):
        self.plant("engine/study/a.c", "#include <mpi.h>\n")
        self.assertEqual(road.check(self.root), [])
        self.plant("engine/study/b.c", "#include <mpi.h>\n")
        self.assertIn("more than one file", road.check(self.root)[0])

    def test_a_public_header_that_shows_the_engine_is_found(self):
        self.finds(road, "include/isssim/a.h", '#include "base/arena.h"\n', "public header")

    def test_a_commented_include_is_none(self):
        self.accepts(road, "engine/base/a.c", '/*\n#include "cli/cli.h"\n*/\n')

    def test_printing_outside_cli_is_found(self):
        self.finds(road, "engine/study/a.c", 'void f(void) { printf("x"); }\n', "only cli")
        self.accepts(road, "engine/study/a.c", 'void f(void) { snprintf(b, 2, "x"); }\n')

    def test_stderr_outside_cli_is_found(self):
        self.finds(road, "engine/base/a.c", 'void f(void) { fputs("x", stderr); }\n', "stderr")

    def test_printing_in_cli_is_fine(self):
        self.accepts(road, "engine/cli/a.c", 'void f(void) { printf("x"); exit(1); }\n')

    def test_exit_outside_cli_is_found(self):
        self.finds(road, "engine/store/a.c", "void f(void) { exit(1); }\n", "ends the program")
        self.accepts(road, "engine/store/a.c", "void f(void) { on_exit_dock(1); }\n")

    def test_words_in_strings_and_attributes_are_no_calls(self):
        self.accepts(road, "engine/base/a.h",
                     '#define A "exit(1) to stdout"\n'
                     "void f(const char *, ...) __attribute__((format(printf, 1, 2)));\n")

    def test_random_numbers_from_elsewhere_are_found(self):
        self.finds(road, "engine/cli/a.c", "int f(void) { return rand(); }\n", "stream.h")

    def test_the_time_of_day_in_a_replication_is_found(self):
        self.finds(road, "engine/world/a.c", "long f(void) { return time(0); }\n", "time of day")


class Facts(Planted):
    def test_a_vehicle_in_a_string_is_found(self):
        self.finds(facts, "engine/world/a.c", 'const char *a = "Soyuz MS-22";\n', "Soyuz")

    def test_a_module_in_an_identifier_is_found(self):
        self.finds(facts, "engine/model/keys.def", "X(rassvet_port, 1)\n", "rassvet")

    def test_the_freighter_is_found_and_a_progress_bar_is_not(self):
        self.accepts(facts, "engine/cli/a.c", "int progress; void progress_bar(void);\n")
        self.finds(facts, "engine/cli/a.c", 'const char *a = "Progress MS";\n', "Progress")

    def test_an_example_in_a_comment_is_fine(self):
        self.accepts(facts, "engine/base/a.c", "/* as Soyuz does */ // and Dragon\n")

    def test_the_name_of_a_scenario_file_is_fine(self):
        self.accepts(facts, "engine/cli/a.c", 'const char *a = "run soyuz_leak.cfg";\n')

    def test_a_word_that_merely_contains_a_name_is_fine(self):
        self.accepts(facts, "engine/base/a.c", "int request, identity, protons_absent;\n")


class Spdx(Planted):
    def test_a_file_without_a_licence_is_found(self):
        self.plant("engine/base/a.c", "int a;\n")
        self.assertEqual(spdx.check(self.root), [])
        (self.root / "engine/base/b.c").write_text("int b;\n", encoding="utf-8")
        (self.root / "notes.txt").write_text("no source\n", encoding="utf-8")
        self.assertEqual(len(spdx.check(self.root)), 1)


class Symbols(Planted):
    def archive(self, layer, code):
        source = self.plant(f"{layer}.c", code)
        archive = self.root / f"libiss_{layer}.a"
        subprocess.run(["cc", "-c", source, "-o", source.with_suffix(".o")], check=True)
        subprocess.run(["ar", "rc", archive, source.with_suffix(".o")], check=True)
        return str(archive)

    def test_a_prefixed_function_and_a_static_one_are_fine(self):
        code = "static int g(void) { return 1; }\nint iss_f(void) { return g(); }\n"
        self.assertEqual(symbols.check([self.archive("base", code)]), [])

    def test_a_function_without_the_prefix_is_found(self):
        problems = symbols.check([self.archive("base", "int issue(void) { return 1; }\n")])
        self.assertEqual(problems, ["base: issue: an external name without iss_"])

    def test_global_and_static_variables_are_found(self):
        code = "int iss_a = 1;\nint *iss_f(void) { static int count; return &count; }\n"
        problems = symbols.check([self.archive("base", code)])
        self.assertEqual(len(problems), 2, problems)

    def test_tables_of_constants_are_fine(self):
        code = 'const char *const iss_names[] = {"a", "b"};\nconst int iss_n = 2;\n'
        self.assertEqual(symbols.check([self.archive("base", code)]), [])

    def test_cli_may_keep_a_flag_for_its_signal_handler(self):
        code = "static volatile int flag;\nvoid iss_set(void) { flag = 1; }\n"
        self.assertEqual(symbols.check([self.archive("cli", code)]), [])


if __name__ == "__main__":
    unittest.main()
