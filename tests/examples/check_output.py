#!/usr/bin/env python3
"""Runs a program and compares what it prints with a file, number by number.

usage: check_output.py EXPECTED PROGRAM

Lines of EXPECTED that begin with # are comments or options:
  # run --seeds 20       arguments for the program; {data} stands for TAPELESS_DATA everywhere
  # relative 1e-12       numbers may differ by that share (0 unless said)
  # absolute 2e-8        and by that much (0 unless said)
  # data mnist           needs a data folder that holds this name, set as TAPELESS_DATA; the test is
                         skipped where there is none
  # needs curl           commands that the program calls; the test is skipped where one is missing
  # commands none        the program finds no command: PATH names an empty folder
  # fails                the program must exit with another status than 0 and leave no file
All other text must be printed as it stands, white space and the length of rules aside; after a line
`stderr:` comes what belongs there. A number may be replaced by * (any), >=x, <=x or low..high.
The program runs in an empty folder of its own.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?!\w)")


def options_of(expected):
    return {words[0]: words[1:] for words in
            (line[1:].split() for line in expected.splitlines() if line.startswith("#"))
            if words and words[0] in ("run", "relative", "absolute", "data", "needs",
                                   "commands", "fails")}


def fits(got, wanted, relative, absolute):
    """Whether a printed word meets the expected one."""
    between = re.fullmatch(r"(-?[\d.e-]+?)\.\.(-?[\d.e-]+)", wanted)
    if wanted == "*" or wanted[:2] in (">=", "<=") or between:
        if not NUMBER.fullmatch(got):
            return False
        low, high = (float(x) for x in between.groups()) if between else (-1e308, 1e308)
        if wanted[:2] == ">=":
            low = float(wanted[2:])
        if wanted[:2] == "<=":
            high = float(wanted[2:])
        return low <= float(got) <= high
    if NUMBER.sub("0", got) != NUMBER.sub("0", wanted):
        return False
    return all(abs(float(a) - float(b)) <= absolute + relative * abs(float(b))
               for a, b in zip(NUMBER.findall(got), NUMBER.findall(wanted)))


def lines_of(text):
    rules = re.sub(r"-{2,}", "--", text)
    return rules.rstrip().splitlines()


def differences(printed, expected):
    options = options_of(expected)
    relative, absolute = (float(options.get(k, ["0"])[0]) for k in ("relative", "absolute"))
    wanted = lines_of("\n".join(x for x in expected.splitlines() if not x.startswith("#")))
    got = lines_of(printed)
    if len(got) != len(wanted):
        yield f"{len(got)} lines printed, {len(wanted)} expected"
    for number, (a, b) in enumerate(zip(got, wanted), 1):
        words, patterns = a.split(), b.split()
        if len(words) != len(patterns) or not all(
                fits(w, p, relative, absolute) for w, p in zip(words, patterns)):
            yield f"line {number}:\n  printed  {a}\n  expected {b}"


def data_folder(name):
    places = [pathlib.Path(os.environ.get("TAPELESS_DATA", ROOT / "../shared")),
              ROOT / "examples/data"]
    return next((str(p.resolve()) for p in places if (p / name).exists()), None)


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    expected = pathlib.Path(sys.argv[1]).read_text()
    options = options_of(expected)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TAPELESS_")}
    if "data" in options:
        folder = data_folder(options["data"][0])
        if folder is None:
            print(f"no data folder with {options['data'][0]}; set TAPELESS_DATA")
            raise SystemExit(SKIPPED)
        environment["TAPELESS_DATA"] = folder
    for command in options.get("needs", []):
        if shutil.which(command) is None:
            print(f"the command {command} is not installed")
            raise SystemExit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as empty:
        if options.get("commands") == ["none"]:
            environment["PATH"] = empty
        data = environment.get("TAPELESS_DATA", "")
        arguments = [a.replace("{data}", data) for a in options.get("run", [])]
        ran = subprocess.run([str(pathlib.Path(sys.argv[2]).resolve()), *arguments], cwd=folder,
                             env=environment, capture_output=True, text=True)
        left = sorted(p.name for p in pathlib.Path(folder).iterdir())
    expected = expected.replace("{data}", data)
    printed = ran.stdout + ("stderr:\n" + ran.stderr if ran.stderr else "")
    found = list(differences(printed, expected))
    if (ran.returncode != 0) != ("fails" in options):
        found.append(f"exit status {ran.returncode}")
    if "fails" in options and left:
        found.append(f"files left behind: {', '.join(left)}")
    print("\n".join(found) if found else "as expected")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
