#pragma once
// The steps of a plan as a table: what each kernel call computes, over which loops, on how much
// data.

#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/inspect/layout_text.hpp>
#include <tapeless/run/cost.hpp>
#include <tapeless/train/table.hpp>

namespace tapeless {

namespace detail {

/// Operations of a step in order: `dot, add, relu`; repeated names are counted: `3 mul`.
template <class Program>
TAPELESS_NATIVE std::string text_of_operations(const Program& p, const step& s) {
  std::string text;
  std::string_view last;
  int times = 0;
  const auto flush = [&] {
    if (times == 0) return;
    if (!text.empty()) text += ", ";
    text += times > 1 ? fmt::format("{} {}", times, last) : std::string{last};
  };
  const auto say = [&](std::string_view name) {
    if (name != last) {
      flush();
      times = 0;
    }
    last = name;
    ++times;
  };
  if (s.index >= 0) say("rows by index");
  for (int i = s.code_begin; i < s.code_end; ++i) {
    const bool product = s.reduction == reduction_kind::sum && i == s.middle - 1 &&
                         p.code[i].what == action::apply && is<mul>(p.code[i].op);
    if (i == s.middle && is_maximum(s.reduction)) say("maximum");
    if (i == s.middle && s.reduction == reduction_kind::sum) {
      const bool products =
          i > s.code_begin && p.code[i - 1].what == action::apply && is<mul>(p.code[i - 1].op);
      say(products ? "sum of products" : "sum");
      if (s.start >= 0) say("add");
    }
    if (p.code[i].what == action::random) say("random");
    if (p.code[i].what == action::apply && !product && !is<copy>(p.code[i].op))
      say(p.code[i].op->name);
  }
  flush();
  return text.empty() ? "copy" : text;
}

/// Where a step stores: names of parameters, else the place.
template <class Program, class Graph>
TAPELESS_NATIVE std::string text_of_stores(const Program& p, const step& s, const Graph& g) {
  std::string text;
  for (int i = s.middle; i < s.code_end; ++i) {
    if (p.code[i].what != action::store) continue;
    const access& a = p.accesses[s.access_begin + p.code[i].b];
    if (!text.empty()) text += ", ";
    text += a.where == place::parameters ? std::string{g.tensors[a.storage].name.view()}
                                         : std::string{text_of(a.where)};
  }
  return text;
}

/// `8 x 2 (sum 16)`: extents of the results, then of what is summed.
TAPELESS_NATIVE inline std::string text_of_loops(const step& s) {
  std::string parallel, reduced;
  for (int l = 0; l < s.loops; ++l) {
    std::string& to = l < s.parallel ? parallel : reduced;
    to += fmt::format("{}{}", to.empty() ? "" : " x ", s.extent[l]);
  }
  if (parallel.empty()) parallel = "1";
  if (reduced.empty()) return parallel;
  return fmt::format("{} ({} {})", parallel, is_maximum(s.reduction) ? "max" : "sum", reduced);
}

/// Which loop the lanes run over and how wide: `8 over 0`, `16 over sum` or `scalar`.
TAPELESS_NATIVE inline std::string text_of_lanes(const step& s) {
  const auto one = [&](int lane, int width) {
    if (lane < 0) return std::string{"scalar"};
    return fmt::format("{} over {}", width,
                       lane < s.parallel ? fmt::format("loop {}", lane) : "sum");
  };
  const std::string in = one(s.lane_in, s.width_in), out = one(s.lane_out, s.width_out);
  return s.reduction == reduction_kind::none || in == out ? out : in + ", then " + out;
}

/// Bytes that a step reads and writes, each element of an operand once.
template <class Program>
TAPELESS_NATIVE long long bytes_of_step(const Program& p, const step& s, long long scalar) {
  long long sum = 0;
  for (int a = s.access_begin; a < s.access_end; ++a) {
    long long n = 1;
    for (int l = 0; l < s.loops; ++l)
      if (p.accesses[a].stride[l] != 0) n *= s.extent[l];
    sum += n * scalar;
  }
  return sum;
}

/// How a step's kernel is written: without a loop, with loops, or as a function.
template <class Program>
TAPELESS_NATIVE std::string text_of_code(const Program& p, const step& s, code_form form) {
  if (form == code_form::straight) return "line";
  if (form == code_form::in_line)
    return s.vector_operations <= p.on.costs.unroll_budget ? "line" : "loops";
  return form == code_form::calls ? "function" : "function of any size";
}

/// What Words say about each value that a step stores, one after the other.
template <class Words, class Say>
TAPELESS_NATIVE std::string text_of_stored(const step& s, Say say) {
  const auto& fused = Words::stages::fused;
  std::string text;
  const auto add = [&](const std::string& more) {
    // Equal words are said once: a weight and its state lie alike.
    if (more.empty() || text == more || text.ends_with(" | " + more)) return;
    text += (text.empty() ? "" : " | ") + more;
  };
  if (Words::g[s.root].op->kind == family::join) return say(s.root);
  for (int i = 0; i < Words::g.node_count; ++i)
    if (fused.group[i] == fused.group[s.root] &&
        (fused.stored[i] || Words::g[i].op->kind == family::assign))
      add(say(i));
  return text;
}

/// How a batch is cut, where it is: `64 samples in pieces of 16`, and what follows the pieces.
TAPELESS_NATIVE inline std::string text_of_pieces(int batch, int piece, const char* more = "") {
  if (piece == batch) return {};
  return fmt::format("{} samples in pieces of {}{}\n", batch, piece, more);
}

template <class Job>
TAPELESS_NATIVE std::string report_of(long long scalar, expansion policy) {
  const auto& p = Job::plan;
  text_table table{{{"step"},
                    {"loops", alignment::left},
                    {"lanes", alignment::left},
                    {"tile", alignment::left},
                    {"operations", alignment::left},
                    {"stores", alignment::left},
                    {"FLOPs"},
                    {"bytes"},
                    {"code", alignment::left},
                    {"kernel"},
                    {"layout", alignment::left},
                    {"why", alignment::left}}};
  using words = layout_words<Job>;
  for (int i = 0; i < p.step_count; ++i) {
    const step& s = p.steps[i];
    std::string times = s.scan == 0 ? "" : fmt::format(" in scan {} of {}", s.scan, s.trips);
    if (s.inner != 0) times += fmt::format(", inside in scan {} of {}", s.inner, s.inner_trips);
    table.add(i, text_of_loops(s) + times, text_of_lanes(s),
              fmt::format("{} x {} x {}", s.tile_rows, s.tile_lanes, s.accumulators),
              text_of_operations(p, s), text_of_stores(p, s, Job::ready), text_of_count(s.flops),
              bytes_of_step(p, s, scalar), text_of_code(p, s, form_of(p, policy)),
              s.same_as == i ? "" : fmt::format("of {}", s.same_as),
              text_of_stored<words>(s, words::layout), text_of_stored<words>(s, words::why));
  }
  return table.str() +
         fmt::format("\narena {} B, lower bound {} B, {} operations on vectors of eight\n",
                     p.memory.arena * scalar, p.memory.lower_bound * scalar,
                     text_of_count(p.vector_operations));
}

}  // namespace detail

/// Table of the steps of `forward<Net, Options...>`.
///
/// loops: extents of the results, in brackets what is summed or searched; steps of a scan are run
/// once per iteration, of which there are so many. lanes: vector width and the loop it runs over.
/// tile: rows x vectors x parallel sums held in registers. bytes: every element of every operand
/// once. code: how the kernel is written out. kernel: the step whose compiled kernel serves this
/// one too. FLOPs are those the kernels execute, so a value recomputed in two steps counts twice.
/// layout: how what the step stores lies in memory, axes from the outermost to the innermost, n the
/// samples, and their strides in elements; several values are apart by |. Where a batch is cut the
/// steps are those of a piece, and the last line says so. why: what the planner chose that by.
/// Inputs, parameters and views are in `layout_report`.
template <class Net, class... Options>
TAPELESS_NATIVE std::string plan_report() {
  static_assert(detail::check_options<detail::call::report, Options...>());
  using options = detail::options_of<Options...>;
  using scalar = typename detail::scalar_in<options>::type;
  return detail::report_of<detail::forward_job<Net, scalar, Options...>>(
             sizeof(scalar), detail::policy_in<options>()) +
         detail::text_of_pieces(detail::batch_in<options>(),
                                detail::forward_piece<Net, scalar, Options...>);
}

/// Table of the steps of one training step, `trainer<Net, Loss, Optimizer, Options...>::step`.
template <class Net, class Loss, class Optimizer, class... Options>
TAPELESS_NATIVE std::string plan_report_training() {
  static_assert(detail::check_options<detail::call::training_report, Options...>());
  using options = detail::options_of<Options...>;
  using scalar = typename detail::scalar_in<options>::type;
  return detail::report_of<detail::training_job<Net, Loss, Optimizer, Options...>>(
             sizeof(scalar), detail::policy_in<options>()) +
         detail::text_of_pieces(detail::batch_in<options>(),
                                detail::training_here<Net, Loss, Optimizer, Options...>::piece,
                                ", whose gradients add up; then the update");
}

}  // namespace tapeless
