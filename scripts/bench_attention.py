#!/usr/bin/env python3
"""Times transformer blocks of width 64 with 4 heads over 64 steps beside the bound and, where it is
installed, beside PyTorch and JAX, all on one thread and by turns.

usage: scripts/bench_attention.py [--compiler C] [--flags F] [--rounds N] [NAME...]

NAME is encoder or causal (forward of one sample), encoder_16 or causal_16 (of 16 samples), or
encoder_step or causal_step (a training step of 16 samples). The bound is that of fused
multiply-adds, measured in the same run: operations of the products, three times of them for a step,
by the rate of independent multiply-adds. Causal products are counted as a whole. Times are minima
of the rounds.
"""
import os
import tempfile

from bench_rows import (TIME_NET, by_turns, compiled, net_definitions, options_of, parser_of,
                        print_head, print_row, with_rounds)

WIDTH, HEADS, STEPS, HIDDEN = 64, 4, 64, 256
# Projections, scores and means of values, feed-forward.
MULTIPLICATIONS = STEPS * (4 * WIDTH * WIDTH + 2 * STEPS * WIDTH + 2 * WIDTH * HIDDEN)
JOBS = {name + suffix: (name, batch, trains) for name in ("encoder", "causal")
        for suffix, batch, trains in (("", 1, 0), ("_16", 16, 0), ("_step", 16, 1))}


def torch_run(name):
    """The same block in PyTorch, or None."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    net, batch, trains = JOBS[name]
    block = torch.nn.TransformerEncoderLayer(
        WIDTH, HEADS, HIDDEN, dropout=0.0, batch_first=True, norm_first=net == "causal",
        activation="gelu" if net == "causal" else "relu")
    x = torch.rand(batch, STEPS, WIDTH)
    hidden = torch.nn.Transformer.generate_square_subsequent_mask(STEPS)
    options = {"src_mask": hidden, "is_causal": True} if net == "causal" else {}
    if not trains:
        block.eval()

        def forward():
            with torch.inference_mode():
                block(x, **options)
        return forward
    optimizer = torch.optim.SGD(block.parameters(), lr=0.01, momentum=0.9)
    target = torch.rand(batch, STEPS, WIDTH)

    def step():
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(block(x, **options), target).backward()
        optimizer.step()
    return step


def jax_run(name):
    """The same block in JAX inside of one jit, or None."""
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    try:
        import jax
        import jax.numpy as jnp
    except ImportError:
        return None
    net, batch, trains = JOBS[name]
    keys = iter(jax.random.split(jax.random.PRNGKey(0), 8))
    shapes = {"qkv": (WIDTH, 3 * WIDTH), "out": (WIDTH, WIDTH), "up": (WIDTH, HIDDEN), "down": (HIDDEN, WIDTH)}
    theta = {n: 0.1 * jax.random.normal(next(keys), s) for n, s in shapes.items()}
    theta |= {n + "_b": jnp.zeros(s[1]) for n, s in shapes.items()}
    theta |= {f"scale{i}": jnp.ones(WIDTH) for i in (1, 2)} | {f"shift{i}": jnp.zeros(WIDTH) for i in (1, 2)}
    x, target = (jax.random.normal(next(keys), (batch, STEPS, WIDTH)) for _ in range(2))

    def norm(p, i, v):
        centred = v - v.mean(-1, keepdims=True)
        deviation = jnp.sqrt((centred ** 2).mean(-1, keepdims=True) + 1e-5)
        return centred / deviation * p[f"scale{i}"] + p[f"shift{i}"]

    def dense(p, n, v):
        return v @ p[n] + p[n + "_b"]

    def attention(p, v):
        apart = dense(p, "qkv", v).reshape(batch, STEPS, 3, HEADS, WIDTH // HEADS)
        q, k, u = (apart[:, :, i].transpose(0, 2, 1, 3) for i in range(3))
        scores = q @ k.transpose(0, 1, 3, 2) / (WIDTH // HEADS) ** 0.5
        if net == "causal":
            scores = jnp.where(jnp.tril(jnp.ones((STEPS, STEPS), bool)), scores, -jnp.inf)
        y = jax.nn.softmax(scores) @ u
        return dense(p, "out", y.transpose(0, 2, 1, 3).reshape(batch, STEPS, WIDTH))

    def feed_forward(p, v):
        hidden = dense(p, "up", v)
        hidden = jax.nn.gelu(hidden, approximate=False) if net == "causal" else jax.nn.relu(hidden)
        return dense(p, "down", hidden)

    def block(p, v):
        if net == "causal":
            v = v + attention(p, norm(p, 1, v))
            return v + feed_forward(p, norm(p, 2, v))
        v = norm(p, 1, v + attention(p, v))
        return norm(p, 2, v + feed_forward(p, v))

    if not trains:
        forward = jax.jit(block)

        def run():
            jax.block_until_ready(forward(theta, x))
    else:
        @jax.jit
        def step(p, momentum):
            gradient = jax.grad(lambda q: jnp.mean((block(q, x) - target) ** 2))(p)
            momentum = jax.tree.map(lambda m, g: 0.9 * m + g, momentum, gradient)
            return jax.tree.map(lambda w, m: w - 0.01 * m, p, momentum), momentum
        state = [theta, jax.tree.map(jnp.zeros_like, theta)]

        def run():
            state[:] = step(*state)
            jax.block_until_ready(state)
    run()
    return run


def main():
    options = options_of(with_rounds(parser_of(__doc__)), JOBS)
    print_head(["torch", "JAX"])
    with tempfile.TemporaryDirectory() as folder:
        for name in options.names:
            net, batch, trains = JOBS[name]
            program, took = compiled(folder, name, TIME_NET, options, net_definitions(
                "../attention/nets.hpp", f"attention_nets::{net}", batch, trains, "tl::mse"))
            best, rate, others = by_turns(program, {"torch": torch_run(name), "JAX": jax_run(name)},
                                          options.rounds)
            bound = (3 if trains else 1) * batch * 2 * MULTIPLICATIONS / rate / 1e3
            print_row(name, took, best, bound, others)


if __name__ == "__main__":
    main()
