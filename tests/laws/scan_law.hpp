#pragma once
// The law of scans: a network that says its loop by `scan` computes and learns what the same
// network does whose loop is written out step by step; and its kernels compute what its reference
// does.

#include <laws/step_law.hpp>

namespace laws {

/// What `scan` means, written out: every step is recorded for itself.
template <int C, int Y>
struct loop_results {
  tl::value last[C], all[Y];
};

template <class Sequences, class Starts, class Body>
constexpr auto written_out(const Sequences& sequences, const Starts& starts, Body&& body,
                           tl::scan_options options) {
  const auto xs = tl::detail::as_values(sequences);
  auto carry = tl::detail::as_values(starts);
  constexpr int inputs = std::remove_cvref_t<decltype(xs)>::count;
  constexpr int carries = decltype(carry)::count;
  const int steps = xs.of[0].dims()[0];
  for (tl::value& c : carry.of)
    if (!c.recorded()) c = xs.of[0].owner->constant(c.literal);
  tl::shape dims[carries];
  for (int i = 0; i < carries; ++i) dims[i] = carry.of[i].dims();
  using result = decltype(tl::detail::as_stepped<carries>(
      body(tl::detail::as_given<Sequences>(xs), tl::detail::as_given<Starts>(carry))));
  constexpr int yields = decltype(result::yield)::count;
  tl::value row[yields][64];
  for (int s = 0; s < steps; ++s) {
    const int t = options.order == tl::scan_order::backward ? steps - 1 - s : s;
    for (int i = 0; i < carries && options.window > 0 && s > 0 && s % options.window == 0; ++i)
      carry.of[i] = tl::math::detach(carry.of[i]);
    tl::values<inputs> now;
    for (int i = 0; i < inputs; ++i) now.of[i] = xs.of[i][t];
    auto next = tl::detail::as_stepped<carries>(
        body(tl::detail::as_given<Sequences>(now), tl::detail::as_given<Starts>(carry)));
    for (int i = 0; i < carries; ++i) carry.of[i] = next.carry.of[i];
    for (int i = 0; i < yields; ++i) row[i][t] = tl::math::unsqueeze(next.yield.of[i], 0);
  }
  loop_results<carries, yields> r;
  for (int i = 0; i < carries; ++i) r.last[i] = tl::math::expand(carry.of[i], dims[i]);
  for (int i = 0; i < yields; ++i) r.all[i] = tl::math::concat(row[i], steps, 0);
  return r;
}

/// The loop of a case, by `scan` or written out.
template <bool WrittenOut>
struct looping {
  template <class Sequences, class Starts, class Body>
  constexpr auto operator()(const Sequences& xs, const Starts& starts, Body&& body,
                            tl::scan_order order = tl::scan_order::forward) const {
    return (*this)(xs, starts, body, tl::scan_options{order, 0});
  }
  template <class Sequences, class Starts, class Body>
  constexpr auto operator()(const Sequences& xs, const Starts& starts, Body&& body,
                            tl::scan_options options) const {
    if constexpr (WrittenOut) {
      return written_out(xs, starts, body, options);
    } else {
      const auto s = tl::scan(xs, starts, body, options);
      if constexpr (requires { s.last.of; }) {
        loop_results<decltype(s.last)::count, decltype(s.all)::count> r;
        for (int i = 0; i < decltype(s.last)::count; ++i) r.last[i] = s.last.of[i];
        for (int i = 0; i < decltype(s.all)::count; ++i) r.all[i] = s.all.of[i];
        return r;
      } else {
        return loop_results<1, 1>{{s.last}, {s.all}};
      }
    }
  }
};

/// Case::define(g, loop) declares a network whose loops are calls of `loop`.
template <class Case, bool WrittenOut>
struct scan_net : tl::network<scan_net<Case, WrittenOut>> {
  static constexpr tl::value define(tl::graph& g) {
    return tl::math::flatten(Case::define(g, looping<WrittenOut>{}));
  }
};

/// The same steps of a loop and of the loop written out, both by the reference.
template <class Net, class WrittenOut, int Batch>
void check_same_steps() {
  using scanned = tl::trainer<Net, tl::mse, tl::adam, tl::batch<Batch>, tl::scalar_type<double>,
                              tl::by_reference>;
  using plain = tl::trainer<WrittenOut, tl::mse, tl::adam, tl::batch<Batch>,
                            tl::scalar_type<double>, tl::by_reference>;
  constexpr int size = scanned::parameters_type::size;
  static_assert(size == plain::parameters_type::size);
  typename scanned::parameters_type a{};
  typename plain::parameters_type b{};
  for (int k = 0; k < a.tensors().count; ++k)
    for (int e = 0; e < a.tensors().of[k].dims.count(); ++e) {
      const double x = number(numbers::any, 50 + k, e) / 4;
      a.set(k, e, x);
      b.set(k, e, x);
    }
  scanned own{a, {.learning_rate = 0.05}, 7};
  plain other{b, {.learning_rate = 0.05}, 7};
  law_rows<double> x{Batch, scanned::input_size}, t{Batch, scanned::target_size};
  for (int call = 0; call < 3; ++call) {
    x.fill(target_kind::any, 0, 2 * call);
    t.fill(target_kind::any, 0, 2 * call + 1);
    check_numbers("losses", {own.step(x.own(), t.own())}, {other.step(x.own(), t.own())}, 1e-12);
  }
  check_numbers("parameters", widened(own.parameters().data, size),
                widened(other.parameters().data, size), 1e-9);
}

/// A case against its meaning.
template <class Case, int Batch>
void check_meaning() {
  check_same_steps<scan_net<Case, false>, scan_net<Case, true>, Batch>();
}

/// A case against its meaning, and its kernels against its reference.
template <class Case, int Batch, class... Options>
void check_scan() {
  check_meaning<Case, Batch>();
  using net = scan_net<Case, false>;
  check_steps<three_steps, double, net, tl::mse, tl::sgd, tl::batch<Batch>, Options...>();
}

}  // namespace laws
