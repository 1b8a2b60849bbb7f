#!/usr/bin/env python3
"""Tests of check_output.py: it must accept what is right and refuse the rest."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

from check_output import differences, fits

CHECKER = pathlib.Path(__file__).with_name("check_output.py")


class Words(unittest.TestCase):
    def test_numbers_within_the_tolerance(self):
        self.assertTrue(fits("1.0001", "1", 0, 2e-4))
        self.assertFalse(fits("1.0003", "1", 0, 2e-4))
        self.assertTrue(fits("1.0000000000005e-7", "1e-7", 1e-12, 0))
        self.assertFalse(fits("1.000000000002e-7", "1e-7", 1e-12, 0))
        self.assertFalse(fits("-1", "1", 0, 0.5))

    def test_numbers_within_text(self):
        self.assertTrue(fits("f(5)=10.000,", "f(5)=10.000,", 0, 0))
        self.assertFalse(fits("f(5)=10.001,", "f(5)=10.000,", 0, 0))
        self.assertFalse(fits("g(5)", "f(5)", 0, 1))

    def test_ranges(self):
        self.assertTrue(fits("7", "*", 0, 0) and not fits("x", "*", 0, 0))
        self.assertTrue(fits("96.0", ">=96", 0, 0) and not fits("95.99", ">=96", 0, 0))
        self.assertTrue(fits("0.06", "<=0.06", 0, 0) and not fits("0.061", "<=0.06", 0, 0))
        self.assertTrue(fits("0.42", "0.40..0.46", 0, 0))
        self.assertFalse(fits("0.39", "0.40..0.46", 0, 0) or fits("0.47", "0.40..0.46", 0, 0))
        self.assertFalse(fits("nan", ">=0", 0, 0) or fits("nan", "*", 0, 0))


class Texts(unittest.TestCase):
    def test_missing_and_additional_lines(self):
        self.assertEqual(list(differences("a 1\nb 2\n", "# absolute 0.1\na 1.05\nb 2\n")), [])
        self.assertTrue(list(differences("a 1\n", "a 1\nb 2\n")))
        self.assertTrue(list(differences("a 1\nb 2\n", "a 1\n")))
        self.assertTrue(list(differences("a 1 2\n", "a 1\n")))


class Programs(unittest.TestCase):
    def status(self, expected, script):
        with tempfile.TemporaryDirectory() as folder:
            text, program = pathlib.Path(folder, "text"), pathlib.Path(folder, "program")
            text.write_text(expected)
            program.write_text("#!/bin/sh\n" + script)
            program.chmod(0o755)
            return subprocess.run([sys.executable, CHECKER, text, program], check=False,
                                  capture_output=True).returncode

    def test_exit_status_and_stderr(self):
        self.assertEqual(self.status("a\n", "echo a"), 0)
        self.assertEqual(self.status("a\n", "echo a; exit 3"), 1)
        self.assertEqual(self.status("a\n", "echo a; echo b >&2"), 1)
        self.assertEqual(self.status("# fails\na\nstderr:\nb\n", "echo a; echo b >&2; exit 3"), 0)
        self.assertEqual(self.status("# fails\na\n", "echo a"), 1)
        self.assertEqual(self.status("# fails\na\n", "echo a; touch x; exit 1"), 1)

    def test_arguments_and_data(self):
        self.assertEqual(self.status("# run 1 2\n2 1\n", 'echo "$2 $1"'), 0)
        self.assertEqual(self.status("# data no/such/file\na\n", "echo a"), 77)

    def test_commands(self):
        self.assertEqual(self.status("# needs sh\na\n", "echo a"), 0)
        self.assertEqual(self.status("# needs no-such-command\na\n", "echo a"), 77)
        self.assertEqual(self.status("b\n", "command -v ls >/dev/null && echo b || echo a"), 0)
        self.assertEqual(self.status("# commands none\na\n",
                                     "command -v ls >/dev/null && echo b || echo a"), 0)


if __name__ == "__main__":
    result = unittest.main(exit=False).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    raise SystemExit(1 if failed else 0)
