#pragma once
// What a network is, layer by layer, as a table for people.

#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/inspect/layer_rows.hpp>
#include <tapeless/run/cost.hpp>
#include <tapeless/train/table.hpp>

namespace tapeless {

namespace detail {

/// How a plan runs: `lanes over features, vectors of up to 8, one straight line, 4 steps`.
template <class Job, class Options>
TAPELESS_NATIVE std::string text_of_plan() {
  constexpr code_form form = form_of(Job::plan, policy_in<Options>());
  return fmt::format(
      "lanes over {}, vectors of up to {}, {}, {} steps by {} kernels",
      Job::plan.on.lanes == lane_axis::samples ? "samples" : "features", Job::plan.on.width,
      form == code_form::straight || (form == code_form::in_line && all_unrolled(Job::plan))
          ? "one straight line"
      : form == code_form::in_line ? "one function with loops"
      : form == code_form::calls   ? "a function per kernel"
                                   : "functions for layers of all sizes",
      Job::plan.step_count, Job::plan.kernels);
}

/// The numbers that the planner chose by.
TAPELESS_NATIVE inline std::string text_of_costs(const cost_model& c) {
  return fmt::format(
      "{} sums in parallel, tiles of {} vectors, without loops up to {} operations on vectors\n"
      "            of eight, kernels up to {}, functions over {}, at most {} of constant size\n"
      "            beside those of {} operations or more;\n"
      "            samples as lanes from batch {} where features use below {} % of them, at up to\n"
      "            {} outputs; batches of more than {} in pieces of at most half of it",
      c.parallel_sums, c.tile_vectors, c.straight_budget, c.unroll_budget, c.inline_budget,
      c.most_kernels, c.own_kernel_from, c.samples_from_batch, c.least_use_for_features,
      c.widest_for_samples, text_of_bytes(2LL * c.piece_bytes));
}

}  // namespace detail

/// Table of the layers of a network with totals, memory, and the plan of `forward`.
///
/// A row is what uses the parameters of one path, or one operation without parameters. Shapes are
/// those of a sample; FLOPs are those of one sample and one forward pass (plan/cost.hpp).
/// Options as those of forward, and scalar_type<T>; they matter for memory and plan alone.
template <class Net, class... Options>
TAPELESS_NATIVE std::string summary() {
  using options = detail::options_of<Options...>;
  using job = detail::forward_job<Net, typename detail::scalar_in<options>::type, Options...>;
  constexpr network_cost c = cost<Net, Options...>;
  text_table table{{{"layer", alignment::left},
                    {"kind", alignment::left},
                    {"output", alignment::left},
                    {"parameters"},
                    {"FLOPs"}}};
  const auto& g = declared<Net>;
  double flops = 0;
  for (const tensor& t : g.tensors)
    if (t.where == place::input) table.add(t.name.view(), "input", detail::text_of(t.dims), "", "");
  for (const layer_row& r : layer_rows(g)) {
    flops += r.flops;
    table.add(r.name, r.trainable ? r.kind : r.kind + " (frozen)", detail::text_of(r.output),
              r.parameters > 0 ? detail::text_of_count(r.parameters) : "",
              r.flops > 0 ? detail::text_of_count(r.flops) : "");
  }
  std::string text = table.str();
  const auto line = [&](std::string_view what, const std::string& value) {
    text += fmt::format("{:<12}{}\n", what, value);
  };
  text += '\n';
  line("parameters", fmt::format("{}, trained {}", detail::text_of_count(c.parameters),
                                 detail::text_of_count(c.trainable_parameters)));
  line("FLOPs", fmt::format("{} per sample", detail::text_of_count(flops)));
  line("memory",
       fmt::format("{} parameters, {} stack (lower bound {}), batch {}",
                   detail::text_of_bytes(c.parameter_bytes), detail::text_of_bytes(c.peak_bytes),
                   detail::text_of_bytes(c.lower_bound_bytes), detail::batch_in<options>()));
  if (c.samples_at_once < detail::batch_in<options>())
    line("pieces", fmt::format("of {} samples", c.samples_at_once));
  line("plan", detail::text_of_plan<job, options>());
  line("cost model", detail::text_of_costs(job::plan.on.costs));
  return text;
}

}  // namespace tapeless
