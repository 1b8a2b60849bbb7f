"""Compiles programs of several cases and runs them."""
import os
import pathlib
import re
import resource
import shutil
import signal
import struct
import subprocess
from dataclasses import dataclass

from random_nets.emit import LAW, program

ROOT = pathlib.Path(__file__).resolve().parents[2]
ISAS = {
    "baseline": ["-march=x86-64"],
    "avx2": ["-march=x86-64", "-mavx2", "-mfma"],
    "avx512": ["-march=x86-64", "-mavx2", "-mfma", "-mavx512f", "-mavx512bw", "-mavx512dq",
               "-mavx512vl", "-mprefer-vector-width=512"],
}
COMPILE_SECONDS = 300
WAITING = 10  # a compilation may wait so many times its own time for a processor
# Enough for the largest declarations; both compilers bound what constant expressions may take.
LIMITS = {"g": "-fconstexpr-ops-limit=400000000", "c": "-fconstexpr-steps=400000000"}


@dataclass(frozen=True)
class Target:
    """A compiler and what it compiles for."""
    compiler: str = "g++"
    isa: str = "avx2"
    opt: str = "1"

    def command(self, source, program_file):
        return [self.compiler, "-std=c++20", f"-O{self.opt}", *ISAS[self.isa],
                f"-I{ROOT / 'include'}", f"-I{ROOT / 'tests'}", LIMITS[self.compiler[0]],
                str(source), *LAW["libraries"], "-o", str(program_file)]

    def __str__(self):
        return f"{self.compiler} {self.isa} -O{self.opt}"


@dataclass
class Record:
    """The numbers of one call: engine and reference, and how far perturbed references are."""
    name: str
    engine: tuple
    reference: tuple
    nearby: float
    rounded: float


@dataclass
class Outcome:
    """What came of a case: records, or the words of the compiler or of its end."""
    records: list
    compile_error: str = ""
    crash: str = ""


def installed_compilers():
    return [c for c in ("g++", "clang++-19") if shutil.which(c)]


def processor_isas():
    """Instruction sets that this processor has."""
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
        flags = set(re.search(r"flags\s*:(.*)", text)[1].split())
    except (OSError, TypeError):
        flags = set()
    found = ["baseline"]
    if {"avx2", "fma"} <= flags:
        found.append("avx2")
        if {"avx512f", "avx512bw", "avx512dq", "avx512vl"} <= flags:
            found.append("avx512")
    return found


def summary_of(errors):
    """The sentence of the library in a compiler's output, or its first error."""
    sentence = re.search(r"Tapeless: [^\n\"]*", errors)
    if sentence:
        return sentence[0].strip().rstrip("'’")
    first = re.search(r"(?:fatal )?error: [^\n]*", errors)
    return first[0] if first else errors.strip()[-200:]


def compiled(cases, target, folder, name):
    """The path of a program of cases, and what the compiler said where there is none."""
    source, out = folder / f"{name}.cpp", folder / name
    source.write_text(program(cases))
    compiler = subprocess.Popen(target.command(source, out), stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True, preexec_fn=limit_of_time)
    try:
        _, errors = compiler.communicate(timeout=WAITING * COMPILE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(compiler.pid, signal.SIGKILL)  # the driver and the compiler that it runs
        compiler.communicate()
        return None, f"error: compilation takes more than {WAITING * COMPILE_SECONDS} seconds"
    if "CPU time limit" in errors:
        return None, f"error: compilation takes more than {COMPILE_SECONDS} seconds"
    return (out, "") if compiler.returncode == 0 else (None, errors)


def limit_of_time():
    """Called in a new process: the processor's time counts, for other work may slow the machine."""
    os.setpgrp()
    resource.setrlimit(resource.RLIMIT_CPU, (COMPILE_SECONDS, COMPILE_SECONDS + 5))


def read_records(file):
    """Number of the case to its records."""
    data, at, found = file.read_bytes() if file.exists() else b"", 0, {}
    while at + 16 <= len(data):
        number, length, n, m = struct.unpack_from("4i", data, at)
        name = data[at + 16:at + 16 + length].decode()
        at += 16 + length
        nearby, rounded = struct.unpack_from("2d", data, at)
        engine = struct.unpack_from(f"{n}d", data, at + 16)
        reference = struct.unpack_from(f"{m}d", data, at + 16 + 8 * n)
        at += 16 + 8 * (n + m)
        found.setdefault(number, []).append(Record(name, engine, reference, nearby, rounded))
    return found


def large_stack():
    """The reference keeps all values of a graph on the stack."""
    hard = resource.getrlimit(resource.RLIMIT_STACK)[1]
    wanted = 1 << 29
    resource.setrlimit(resource.RLIMIT_STACK,
                       (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def run(program_file, how_many):
    """An outcome per case of a program."""
    results = program_file.with_suffix(".bin")
    results.unlink(missing_ok=True)
    done = subprocess.run([str(program_file), str(results)], capture_output=True, text=True,
                          preexec_fn=large_stack)
    ends = {int(n): signal for n, signal in re.findall(r"crash (\d+) (\d+)", done.stdout)}
    ran = {int(n) for n in re.findall(r"ran (\d+)", done.stdout)}
    records = read_records(results)
    outcomes = []
    for i in range(how_many):
        crash = f"signal {ends[i]}" if i in ends else "" if i in ran else "no result"
        outcomes.append(Outcome([] if crash else records.get(i, []), crash=crash))
    return outcomes


def refused(case, target, folder, name):
    """The outcome of a case alone that may not compile; it is not run."""
    source = folder / f"{name}.cpp"
    source.write_text(program([case]))
    command = target.command(source, folder / name)[:-2] + ["-fsyntax-only"]
    done = subprocess.run(command, capture_output=True, text=True)
    source.unlink()
    return [Outcome([], compile_error=summary_of(done.stderr) if done.returncode else "",
                    crash="not run")]


def outcomes(cases, target, folder, name):
    """Compiles and runs cases together; where that fails, in halves until one is alone."""
    program_file, errors = compiled(cases, target, folder, name)
    if program_file is not None:
        result = run(program_file, len(cases))
        program_file.unlink(missing_ok=True)
        return result
    if len(cases) == 1:
        return [Outcome([], compile_error=summary_of(errors))]
    half = len(cases) // 2
    return (outcomes(cases[:half], target, folder, name + "a") +
            outcomes(cases[half:], target, folder, name + "b"))
