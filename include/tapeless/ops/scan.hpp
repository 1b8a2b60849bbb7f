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
#include <tapeless/ops/scan_body.hpp>
#include <tapeless/ops/scan_parts.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/shapes.hpp>
#include <tapeless/ops/sub.hpp>
#include <type_traits>

namespace tapeless {

namespace detail {

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

/// What the first recording of a body declares.
struct first_recording {
  int tensors, streams;
  constexpr explicit first_recording(const graph& g)
      : tensors{g.tensor_count}, streams{g.random_count} {}
};

/// While it lives, a body is recorded once more: parameters and random numbers of the body are
/// those of the first recording, as they are for all steps of a loop that is recorded once.
struct recorded_again {
  graph& g;
  int first, end, streams;
  constexpr recorded_again(graph& graph, const first_recording& by)
      : g{graph}, first{graph.again_first}, end{graph.again_end}, streams{graph.random_count} {
    // Inside of another body that is recorded once more, parameters of that body are known too.
    g.again_first = first < end && first < by.tensors ? first : by.tensors;
    g.again_end = g.tensor_count;
    g.random_count = by.streams;
  }
  constexpr ~recorded_again() {
    g.again_first = first;
    g.again_end = end;
    if (g.random_count < streams) g.random_count = streams;
  }
  recorded_again(const recorded_again&) = delete;
  recorded_again& operator=(const recorded_again&) = delete;
};

/// What a body makes of step s of a loop that is written out.
template <class F>
constexpr auto step_written_out(graph& g, const first_recording& once, int s, F record) {
  if (s == 0) return record();
  const recorded_again once_more{g, once};
  return record();
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
template <int C, int Y>
constexpr scanned<C, Y> close_scan(graph& g, const at_step::attributes& at, const values<C>& start,
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
  return r;
}

/// A scan as a loop. `edge` says of each step whether a window of truncated backpropagation begins
/// there; the number 0 for none.
template <class Sequences, class Starts, int Y, int I, int C, class Body>
constexpr scanned<C, Y> scan_as_loop(graph& g, const values<I>& xs, const values<C>& starts,
                                     Body& body, scan_order order, scan_rule rule, value edge) {
  const int trips = steps_of(g, xs, "scan");
  at_step::attributes at = next_scan(g, trips, order == scan_order::backward);
  at.rule = rule;
  values<C> start = starts, carry, before;
  for (int i = 0; i < C; ++i) start.of[i] = as_start(g, starts.of[i]);
  for (int i = 0; i < C; ++i)
    carry.of[i] = before.of[i] =
        apply_with<carried>({at.scan, trips, i, at.outer, at.outer_trips}, start.of[i]);
  const values<I> now = elements_at_step(g, xs, at);
  if (!edge.is(0) && !g.failed()) {
    edge = apply_with<at_step>(at, edge);
    for (value& v : before.of) v = math::select(edge, math::detach(v), v);
  }
  const open_scan recording{g, at};
  const stepped<C, Y> next =
      as_stepped<C>(body(as_given<Sequences>(now), as_given<Starts>(before)));
  return close_scan(g, at, start, carry, next);
}

/// Elements `first` to `first + count - 1` of sequences.
template <int N>
constexpr values<N> part_of(const values<N>& xs, int first, int count) {
  values<N> part;
  for (int i = 0; i < N; ++i)
    part.of[i] = xs.of[i].owner->failed() ? xs.of[i] : along_first(xs.of[i], first, 1, count);
  return part;
}

/// A scan for a gradient that keeps what is carried in front of each group of `size` steps alone: a
/// loop over groups, whose nodes the gradient computes once more, around a loop over the steps of a
/// group. Steps that are left over form a last loop, which keeps all.
template <class Sequences, class Starts, int Y, int I, int C, class Body>
constexpr scanned<C, Y> scan_in_groups(graph& g, const values<I>& xs, const values<C>& starts,
                                       Body& body, scan_order order, int size, value edge) {
  const int trips = steps_of(g, xs, "scan"), groups = trips / size, rest = trips % size;
  const bool back = order == scan_order::backward;
  values<I + 1> grouped;
  for (int i = 0; i <= I && !g.failed(); ++i) {
    value x = i < I ? xs.of[i] : edge.recorded() ? edge : g.constant(edge.literal, shape{trips});
    x = along_first(x, back ? rest : 0, 1, groups * size);
    const shape dims = with_first(groups, with_first(size, without_first(x.dims())));
    if (x.dims().rank == max_rank)
      g.fail(problem::axis_out_of_range, path{"scan"}, shape{0}, x.dims());
    else
      grouped.of[i] = math::reshape(x, dims);
  }
  if (g.failed()) return {starts, {}};
  const first_recording once{g};
  const auto group = [&](const values<I + 1>& now, const values<C>& before) {
    values<I> own;
    for (int i = 0; i < I; ++i) own.of[i] = now.of[i];
    const scanned<C, Y> r = scan_as_loop<Sequences, Starts, Y>(g, own, before, body, order,
                                                               scan_rule::leaves, now.of[I]);
    return stepped<C, Y>{r.last, r.all};
  };
  scanned<C, Y> r = scan_as_loop<values<I + 1>, values<C>, Y>(g, grouped, starts, group, order,
                                                              scan_rule::recomputed, value{0.0});
  for (value& v : r.all.of)
    if (!g.failed())
      v = math::reshape(v, with_first(groups * size, without_first(without_first(v.dims()))));
  if (rest == 0 || g.failed()) return r;
  const recorded_again once_more{g, once};
  const int first = back ? 0 : groups * size;
  const scanned<C, Y> end = scan_as_loop<Sequences, Starts, Y>(
      g, part_of(xs, first, rest), r.last, body, order, scan_rule::leaves,
      edge.recorded() ? along_first(edge, first, 1, rest) : edge);
  r.last = end.last;
  for (int i = 0; i < Y && !g.failed(); ++i)
    r.all.of[i] = back ? math::concat(end.all.of[i], r.all.of[i], 0)
                       : math::concat(r.all.of[i], end.all.of[i], 0);
  return r;
}

/// A scan inside the body of another one, step by step.
template <class Sequences, class Starts, int Y, int I, int C, class Body>
constexpr scanned<C, Y> scan_written_out(graph& g, const values<I>& xs, values<C> carry, Body& body,
                                         const scan_options& options, int trips) {
  const values<C> start = carry;
  const first_recording once{g};
  value row[Y][most_steps_inside];
  for (int s = 0; s < trips && !g.failed(); ++s) {
    const int t = options.order == scan_order::backward ? trips - 1 - s : s;
    if (options.window > 0 && s > 0 && s % options.window == 0)
      for (value& v : carry.of) v = v.recorded() ? math::detach(v) : v;
    const stepped<C, Y> next = step_written_out(g, once, s, [&]() -> stepped<C, Y> {
      return as_stepped<C>(body(as_given<Sequences>(elements(xs, t)), as_given<Starts>(carry)));
    });
    for (int i = 0; i < C; ++i) carry.of[i] = carried_on(g, next.carry.of[i], start.of[i]);
    for (int i = 0; i < Y; ++i) row[i][t] = next.yield.of[i];
  }
  scanned<C, Y> r;
  for (int i = 0; i < C; ++i) r.last.of[i] = carry.of[i];
  for (int i = 0; i < Y; ++i) r.all.of[i] = g.failed() ? xs.of[0] : stacked_rows(g, row[i], trips);
  return r;
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
/// inside of two others that has more than 64 steps; a window or a number of
/// recomputed steps below 0; recomputed steps in the body of another scan.
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
  if (options.recompute < 0)
    g.fail(problem::scan_recompute_below_zero, path{"scan"}, shape{options.recompute},
           xs.of[0].dims());
  if (options.recompute > 0 && g.open_scans > 0)
    g.fail(problem::scan_recompute_inside_a_scan, path{"scan"}, shape{options.recompute},
           xs.of[0].dims());

  using returned = std::remove_cvref_t<decltype(body(detail::as_given<Sequences>(xs),
                                                     detail::as_given<Starts>(init)))>;
  detail::explain_body<returned, carries>();
  if constexpr (!detail::is_result_of_body<returned, carries>) {
    return detail::as_result<Starts>(scanned<carries, carries>{init, init});
  } else {
    using next_type =
        std::remove_cvref_t<decltype(detail::as_stepped<carries>(std::declval<returned>()))>;
    constexpr int yields = decltype(next_type::yield)::count;
    const auto steps = [&]() -> scanned<carries, yields> {
      if (detail::is_written_out(g, trips))
        return detail::scan_written_out<Sequences, Starts, yields>(g, xs, init, body, options,
                                                                   trips);
      value edge{0.0};
      if (options.window > 0 && options.window < trips && !g.failed()) {
        const value count = math::iota(g, shape{trips});
        const bool back = options.order == scan_order::backward;
        edge = detail::window_edges(back ? value{trips - 1.0} - count : count, options.window);
      }
      if (g.training && options.recompute > 0 && options.recompute < trips && !g.failed())
        return detail::scan_in_groups<Sequences, Starts, yields>(g, xs, init, body, options.order,
                                                                 options.recompute, edge);
      return detail::scan_as_loop<Sequences, Starts, yields>(g, xs, init, body, options.order,
                                                             scan_rule::leaves, edge);
    };
    return detail::as_result<Starts>(steps());
  }
}
template <class Sequences, class Starts, class Body>
constexpr auto scan(const Sequences& sequences, const Starts& starts, Body&& body,
                    scan_order order = scan_order::forward) {
  return scan(sequences, starts, body, scan_options{order});
}

}  // namespace tapeless
