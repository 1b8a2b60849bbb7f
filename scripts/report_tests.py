#!/usr/bin/env python3
"""Runs the tests of a Meson build folder and counts them one by one.

Single Catch2 test cases count, not programs; a script counts as one unless it closes with a line
`N passed, N failed` of its own. A crash, a time-out or a bad exit status counts as a failure. The
last line is `N passed, N failed`; the exit status is 0 only if nothing failed and something passed.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess

ALL_PASSED = re.compile(r"^All tests passed \(\d+ assertions? in (\d+) test cases?\)", re.M)
SOME_FAILED = re.compile(r"^test cases:\s*\d+((?:\s*\|\s*\d+ [a-z ]+)+)$", re.M)
OWN_COUNT = re.compile(r"^(\d+) passed, (\d+) failed$", re.M)


def count(entry):
    """(passed, failed, skipped) of one line of Meson's testlog.json."""
    if entry["result"] == "SKIP":
        return 0, 0, 1
    text = entry.get("stdout", "")
    good = entry["result"] == "OK" and entry["returncode"] == 0
    whole, part, own = (re.findall(p, text) for p in (ALL_PASSED, SOME_FAILED, OWN_COUNT))
    if part:
        numbers = {name.strip(): int(n) for n, name in re.findall(r"(\d+) ([a-z ]+)", part[-1])}
        passed = numbers.get("passed", 0) + numbers.get("failed as expected", 0)
        failed = numbers.get("failed", 0)
    elif whole:
        passed, failed = int(whole[-1]), 0
    elif own:
        passed, failed = map(int, own[-1])
    else:
        passed, failed = int(good), 0
    return passed, failed if good or failed else 1, 0


def run(build, suites, jobs):
    """Runs the tests; returns the entries of the log, none if Meson itself failed."""
    log = build / "meson-logs" / "testlog.json"
    log.unlink(missing_ok=True)
    without = [f"--no-suite={suite}" for suite in suites]
    subprocess.run(["meson", "test", "-C", str(build), "--no-rebuild", f"--num-processes={jobs}",
                    *without], check=False)
    if not log.exists():
        return []
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    return [{**entry, "name": entry["name"].split(" / ")[-1]} for entry in entries]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path, nargs="+", help="Meson build folders")
    parser.add_argument("--no-suite", action="append", default=[], help="leave a suite out")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    if shutil.which("meson") is None:
        raise SystemExit("the command meson is not installed (Debian: apt-get install meson)")
    total = [0, 0, 0]
    for build in options.build:
        entries = run(build, options.no_suite, options.jobs)
        if not entries:
            print(f"{build}: no test ran")
            total[1] += 1
        for entry in entries:
            counted = count(entry)
            total = [a + b for a, b in zip(total, counted)]
            if counted[1]:
                print(f"\n--- {build.name}/{entry['name']}: {entry['result']}, "
                      f"status {entry['returncode']}\n{entry.get('stdout', '')}"
                      f"{entry.get('stderr', '')}")
            elif counted[2]:
                print(f"skipped: {build.name}/{entry['name']}: {entry.get('stdout', '').strip()}")
    print(f"\n{total[2]} skipped")
    print(f"{total[0]} passed, {total[1]} failed")
    raise SystemExit(0 if total[0] and not total[1] else 1)


if __name__ == "__main__":
    main()
