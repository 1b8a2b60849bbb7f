#pragma once
// Recurrent layers whose starts, lengths and last states stand in one row, as
// tests/golden/recurrent.py has them.

#include <tapeless/tapeless.hpp>

namespace golden::recurrent {

namespace tl = tapeless;

/// A row of a sequence, starts h and, of an lstm, c; yields all values and the last states.
template <class Layer, int Steps, int Features>
struct with_states {
  static constexpr tl::value lower(tl::graph& g, tl::value x) {
    constexpr int rows = Layer::rows, outputs = Layer::outputs;
    const int n = Steps * Features, rest = x.dims().count() - n - rows * outputs;
    const auto part = [&](int begin, tl::shape dims) {
      return tl::math::reshape(tl::math::slice(x, 0, begin, dims.count()), dims);
    };
    tl::recurrent_starts from;
    from.h = part(n, {rows, outputs});
    if (rest > 0) from.c = part(n + rows * outputs, {rows, rest / rows});
    const tl::recurrent_result r = Layer::run(g, part(0, {Steps, Features}), from);
    const tl::value y = tl::math::concat(tl::math::flatten(r.all), tl::math::flatten(r.h));
    return rest > 0 ? tl::math::concat(y, tl::math::flatten(r.c)) : y;
  }
};

/// A row of a sequence and a number: 3 + 2 times it is the number of steps that count.
template <class Layer, int Steps, int Features>
struct with_lengths {
  static constexpr tl::value lower(tl::graph& g, tl::value x) {
    const int n = Steps * Features;
    tl::recurrent_starts from;
    from.length = 3.0 + 2.0 * tl::math::detach(tl::math::slice(x, 0, n, 1));
    const tl::value xs = tl::math::reshape(tl::math::slice(x, 0, 0, n), {Steps, Features});
    const tl::recurrent_result r = Layer::run(g, xs, from);
    return tl::math::concat(tl::math::flatten(r.all), tl::math::flatten(r.h));
  }
};

}  // namespace golden::recurrent
