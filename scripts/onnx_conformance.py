#!/usr/bin/env python3
"""Imports ONNX's tests of operators, compiles the headers, runs them and compares the outputs.

Each test is a model of one node with inputs and expected outputs. It is tried with all inputs in
the network's row, with its integers bound as constants, and with all inputs but the first bound. A
test passes if a form is imported and no imported form differs; it is refused if no form is
imported. Expected outputs of an empty or text tensor are refusals too. Writes a table of operators.
The last line is `N passed, N refused, N failed`; exit status 1 if any failed.

  scripts/onnx_conformance.py --program build/gen/tapeless-gen
  scripts/onnx_conformance.py --program ... --only 'softmax|argmax' --table ''
"""
import argparse
import collections
import functools
import multiprocessing
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from onnx_conformance import cases, run  # noqa: E402

NODE_TESTS = "/usr/lib/python3/dist-packages/onnx/backend/test/data/node"


def arguments():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--program", required=True, help="tapeless-gen")
    p.add_argument("--tests", type=pathlib.Path, default=NODE_TESTS, help="folder of the tests")
    p.add_argument("--only", default="", help="a regular expression for the names of tests")
    p.add_argument("--compiler", default="g++")
    p.add_argument("--jobs", type=int, default=2, help="programs at a time (default 2)")
    p.add_argument("--per-unit", type=int, default=24, help="networks of a program (default 24)")
    p.add_argument("--table", default=str(ROOT / "docs/onnx_conformance.md"),
                   help="file for the table; empty for none")
    p.add_argument("--keep", type=pathlib.Path, help="folder for headers and programs")
    return p.parse_args()


def outcomes_of(all_cases, failures):
    """Of each test: (operator, "passed" or "refused" or "failed", reason)."""
    by_test = collections.defaultdict(list)
    for c in all_cases:
        by_test[c.test].append(c)
    outcomes = {}
    for test, forms in by_test.items():
        wrong = [failures[c.number] for c in forms if c.number in failures]
        wrong += [c.reason for c in forms if c.reason.startswith("CRASH")]
        if wrong:
            outcomes[test] = (forms[0].operator, "failed", wrong[0])
        elif all(c.reason for c in forms):
            outcomes[test] = (forms[0].operator, "refused", forms[-1].reason)
        else:
            outcomes[test] = (forms[0].operator, "passed", "")
    return outcomes


def reasons_text(reasons):
    shown = [r.replace("|", "\\|") for r, _ in collections.Counter(reasons).most_common(3)]
    return "; ".join(shown) + ("; ..." if len(set(reasons)) > 3 else "")


def table_of(outcomes):
    """Markdown: a row per operator that has a test that is not refused, then the others."""
    by_operator = collections.defaultdict(list)
    for operator, result, reason in outcomes.values():
        by_operator[operator].append((result, reason))
    text = ("# Conformance to ONNX\n\nONNX's tests of operators, imported by `tapeless-gen`, "
            "compiled and run: what `scripts/onnx_conformance.py`\nprints. A test that is refused "
            "gives the reason and no header.\n\n"
            "| operator | passed | refused | failed | reasons |\n|---|---|---|---|---|\n")
    unknown = []
    for operator, results in sorted(by_operator.items()):
        count = collections.Counter(result for result, _ in results)
        reasons = [reason for _, reason in results if reason]
        if count["refused"] == len(results) and all("is not supported" in r for r in reasons):
            unknown.append(f"{operator} ({len(results)})")
            continue
        text += (f"| {operator} | {count['passed']} | {count['refused']} | {count['failed']} | "
                 f"{reasons_text(reasons)} |\n")
    if unknown:
        text += "\nOperators that are not supported, with the number of their tests: "
        text += ", ".join(unknown) + ".\n"
    return text


def main():
    a = arguments()
    a.tests = pathlib.Path(a.tests)
    if not a.tests.is_dir():
        print(f"no tests in {a.tests}")
        return 0
    with tempfile.TemporaryDirectory() as temporary, multiprocessing.Pool(a.jobs) as pool:
        work = a.keep or pathlib.Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        forms = [c for f in cases.tests_of(a.tests, a.only) for c in cases.cases_of(f)]
        for i, c in enumerate(forms):
            c.number = i
        forms = pool.map(functools.partial(cases.import_case, program=a.program, work=work), forms)
        wanted = [c for c in forms if not c.reason]
        units = [wanted[i:i + a.per_unit] for i in range(0, len(wanted), a.per_unit)]
        check = functools.partial(run.check, work=work, compiler=a.compiler,
                                  include=ROOT / "include")
        failures = {}
        for i, found in enumerate(pool.imap(check, units)):
            failures.update(found)
            print(f"{i + 1} of {len(units)} programs, {len(failures)} failures", file=sys.stderr)
    outcomes = outcomes_of(forms, failures)
    for test, (operator, result, reason) in sorted(outcomes.items()):
        if result == "failed":
            print(f"{test} ({operator}): {reason}")
    if a.table:
        pathlib.Path(a.table).write_text(table_of(outcomes))
    count = collections.Counter(result for _, result, _ in outcomes.values())
    print(f"{count['passed']} passed, {count['refused']} refused, {count['failed']} failed")
    return 1 if count["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
