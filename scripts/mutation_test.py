#!/usr/bin/env python3
"""Breaks the library on purpose, one fault at a time, and sees who notices.

Each mutant is a copy of include/ with one fault. Small programs, the probes of tests/mutation/, are
compiled against the copy and run. A mutant is caught by `checker`: a plan is refused before there
is code of it, or by `law`: the probe reports a difference or crashes. Failures are mutants that
survive, and those that do not compile for another reason.

  scripts/mutation_test.py                        all mutants, some 15 minutes of one core
  scripts/mutation_test.py --only lifetime        those with that in their name
  scripts/mutation_test.py --check                whether every mutant can still be made
  scripts/mutation_test.py --write                also puts the outcomes into docs/mutants.md

The last line is `N passed, N failed`; exit status 1 if any failed.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import mutants  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/mutants.md"
PROBES = sorted(path.stem for path in (ROOT / "tests/mutation").glob("*.cpp"))
SENTENCES = {"this plan would compute something else": "checker",
             "steps depend on each other in a circle": "checker"}
RUN_SECONDS, COMPILE_SECONDS = 60, 600


@dataclass
class Outcome:
    """Who noticed a mutant, in which probe, and what was said."""
    mutant: object
    caught_by: str  # checker, law, "does not compile", survived
    probe: str = ""
    said: str = ""
    seconds: float = 0

    @property
    def passed(self):
        return self.caught_by in ("checker", "law")


def flaws():
    """Names of what the checker finds, in the order of their numbers."""
    text = (ROOT / "include/tapeless/plan/checker_state.hpp").read_text()
    names = re.search(r"enum class flaw[^{]*{([^}]*)}", text)[1].split(",")
    return [name.strip() for name in names]


def what_checker_said(errors):
    """The flaw that a compiler printed, by number or by name."""
    found = re.search(r"plan_is_free_of<\(?(?:tapeless::)?flaw\)?(?:::)?(\w+)", errors)
    if not found:
        return "circle" if "in a circle" in errors else ""
    return flaws()[int(found[1])] if found[1].isdigit() else found[1]


def try_probe(probe, include, compiler, program):
    """(who noticed or None, what was said) of one probe against one copy of the headers."""
    command = [compiler, "-std=c++20", "-O1", "-march=native", "-w", "-fmax-errors=4"
               if compiler.startswith("g++") else "-ferror-limit=4", f"-I{include}",
               f"-I{ROOT / 'tests'}", str(ROOT / f"tests/mutation/{probe}.cpp"), "-o", str(program)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=COMPILE_SECONDS)
    except subprocess.TimeoutExpired:
        return "does not compile", "the compiler takes too long"
    if done.returncode:
        for sentence, who in SENTENCES.items():
            if sentence in done.stderr:
                return who, what_checker_said(done.stderr)
        errors = re.findall(r"error: (.*)", done.stderr)
        return "does not compile", errors[0] if errors else "the compiler failed"
    try:
        run = subprocess.run([str(program)], capture_output=True, text=True, timeout=RUN_SECONDS)
    except subprocess.TimeoutExpired:
        return "law", "runs for ever"
    if run.returncode < 0:
        return "law", f"signal {-run.returncode}"
    return ("law", run.stdout.splitlines()[0]) if run.returncode else (None, "")


def try_mutant(m, compiler):
    """The outcome of a mutant, in a copy of the headers of its own."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutant_") as name:
        folder = pathlib.Path(name)
        shutil.copytree(ROOT / "include", folder / "include")
        if m is not None:
            header = folder / "include/tapeless" / m.file
            header.write_text(m.apply(header.read_text()))
        first = m.probe if m is not None else PROBES[0]
        outcome = Outcome(m, "survived")
        for probe in sorted(PROBES, key=lambda p: p != first):
            who, said = try_probe(probe, folder / "include", compiler, folder / "probe")
            if who:
                outcome = Outcome(m, who, probe, said)
                break
    outcome.seconds = time.monotonic() - start
    return outcome


def problems(chosen):
    """Mutants that cannot be made any longer, and names and probes that are wrong."""
    found = [m.problem((ROOT / "include/tapeless" / m.file).read_text()) for m in chosen]
    names = [m.name for m in chosen]
    found += [f"{n}: two mutants of that name" for n in set(names) if names.count(n) > 1]
    found += [f"{m.name}: there is no probe {m.probe}" for m in chosen if m.probe not in PROBES]
    return [p for p in found if p]


def row(o):
    by = f"checker: {o.said}" if o.caught_by == "checker" else o.caught_by
    return f"| `{o.mutant.name}` | `{o.mutant.file}` | {o.mutant.breaks} | {by} | {o.probe} |"


def table(rows):
    """Rows by the names of mutants, in the order of these."""
    head = ["| mutant | header | what it breaks | caught by | in |", "|---|---|---|---|---|"]
    return "\n".join(head + [rows[m.name] for m in mutants.ALL if m.name in rows])


def updated(text, outcomes):
    """A page whose table has new rows for what ran; rows of mutants that did not run stay."""
    begin, end = "<!-- table: begin -->\n", "\n<!-- table: end -->"
    before, rest = text.split(begin)
    old, after = rest.split(end)
    rows = {line.split("`")[1]: line for line in old.splitlines() if line.startswith("| `")}
    rows.update((o.mutant.name, row(o)) for o in outcomes)
    return before + begin + table(rows) + end + after


def arguments():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--only", help="mutants with this in their name; several with commas")
    p.add_argument("--list", action="store_true", help="print names and what they break")
    p.add_argument("--check", action="store_true", help="look whether every mutant can be made")
    p.add_argument("--compiler", default="g++", help="g++ (default) or clang++-19")
    p.add_argument("--jobs", type=int, default=1, help="mutants at a time (default 1)")
    p.add_argument("--write", action="store_true", help="put the outcomes into the table of "
                   "docs/mutants.md; rows of mutants that did not run stay")
    return p.parse_args()


def report_check(chosen):
    wrong = problems(chosen)
    print("".join(w + "\n" for w in wrong), end="")
    print(f"{len(chosen) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


def run_all(chosen, a):
    """Outcomes in the order of the mutants; a line for each as it comes."""
    outcomes = []
    with ThreadPoolExecutor(a.jobs) as pool:
        for o in pool.map(lambda m: try_mutant(m, a.compiler), chosen):
            outcomes.append(o)
            print(f"{len(outcomes)}/{len(chosen)} {o.mutant.name}: {o.caught_by}, {o.probe} "
                  f"{o.said[:90]} ({o.seconds:.0f} s)", flush=True)
    return outcomes


def main():
    a = arguments()
    chosen = [m for m in mutants.ALL
              if not a.only or any(part in m.name for part in a.only.split(","))]
    if a.list:
        for m in chosen:
            print(f"{m.name:28} {m.file:28} {m.breaks}")
        return 0
    if a.check or problems(chosen):
        return report_check(chosen)
    whole = try_mutant(None, a.compiler)
    if whole.caught_by != "survived":
        print(f"the library as it is: {whole.caught_by}, {whole.probe}: {whole.said}")
        print("0 passed, 1 failed")
        return 1
    print(f"the library as it is passes ({whole.seconds:.0f} s)", flush=True)
    outcomes = run_all(chosen, a)
    print(table({o.mutant.name: row(o) for o in outcomes}))
    if a.write:
        PAGE.write_text(updated(PAGE.read_text(), outcomes))
    passed = sum(o.passed for o in outcomes)
    print(f"{passed} passed, {len(outcomes) - passed} failed")
    return 0 if passed == len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
