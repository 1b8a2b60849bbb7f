#pragma once
// What the checker of plans knows: the buffers of a call, and what the steps so far did to them.

#include <tapeless/ops/uniform.hpp>
#include <tapeless/plan/packing.hpp>
#include <tapeless/plan/region.hpp>

namespace tapeless {

/// What is wrong with a plan.
enum class flaw : std::uint8_t {
  none,
  malformed_step,
  malformed_code,
  reads_nothing_written,
  reads_overwritten_value,
  reads_changed_buffer,
  overwrites_what_it_reads,
  outside_of_buffer,
  stores_read_only_buffer,
  stores_element_twice,
  vector_beyond_buffer,
  vector_over_neighbour,
  padding_not_zero,
  stored_incompletely,
  shares_another_kernel,
};

/// The first flaw of a plan, and where it is.
struct verdict {
  flaw what = flaw::none;
  int step = -1, access = -1;
  constexpr explicit operator bool() const { return what == flaw::none; }
};

namespace checker {

/// The buffers of a call, as the declaration of the graph promises them to the caller.
template <class Graph>
struct buffers_of_call {
  static constexpr int tensors = Graph::tensor_count;
  const Graph& g;
  int begin[tensors > 0 ? tensors : 1] = {}, end[tensors > 0 ? tensors : 1] = {};
  int parameters = 0;
  int input[max_ports] = {}, target[max_ports] = {};  ///< by slot

  constexpr explicit buffers_of_call(const Graph& graph) : g{graph} {
    for (int i = 0; i < tensors; ++i) {
      const tensor& t = g.tensors[i];
      if (t.where == place::parameters) {
        begin[i] = parameters;
        parameters += tensor_size(t);
        end[i] = parameters;
      }
      if (t.slot < 0 || t.slot >= max_ports) continue;
      const int samples = t.batched ? g.batch : 1;
      if (t.where == place::input) input[t.slot] += t.dims.count() * samples;
      if (t.where == place::target) target[t.slot] += t.dims.count() * samples;
    }
  }
  /// Elements of a buffer that does not lie as the parameters do.
  constexpr int size(place p, int slot) const {
    switch (p) {
      case place::input:
        return slot < 0 || slot >= max_ports ? 0 : input[slot];
      case place::target:
        return slot < 0 || slot >= max_ports ? 0 : target[slot];
      case place::weight:
        return g.batch;
      case place::scalars:
        return scalar_slots;
      case place::loss:
        return 1;
      case place::output:
        return slot < 0 || slot >= g.result_count
                   ? 0
                   : g.result(slot).dims.count() * (g.result(slot).batched ? g.batch : 1);
      default:
        return parameters;
    }
  }
};

constexpr bool is_packed(place p) {
  return p == place::parameters || p == place::gradients || p == place::state;
}

/// Lanes that whole vectors cover beyond the last one inside.
constexpr int excess(const step& s, const access& a, int lane, int width) {
  if (lane < 0 || a.stride[lane] != 1) return 0;
  const int rest = s.extent[lane] % width;
  return rest == 0 ? 0 : width - rest;
}

/// Elements of the arena that hold a value: [begin, end).
struct holding {
  int begin = 0, end = 0, value = -1;
};

/// What the checker knows after the first steps of a plan. A constant of its own per range of
/// steps: compilers bound the work of one constant expression.
template <int Nodes, int Tensors, int Accesses>
struct knowledge {
  static constexpr int none = -1;
  static constexpr int kinds = 5;  ///< parameters, gradients, three slots of state

  verdict found;
  holding held[Accesses + 1] = {};  ///< by rising `begin`, without overlap
  int held_count = 0;
  bool lost[Nodes + 1] = {};         ///< by value: another value has taken elements of it over
  bool added[Nodes + 1] = {};        ///< by value that is a sum of rows: the rows have been added
  int read_in[Nodes + 1] = {};       ///< by value: last step that read it, or none
  int fills[Nodes + 1] = {};         ///< by value: the scan that stores it iteration by iteration
  int fills_inside[Nodes + 1] = {};  ///< by value: the same of loops inside of scans
  // Lists of accesses, the latest first. A list is named by its first access, or none.
  int writes_of[Nodes + 1] = {};               ///< by value: accesses that store it
  int changes_of[kinds * (Tensors + 1)] = {};  ///< by packed buffer: accesses that change it
  int results[1 + max_ports] = {};             ///< loss, outputs by slot
  int next[Accesses + 1] = {};                 ///< by access: the next one of its list, or none
  int step_of[Accesses + 1] = {};
  int stored[Accesses + 1] = {};  ///< by access: iterations of its loop that have stored

  constexpr knowledge() {
    for (int& step : read_in) step = none;
    for (int& first : writes_of) first = none;
    for (int& first : changes_of) first = none;
    for (int& first : results) first = none;
  }
};

/// What all checks work on.
template <class Program, class Graph>
class checks {
 public:
  using state = knowledge<Graph::node_count, Graph::tensor_count, Program::access_count>;

  constexpr checks(const Program& program, const Graph& graph, state& known)
      : program_{program}, call_{graph}, known_{known} {}

 protected:
  const Program& program_;
  const buffers_of_call<Graph> call_;
  state& known_;
  static constexpr int none = state::none;
  int now_ = 0;        // the step that is looked at
  int scan_ = 0;       // the scan whose iterations are replayed, 0 for none
  int iteration_ = 0;  // ... and which iteration
  int inner_ = 0;      // the loop inside of the scan that is replayed, 0 for none
  int turn_ = 0;       // ... and which iteration of that

  /// What an access reaches in the iteration that is replayed, and in all of them; and in those of
  /// the inner loop alone.
  constexpr region reached(const step& s, const access& x) const {
    return region_of(s, x, {iteration_}, {turn_});
  }
  constexpr region reached_inside(const step& s, const access& x) const {
    return region_of(s, x, {iteration_}, {0, s.inner_trips});
  }
  constexpr region reached_by_all(const step& s, const access& x) const {
    return region_of(s, x, {0, s.trips}, {0, s.inner_trips});
  }
  /// What an access has stored so far. A store goes on with one of its loops at most.
  constexpr region written(int a) const {
    const iterations so_far{0, known_.stored[a]};
    return region_of(program_.steps[known_.step_of[a]], program_.accesses[a], so_far, so_far);
  }
  /// Whether the scan that is replayed stores parts of a value, iteration by iteration, and whether
  /// the loop inside of the scan does.
  constexpr bool is_filled_by_scan(int v) const { return scan_ != 0 && known_.fills[v] == scan_; }
  constexpr bool is_filled_inside(int v) const {
    return inner_ != 0 && known_.fills_inside[v] == inner_;
  }

  constexpr void fail(flaw what, int access = -1) {
    if (known_.found) known_.found = {what, now_, access};
  }
};

}  // namespace checker
}  // namespace tapeless
