"""What the scripts that time networks share: options, compiling a program, rounds by turns with peers."""
import argparse
import pathlib
import shlex
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
TIME_NET = ROOT / "bench" / "space" / "time_net.cpp"


def parser_of(doc):
    """A parser of the names, the compiler and its flags."""
    parser = argparse.ArgumentParser(description=doc,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--flags", default="-O3 -march=native -DNDEBUG")
    return parser


def options_of(parser, known):
    """The options of the command line, with all known names where none is given."""
    options = parser.parse_args()
    for name in options.names:
        if name not in known:
            parser.error(f"no network {name}; one of {', '.join(known)}")
    options.names = options.names or list(known)
    return options


def with_rounds(parser):
    parser.add_argument("--rounds", type=int, default=3)
    return parser


def compiled(folder, name, source, options, definitions):
    """The program of a source with those definitions, and the seconds that it took to compile."""
    program = pathlib.Path(folder) / name
    start = time.time()
    subprocess.run([options.compiler, "-std=c++20", *shlex.split(options.flags),
                    f"-I{ROOT / 'include'}", *definitions, str(source), "-o", str(program)], check=True)
    return program, time.time() - start


def net_definitions(header, net, batch, trains, loss=None):
    """Definitions of bench/space/time_net.cpp."""
    return [f'-DNETS="{header}"', f"-DNET={net}", f"-DBATCH={batch}", f"-DTRAINS={int(trains)}",
            *([f"-DLOSS={loss}"] if loss else [])]


def seconds(run, rounds):
    """The least time of a call in at least one second and so many rounds."""
    best = float("inf")
    begin = time.time()
    while rounds > 0 or time.time() - begin < 1:
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
        rounds -= 1
    return best


def by_turns(program, peers, rounds):
    """Microseconds of a call of the program, its rate of multiply-adds in operations a nanosecond, and
    the microseconds of each peer, None for one that is missing: the best of rounds by turns."""
    best, rate = float("inf"), 0.0
    others = {name: float("inf") if run else None for name, run in peers.items()}
    for _ in range(rounds):
        words = subprocess.run([program], check=True, capture_output=True, text=True).stdout.split()
        best, rate = min(best, float(words[0])), max(rate, float(words[2]))
        for name, run in peers.items():
            if run:
                others[name] = min(others[name], 1e6 * seconds(run, 5))
    return best, rate, others


def print_head(peers):
    print(f"{'':14}{'compile':>8}{'us':>10}{'bound':>10}{'ratio':>7}"
          + "".join(f"{p + ', us':>17}" for p in peers))


def print_row(name, took, best, bound, others):
    """A line of the network's seconds of compilation, time, bound and ratio, and of its peers' times."""
    print(f"{name:14}{took:7.1f}s{best:10.1f}{bound:10.1f}{best / bound:7.2f}"
          + "".join(f"{'-' if t is None else format(t, '.1f'):>17}" for t in others.values()),
          flush=True)
