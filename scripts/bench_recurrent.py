#!/usr/bin/env python3
"""Times recurrent networks beside plain loops, the bound and, where they are installed, PyTorch and JAX,
all on one thread and by turns.

usage: scripts/bench_recurrent.py [--compiler C] [--flags F] [--rounds N] [NAME...]

NAME is lstm_16, gru_8 or lstm_40 (a recurrence of one sound with a dense layer, as a stream: nanoseconds
of a sample), or training (a step of sgd with momentum of an LSTM(32) over 50 steps of one number, batch
32: microseconds). Plain loops are bench/recurrent/plain.hpp, by the same compiler. PyTorch runs the
recurrence over 64 samples with its state, and JAX a scan inside of one jit. The bound is that of fused
multiply-adds, measured in the same run: three times the products of the forward pass. Times are minima of
the rounds.
"""
import os
import subprocess
import tempfile

from bench_rows import (ROOT, TIME_NET, by_turns, compiled, net_definitions, options_of, parser_of,
                        print_head, print_row, seconds, with_rounds)

FOLDER = ROOT / "bench" / "recurrent"
# name: hidden features, gates
STREAMS = {"lstm_16": (16, 4), "gru_8": (8, 3), "lstm_40": (40, 4)}
HIDDEN, STEPS, BATCH = 32, 50, 32
MULTIPLICATIONS = BATCH * (STEPS * 4 * HIDDEN * (HIDDEN + 1) + HIDDEN)


def torch_stream(hidden, gates):
    """64 samples of the recurrence in PyTorch, or None."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    kind = torch.nn.LSTM if gates == 4 else torch.nn.GRU
    cell, dense, x = kind(1, hidden, batch_first=True), torch.nn.Linear(hidden, 1), torch.rand(1, 64, 1)
    state = None

    def run():
        nonlocal state
        with torch.inference_mode():
            y, state = cell(x, state)
            dense(y)
    return run


def torch_training():
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    cell, dense = torch.nn.LSTM(1, HIDDEN, batch_first=True), torch.nn.Linear(HIDDEN, 1)
    optimizer = torch.optim.SGD([*cell.parameters(), *dense.parameters()], lr=0.01, momentum=0.9)
    x, t = torch.rand(BATCH, STEPS, 1), torch.rand(BATCH, 1)

    def step():
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(dense(cell(x)[0][:, -1]), t).backward()
        optimizer.step()
    return step


def jax_training():
    """The same step in JAX, a scan inside of one jit, or None."""
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    try:
        import jax
        import jax.numpy as jnp
    except ImportError:
        return None
    key = jax.random.PRNGKey(0)
    theta = {"w": jax.random.normal(key, (1, 4 * HIDDEN)) * 0.1,
             "u": jax.random.normal(key, (HIDDEN, 4 * HIDDEN)) * 0.1,
             "b": jnp.zeros(4 * HIDDEN), "v": jax.random.normal(key, (HIDDEN, 1)), "c": jnp.zeros(1)}
    x, t = jax.random.normal(key, (BATCH, STEPS, 1)), jax.random.normal(key, (BATCH, 1))

    def loss(theta):
        projected = jnp.swapaxes(x @ theta["w"] + theta["b"], 0, 1)

        def body(state, now):
            h, c = state
            i, f, g, o = jnp.split(now + h @ theta["u"], 4, axis=1)
            c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
            return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None
        zeros = jnp.zeros((BATCH, HIDDEN))
        (h, _), _ = jax.lax.scan(body, (zeros, zeros), projected)
        return jnp.mean((h @ theta["v"] + theta["c"] - t) ** 2)

    @jax.jit
    def step(theta, momentum):
        gradient = jax.grad(loss)(theta)
        momentum = jax.tree.map(lambda m, g: 0.9 * m + g, momentum, gradient)
        return jax.tree.map(lambda p, m: p - 0.01 * m, theta, momentum), momentum
    state = [theta, jax.tree.map(jnp.zeros_like, theta)]

    def run():
        state[:] = step(*state)
        jax.block_until_ready(state)
    run()
    return run


def time_stream(folder, name, options):
    hidden, gates = STREAMS[name]
    program, _ = compiled(folder, name, FOLDER / "time_stream.cpp", options,
                          [f"-DNET={name}", f"-DHIDDEN={hidden}", f"-DGATES={gates}"])
    peer = torch_stream(hidden, gates)
    best, torch_best = [float("inf")] * 3, float("inf")
    for _ in range(options.rounds):
        words = subprocess.run([program], check=True, capture_output=True, text=True).stdout.split()
        best = [min(b, float(words[2 * i])) for i, b in enumerate(best)]
        if float(words[6]) > 1e-5:
            raise SystemExit(f"{name}: the stream differs from plain loops by {words[6]}")
        if peer:
            torch_best = min(torch_best, 1e9 / 64 * seconds(peer, 5))
    print(f"{name:10}{best[0]:10.1f}{best[1]:10.1f}{best[2]:10.1f}"
          + (f"{torch_best:10.1f}" if peer else f"{'-':>10}"), flush=True)


def time_training(folder, options):
    program, took = compiled(folder, "training", TIME_NET, options, net_definitions(
        "../recurrent/nets.hpp", "recurrent_nets::sequence", BATCH, True, "tl::mse"))
    best, rate, others = by_turns(program, {"torch": torch_training(), "JAX": jax_training()},
                                  options.rounds)
    print()
    print_head(others)
    print_row("training", took, best, 3 * 2 * MULTIPLICATIONS / rate / 1e3, others)


def main():
    options = options_of(with_rounds(parser_of(__doc__)), [*STREAMS, "training"])
    with tempfile.TemporaryDirectory() as folder:
        streams = [name for name in options.names if name in STREAMS]
        if streams:
            print(f"{'ns':10}{'blocks':>10}{'steps':>10}{'loops':>10}{'PyTorch':>10}")
        for name in streams:
            time_stream(folder, name, options)
        if "training" in options.names:
            time_training(folder, options)


if __name__ == "__main__":
    main()
