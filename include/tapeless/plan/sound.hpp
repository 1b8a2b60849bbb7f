#pragma once
// Checks a finished plan, as a proof checker checks a proof: it knows the steps and the buffers,
// and shares no code with the planner.
//
// What it finds, in a plan that says it computes something:
//   - reads of elements that no earlier step wrote, or that another value has taken over;
//   - reads of parameters, state or gradients after another step has changed them, or in the step
//     that changes them, other than the element that is stored next;
//   - stores outside their buffer, in buffers that calls only read, over neighbouring rows, or
//     without the zeros that the padding of parameters has;
//   - whole vectors loaded or stored where a buffer ends with its last element;
//   - results, updates and gradients that are not stored completely;
//   - code that uses registers before they are set, and kernels shared by steps that differ.
// What it does not know is whether an operation is the right one: tests/laws/ compare results.

#include <tapeless/plan/checker_memory.hpp>
#include <type_traits>

namespace tapeless {

namespace checker {

/// Replays a plan step by step.
template <class Program, class Graph>
class plan_checker : public memory_checks<Program, Graph> {
  using base = memory_checks<Program, Graph>;
  using base::k_;
  using base::now_;
  using base::p;

 public:
  using base::base;

  constexpr void check_steps(int from, int to) {
    for (int i = from; i < to && k_.found; ++i) check_step(i);
  }
  constexpr void check_end() {
    if (k_.found) this->check_results();
  }

 private:
  constexpr void check_step(int k) {
    now_ = k;
    const step& s = p.steps[k];
    this->check_shape(s);
    if (!k_.found) return;
    bool* const used = new bool[static_cast<std::size_t>(s.access_end - s.access_begin) + 1]{};
    int* const reach = new int[static_cast<std::size_t>(s.access_end - s.access_begin) + 1]{};
    this->check_code(s, used, reach);
    for (int a = s.access_begin; a < s.access_end && k_.found; ++a)
      if (used[a - s.access_begin] && !p.accesses[a].stores)
        this->check_load(s, a, reach[a - s.access_begin]);
    for (int a = s.access_begin; a < s.access_end && k_.found; ++a)
      if (used[a - s.access_begin] && p.accesses[a].stores)
        this->check_store(s, a, reach[a - s.access_begin]);
    this->check_sharing(s);
    delete[] used;
    delete[] reach;
  }
};

}  // namespace checker

/// Checks the plan of a graph.
template <class Program, class Graph>
constexpr verdict plan_is_sound(const Program& program, const Graph& graph) {
  using check = checker::plan_checker<Program, Graph>;
  typename check::state known;
  check all{program, graph, known};
  all.check_steps(0, Program::step_count);
  all.check_end();
  return known.found;
}

namespace checker {

/// Steps that one constant expression checks.
inline constexpr int steps_at_once = 96;

/// What is known of a plan after its first N ranges of steps.
template <const auto& Plan, const auto& Graph, int N>
inline constexpr auto known_after = []() consteval {
  using program = std::remove_cvref_t<decltype(Plan)>;
  using check = plan_checker<program, std::remove_cvref_t<decltype(Graph)>>;
  typename check::state known;
  if constexpr (N > 1) known = known_after<Plan, Graph, N - 1>;
  check range{Plan, Graph, known};
  const int to = N * steps_at_once;
  range.check_steps((N - 1) * steps_at_once, to < program::step_count ? to : program::step_count);
  return known;
}
();

template <const auto& Plan, const auto& Graph>
inline constexpr verdict verdict_on = []() consteval {
  using program = std::remove_cvref_t<decltype(Plan)>;
  if constexpr (program::step_count <= steps_at_once) {
    return plan_is_sound(Plan, Graph);
  } else {
    constexpr int ranges = (program::step_count + steps_at_once - 1) / steps_at_once;
    auto known = known_after<Plan, Graph, ranges>;
    plan_checker<program, std::remove_cvref_t<decltype(Graph)>>{Plan, Graph, known}.check_end();
    return known.found;
  }
}
();

}  // namespace checker
}  // namespace tapeless
