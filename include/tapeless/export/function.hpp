#pragma once
// A C function from a plan.

#include <string>
#include <string_view>
#include <tapeless/export/nest.hpp>

namespace tapeless::detail {

/// How much of a plan is written without loops, in scalar operations: whole plans, and steps of
/// larger ones.
struct c_budget {
  double plan = 128, step = 32;
};

/// Whether all steps of a plan are written out.
TAPELESS_NATIVE inline bool c_is_straight(const c_program& p, const c_budget& budget) {
  double all = 0;
  for (int i = 0; i < p.step_count; ++i)
    all += c_operation_count(p, p.steps[i]) * p.steps[i].trips * p.steps[i].inner_trips;
  return all <= budget.plan;
}

/// The steps of a plan as statements of a function whose buffers have names, and the elements of
/// its local arrays.
template <class T>
TAPELESS_NATIVE std::string c_statements(const c_program& p, const c_buffers& buffers,
                                         c_functions& functions, const c_budget& budget,
                                         long long& stack) {
  c_lines out{"  "};
  const bool straight = c_is_straight(p, budget);
  if (p.arena > 0)
    out.line(fmt::format("{} m[{}];  /* intermediate values */", c_types_of<T>.number, p.arena));
  int largest = 0;
  for (int i = 0; i < p.step_count; ++i) {
    const int scan = p.steps[i].scan, inner = p.steps[i].inner;
    if (scan != 0 && (i == 0 || p.steps[i - 1].scan != scan))
      out.open(fmt::format("for (int iteration = 0; iteration < {}; ++iteration)", p.steps[i].trips));
    if (inner != 0 && (i == 0 || p.steps[i - 1].inner != inner))
      out.open(fmt::format("for (int turn = 0; turn < {}; ++turn)", p.steps[i].inner_trips));
    c_nest<T> nest{p, p.steps[i], buffers, functions, out};
    nest.write(straight || c_operation_count(p, p.steps[i]) <= budget.step);
    largest = std::max(largest, nest.local_elements());
    if (inner != 0 && (i + 1 == p.step_count || p.steps[i + 1].inner != inner)) out.close();
    if (scan != 0 && (i + 1 == p.step_count || p.steps[i + 1].scan != scan)) out.close();
  }
  stack = p.arena + largest;
  return out.str();
}

}  // namespace tapeless::detail
