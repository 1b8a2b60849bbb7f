#pragma once
// The values of a plan as a table: where each of them lies, in which order of its axes, and why.

#include <tapeless/inspect/layout_text.hpp>
#include <tapeless/run/cost.hpp>
#include <tapeless/train/table.hpp>

namespace tapeless {

namespace detail {

template <class Job>
TAPELESS_NATIVE std::string layout_report_of() {
  using words = layout_words<Job>;
  text_table table{{{"value"},
                    {"what", alignment::left},
                    {"shape", alignment::left},
                    {"in", alignment::left},
                    {"layout", alignment::left},
                    {"why", alignment::left}}};
  constexpr const auto& g = Job::ready;
  constexpr const auto& fused = words::stages::fused;
  for (int i = 0; i < g.node_count; ++i) {
    const family f = g[i].op->kind;
    // Views without a copy are listed; so is all that is stored. The rest stays in registers.
    const bool listed = f == family::tensor || f == family::view || f == family::assign ||
                        f == family::join || fused.stored[i];
    if (!listed || !words::where.of[i].in_memory) continue;
    table.add(i, text_of_node(g, i), text_of(g[i].dims), text_of(words::where.of[i].where),
              words::layout(i), words::why(i));
  }
  return table.str();
}

}  // namespace detail

/// Table of the values of `forward<Net, Options...>` that lie in memory: inputs, parameters,
/// what steps store, and views of these.
///
/// layout: axes from the outermost to the innermost, n the samples of a batch, then their strides
/// in elements; axes of one element are left out. why: what the planner chose the order by, and
/// where a value is stored inside of another one.
template <class Net, class... Options>
TAPELESS_NATIVE std::string layout_report() {
  static_assert(detail::check_options<detail::call::report, Options...>());
  using scalar = typename detail::scalar_in<detail::options_of<Options...>>::type;
  return detail::layout_report_of<detail::forward_job<Net, scalar, Options...>>();
}

/// The same of one training step, `trainer<Net, Loss, Optimizer, Options...>::step`.
template <class Net, class Loss, class Optimizer, class... Options>
TAPELESS_NATIVE std::string layout_report_training() {
  static_assert(detail::check_options<detail::call::training_report, Options...>());
  return detail::layout_report_of<detail::training_job<Net, Loss, Optimizer, Options...>>();
}

}  // namespace tapeless
