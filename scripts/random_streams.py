#!/usr/bin/env python3
"""Random streams: causal networks that a seed chooses, held to the law of streams.

Each network is declared over a sequence, streamed in blocks of several sizes and in mixtures of them
(tests/stream/stream_law.hpp), and compared with the reference semantics of the whole sequence. What a
stream refuses is counted apart; the last line is `N passed, N failed`, exit status 1 if any failed.

  scripts/random_streams.py --count 40 --seed 1
  scripts/random_streams.py --replay 17 --compiler clang++-19     one network again, and its source
"""
import argparse
import collections
import concurrent.futures
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from random_nets.build import ISAS, LIMITS, ROOT, processor_isas, summary_of  # noqa: E402

CHANNELS = [1, 2, 3, 4, 5, 6, 8, 9, 12]
UNARY = ["tanh", "sigmoid", "relu", "sin", "softsign", "neg", "square", "gelu", "abs"]


@dataclass(frozen=True)
class Value:
    """A value over time: {channels, samples}, or {samples, channels} where time is first."""
    name: str
    channels: int
    samples: int
    first: bool       # time is axis 0
    late: int = 0     # samples that the whole sequence has before the first one here

    @property
    def time(self):
        return 0 if self.first else 1


class Network:
    """Grows one declaration of causal operations."""

    def __init__(self, rng):
        self.rng, self.lines, self.parameters = rng, [], 0
        self.first = rng.random() < 0.4
        self.length = rng.choice([90, 131, 160])
        channels = rng.choice(CHANNELS)
        self.values = []
        dims = (self.length, channels) if self.first else (channels, self.length)
        self.say(f'g.input("x", tl::shape{{{dims[0]}, {dims[1]}}})', channels, self.length, self.first)

    def say(self, text, channels, samples, first, late=0):
        v = Value(f"v{len(self.values)}", channels, samples, first, late)
        self.lines.append(f"    const tl::value {v.name} = {text};")
        self.values.append(v)
        return v

    def like(self, x, text, channels=None, fewer=0):
        return self.say(text, channels or x.channels, x.samples - fewer, x.first, x.late + fewer)

    def named(self, kind):
        self.parameters += 1
        return f"{kind}{self.parameters}"

    def any(self, first=None):
        """A value, a late one more often; turned where its axes lie the other way."""
        x = self.values[int(len(self.values) * self.rng.random() ** 0.5)]
        if first is None or x.first == first:
            return x
        return self.say(f"m::transpose({x.name})", x.channels, x.samples, first, x.late)

    def layer(self, x, type_, channels=None, fewer=0):
        return self.like(x, f'g.layer<{type_}>("{self.named("l")}", {x.name})', channels, fewer)

    # Operations: each adds a value or returns None.

    def convolution(self):
        rng, x = self.rng, self.any(False)
        size, dilation = rng.choice([1, 2, 2, 3, 3, 4, 7]), rng.choice([1, 1, 2, 3, 5, 8])
        causal = x.late <= 0 and rng.random() < 0.7  # behind a cut nothing is padded
        reach = (size - 1) * dilation
        if not causal and x.samples - reach < 40:
            return None
        parts = [f".size = {size}"] + ([f".dilation = {dilation}"] if dilation > 1 else [])
        parts += [".padding = tl::padding::causal"] if causal else []
        fewer = 0 if causal else reach
        if rng.random() < 0.2:
            return self.layer(x, f"tl::depthwise_conv1d<tl::kernel{{{', '.join(parts)}}}>", None, fewer)
        channels, groups = rng.choice(CHANNELS), 1
        if rng.random() < 0.2:
            groups = rng.choice([n for n in range(1, x.channels + 1) if x.channels % n == 0])
            channels = groups * rng.choice([1, 2])
            parts.append(f".groups = {groups}")
        bias = "" if rng.random() < 0.7 else ", tl::bias::off"
        return self.layer(x, f"tl::conv1d<{channels}, tl::kernel{{{', '.join(parts)}}}{bias}>",
                          channels, fewer)

    def pool(self):
        rng, x = self.rng, self.any(False)
        size, causal = rng.choice([2, 3, 4]), x.late <= 0 and rng.random() < 0.7
        kind = rng.choice(["max", "avg"])
        if causal and kind == "max":  # padding of a maximum is minus infinity: before the pool
            padded = self.like(x, f"m::pad({x.name}, 1, {size - 1}, 0, -4.0)")
            padded = Value(padded.name, x.channels, x.samples + size - 1, False, x.late - size + 1)
            self.values[-1] = padded
            return self.like(padded, f"m::maximum(m::window({padded.name}, 1, {size}), 2)", None,
                             size - 1)
        if not causal and x.samples < 60:
            return None
        own = ", .padding = tl::padding::causal" if causal else ""
        return self.like(x, f"tl::lower_layer<tl::{kind}_pool1d<tl::kernel{{.size = {size}, .stride = 1"
                         f"{own}}}>>(g, {x.name})", None, 0 if causal else size - 1)

    def recurrence(self):
        rng, x = self.rng, self.any(True)
        if x.late != 0 or x.samples != self.length:
            return None
        hidden = rng.choice([1, 2, 3, 5, 8, 9])
        r = rng.random()
        if r < 0.2:
            return self.like(x, f"tl::scan({x.name}, g.constant(0.25, tl::shape{{{x.channels}}}), [&](tl::value now, tl::value h) {{ return "
                             "0.75 * h + 0.25 * m::tanh(now + h); }).all")
        if r < 0.3:
            return self.layer(x, f"tl::state_space<{rng.choice([1, 2, 4, 7])}>")
        if r < 0.4:
            return self.like(x, f"tl::scan({x.name}, tl::values{{g.constant(0, tl::shape{{{x.channels}}}), "
                             f"g.constant(1, tl::shape{{{x.channels}}})}}, [&](tl::value now, "
                             "tl::values<2> s) { const tl::value mean = 0.75 * s[0] + 0.25 * now; "
                             "return tl::stepped{tl::values{mean, 0.5 * s[1] + m::tanh(now) * s[0]}, "
                             "mean - s[1]}; }).all[0]")
        cell = rng.choice(["rnn", "lstm", "gru"])
        own = [".layers = 2"] if rng.random() < 0.2 else []
        own += [".start = tl::starts::learnt"] if rng.random() < 0.4 else []
        own += [".reset = tl::gru_reset::before"] if cell == "gru" and rng.random() < 0.3 else []
        return self.layer(x, f"tl::{cell}<{hidden}, tl::recurrent{{{', '.join(own)}}}>", hidden)

    def unary(self):
        x, f = self.any(), self.rng.choice(UNARY)
        return self.like(x, f"-{x.name}" if f == "neg" else
                         f"m::min(m::square({x.name}), tl::value{{4.0}})" if f == "square" else
                         f"m::{f}({x.name})")

    def cut(self, x, samples):
        """The newest samples of a value."""
        fewer = x.samples - samples
        return x if fewer == 0 else self.like(
            x, f"m::slice({x.name}, {x.time}, {fewer}, {samples})", None, fewer)

    def binary(self):
        """Two values of as many channels, the longer one cut in front."""
        rng, x = self.rng, self.any()
        fit = [v for v in self.values if v.channels in (1, x.channels) and v.samples >= 40 and
               v.late + v.samples == x.late + x.samples]
        if not fit:
            return None
        y = rng.choice(fit)
        if y.first != x.first:
            y = self.say(f"m::transpose({y.name})", y.channels, y.samples, x.first, y.late)
        least = min(x.samples, y.samples)
        x, y = self.cut(x, least), self.cut(y, least)
        return self.like(x, rng.choice([
            f"{x.name} + {y.name}", f"{x.name} * m::tanh({y.name})", f"{y.name} - 0.5 * {x.name}",
            f"m::max({x.name}, {y.name})", f"m::select({y.name} > tl::value{{0.1}}, {x.name}, {y.name})"]))

    def weighted(self):
        x = self.any()
        dims = f"{x.channels}" if x.first else f"{x.channels}, 1"
        return self.like(x, f'{x.name} {self.rng.choice("+*-")} g.parameter("{self.named("p")}", '
                         f"tl::shape{{{dims}}})")

    def channels(self):
        """Joined, cut, turned or summed channels."""
        rng, x = self.rng, self.any()
        axis = 1 - x.time
        r = rng.random()
        if r < 0.3:
            fit = [v for v in self.values if v.first == x.first and v.samples == x.samples
                   and v.late == x.late and v.channels + x.channels <= 16]
            if fit:
                y = rng.choice(fit)
                return self.like(x, f"m::concat({x.name}, {y.name}, {axis})", x.channels + y.channels)
        if r < 0.5:
            begin = rng.randrange(x.channels)
            size = rng.randint(1, x.channels - begin)
            return self.like(x, f"m::slice({x.name}, {axis}, {begin}, {size})", size)
        if r < 0.65:
            return self.like(x, f"m::{rng.choice(['sum', 'mean', 'maximum'])}({x.name}, {axis}, true)", 1)
        if r < 0.75 and x.first and x.channels > 1:
            return self.like(x, rng.choice([f"m::softmax({x.name})", f"m::log_softmax({x.name})"]))
        if r < 0.85 and x.first and x.channels > 1:
            return self.layer(x, "tl::layer_norm<1>")
        if x.channels % 2 == 0 and r < 0.95:
            return self.like(x, f"m::glu({x.name}, {axis})", x.channels // 2)
        return self.like(x, f"m::flip({x.name}, {axis})")

    def dense(self):
        x, n = self.any(True), self.rng.choice(CHANNELS)
        return self.layer(x, f"tl::dense_per_step<{n}>", n)

    def delay(self):
        """Samples that come later: a number in front, the newest ones left out."""
        rng, x = self.rng, self.any()
        if x.late > 0:
            return None
        n = rng.choice([1, 2, 3, 7, 16, 20])
        number = rng.choice(["0.0", "0.0", "0.5"])
        return self.like(x, f"m::slice(m::pad({x.name}, {x.time}, {n}, 0, {number}), {x.time}, 0, "
                         f"{x.samples})")

    def regrouped(self):
        x = self.any(False)
        a = self.rng.choice([n for n in range(1, x.channels + 1) if x.channels % n == 0])
        b = x.channels // a
        return self.like(x, f"m::reshape(m::permute(m::reshape({x.name}, tl::shape{{{a}, {b}, "
                         f"{x.samples}}}), tl::shape{{1, 0, 2}}), tl::shape{{{x.channels}, {x.samples}}})")

    KINDS = {"convolution": 8, "pool": 2, "recurrence": 4, "unary": 5, "binary": 6, "weighted": 2,
             "channels": 4, "dense": 2, "delay": 3, "regrouped": 1}

    def grow(self, count):
        while count > 0:
            kind = self.rng.choices(list(self.KINDS), list(self.KINDS.values()))[0]
            count -= getattr(self, kind)() is not None
        self.join_ends()

    def join_ends(self):
        """One output of what nothing uses, as far as these values end at the same sample."""
        text = "\n".join(self.lines)
        out = self.values[-1]
        ends = [v for v in self.values[1:-1] if len(re.findall(rf"\b{v.name}\b", text)) == 1
                and v.late + v.samples == out.late + out.samples and v.samples >= 40]
        for v in ends[-3:]:
            if v.first != out.first:
                v = self.say(f"m::transpose({v.name})", v.channels, v.samples, out.first, v.late)
            least = min(v.samples, out.samples)
            out, v = self.cut(out, least), self.cut(v, least)
            out = self.like(out, f"m::concat({out.name}, {v.name}, {1 - out.time})",
                            out.channels + v.channels)
        self.output = out


def case_of(seed):
    """Declaration and check of a seed."""
    rng = random.Random(seed)
    n = Network(rng)
    n.grow(rng.choice([2, 3, 4, 5, 6, 8, 10]))
    options = [rng.choice(["tl::blocks<16, 1>", "tl::blocks<64, 8, 1>", "tl::blocks<7, 3, 1>",
                           "tl::blocks<33, 1>", "tl::blocks<9, 2, 1>"])]
    largest = int(re.search(r"<(\d+)", options[0])[1])
    options += ["tl::time_axis<0>"] if n.first else []
    options += ["tl::scalar_type<double>"] if rng.random() < 0.6 else []
    options += [f"tl::expand_as<tl::expansion::{rng.choice(['loops', 'shared'])}>"] \
        if rng.random() < 0.2 else []
    blocks = sorted({largest, rng.randint(1, largest)}, reverse=True)
    body = "\n".join(n.lines)
    return (f"struct net_{seed} : tl::network<net_{seed}> {{\n"
            f"  static consteval tl::value define(tl::graph& g) {{\n{body}\n"
            f"    return {n.output.name};\n  }}\n}};\n"
            f'TEST_CASE("{seed}") {{ stream_law::lab<net_{seed}, {", ".join(options)}>{{}}'
            f".check_all<{', '.join(map(str, blocks))}>(); }}\n")


def program_of(seeds):
    cases = "\n".join(case_of(s) for s in seeds)
    return ("#include <stream/stream_law.hpp>\n\nnamespace {\n\nnamespace tl = tapeless;\n"
            f"[[maybe_unused]] namespace m = tl::math;\n\n{cases}\n}}  // namespace\n").replace(
                "[[maybe_unused]] ", "")


def checked(seeds, options, isa, folder, main):
    """Seed to what came of it: "", "refused: sentence" or a failure."""
    file = pathlib.Path(folder) / f"{isa}_{seeds[0]}_{len(seeds)}.cpp"
    file.write_text(program_of(seeds))
    program = file.with_suffix("")
    done = subprocess.run([options.compiler, "-std=c++20", f"-O{options.opt}", *ISAS[isa],
                           LIMITS[options.compiler[0]], f"-I{ROOT / 'include'}", f"-I{ROOT / 'tests'}",
                           str(file), str(main), "-o", str(program)], capture_output=True, text=True)
    if done.returncode != 0 and len(seeds) > 1:
        found = {}
        for s in seeds:
            found.update(checked([s], options, isa, folder, main))
        return found
    if done.returncode != 0:
        sentence = summary_of(done.stderr)
        return {seeds[0]: f"refused: {sentence}" if "a stream " in sentence else sentence}
    found = {}
    for s in seeds:
        ran = subprocess.run([program, str(s)], capture_output=True, text=True)
        said = [line for line in ran.stdout.splitlines() if line.strip()]
        found[s] = "" if ran.returncode == 0 else f"exit {ran.returncode}: " + " | ".join(said[-8:])
    program.unlink()
    return found


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--count", type=int, default=40, help="networks to check (default 40)")
    p.add_argument("--seed", type=int, default=1, help="seed of the first network (default 1)")
    p.add_argument("--replay", type=int, metavar="SEED", help="this network alone, and its source")
    p.add_argument("--compiler", default="g++")
    p.add_argument("--isa", help="baseline, avx2, avx512, with commas: by turns (default the widest)")
    p.add_argument("--opt", default="1", help="level of optimization (default 1)")
    p.add_argument("--jobs", type=int, default=2, help="programs at a time (default 2)")
    p.add_argument("--per-unit", type=int, default=4, help="networks of a program (default 4)")
    return p.parse_args()


def main():
    options = arguments()
    isas = options.isa.split(",") if options.isa else processor_isas()[-1:]
    seeds = [options.replay] if options.replay else range(options.seed, options.seed + options.count)
    if options.replay:
        print(case_of(options.replay))
    units = [list(seeds[i:i + options.per_unit]) for i in range(0, len(seeds), options.per_unit)]
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        catch = pathlib.Path(folder) / "main.o"
        subprocess.run([options.compiler, "-std=c++20", "-c", str(ROOT / "tests" / "main.cpp"), "-o",
                        str(catch)], check=True)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            jobs = [pool.submit(checked, u, options, isas[i % len(isas)], folder, catch)
                    for i, u in enumerate(units)]
            for i, job in enumerate(concurrent.futures.as_completed(jobs), 1):
                for seed, what in job.result().items():
                    counts["refused" if what.startswith("refused") else "failed" if what else "passed"] += 1
                    if what:
                        print(f"\rseed {seed}: {what}", flush=True)
                print(f"\r{i} of {len(jobs)} programs", end="", file=sys.stderr, flush=True)
    print(f"\n{counts['refused']} refused by a sentence")
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
