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

#include <tapeless/plan/checker_results.hpp>
#include <type_traits>

namespace tapeless {

namespace checker {

/// Replays a plan step by step.
template <class Program, class Graph>
class plan_checker : public result_checks<Program, Graph> {
  using base = result_checks<Program, Graph>;
  using base::inner_;
  using base::iteration_;
  using base::known_;
  using base::now_;
  using base::program_;
  using base::scan_;
  using base::turn_;

 public:
  using base::base;

  constexpr void check_steps(int from, int to) {
    for (int i = from; i < to && known_.found; ++i)
      if (program_.steps[i].scan == 0)
        check_step(i);
      else if (i == 0 || program_.steps[i - 1].scan != program_.steps[i].scan)
        check_scan(i);
  }
  constexpr void check_end() {
    if (known_.found) this->check_results();
  }

 private:
  /// Replays two iterations of a scan, and of each loop inside of it. By then each load has seen
  /// what it rests on: accesses to what a loop fills go on by equal distances.
  constexpr void check_scan(int first) {
    int end = first;
    while (end < Program::step_count && program_.steps[end].scan == program_.steps[first].scan)
      ++end;
    now_ = first;
    check_loop(first, end, &step::scan, &step::trips);
    if (!known_.found) return;
    scan_ = program_.steps[first].scan;
    note_filled(first, end, known_.fills, scan_, &access::iteration);
    for (iteration_ = 0; iteration_ < 2 && iteration_ < program_.steps[first].trips; ++iteration_) {
      if (iteration_ > 0) this->forget_iteration(first, end, &access::iteration);
      for (int i = first; i < end && known_.found; ++i)
        if (program_.steps[i].inner == 0)
          check_step(i);
        else if (i == first || program_.steps[i - 1].inner != program_.steps[i].inner)
          check_inner_scan(i, end);
    }
    finish_loop(first, end, program_.steps[first].trips, &access::iteration);
    scan_ = iteration_ = 0;
  }
  constexpr void check_inner_scan(int first, int last) {
    int end = first;
    while (end < last && program_.steps[end].inner == program_.steps[first].inner) ++end;
    now_ = first;
    check_loop(first, end, &step::inner, &step::inner_trips);
    if (!known_.found) return;
    inner_ = program_.steps[first].inner;
    note_filled(first, end, known_.fills_inside, inner_, &access::inner);
    for (turn_ = 0; turn_ < 2 && turn_ < program_.steps[first].inner_trips; ++turn_) {
      if (turn_ > 0) this->forget_iteration(first, end, &access::inner);
      for (int i = first; i < end && known_.found; ++i) check_step(i);
    }
    finish_loop(first, end, program_.steps[first].inner_trips, &access::inner);
    inner_ = turn_ = 0;
  }
  /// Whether the steps of a loop follow one another and agree about its iterations.
  constexpr void check_loop(int first, int end, int step::* loop, int step::* trips) {
    for (int i = 0; i < Program::step_count; ++i) {
      const step& s = program_.steps[i];
      const bool within = i >= first && i < end;
      if ((s.*loop == program_.steps[first].*loop) != within ||
          (within && s.*trips != program_.steps[first].*trips) || s.*trips < 1)
        return this->fail(flaw::malformed_step);
    }
  }
  constexpr void note_filled(int first, int end, int* fills, int loop, int access::* distance) {
    for (int i = first; i < end; ++i)
      for (int a = program_.steps[i].access_begin; a < program_.steps[i].access_end; ++a) {
        const access& x = program_.accesses[a];
        if (x.stores && x.*distance != 0 && x.where == place::arena && x.storage >= 0 &&
            x.storage < Graph::node_count)
          fills[x.storage] = loop;
      }
  }
  constexpr void finish_loop(int first, int end, int trips, int access::* distance) {
    for (int i = first; i < end; ++i)
      for (int a = program_.steps[i].access_begin; a < program_.steps[i].access_end; ++a)
        if (program_.accesses[a].stores && program_.accesses[a].*distance != 0)
          known_.stored[a] = trips;
  }

  constexpr void check_step(int k) {
    now_ = k;
    const step& s = program_.steps[k];
    this->check_shape(s);
    if (!known_.found) return;
    bool* const used = new bool[static_cast<std::size_t>(s.access_end - s.access_begin) + 1]{};
    int* const reach = new int[static_cast<std::size_t>(s.access_end - s.access_begin) + 1]{};
    this->check_code(s, used, reach);
    for (int a = s.access_begin; a < s.access_end && known_.found; ++a)
      if (used[a - s.access_begin] && !program_.accesses[a].stores)
        this->check_load(s, a, reach[a - s.access_begin]);
    for (int a = s.access_begin; a < s.access_end && known_.found; ++a)
      if (used[a - s.access_begin] && program_.accesses[a].stores)
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
}();

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
}();

}  // namespace checker
}  // namespace tapeless
