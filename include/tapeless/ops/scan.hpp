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
  return g.failed() ? v : apply_with<stacked_steps>({at.scan, at.trips, at.first, at.step}, v);
}

/// Ends a scan: histories of what is carried, and what leaves the loop.
template <class Starts, int C, int Y>
constexpr auto close_scan(graph& g, const at_step::attributes& at, const values<C>& start,
                          const values<C>& before, const stepped<C, Y>& next) {
  scanned<C, Y> r;
  for (int i = 0; i < C; ++i) {
    value v = next.carry.of[i];
    if (!v.recorded()) v = g.constant(v.literal);
    if (v.dims().rank < start.of[i].dims().rank && v.dims().count() == 1)
      v = math::expand(v, start.of[i].dims());
    if (!v.batched()) v = apply<spread>(v);
    r.last.of[i] = v;
    if (g.failed()) continue;
    const value all =
        apply_with<carried_history>({at.scan, at.trips}, start.of[i], v, before.of[i]);
    if (g.failed()) continue;
    r.last.of[i] = math::reshape(along_first(all, at.trips, 1, 1), start.of[i].dims());
  }
  for (int i = 0; i < Y; ++i) r.all.of[i] = stacked(g, at, next.yield.of[i]);
  if constexpr (C == 1 && Y == 1 && std::is_convertible_v<Starts, value>)
    return scanned_value{r.last.of[0], r.all.of[0]};
  else
    return r;
}

}  // namespace detail

/// A scan over axis 0 of one or several sequences (`tl::values{a, b}`) from one or several starts.
/// The body takes the elements of the sequences in one step and what the step before left, as
/// `value` or `values<N>` like the sequences and the starts, and returns what the next step takes,
/// or `tl::stepped{that, what the step yields}`.
///
/// Errors: sequences of different length; a carried value that changes its shape; a body that
/// records a further scan; a window below 0.
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
  const int number = ++g.scan_count;
  const bool backward = options.order == scan_order::backward;
  const int first = backward ? trips - 1 : 0, step = backward ? -1 : 1;
  values<carries> start = init, carry, before;
  for (int i = 0; i < carries; ++i) start.of[i] = detail::as_start(g, init.of[i]);
  for (int i = 0; i < carries; ++i)
    carry.of[i] = before.of[i] = apply_with<carried>({number, trips, i}, start.of[i]);
  const values<inputs> now = detail::elements_at_step(g, xs, {number, trips, first, step});
  if (options.window < 0)
    g.fail(problem::scan_window_below_zero, path{"scan"}, shape{options.window}, xs.of[0].dims());
  if (options.window > 0 && options.window < trips && !g.failed()) {
    const value at = math::iota(g, shape{trips});
    const value walked = backward ? value{trips - 1.0} - at : at;
    const value edge = apply_with<at_step>({number, trips, first, step},
                                           detail::window_edges(walked, options.window));
    for (int i = 0; i < carries; ++i)
      before.of[i] = math::select(edge, math::detach(before.of[i]), before.of[i]);
  }

  using returned = std::remove_cvref_t<decltype(body(detail::as_given<Sequences>(now),
                                                     detail::as_given<Starts>(before)))>;
  detail::explain_body<returned, carries>();
  if constexpr (!detail::is_result_of_body<returned, carries>) {
    if constexpr (std::is_convertible_v<Starts, value>)
      return scanned_value{before.of[0], before.of[0]};
    else
      return scanned<carries, carries>{before, before};
  } else {
    const auto next = detail::as_stepped<carries>(
        body(detail::as_given<Sequences>(now), detail::as_given<Starts>(before)));
    return detail::close_scan<Starts>(g, {number, trips, first, step}, start, carry, next);
  }
}
template <class Sequences, class Starts, class Body>
constexpr auto scan(const Sequences& sequences, const Starts& starts, Body&& body,
                    scan_order order = scan_order::forward) {
  return scan(sequences, starts, body, scan_options{order, 0});
}

/// The results of a body for each element of axis 0 of one or several sequences: {steps, ...}. The
/// body takes the elements of the sequences in one step, as `value` or `values<N>` like the
/// sequences, and returns a value or `values<M>`.
///
/// The elements are computed one after the other, so that the memory for one of them is enough for
/// all, where operations on the whole sequence would store everything for all elements. What a
/// gradient needs of each element is stored all the same.
///
/// Errors: sequences of different length; a body that records a scan or a map of its own.
template <class Sequences, class Body>
constexpr auto map(const Sequences& sequences, Body&& body) {
  const auto xs = detail::as_values(sequences);
  constexpr int inputs = detail::count_of_values<std::remove_cvref_t<decltype(xs)>>;
  static_assert(std::is_same_v<std::remove_cvref_t<decltype(xs)>, values<inputs>>,
                "Tapeless: a map takes a value or tl::values{...} as sequences");
  graph& g = *xs.of[0].owner;
  const at_step::attributes at{
      .scan = ++g.scan_count, .trips = detail::steps_of(g, xs, "map"), .keeps_all = true};
  const values<inputs> now = detail::elements_at_step(g, xs, at);
  using returned = std::remove_cvref_t<decltype(body(detail::as_given<Sequences>(now)))>;
  if constexpr (std::is_convertible_v<returned, value>) {
    return detail::stacked(g, at, body(detail::as_given<Sequences>(now)));
  } else {
    constexpr int outputs = detail::count_of_values<returned>;
    constexpr bool fits = std::is_same_v<returned, values<outputs>>;
    static_assert(fits,
                  "Tapeless: the body of a map returns what each element becomes: a value, or "
                  "tl::values{...}");
    if constexpr (fits) {
      const values<outputs> y = body(detail::as_given<Sequences>(now));
      values<outputs> all;
      for (int i = 0; i < outputs; ++i) all.of[i] = detail::stacked(g, at, y.of[i]);
      return all;
    }
  }
}

}  // namespace tapeless
