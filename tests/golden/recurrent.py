#!/usr/bin/env python3
"""Recurrent layers: outputs and gradients of each in several configurations, states in and out."""
import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import torch
import torch.nn as nn

from space import Run, numbers, write_header

B = 3


def last(all_values, hidden):
    """The last values of both directions."""
    return all_values[:, -1, :hidden] if all_values.shape[2] == hidden else torch.cat(
        [all_values[:, -1, :hidden], all_values[:, 0, hidden:]], 1)


def sequence(m, steps, features, take=None):
    return Run(lambda x: m(x)[0] if take is None else last(m(x)[0], take), (steps, features),
               m.parameters())


def with_states(m, steps, features, rows, outputs, hidden=0):
    """A sequence and starts in one row; outputs and last states in one row."""
    def f(x):
        n = steps * features
        xs = x[:, :n].reshape(B, steps, features)
        h = x[:, n:n + rows * outputs].reshape(B, rows, outputs).transpose(0, 1).contiguous()
        if not hidden:
            y, h = m(xs, h)
            return torch.cat([y.reshape(B, -1), h.transpose(0, 1).reshape(B, -1)], 1)
        c = x[:, n + rows * outputs:].reshape(B, rows, hidden).transpose(0, 1).contiguous()
        y, (h, c) = m(xs, (h, c))
        return torch.cat([y.reshape(B, -1), h.transpose(0, 1).reshape(B, -1),
                          c.transpose(0, 1).reshape(B, -1)], 1)
    return Run(f, (steps * features + rows * (outputs + hidden),), m.parameters())


def with_lengths(m, steps, features, hidden, lstm):
    """The last element of a row says how many steps of the sample count."""
    def f(x):
        xs = x[:, :steps * features].reshape(B, steps, features)
        counts = torch.ceil(3 + 2 * x[:, -1]).long().clamp(1, steps)
        packed = nn.utils.rnn.pack_padded_sequence(xs, counts, batch_first=True, enforce_sorted=False)
        y, state = m(packed)
        y, _ = nn.utils.rnn.pad_packed_sequence(y, batch_first=True, total_length=steps)
        h = state[0] if lstm else state
        return torch.cat([y.reshape(B, -1), h.transpose(0, 1).reshape(B, -1)], 1)
    return Run(f, (steps * features + 1,), m.parameters())


def learnt_start(m, steps, features, hidden, lstm):
    starts = [nn.Parameter(torch.zeros(hidden)) for _ in range(2 if lstm else 1)]

    def f(x):
        rows = [s.expand(1, B, hidden).contiguous() for s in starts]
        return m(x, tuple(rows) if lstm else rows[0])[0]
    return Run(f, (steps, features), [*m.parameters(), *starts])


def in_windows(m, steps, features, window, learnt=0):
    """Truncated backpropagation: the state is detached in front of every window but the first."""
    starts = [nn.Parameter(torch.zeros(learnt))] if learnt else []

    def f(x):
        state, all_values = starts[0].expand(1, B, learnt).contiguous() if learnt else None, []
        for part in x.split(window, 1):
            y, state = m(part, state)
            state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
            all_values.append(y)
        return torch.cat(all_values, 1)
    return Run(f, (steps, features), [*m.parameters(), *starts])


def reset_before(steps, features, hidden):
    """Keras' gru with reset_after=False, from weights as PyTorch has them."""
    m = nn.GRU(features, hidden, batch_first=True)

    def f(x):
        w, u, b, c = m.weight_ih_l0, m.weight_hh_l0, m.bias_ih_l0, m.bias_hh_l0
        h, all_values = torch.zeros(B, hidden), []
        for t in range(steps):
            p = x[:, t] @ w.T + b + c
            r = torch.sigmoid(p[:, :hidden] + h @ u[:hidden].T)
            z = torch.sigmoid(p[:, hidden:2 * hidden] + h @ u[hidden:2 * hidden].T)
            n = torch.tanh(p[:, 2 * hidden:] + (r * h) @ u[2 * hidden:].T)
            h = (1 - z) * n + z * h
            all_values.append(h)
        return torch.stack(all_values, 1)
    run = Run(f, (steps, features), m.parameters())
    check_against_keras(run, m, steps, features, hidden, False)
    return run


def check_against_keras(run, m, steps, features, hidden, reset_after):
    """Keras orders the gates z, r, n and has weights transposed."""
    try:
        import keras
    except ImportError:
        print("keras is not installed: its conventions are not checked")
        return
    keras.config.set_floatx("float64")
    run.start()
    layer = keras.layers.GRU(hidden, return_sequences=True, reset_after=reset_after, dtype="float64")
    layer.build((B, steps, features))
    order = [1, 0, 2]  # of r, z, n

    def gates(v):
        return torch.cat([v.chunk(3)[k] for k in order]).detach()
    kernel, recurrent = gates(m.weight_ih_l0).T, gates(m.weight_hh_l0).T
    bias, hidden_bias = gates(m.bias_ih_l0), gates(m.bias_hh_l0)
    both = torch.stack([bias, hidden_bias]) if reset_after else bias + hidden_bias
    layer.set_weights([w.numpy() for w in (kernel, recurrent, both)])
    x = numbers(1, B * steps * features).reshape(B, steps, features)
    own = run.f(x).detach()
    other = torch.as_tensor(keras.ops.convert_to_numpy(layer(x.numpy())))
    assert torch.allclose(own, other, rtol=0, atol=1e-6), (own - other).abs().max()


def check_lstm_against_keras():
    """Keras has the gates in PyTorch's order and one bias."""
    try:
        import keras
    except ImportError:
        return
    m = nn.LSTM(3, 4, batch_first=True)
    layer = keras.layers.LSTM(4, return_sequences=True, dtype="float64")
    layer.build((B, 5, 3))
    layer.set_weights([m.weight_ih_l0.detach().T.numpy(), m.weight_hh_l0.detach().T.numpy(),
                       (m.bias_ih_l0 + m.bias_hh_l0).detach().numpy()])
    x = numbers(1, B * 15).reshape(B, 5, 3)
    other = torch.as_tensor(keras.ops.convert_to_numpy(layer(x.numpy())))
    assert torch.allclose(m(x)[0].detach(), other, rtol=0, atol=1e-12)


def state_space(steps, features, states):
    """log_rate, log_step, output, skip: the recurrence step by step."""
    p = [nn.Parameter(torch.zeros(s)) for s in ((features, states), (features,), (features, states),
                                                (features,))]

    def f(x):
        rate = torch.arange(1, states + 1) * torch.exp(p[0])
        exponent = -0.01 * torch.exp(p[1])[:, None] * rate
        h, all_values = torch.zeros(B, features, states), []
        for t in range(steps):
            h = torch.exp(exponent) * h - torch.expm1(exponent) / rate * x[:, t, :, None]
            all_values.append((p[2] * h).sum(-1) + p[3] * x[:, t])
        return torch.stack(all_values, 1)
    return Run(f, (steps, features), p)


def cases():
    rnn, lstm, gru = (lambda *a, k=k, **o: k(*a, batch_first=True, **o)
                      for k in (nn.RNN, nn.LSTM, nn.GRU))
    r = "tl::recurrent"
    yield "rnn_tanh", "tl::rnn<5>", sequence(rnn(3, 5), 6, 3)
    yield "rnn_one_step", "tl::rnn<17>", sequence(rnn(2, 17), 1, 2)
    yield ("rnn_relu", f"tl::rnn<8, {r}{{.yield = tl::yields::last, .activation = tl::recurrent_activation::relu}}>",
           sequence(rnn(2, 8, nonlinearity="relu"), 5, 2, 8))
    yield "rnn_bare", f"tl::rnn<3, {r}{{.bias = false}}>", sequence(rnn(4, 3, bias=False), 7, 4)
    yield ("rnn_both", f"tl::rnn<4, {r}{{.layers = 2, .bidirectional = true}}>",
           sequence(rnn(3, 4, num_layers=2, bidirectional=True), 5, 3))
    yield "rnn_states", "with_states<tl::rnn<4>, 5, 3>", with_states(rnn(3, 4), 5, 3, 1, 4)
    yield "rnn_lengths", "with_lengths<tl::rnn<4>, 5, 2>", with_lengths(rnn(2, 4), 5, 2, 4, False)
    yield "lstm", "tl::lstm<4>", sequence(lstm(3, 4), 5, 3)
    yield "lstm_wide", "tl::lstm<16>", sequence(lstm(1, 16), 3, 1)
    yield ("lstm_last", f"tl::lstm<7, {r}{{.yield = tl::yields::last}}>", sequence(lstm(2, 7), 7, 2, 7))
    yield ("lstm_both_last", f"tl::lstm<3, {r}{{.bidirectional = true, .yield = tl::yields::last}}>",
           sequence(lstm(2, 3, bidirectional=True), 4, 2, 3))
    yield ("lstm_stacked", f"tl::lstm<3, {r}{{.layers = 3, .bias = false}}>",
           sequence(lstm(2, 3, num_layers=3, bias=False), 4, 2))
    yield ("lstm_projected", f"tl::lstm<6, {r}{{.projection = 2}}>", sequence(lstm(3, 6, proj_size=2), 4, 3))
    yield ("lstm_projected_both", f"tl::lstm<5, {r}{{.layers = 2, .bidirectional = true, .projection = 3}}>",
           sequence(lstm(2, 5, num_layers=2, bidirectional=True, proj_size=3), 3, 2))
    yield "lstm_states", "with_states<tl::lstm<4>, 5, 3>", with_states(lstm(3, 4), 5, 3, 1, 4, 4)
    yield ("lstm_states_both", f"with_states<tl::lstm<3, {r}{{.layers = 2, .bidirectional = true}}>, 4, 2>",
           with_states(lstm(2, 3, num_layers=2, bidirectional=True), 4, 2, 4, 3, 3))
    yield ("lstm_lengths", f"with_lengths<tl::lstm<3, {r}{{.bidirectional = true}}>, 5, 2>",
           with_lengths(lstm(2, 3, bidirectional=True), 5, 2, 3, True))
    yield ("lstm_learnt", f"tl::lstm<4, {r}{{.start = tl::starts::learnt}}>",
           learnt_start(lstm(2, 4), 4, 2, 4, True))
    yield "gru", "tl::gru<5>", sequence(gru(3, 5), 5, 3)
    yield "gru_bare", f"tl::gru<4, {r}{{.bias = false}}>", sequence(gru(2, 4, bias=False), 50, 2)
    yield ("gru_both", f"tl::gru<8, {r}{{.layers = 2, .bidirectional = true}}>",
           sequence(gru(2, 8, num_layers=2, bidirectional=True), 3, 2))
    yield "gru_states", "with_states<tl::gru<4>, 6, 2>", with_states(gru(2, 4), 6, 2, 1, 4)
    yield "gru_lengths", "with_lengths<tl::gru<3>, 5, 2>", with_lengths(gru(2, 3), 5, 2, 3, False)
    yield ("gru_learnt", f"tl::gru<3, {r}{{.start = tl::starts::learnt}}>",
           learnt_start(gru(2, 3), 4, 2, 3, False))
    yield ("rnn_windows", f"tl::rnn<4, {r}{{.window = 3}}>", in_windows(rnn(2, 4), 8, 2, 3))
    yield ("lstm_windows", f"tl::lstm<3, {r}{{.window = 2}}>", in_windows(lstm(3, 3), 6, 3, 2))
    yield ("gru_windows", f"tl::gru<5, {r}{{.start = tl::starts::learnt, .window = 1}}>",
           in_windows(gru(2, 5), 4, 2, 1, 5))
    yield ("gru_reset_before", f"tl::gru<4, {r}{{.reset = tl::gru_reset::before}}>", reset_before(5, 3, 4))
    yield "state_space", "tl::state_space<4>", state_space(6, 3, 4)
    yield "state_space_wide", "tl::state_space<>", state_space(9, 2, 16)
    yield "state_space_one", "tl::state_space<1>", state_space(2, 17, 1)
    yield "state_space_short", "tl::state_space<8>", state_space(1, 1, 8)
    yield "state_space_long", "tl::state_space<3>", state_space(50, 1, 3)


def main():
    after = nn.GRU(3, 4, batch_first=True)
    check_against_keras(Run(lambda x: after(x)[0], (5, 3), after.parameters()), after, 5, 3, 4, True)
    check_lstm_against_keras()
    write_header("recurrent", cases(), ["time/recurrent_layers.hpp"])


if __name__ == "__main__":
    main()
