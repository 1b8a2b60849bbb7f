"""Many cases: chosen, compiled side by side, judged, made smaller and reported."""
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from random_nets import build, compare, shrink
from random_nets.case import random_case
from random_nets.declaration import cpp
from random_nets.emit import calls, program


@dataclass
class Failure:
    """A case that failed, and what was made of it."""
    case: object
    target: object
    kind: str
    words: str
    smaller: bool = False

    def signature(self):
        d = self.case.declaration
        ops = sorted({d.nodes[i].op for i in d.live()} - {"input", "parameter"})
        words = re.sub(r"[-+0-9.e]+", "#", self.words) if "err" in self.kind else ""
        return self.kind, words, tuple(ops), self.case.jobs if self.smaller else ()


class Campaign:
    """Counts and failures of a run."""

    def __init__(self, a, targets, folder):
        self.a, self.targets, self.folder = a, targets, folder
        self.passed = self.skipped = self.rejected = 0
        self.failures = []
        self.start = time.monotonic()

    def late(self):
        limit = self.a.time_limit
        return limit is not None and time.monotonic() - self.start > limit

    def cases(self):
        """Cases whose numbers torch finds well conditioned, with those numbers."""
        found, seed = 0, self.a.seed
        while found < self.a.count and not (self.a.replay is not None and seed > self.a.seed):
            case = random_case(seed, self.a.features)
            seed += 1
            expected = None
            if not compare.TORCH:
                try:
                    expected = compare.reference.expected(case)
                except compare.reference.BadlyConditioned as why:
                    self.rejected += 1
                    if self.a.replay is not None:
                        print(f"badly conditioned: {why}")
                    continue
            found += 1
            yield case, expected

    def units(self):
        unit = []
        for pair in self.cases():
            unit.append(pair)
            if len(unit) == self.a.per_unit:
                yield unit
                unit = []
        if unit:
            yield unit

    def take(self, unit, target, outcomes):
        for (case, expected), outcome in zip(unit, outcomes):
            kind, words = compare.judge(case, outcome, expected)
            if kind == "skipped":
                self.skipped += 1
            elif kind:
                self.failures.append(Failure(case, target, kind, words))
            else:
                self.passed += 1
        done = self.passed + self.skipped + len(self.failures)
        print(f"\r{done} of {self.a.count} networks, {len(self.failures)} failed, "
              f"{time.monotonic() - self.start:.0f} s", end="", flush=True)

    def check(self, pool):
        pending = []
        for n, unit in enumerate(self.units()):
            if self.late():
                break
            target = self.targets[n % len(self.targets)]
            cases = [case for case, _ in unit]
            pending.append((unit, target, pool.submit(build.outcomes, cases, target, self.folder,
                                                      f"unit_{n}")))
            while len(pending) > 2 * self.a.jobs:
                first = pending.pop(0)
                self.take(first[0], first[1], first[2].result())
        for unit, target, future in pending:
            self.take(unit, target, future.result())
        print()

    def make_smaller(self, pool):
        """Shrinks failures: small ones first, one for each thing that a compiler says."""
        said, order = set(), []
        for f in sorted(self.failures, key=lambda f: len(f.case.declaration.live())):
            first = f.signature()[:2] not in said
            said.add(f.signature()[:2])
            if first or f.kind not in ("refused", "compile error"):
                order.append(f)
        for n, f in enumerate(order[:self.a.shrink]):
            print(f"\rmaking failure {n + 1} smaller: seed {f.case.seed} ...", end="", flush=True)
            f.case, f.words = shrink.shrunk(f.case, f.kind, f.words, f.target, self.folder, pool,
                                            self.a.shrink_time)
            f.smaller = True
        print()

    def report(self):
        """One entry per kind of failure, the smallest declaration of each."""
        groups = {}
        for f in self.failures:
            if f.smaller:
                groups.setdefault(f.signature(), []).append(f)
        for n, (_, same) in enumerate(sorted(groups.items(), key=lambda g: str(g[0]))):
            f = min(same, key=lambda f: len(f.case.declaration.live()))
            seeds = ", ".join(str(s.case.seed) for s in same[:6])
            print(f"--- {n + 1}. {f.kind}: {f.words}\n    seed {seeds} on {f.target}; "
                  f"{f.case.describe()}\n    calls {', '.join(calls(f.case))}")
            print(cpp(f.case.declaration, f"net_{f.case.seed}"))
            if self.a.keep:
                self.a.keep.mkdir(parents=True, exist_ok=True)
                (self.a.keep / f"failure_{f.case.seed}.cpp").write_text(program([f.case]))
        if self.failures:
            print(f"{'seed':>8}  {'target':22} {'what':24} words")
            for f in self.failures:
                print(f"{f.case.seed:8}  {str(f.target):22} {f.kind:24} {f.words[:100]}")


def run(a, targets, folder):
    """Runs a campaign; the exit status."""
    if a.no_torch:
        compare.TORCH = "not asked for"
    if compare.TORCH:
        why = "--no-torch" if a.no_torch else "torch is not installed"
        print(f"comparison with torch skipped: {why}")
    c = Campaign(a, targets, folder)
    with ThreadPoolExecutor(a.jobs) as pool:
        c.check(pool)
        if a.shrink > 0 and c.failures:
            c.make_smaller(pool)
    if a.replay is not None:
        print(program([random_case(a.replay, a.features)]))
    c.report()
    if c.failures and a.replay is None:
        t, f = c.failures[0].target, c.failures[0].case
        print(f"again: scripts/random_nets.py --replay {f.seed} --compiler {t.compiler} "
              f"--isa {t.isa} --opt {t.opt}")
    print(f"{c.rejected} seeds rejected as badly conditioned, {c.skipped} networks skipped, "
          f"{time.monotonic() - c.start:.0f} s")
    print(f"{c.passed} passed, {len(c.failures)} failed")
    return 1 if c.failures else 0
