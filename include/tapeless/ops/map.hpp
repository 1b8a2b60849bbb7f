#pragma once
// A loop over the elements of a sequence that carries nothing from one to the next.

#include <tapeless/ops/scan.hpp>
#include <type_traits>

namespace tapeless {

/// Settings of a map.
struct map_options {
  /// A gradient computes each element once more on its way back, instead of keeping what it needs
  /// of all elements. What the elements say of a value from outside is kept for each and added up
  /// at the end. In the body of a scan or a map the option does nothing.
  bool recompute = false;
};

namespace detail {

/// A map.
template <class Sequences, int Y, int I, class Body>
constexpr values<Y> mapped(graph& g, const values<I>& xs, Body& body, const map_options& options) {
  const int trips = steps_of(g, xs, "map");
  values<Y> all;
  if (is_written_out(g, trips)) {
    const first_recording once{g};
    value row[Y][most_steps_inside];
    for (int t = 0; t < trips && !g.failed(); ++t) {
      const values<Y> y = step_written_out(g, once, t, [&]() -> values<Y> {
        return as_values(body(as_given<Sequences>(elements(xs, t))));
      });
      for (int i = 0; i < Y; ++i) row[i][t] = y.of[i];
    }
    for (int i = 0; i < Y; ++i) all.of[i] = g.failed() ? xs.of[0] : stacked_rows(g, row[i], trips);
    return all;
  }
  at_step::attributes at = next_scan(g, trips);
  at.rule = options.recompute && at.outer == 0 ? scan_rule::recomputed : scan_rule::stays;
  const values<I> now = elements_at_step(g, xs, at);
  const open_scan recording{g, at};
  const values<Y> y = as_values(body(as_given<Sequences>(now)));
  for (int i = 0; i < Y; ++i) all.of[i] = stacked(g, at, y.of[i]);
  return all;
}

}  // namespace detail

/// The results of a body for each element of axis 0 of one or several sequences: {steps, ...}. The
/// body takes the elements of the sequences in one step, as `value` or `values<N>` like the
/// sequences, and returns a value or `values<M>`.
///
/// The elements are computed one after the other, so that the memory for one of them is enough for
/// all, where operations on the whole sequence would store everything for all elements. What a
/// gradient needs of each element is stored all the same, unless the options say otherwise.
///
/// Errors: sequences of different length; more than 64 steps inside the bodies of two others.
template <class Sequences, class Body>
constexpr auto map(const Sequences& sequences, Body&& body, map_options options = {}) {
  const auto xs = detail::as_values(sequences);
  constexpr int inputs = detail::count_of_values<std::remove_cvref_t<decltype(xs)>>;
  static_assert(std::is_same_v<std::remove_cvref_t<decltype(xs)>, values<inputs>>,
                "Tapeless: a map takes a value or tl::values{...} as sequences");
  using returned = std::remove_cvref_t<decltype(body(detail::as_given<Sequences>(xs)))>;
  constexpr int outputs = detail::count_of_values<returned>;
  constexpr bool fits = detail::is_values<returned, outputs>;
  static_assert(fits,
                "Tapeless: the body of a map returns what each element becomes: a value, or "
                "tl::values{...}");
  if constexpr (fits) {
    graph& g = *xs.of[0].owner;
    const auto all = detail::mapped<Sequences, outputs>(g, xs, body, options);
    if constexpr (std::is_convertible_v<returned, value>)
      return all.of[0];
    else
      return all;
  }
}

}  // namespace tapeless
