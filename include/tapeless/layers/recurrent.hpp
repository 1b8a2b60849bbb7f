#pragma once
// Recurrent layers over sequences of vectors: rnn, lstm, gru. One scan per layer and direction.
//
// Parameters have PyTorch's names, shapes and order of gates: `weight_ih_l0` {gates * hidden,
// features}, `weight_hh_l0` {gates * hidden, hidden}, `bias_ih_l0`, `bias_hh_l0`; layer k ends in
// `_lk`, the direction that walks back in `_reverse`. All start uniform in +-1/sqrt(hidden).

#include <tapeless/layers/dense.hpp>
#include <tapeless/layers/dropout.hpp>
#include <tapeless/ops/concat.hpp>
#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/less.hpp>
#include <tapeless/ops/relu.hpp>
#include <tapeless/ops/scan.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/shapes.hpp>
#include <tapeless/ops/sigmoid.hpp>
#include <tapeless/ops/sub.hpp>
#include <tapeless/ops/tanh.hpp>

namespace tapeless {

/// What a recurrent layer of a `sequential` yields.
enum class yields : std::uint8_t {
  all,   ///< the value of every step: {steps, outputs}
  last,  ///< that of the last step walked, {outputs}: with two directions each one's own last
};
/// Where a recurrent layer starts if the network gives it no start.
enum class starts : std::uint8_t {
  zero,
  learnt,  ///< parameters `h0_lk`, and `c0_lk` of an lstm
};
/// The activation of a plain recurrence.
enum class recurrent_activation : std::uint8_t { tanh, relu };
/// Where the reset gate of a gru stands.
enum class gru_reset : std::uint8_t {
  after,   ///< tanh(W x + b + r (U h + c)): PyTorch; Keras with reset_after=True
  before,  ///< tanh(W x + b + U (r h) + c): Keras with reset_after=False; Cho et al. 2014
};

/// Settings of recurrent layers: tl::lstm<16, tl::recurrent{.layers = 2, .yield =
/// tl::yields::last}>.
struct recurrent {
  int layers = 1;
  bool bidirectional = false;
  bool bias = true;
  double dropout = 0;  ///< between layers, while training
  int projection = 0;  ///< of an lstm: h = W_hr (o tanh(c)), of that size; 0 for none
  yields yield = yields::all;
  starts start = starts::zero;
  recurrent_activation activation = recurrent_activation::tanh;  ///< of rnn
  gru_reset reset = gru_reset::after;                            ///< of gru
  int window = 0;     ///< steps of truncated backpropagation, as scan_options has it; 0 for none
  int recompute = 0;  ///< steps that a gradient computes once more, as there; 0 to keep all
};

/// The starts of a recurrent layer, per layer and direction one behind the other as PyTorch has
/// them: `h` {layers * directions, outputs} and for an lstm `c` {layers * directions, hidden}; for
/// one layer and direction {outputs} and {hidden} will do. `length` is the number of steps of each
/// sample that count, a number per sample: later steps leave the state alone and yield zeros, as
/// PyTorch's packed sequences do. What is left out stays as the settings say.
struct recurrent_starts {
  value h{}, c{}, length{};
};

/// What a recurrent layer computes: `all` {steps, directions * outputs} of the last layer, and the
/// last states of each layer and direction, {layers * directions, outputs} and {.., hidden}.
struct recurrent_result {
  value all, h, c;
};

namespace detail {

/// Parameters of one layer and direction.
struct recurrent_weights {
  value input, hidden, input_bias, hidden_bias, projection;
  bool has_bias = false;
};

/// A name with what PyTorch writes behind it: _l0, _l1_reverse.
constexpr path recurrent_name(std::string_view name, int layer, bool back) {
  path p{name};
  p.append("_l");
  constexpr std::string_view digits = "0123456789";
  if (layer >= 10) p.append(digits.substr(static_cast<std::size_t>(layer / 10), 1));
  p.append(digits.substr(static_cast<std::size_t>(layer % 10), 1));
  if (back) p.append("_reverse");
  return p;
}

/// What the kinds of recurrent layers share. Cell has the number of gates, whether there is a
/// second state, and `step`, which makes the next state from projections of the input and the state
/// before.
template <class Cell, int Hidden, recurrent S>
struct recurrent_layer {
  static_assert(Hidden > 0, "Tapeless: a recurrent layer has at least one hidden value");
  static_assert(S.layers > 0 && S.layers < 100, "Tapeless: a recurrent layer has 1 to 99 layers");
  static_assert(S.projection >= 0 && (S.projection == 0 || Cell::states == 2),
                "Tapeless: only an lstm has a projection, of at least one value");
  static_assert(S.projection < Hidden || S.projection == 0,
                "Tapeless: the projection of an lstm is smaller than its hidden state");
  static_assert(S.window >= 0,
                "Tapeless: the window of a recurrent layer is a number of steps, 0 for the whole "
                "sequence");
  static_assert(S.recompute >= 0,
                "Tapeless: what a recurrent layer recomputes is a number of steps, 0 to keep all");
  static_assert(S.dropout >= 0 && S.dropout < 1,
                "Tapeless: a dropout probability is at least 0 and below 1");

  static constexpr int outputs = S.projection > 0 ? S.projection : Hidden;
  static constexpr int directions = S.bidirectional ? 2 : 1;
  static constexpr int rows = S.layers * directions;  ///< of starts and of last states

  /// x {steps, features} to {steps, directions * outputs}, or to the last values alone.
  static constexpr value lower(graph& g, value x) { return yielded(run(g, x)); }
  /// The same from a start.
  static constexpr value lower(graph& g, value x, value h) { return yielded(run(g, x, {.h = h})); }
  static constexpr value lower(graph& g, value x, value h, value c) {
    static_assert(Cell::states == 2, "Tapeless: only an lstm has a second state");
    return yielded(run(g, x, {.h = h, .c = c}));
  }

  /// All that the layer computes, from starts and lengths of the network.
  static constexpr recurrent_result run(graph& g, value x, recurrent_starts from = {}) {
    if (g.failed()) return {x, x, x};
    if (x.dims().rank != 2) {
      g.fail(problem::layer_needs_a_sequence, g.scope, x.dims(), shape{1, x.dims().count()});
      return {x, x, x};
    }
    recurrent_result r;
    value last[2][rows];
    for (int l = 0; l < S.layers && !g.failed(); ++l) {
      if (l > 0) x = dropout<S.dropout>::lower(g, x);
      value all[2];
      for (int d = 0; d < directions; ++d) {
        const int at = l * directions + d;
        const recurrent_weights w = weights(g, x.dims()[1], l, d == 1);
        const value h = start_of(g, from.h, "h0", at, l, d, outputs);
        const value c = Cell::states == 2 ? start_of(g, from.c, "c0", at, l, d, Hidden) : value{};
        if (g.failed()) return {x, x, x};
        all[d] = direction(g, x, w, h, c, from.length, d == 1, last[0][at], last[1][at]);
      }
      if (g.failed()) return {x, x, x};
      x = directions == 2 ? math::concat(all[0], all[1], 1) : all[0];
    }
    if (g.failed()) return {x, x, x};
    r.all = x;
    r.h = together(last[0]);
    r.c = Cell::states == 2 ? together(last[1]) : r.h;
    return r;
  }

  /// One step of one layer and direction, for networks that keep the state themselves: x
  /// {features}, h {outputs}, c {hidden}. The parameters are those of `run`.
  static constexpr recurrent_result step(graph& g, value x, value h, value c = {}) {
    static_assert(S.layers == 1 && !S.bidirectional,
                  "Tapeless: steps one by one are those of one layer in one direction");
    const recurrent_weights w = weights(g, x.dims()[0], 0, false);
    if (g.failed()) return {x, h, c};
    const values<2> next = stepped_state(w, projected(w, x), {h, c});
    return {next.of[0], next.of[0], next.of[1]};
  }

 private:
  static constexpr value yielded(const recurrent_result& r) {
    if constexpr (S.yield == yields::all) {
      return r.all;
    } else {
      graph& g = *r.h.owner;
      if (g.failed()) return r.h;
      const value h = math::slice(r.h, 0, (S.layers - 1) * directions, directions);
      return math::flatten(h);
    }
  }
  static constexpr value together(const value* last) {
    value row[rows];
    for (int i = 0; i < rows; ++i) row[i] = math::unsqueeze(last[i], 0);
    return math::concat(row, rows, 0);
  }

  static constexpr value declared(graph& g, std::string_view name, int layer, bool back, shape dims,
                                  bool matrix) {
    const initializer start{nullptr, 0, 0, Hidden, Hidden};
    return g.parameter(recurrent_name(name, layer, back).view(), dims, start, matrix);
  }
  static constexpr recurrent_weights weights(graph& g, int features, int layer, bool back) {
    constexpr int gate_rows = Cell::gates * Hidden;
    recurrent_weights w;
    w.has_bias = S.bias;
    w.input = declared(g, "weight_ih", layer, back, shape{gate_rows, features}, true);
    w.hidden = declared(g, "weight_hh", layer, back, shape{gate_rows, outputs}, true);
    if (S.bias) {
      w.input_bias = declared(g, "bias_ih", layer, back, shape{gate_rows}, false);
      w.hidden_bias = declared(g, "bias_hh", layer, back, shape{gate_rows}, false);
    }
    if (S.projection > 0)
      w.projection = declared(g, "weight_hr", layer, back, shape{outputs, Hidden}, true);
    return w;
  }

  static constexpr value start_of(graph& g, value given, std::string_view name, int at, int layer,
                                  int direction, int size) {
    if (given.recorded()) {
      const shape whole{rows, size};
      const bool alone = rows == 1 && given.dims() == shape{size};
      if (!alone && given.dims() != whole) {
        g.fail(problem::start_of_another_shape, g.scope.join(name), given.dims(), whole);
        return given;
      }
      return alone ? given : given[at];
    }
    if (S.start == starts::zero) return g.constant(0, shape{size});
    return g.parameter(recurrent_name(name, layer, direction == 1).view(), shape{size},
                       starting_at(0));
  }

  /// The input's part of the gates, W x + b. It depends on no state, so the scan leaves it to one
  /// product over all steps.
  static constexpr value projected(const recurrent_weights& w, value x) {
    const value y = math::matmul(w.input, x);
    if (!w.has_bias) return y;
    return y + (Cell::adds_hidden_bias_before ? w.input_bias + w.hidden_bias : w.input_bias);
  }
  static constexpr values<2> stepped_state(const recurrent_weights& w, value gates,
                                           const values<2>& before) {
    values<2> next = Cell::template step<Hidden, S>(w, gates, before);
    if (S.projection > 0) next.of[0] = math::matmul(w.projection, next.of[0]);
    return next;
  }

  static constexpr value direction(graph& g, value x, const recurrent_weights& w, value h, value c,
                                   value length, bool back, value& last_h, value& last_c) {
    const scan_options order{back ? scan_order::backward : scan_order::forward, S.window,
                             S.recompute};
    const bool masked = length.recorded();
    if (masked && length.dims().count() != 1) {
      g.fail(problem::start_of_another_shape, g.scope.join("length"), length.dims(), shape{});
      return x;
    }
    const auto body = [&](value now, const values<2>& before, value counts) {
      values<2> next = stepped_state(w, projected(w, now), before);
      value yield = next.of[0];
      if (counts.recorded()) {
        for (int i = 0; i < Cell::states; ++i)
          next.of[i] = math::select(counts, next.of[i], before.of[i]);
        yield = math::select(counts, yield, value{0.0});
      }
      return stepped<2, 1>{next, {{yield}}};
    };
    if (!masked)
      return walk(
          values<1>{{x}}, h, c, order, last_h, last_c,
          [&](const auto& now, const auto& before) { return body(now.of[0], before, value{}); });
    const value position = math::iota(g, shape{x.dims()[0]});
    return walk(values<2>{{x, position}}, h, c, order, last_h, last_c,
                [&](const auto& now, const auto& before) {
                  return body(now.of[0], before, now.of[1] < math::reshape(length, shape{}));
                });
  }
  /// The scan of one direction, over one carried value or two.
  template <int N, class Body>
  static constexpr value walk(const values<N>& sequences, value h, value c, scan_options order,
                              value& last_h, value& last_c, Body body) {
    if constexpr (Cell::states == 2) {
      const auto r = scan(sequences, values<2>{{h, c}}, body, order);
      last_h = r.last.of[0];
      last_c = r.last.of[1];
      return r.all.of[0];
    } else {
      const auto r = scan(
          sequences, values<1>{{h}},
          [&](const values<N>& now, const values<1>& before) {
            const stepped<2, 1> s = body(now, values<2>{{before.of[0], before.of[0]}});
            return stepped<1, 1>{{{s.carry.of[0]}}, s.yield};
          },
          order);
      last_h = r.last.of[0];
      return r.all.of[0];
    }
  }
};

/// Hidden values first to first + size - 1 of all gates.
constexpr value gate_of(value gates, int number, int hidden) {
  return math::slice(gates, 0, number * hidden, hidden);
}

struct rnn_cell {
  static constexpr int gates = 1, states = 1;
  static constexpr bool adds_hidden_bias_before = true;
  template <int Hidden, recurrent S>
  static constexpr values<2> step(const recurrent_weights& w, value input,
                                  const values<2>& before) {
    const value y = input + math::matmul(w.hidden, before.of[0]);
    const value h = S.activation == recurrent_activation::relu ? math::relu(y) : math::tanh(y);
    return {{h, h}};
  }
};

struct lstm_cell {
  static constexpr int gates = 4, states = 2;
  static constexpr bool adds_hidden_bias_before = true;
  template <int Hidden, recurrent S>
  static constexpr values<2> step(const recurrent_weights& w, value input,
                                  const values<2>& before) {
    const value y = input + math::matmul(w.hidden, before.of[0]);
    const value in = math::sigmoid(gate_of(y, 0, Hidden)),
                forget = math::sigmoid(gate_of(y, 1, Hidden)),
                candidate = math::tanh(gate_of(y, 2, Hidden)),
                out = math::sigmoid(gate_of(y, 3, Hidden));
    const value c = forget * before.of[1] + in * candidate;
    return {{out * math::tanh(c), c}};
  }
};

struct gru_cell {
  static constexpr int gates = 3, states = 1;
  static constexpr bool adds_hidden_bias_before = false;
  template <int Hidden, recurrent S>
  static constexpr values<2> step(const recurrent_weights& w, value input,
                                  const values<2>& before) {
    const value h = before.of[0];
    if constexpr (S.reset == gru_reset::after) {
      value hidden = math::matmul(w.hidden, h);
      if (w.has_bias) hidden = hidden + w.hidden_bias;
      const value reset = math::sigmoid(gate_of(input, 0, Hidden) + gate_of(hidden, 0, Hidden)),
                  update = math::sigmoid(gate_of(input, 1, Hidden) + gate_of(hidden, 1, Hidden)),
                  candidate =
                      math::tanh(gate_of(input, 2, Hidden) + reset * gate_of(hidden, 2, Hidden));
      const value next = candidate + update * (h - candidate);
      return {{next, next}};
    } else {
      const value gates_of_h = math::matmul(math::slice(w.hidden, 0, 0, 2 * Hidden), h);
      const value last = math::slice(w.hidden, 0, 2 * Hidden, Hidden);
      const auto gate = [&](int k) {
        value y = gate_of(input, k, Hidden) + gate_of(gates_of_h, k, Hidden);
        if (w.has_bias) y = y + gate_of(w.hidden_bias, k, Hidden);
        return math::sigmoid(y);
      };
      const value reset = gate(0), update = gate(1);
      value y = gate_of(input, 2, Hidden) + math::matmul(last, reset * h);
      if (w.has_bias) y = y + gate_of(w.hidden_bias, 2, Hidden);
      const value candidate = math::tanh(y);
      const value next = candidate + update * (h - candidate);
      return {{next, next}};
    }
  }
};

}  // namespace detail

/// h' = tanh(W x + b + U h + c), or relu.
/// Shapes: x {steps, features}; y {steps, directions * Hidden}, or {directions * Hidden} of the
/// last step. Names: torch.nn.RNN; Keras' SimpleRNN.
template <int Hidden, recurrent S = recurrent{}>
struct rnn : detail::recurrent_layer<detail::rnn_cell, Hidden, S> {};

/// Long short-term memory: gates i, f, g, o; c' = f c + i g, h' = o tanh(c').
/// Shapes: x {steps, features}; y {steps, directions * outputs}, where outputs is Hidden or the
/// projection. Source: Hochreiter, Schmidhuber 1997; gates as torch.nn.LSTM and Keras' LSTM.
template <int Hidden, recurrent S = recurrent{}>
struct lstm : detail::recurrent_layer<detail::lstm_cell, Hidden, S> {};

/// Gated recurrent unit: gates r, z, n; h' = (1 - z) n + z h.
/// Shapes: x {steps, features}; y {steps, directions * Hidden}. Source: Cho et al. 2014; gates as
/// torch.nn.GRU. Keras orders them z, r, n.
template <int Hidden, recurrent S = recurrent{}>
struct gru : detail::recurrent_layer<detail::gru_cell, Hidden, S> {};

}  // namespace tapeless
