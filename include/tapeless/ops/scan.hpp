#pragma once
// A loop over the steps of a sequence, whose body is compiled once.
//
//   const auto r = tl::scan(xs, h0, [&](tl::value x, tl::value h) {
//     return tl::math::tanh(tl::math::matmul(w, x) + tl::math::matmul(u, h));
//   });
//   r.last   // h after the last step
//   r.all    // h after every step, {steps, ...}
//
// The body is called once, while the network is declared. It works on one step of the sequences and
// on what the step before left, and may use any value from outside. What it computes from the
// sequences alone, and what nothing carried needs, leaves the loop by itself: all steps together
// are one product then.

#include <tapeless/ops/concat.hpp>
#include <tapeless/ops/detach.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/floor_mod.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/less.hpp>
#include <tapeless/ops/logical_and.hpp>
#include <tapeless/ops/scan_parts.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/sub.hpp>
#include <type_traits>

namespace tapeless {

/// A fixed number of values: the sequences of a scan, or what it carries.
template <int N>
struct values {
  static_assert(N > 0);
  static constexpr int count = N;
  value of[N];

  constexpr value& operator[](int i) { return of[i]; }
  constexpr value operator[](int i) const { return of[i]; }
};
template <class... V>
values(V...) -> values<static_cast<int>(sizeof...(V))>;

namespace detail {

template <class>
inline constexpr int count_of_values = 1;
template <int N>
inline constexpr int count_of_values<values<N>> = N;

template <class T>
constexpr auto as_values(const T& x) {
  if constexpr (std::is_convertible_v<T, value>)
    return values<1>{{value(x)}};
  else
    return x;
}

/// Whether something is N values; a single one may stand for itself.
template <class T, int N>
inline constexpr bool is_values =
    std::is_same_v<T, values<N>> || (N == 1 && std::is_convertible_v<T, value>);

}  // namespace detail

/// What the body of a scan returns where it carries several values, or yields others than these:
/// the values for the next step, and what each step yields.
template <int Carried, int Yielded>
struct stepped {
  values<Carried> carry;
  values<Yielded> yield;

  constexpr stepped(const values<Carried>& next, const values<Yielded>& now)
      : carry{next}, yield{now} {}
  template <class Next, class Now>
    requires(detail::is_values<Next, Carried> && detail::is_values<Now, Yielded>)
  constexpr stepped(const Next& next, const Now& now)
      : carry{detail::as_values(next)}, yield{detail::as_values(now)} {}
};
template <int C, int Y>
stepped(values<C>, values<Y>) -> stepped<C, Y>;
template <int C>
stepped(values<C>, value) -> stepped<C, 1>;
template <int Y>
stepped(value, values<Y>) -> stepped<1, Y>;
stepped(value, value) -> stepped<1, 1>;

/// Results of a scan: what is carried after the last step, and what the steps yielded, with an axis
/// of steps in front.
template <int Carried, int Yielded>
struct scanned {
  values<Carried> last;
  values<Yielded> all;
};
/// The same of a scan that carries one value.
struct scanned_value {
  value last, all;
};

/// The direction in which a scan walks its sequences. What it yields is in the order of the
/// sequences in both cases.
enum class scan_order : std::uint8_t { forward, backward };

/// Settings of a scan.
struct scan_options {
  scan_order order = scan_order::forward;
  /// Truncated backpropagation: the steps walked fall into windows of so many, and no gradient of
  /// what is carried crosses from one window to the one before; 0 for none. The numbers of the
  /// forward pass do not change.
  int window = 0;
};

namespace detail {

/// One value is given to a body as itself.
template <class Given, int N>
constexpr auto as_given(const values<N>& x) {
  if constexpr (std::is_convertible_v<Given, value>)
    return x.of[0];
  else
    return x;
}

/// Whether a type is `stepped` with so many carried values.
template <class, int>
inline constexpr bool is_stepped_of = false;
template <int C, int Y>
inline constexpr bool is_stepped_of<stepped<C, Y>, C> = true;

/// Whether the body of a scan that carries C values may return R.
template <class R, int C>
inline constexpr bool is_result_of_body = (std::is_convertible_v<R, value> && C == 1) ||
                                          std::is_same_v<R, values<C>> || is_stepped_of<R, C>;

template <class R, int C>
constexpr void explain_body() {
  static_assert(!std::is_void_v<R>,
                "Tapeless: the body of a scan returns nothing; it returns what it carries to the "
                "next step, or tl::stepped{what it carries, what it yields}");
  static_assert(std::is_void_v<R> || is_result_of_body<R, C>,
                "Tapeless: the body of a scan returns another number of carried values than it "
                "takes; it returns as many as the scan has starts, or tl::stepped{those, what it "
                "yields}");
}

/// The result of a body as `stepped`: a body that returns only what it carries yields that.
template <int C, class R>
constexpr auto as_stepped(const R& r) {
  if constexpr (std::is_convertible_v<R, value>)
    return stepped<1, 1>{{{value(r)}}, {{value(r)}}};
  else if constexpr (std::is_same_v<R, values<C>>)
    return stepped<C, C>{r, r};
  else
    return r;
}

/// A start as each sample has it: what a scan carries differs from sample to sample.
constexpr value as_start(graph& g, value v) {
  if (!v.recorded()) v = g.constant(v.literal);
  return v.batched() ? v : apply<spread>(v);
}

/// For each step, 1 where a window begins, but the first, else 0. `walked` counts steps as they are
/// walked.
constexpr value window_edges(value walked, int window) {
  return math::logical_and(
      math::floor_mod(walked, value{static_cast<double>(window)}) == value{0.0},
      walked > value{0.5});
}

/// While it lives, the body of a scan is recorded.
struct open_scan {
  graph& g;
  constexpr open_scan(graph& graph, const at_step::attributes& at) : g{graph} {
    if (g.open_scans++ > 0) return;
    g.open_scan = at.scan;
    g.open_trips = at.trips;
  }
  constexpr ~open_scan() {
    if (--g.open_scans == 0) g.open_scan = 0;
  }
  open_scan(const open_scan&) = delete;
  open_scan& operator=(const open_scan&) = delete;
};

/// A scan in the body of another one is a loop of its own, unless it is short: then it is written
/// out, step by step. So is one at a third level, for plans know two loops around a step; there
/// `most_steps_inside` are the limit.
inline constexpr int most_steps_inside = 64, short_scan = 4;
constexpr bool is_written_out(const graph& g, int trips) {
  return g.open_scans > 0 && trips <= (g.open_scans == 1 ? short_scan : most_steps_inside);
}
/// A further scan, in the body that is being recorded.
constexpr at_step::attributes next_scan(graph& g, int trips, bool backward = false) {
  if (g.open_scans > 1) g.fail(problem::scan_inside_a_scan, path{"scan"}, shape{trips}, shape{});
  at_step::attributes at{.scan = ++g.scan_count,
                         .trips = trips,
                         .first = backward ? trips - 1 : 0,
                         .step = backward ? -1 : 1};
  if (g.open_scans == 0) return at;
  at.outer = g.open_scan;
  at.outer_trips = g.open_trips;
  return at;
}

/// What the steps yielded, with an axis of steps in front.
constexpr value stacked_rows(graph& g, const value* row, int count) {
  value all[most_steps_inside];
  for (int t = 0; t < count; ++t) {
    value v = row[t].recorded() ? row[t] : g.constant(row[t].literal);
    all[t] = g.failed() ? v : math::reshape(v, with_first(1, v.dims()));
  }
  return g.failed() ? all[0] : math::concat(all, count, 0);
}
template <int N>
constexpr values<N> elements(const values<N>& xs, int t) {
  values<N> now = xs;
  for (int i = 0; i < N && !xs.of[0].owner->failed(); ++i) now.of[i] = xs.of[i][t];
  return now;
}

/// A carried value as the next step finds it: in the shape of the start.
constexpr value carried_on(graph& g, value v, value start) {
  if (!v.recorded()) v = g.constant(v.literal);
  const shape wanted = start.recorded() ? start.dims() : shape{};
  if (v.dims().rank < wanted.rank && v.dims().count() == 1) return math::expand(v, wanted);
  if (v.dims() != wanted)
    g.fail(problem::carried_value_changes_shape, path{"scan"}, v.dims(), wanted);
  return v;
}

/// The steps of sequences; the sequences must have equal length.
template <int N>
constexpr int steps_of(graph& g, const values<N>& xs, const char* what) {
  const shape first = xs.of[0].dims();
  if (first.rank == 0) g.fail(problem::scan_without_steps, path{what}, first);
  for (int i = 1; i < N; ++i)
    if (xs.of[i].dims().rank == 0 || xs.of[i].dims()[0] != first[0])
      g.fail(problem::sequences_of_different_length, path{what}, xs.of[i].dims(), first);
  return first.rank > 0 ? first[0] : 1;
}

/// The elements of sequences in one step.
template <int N>
constexpr values<N> elements_at_step(graph& g, const values<N>& xs, const at_step::attributes& at) {
  values<N> now;
  for (int i = 0; i < N; ++i) now.of[i] = g.failed() ? xs.of[i] : apply_with<at_step>(at, xs.of[i]);
  return now;
}

/// What a body yields, for all steps.
constexpr value stacked(graph& g, const at_step::attributes& at, value v) {
  if (!v.recorded()) v = g.constant(v.literal);
  if (!v.batched()) v = apply<spread>(v);
  return g.failed() ? v
                    : apply_with<stacked_steps>(
                          {at.scan, at.trips, at.first, at.step, at.outer, at.outer_trips}, v);
}

/// The results of a scan that carries and yields one value are two values.
template <class Starts, int C, int Y>
constexpr auto as_result(const scanned<C, Y>& r) {
  if constexpr (C == 1 && Y == 1 && std::is_convertible_v<Starts, value>)
    return scanned_value{r.last.of[0], r.all.of[0]};
  else
    return r;
}

/// Ends a scan: histories of what is carried, and what leaves the loop.
template <class Starts, int C, int Y>
constexpr auto close_scan(graph& g, const at_step::attributes& at, const values<C>& start,
                          const values<C>& before, const stepped<C, Y>& next) {
  scanned<C, Y> r;
  for (int i = 0; i < C; ++i) {
    value v = carried_on(g, next.carry.of[i], start.of[i]);
    if (!v.batched()) v = apply<spread>(v);
    r.last.of[i] = v;
    if (g.failed()) continue;
    const value all = apply_with<carried_history>({at.scan, at.trips, at.outer, at.outer_trips},
                                                  start.of[i], v, before.of[i]);
    if (g.failed()) continue;
    r.last.of[i] = math::reshape(along_first(all, at.trips, 1, 1), start.of[i].dims());
  }
  for (int i = 0; i < Y; ++i) r.all.of[i] = stacked(g, at, next.yield.of[i]);
  return as_result<Starts>(r);
}

/// A scan inside the body of another one, step by step.
template <class Sequences, class Starts, int Y, int I, int C, class Body>
constexpr auto scan_written_out(graph& g, const values<I>& xs, values<C> carry, Body& body,
                                const scan_options& options, int trips) {
  const values<C> start = carry;
  value row[Y][most_steps_inside];
  for (int s = 0; s < trips && !g.failed(); ++s) {
    const int t = options.order == scan_order::backward ? trips - 1 - s : s;
    if (options.window > 0 && s > 0 && s % options.window == 0)
      for (value& v : carry.of) v = v.recorded() ? math::detach(v) : v;
    const stepped<C, Y> next =
        as_stepped<C>(body(as_given<Sequences>(elements(xs, t)), as_given<Starts>(carry)));
    for (int i = 0; i < C; ++i) carry.of[i] = carried_on(g, next.carry.of[i], start.of[i]);
    for (int i = 0; i < Y; ++i) row[i][t] = next.yield.of[i];
  }
  scanned<C, Y> r;
  for (int i = 0; i < C; ++i) r.last.of[i] = carry.of[i];
  for (int i = 0; i < Y; ++i) r.all.of[i] = g.failed() ? xs.of[0] : stacked_rows(g, row[i], trips);
  return as_result<Starts>(r);
}

}  // namespace detail

/// A scan over axis 0 of one or several sequences (`tl::values{a, b}`) from one or several starts.
/// The body takes the elements of the sequences in one step and what the step before left, as
/// `value` or `values<N>` like the sequences and the starts, and returns what the next step takes,
/// or `tl::stepped{that, what the step yields}`.
///
/// A scan inside the body of a scan is a loop inside the loop, of any number of steps; inside the
/// body of that one it is written out step by step and has at most 64 steps.
///
/// Errors: sequences of different length; a carried value that changes its shape; a third scan
/// inside of two others that has more than 64 steps; a window below 0.
template <class Sequences, class Starts, class Body>
constexpr auto scan(const Sequences& sequences, const Starts& starts, Body&& body,
                    scan_options options) {
  const auto xs = detail::as_values(sequences);
  const auto init = detail::as_values(starts);
  constexpr int inputs = detail::count_of_values<std::remove_cvref_t<decltype(xs)>>;
  constexpr int carries = detail::count_of_values<std::remove_cvref_t<decltype(init)>>;
  static_assert(std::is_same_v<std::remove_cvref_t<decltype(xs)>, values<inputs>> &&
                    std::is_same_v<std::remove_cvref_t<decltype(init)>, values<carries>>,
                "Tapeless: a scan takes a value or tl::values{...} as sequences, and as starts");
  graph& g = *xs.of[0].owner;
  const int trips = detail::steps_of(g, xs, "scan");
  if (options.window < 0)
    g.fail(problem::scan_window_below_zero, path{"scan"}, shape{options.window}, xs.of[0].dims());

  using returned = std::remove_cvref_t<decltype(body(detail::as_given<Sequences>(xs),
                                                     detail::as_given<Starts>(init)))>;
  detail::explain_body<returned, carries>();
  if constexpr (!detail::is_result_of_body<returned, carries>) {
    return detail::as_result<Starts>(scanned<carries, carries>{init, init});
  } else {
    using next_type =
        std::remove_cvref_t<decltype(detail::as_stepped<carries>(std::declval<returned>()))>;
    constexpr int yields = decltype(next_type::yield)::count;
    if (detail::is_written_out(g, trips))
      return detail::scan_written_out<Sequences, Starts, yields>(g, xs, init, body, options, trips);
    const bool backward = options.order == scan_order::backward;
    const at_step::attributes at = detail::next_scan(g, trips, backward);
    values<carries> start = init, carry, before;
    for (int i = 0; i < carries; ++i) start.of[i] = detail::as_start(g, init.of[i]);
    for (int i = 0; i < carries; ++i)
      carry.of[i] = before.of[i] =
          apply_with<carried>({at.scan, trips, i, at.outer, at.outer_trips}, start.of[i]);
    const values<inputs> now = detail::elements_at_step(g, xs, at);
    if (options.window > 0 && options.window < trips && !g.failed()) {
      const value count = math::iota(g, shape{trips});
      const value walked = backward ? value{trips - 1.0} - count : count;
      const value edge = apply_with<at_step>(at, detail::window_edges(walked, options.window));
      for (int i = 0; i < carries; ++i)
        before.of[i] = math::select(edge, math::detach(before.of[i]), before.of[i]);
    }
    const detail::open_scan recording{g, at};
    const next_type next = detail::as_stepped<carries>(
        body(detail::as_given<Sequences>(now), detail::as_given<Starts>(before)));
    return detail::close_scan<Starts>(g, at, start, carry, next);
  }
}
template <class Sequences, class Starts, class Body>
constexpr auto scan(const Sequences& sequences, const Starts& starts, Body&& body,
                    scan_order order = scan_order::forward) {
  return scan(sequences, starts, body, scan_options{order, 0});
}

}  // namespace tapeless
