#!/usr/bin/env python3
"""Tests of the test tools themselves: each checker must accept what is right and refuse the rest.

usage: tools_test.py -- COMPILER [FLAG...]; closes with `N passed, N failed`.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
from xml.etree import ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[1]
for folder in ("scripts", "tests/disassembly", "tests/fail"):
    sys.path.insert(0, str(ROOT / folder))

import bench_compile  # noqa: E402
import bench_plot  # noqa: E402
import check  # noqa: E402
import check_headers  # noqa: E402
import check_includes  # noqa: E402
import check_readme  # noqa: E402
import mutation_test  # noqa: E402
import report_tests  # noqa: E402
import run as must_fail  # noqa: E402

COMPILER = ["c++", "-std=c++20"]


class InFolder(unittest.TestCase):
    """A test that writes small files into a folder of its own."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path


class MustNotCompile(InFolder):
    SOURCE = """// expect: a dense layer needs units
template <int N> struct dense { static_assert(N > 0, "a dense layer needs units"); };
template <int N> int f() { return sizeof(dense<N>); }
#ifdef TAPELESS_FAIL
int x = f<0>();
#else
int x = f<1>();
#endif
"""

    def problem(self, text):
        return must_fail.problem(self.write("a.cpp", text), COMPILER)

    def test_refused_with_the_sentence(self):
        self.assertIsNone(self.problem(self.SOURCE))

    def test_other_sentence(self):
        wrong = self.SOURCE.replace("needs units\n", "needs a name\n", 1)
        self.assertIn("did not say: a dense layer needs a name", self.problem(wrong))

    def test_compiles_after_all(self):
        self.assertIn("must not", self.problem(self.SOURCE.replace("f<0>", "f<2>")))

    def test_twin_does_not_compile(self):
        self.assertIn("twin", self.problem(self.SOURCE.replace("f<1>", "f<0>")))

    def test_no_sentence(self):
        self.assertIn("first line", self.problem("int x;\n"))


@unittest.skipUnless(shutil.which("objdump"), "the command objdump is not installed")
class Disassembly(InFolder):
    def problems(self, body, **options):
        source = self.write(
            "a.cpp", f'extern "C" int g(int); extern "C" int f(int* p) {{ {body} }}')
        target = self.folder / "a.o"
        subprocess.run([*COMPILER, "-O1", "-fno-tree-vectorize", "-c", str(source), "-o",
                        str(target)], check=True)
        (function,) = [f for f in check.disassemble(str(target)) if f.name == "f"]
        self.assertRegex(check.report(function), r"^\d+ instructions, \d+ vector, [1-9]\d* bytes$")
        return " ".join(check.problems(function, **options))

    def test_straight_line(self):
        self.assertEqual(self.problems("p[0] += 3 * p[1]; return p[0];"), "")

    def test_loop(self):
        loop = "int s = 0; while (*p) s += *p++; return s;"
        self.assertIn("backward jump", self.problems(loop))
        self.assertNotIn("backward jump", self.problems(loop, allow_loops=True))

    def test_call(self):
        self.assertIn("a call", self.problems("return g(p[0]) + 1;"))
        self.assertEqual(self.problems("return g(p[0]) + 1;", allow_calls="^g"), "")

    def test_orders_of_a_source(self):
        source = self.write("c.cpp", '// check: ^f\\( --allow-loops\n// check: "^g$"\nint x;\n')
        self.assertEqual(check.orders(source), [["^f\\(", "--allow-loops"], ["^g$"]])
        with self.assertRaises(SystemExit):
            check.orders(self.write("d.cpp", "int x;\n"))
        self.assertFalse(check.check([], ["nothing"]))

    def test_tail_call(self):
        source = self.write(
            "b.cpp", 'extern "C" int g(int); extern "C" int f(int x) { return g(x); }')
        target = str(self.folder / "b.o")
        subprocess.run([*COMPILER, "-O2", "-c", str(source), "-o", target], check=True)
        (function,) = [f for f in check.disassemble(target) if f.name == "f"]
        self.assertIn("a call", " ".join(check.problems(function)))

    def test_condition(self):
        self.assertIn("conditional jump",
                      self.problems("if (p[0]) { p[1] = 7; p[2] = 8; } return 5;"))


class Includes(InFolder):
    def problems(self, **files):
        for name, text in files.items():
            folder, stem = name.split("__")
            self.write(f"tapeless/{folder}/{stem}.hpp", "#pragma once\n" + text)
        return " ".join(check_includes.problems(self.folder))

    def test_downwards(self):
        found = self.problems(core__shape="", run__forward="#include <tapeless/core/shape.hpp>\n")
        self.assertEqual(found, "")

    def test_upwards(self):
        found = self.problems(run__forward="", core__shape="#include <tapeless/run/forward.hpp>\n")
        self.assertIn("run/ comes after core/", found)

    def test_circle(self):
        found = self.problems(core__a="#include <tapeless/core/b.hpp>\n",
                              core__b="#include <tapeless/core/a.hpp>\n")
        self.assertIn("circle", found)

    def test_doors(self):
        self.assertIn("only simd/", self.problems(ops__a="#include <xsimd/xsimd.hpp>\n"))
        self.assertIn("only core/", self.problems(ops__b="#include <boost/hana.hpp>\n"))

    def test_processors(self):
        self.write("tapeless/core/processor/b.hpp", "#pragma once\n#include <immintrin.h>\n")
        self.assertEqual("", self.problems(core__b="#include <tapeless/core/processor/b.hpp>\n",
                                           simd__a="#include <immintrin.h>\n"))
        found = self.problems(core__a="#include <immintrin.h>\n",
                              ops__a="#if defined(__aarch64__)\n#endif\n")
        self.assertIn("core/a.hpp has immintrin", found)
        self.assertIn("ops/a.hpp has __aarch64", found)

    def test_processor_folder_includes_nothing_else(self):
        self.write("tapeless/core/processor/b.hpp",
                   "#pragma once\n#include <tapeless/core/a.hpp>\n")
        self.assertIn("config.hpp alone", self.problems(core__a=""))

    def test_macro(self):
        self.assertIn("macro SIZE", self.problems(core__a="#define SIZE 3\n"))

    def test_macros_of_the_configuration(self):
        self.assertEqual("", self.problems(core__config="#define TAPELESS_VERSION 3\n"))
        self.assertIn("macro SIZE", self.problems(core__config="#define SIZE 3\n"))


class HeadersAlone(InFolder):
    def test_needs_another(self):
        self.write("tapeless/core/a.hpp", "#pragma once\ninline int f(std::size_t);\n")
        command = [*COMPILER, f"-I{self.folder}"]
        self.assertNotEqual(check_headers.compile_alone("tapeless/core/a.hpp", command,
                                                        self.folder), "")

    def test_throws_only_on_the_host_side(self):
        command = [*COMPILER, f"-I{self.folder}"]
        for name, refused in (("io", False), ("run", True)):
            self.write(f"tapeless/{name}/a.hpp", "#pragma once\ninline void f() { throw 1; }\n")
            complaint = check_headers.compile_alone(f"tapeless/{name}/a.hpp", command, self.folder)
            self.assertEqual(bool(complaint), refused, complaint)


class Readme(InFolder):
    def problems(self, page, source="int main() {\n  int x = 1;\n\n  return x;\n}\n"):
        self.write("examples/a.cpp", source)
        return [p for p in check_readme.problems(self.write("README.md", page), self.folder) if p]

    def test_blocks(self):
        named = "<!-- file: examples/a.cpp -->\n```cpp\n{}\n```\n"
        self.assertEqual(self.problems(named.format("int x = 1;\nreturn x;")), [])
        self.assertIn("is not in", self.problems(named.format("int y = 1;"))[0])
        meson = named.replace("cpp\n", "meson\n")
        self.assertIn("is not in", self.problems(meson.format("x = 1"))[0])
        self.assertIn("no line", self.problems("```cpp\nint x = 1;\n```\n")[0])
        self.assertIn("there is no", self.problems(named.format("").replace("a.cpp", "b.cpp"))[0])


class Mutants(unittest.TestCase):
    TEXT = "int a = 1;\nint b = 1;\nint c = 2;\n"

    def of(self, *edits):
        return mutation_test.mutants.mutant.Mutant("m", "core/a.hpp", "a sum", edits)

    def test_made(self):
        m = self.of(("int b = 1;", "int b = 2;"), ("c = 2", "c = 3"))
        self.assertIsNone(m.problem(self.TEXT))
        self.assertEqual(m.apply(self.TEXT), "int a = 1;\nint b = 2;\nint c = 3;\n")

    def test_out_of_date(self):
        for old, new in (("= 1;", "= 2;"), ("int d", "int e"), ("int a", "int a")):
            self.assertIn("mutant is out of date", self.of((old, new)).problem(self.TEXT))

    def test_words_of_the_checker(self):
        said = mutation_test.what_checker_said
        number = mutation_test.flaws().index("stores_element_twice")
        self.assertEqual(said(f"'plan_is_free_of<(tapeless::flaw){number}, 3, 4>'"),
                         "stores_element_twice")
        self.assertEqual(said("'plan_is_free_of<tapeless::flaw::malformed_code, 1, 2>'"),
                         "malformed_code")
        self.assertEqual(said("error: steps depend on each other in a circle"), "circle")

    def test_list(self):
        done = subprocess.run([sys.executable, str(ROOT / "scripts/mutation_test.py"), "--list"],
                              capture_output=True, text=True, check=True)
        self.assertEqual(len(done.stdout.splitlines()), len(mutation_test.mutants.ALL))
        self.assertIn("lifetime_too_short", done.stdout)

    def test_table(self):
        first, second = mutation_test.mutants.ALL[:2]
        page = "above\n<!-- table: begin -->\n\n<!-- table: end -->\nbelow\n"
        for m, who in ((second, "law"), (first, "survived"), (first, "checker")):
            page = mutation_test.updated(page, [mutation_test.Outcome(m, who, "layers", "why")])
        lines = page.splitlines()
        self.assertEqual((len(lines), lines[0], lines[-1]), (8, "above", "below"))
        self.assertIn("checker: why", lines[4])
        self.assertIn(f"`{second.name}`", lines[5])


class Report(unittest.TestCase):
    def count(self, output, returncode=0, result="OK"):
        return report_tests.count({"name": "t", "stdout": output, "returncode": returncode,
                                   "result": result})

    def test_catch(self):
        self.assertEqual(self.count("All tests passed (9 assertions in 4 test cases)\n"), (4, 0, 0))
        self.assertEqual(self.count("All tests passed (1 assertion in 1 test case)\n"), (1, 0, 0))
        failed = "test cases:  5 |  3 passed |  2 failed\nassertions: 20 | 18 passed | 2 failed\n"
        self.assertEqual(self.count(failed, 2, "FAIL"), (3, 2, 0))
        self.assertEqual(self.count("test cases: 2 | 2 failed\n", 2, "FAIL"), (0, 2, 0))

    def test_crash(self):
        self.assertEqual(self.count("", -11, "FAIL"), (0, 1, 0))
        self.assertEqual(self.count("All tests passed (1 assertion in 1 test case)\n", 1, "FAIL"),
                         (1, 1, 0))

    def test_script(self):
        self.assertEqual(self.count("fine\n"), (1, 0, 0))
        self.assertEqual(self.count("30 passed, 2 failed\n", 1, "FAIL"), (30, 2, 0))
        self.assertEqual(self.count("", 77, "SKIP"), (0, 0, 1))
        self.assertEqual(self.count("", 0, "TIMEOUT"), (0, 1, 0))


class CompileTimes(InFolder):
    def test_sources(self):
        text = bench_compile.source(bench_compile.stack(5, different=False), "mse", training=True)
        self.assertEqual(text.count("tl::dense<32>"), 5)
        self.assertIn("tl::trainer", text)
        text = bench_compile.source(bench_compile.stack(5, different=True), "mse", training=False)
        self.assertEqual(len(set(bench_compile.WIDTH.findall(text))), 5)
        self.assertNotIn("tl::trainer", text)

    def test_measures(self):
        row = bench_compile.compile_once(COMPILER, self.write("a.cpp", "int x[100] = {1};\n"))
        self.assertGreater(row["seconds"], 0)
        self.assertGreater(row["megabytes"], 1)
        self.assertGreater(row["object_bytes"], 400)

    def test_refused(self):
        row = bench_compile.compile_once(COMPILER, self.write("a.cpp", "int x = nothing;\n"))
        self.assertIn("nothing", row["error"])

    def test_cases(self):
        names = [name for name, _ in bench_compile.cases((5, 20))]
        self.assertIn("xsimd alone", names)
        self.assertIn("20 different, training", names)
        self.assertEqual(len(names), len(set(names)))

    def test_chart(self):
        rows = [{"compiler": "g++", "case": f"{n} equal, {what}", "seconds": n / 10,
                 "megabytes": 200 + n} for n in (5, 50) for what in ("forward", "training")]
        rows += [{"compiler": "g++", "case": "headers alone", "seconds": 9, "megabytes": 9},
                 {"compiler": "g++", "case": "100 equal, forward", "error": "none"}]
        root = ElementTree.fromstring(bench_compile.chart(rows))
        circles = [e for e in root if e.tag.endswith("circle")]
        self.assertEqual(len(circles), 8)  # 2 panels, 2 lines, 2 depths
        texts = [e.text for e in root if e.tag.endswith("text")]
        self.assertIn("g++, equal, training", texts)

    def test_ticks(self):
        self.assertEqual(bench_plot.ticks(5), [0, 1, 2, 3, 4, 5])
        self.assertEqual(bench_plot.ticks(420), [0, 100, 200, 300, 400, 500])
        self.assertEqual(bench_plot.ticks(0), [0, 1])


def main():
    if "--" in sys.argv:
        COMPILER[:] = sys.argv[sys.argv.index("--") + 1:]
    result = unittest.TextTestRunner(stream=sys.stdout).run(
        unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__]))
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
