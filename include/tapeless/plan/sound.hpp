#pragma once
// Checks a finished plan, as a proof checker checks a proof: it knows the steps and the buffers, and
// shares no code with the planner.
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

#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/uniform.hpp>
#include <tapeless/ops/write_back.hpp>
#include <tapeless/plan/packing.hpp>
#include <tapeless/plan/region.hpp>
#include <type_traits>

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
  int parameters = 0, input = 0, target = 0;

  constexpr explicit buffers_of_call(const Graph& graph) : g{graph} {
    for (int i = 0; i < tensors; ++i) {
      const tensor& t = g.tensors[i];
      if (t.where == place::parameters) {
        begin[i] = parameters;
        parameters += tensor_size(t);
        end[i] = parameters;
      }
      if (t.where == place::input) input += t.dims.count() * g.batch;
      if (t.where == place::target) target += t.dims.count() * g.batch;
    }
  }
  /// Elements of a buffer that does not lie as the parameters do.
  constexpr int size(place p) const {
    switch (p) {
      case place::input:
        return input;
      case place::target:
        return target;
      case place::weight:
        return g.batch;
      case place::scalars:
        return scalar_slots;
      case place::loss:
        return 1;
      case place::output:
        return g.result_count > 0 ? g.result().dims.count() * g.batch : 0;
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

/// What the checker knows after the first steps of a plan. A constant of its own per range of steps:
/// compilers bound the work of one constant expression.
template <int Nodes, int Tensors, int Accesses>
struct knowledge {
  static constexpr int kinds = 5;  ///< parameters, gradients, three slots of state

  verdict found;
  holding held[Accesses + 1] = {};  ///< by rising `begin`, without overlap
  int held_count = 0;
  bool lost[Nodes + 1] = {};     ///< by value: another value has taken elements of it over
  int read_in[Nodes + 1] = {};   ///< by value: last step that read it + 1
  int writes_of[Nodes + 1] = {};  ///< by value: access + 1, the latest first
  int changes_of[kinds * (Tensors + 1)] = {};  ///< by buffer of a parameter: access + 1
  int results[place_count] = {};               ///< by buffer of results: access + 1
  int next[Accesses + 1] = {};                 ///< of these lists, by access: access + 1
  int step_of[Accesses + 1] = {};
};

template <class Program, class Graph>
class plan_checker {
 public:
  using state =
      knowledge<Graph::node_count, Graph::tensor_count, Program::access_count>;

  constexpr plan_checker(const Program& program, const Graph& graph, state& known)
      : p{program}, call{graph}, k_{known} {}

  constexpr void check_steps(int from, int to) {
    for (int i = from; i < to && k_.found; ++i) check_step(i);
  }
  constexpr void check_end() {
    if (k_.found) check_results();
  }

 private:
  static constexpr int kinds = state::kinds;
  const Program& p;
  const buffers_of_call<Graph> call;
  state& k_;
  int now_ = 0;

  constexpr void fail(flaw what, int access = -1) {
    if (k_.found) k_.found = {what, now_, access};
  }

  static constexpr int buffer(const access& a) {
    const int kind = a.where == place::parameters  ? 0
                     : a.where == place::gradients ? 1
                                                   : 2 + a.slot;
    return kind + kinds * a.storage;
  }

  constexpr void check_step(int k) {
    now_ = k;
    const step& s = p.steps[k];
    check_shape(s);
    if (!k_.found) return;
    bool* const used = new bool[static_cast<std::size_t>(s.access_end - s.access_begin) + 1]{};
    int* const reach = new int[static_cast<std::size_t>(s.access_end - s.access_begin) + 1]{};
    check_code(s, used, reach);
    for (int a = s.access_begin; a < s.access_end && k_.found; ++a)
      if (used[a - s.access_begin] && !p.accesses[a].stores)
        check_load(s, a, reach[a - s.access_begin]);
    for (int a = s.access_begin; a < s.access_end && k_.found; ++a)
      if (used[a - s.access_begin] && p.accesses[a].stores)
        check_store(s, a, reach[a - s.access_begin]);
    check_sharing(s);
    delete[] used;
    delete[] reach;
  }

  constexpr void check_shape(const step& s) {
    bool fine = s.loops >= 0 && s.loops <= max_loops && s.parallel <= s.loops &&
                s.lane_out < s.parallel && s.lane_in < s.loops && s.row < s.parallel &&
                (s.lane_in == s.lane_out || s.lane_in >= s.parallel || s.lane_in < 0) &&
                (s.reduction != reduction_kind::none) == (s.middle > s.code_begin) &&
                (s.reduction != reduction_kind::none || s.parallel == s.loops);
    for (const int w : {s.width_in, s.width_out})
      fine = fine && w >= 1 && w <= p.on.width && (w & (w - 1)) == 0;
    for (int l = 0; l < s.loops; ++l) fine = fine && s.extent[l] > 0;
    fine = fine && s.tile_rows > 0 && s.tile_lanes >= 0 && s.accumulators > 0;
    if (!fine) fail(flaw::malformed_step);
  }

  /// Registers are set before they are used; stores come last. Notes for each access whether it is
  /// used and how far vectors go beyond its last element.
  constexpr void check_code(const step& s, bool* used, int* reach) {
    const int accesses = s.access_end - s.access_begin;
    bool stored = false;
    const auto use = [&](int a, bool prologue, bool number, bool stores) {
      if (a < 0 || a >= accesses) return fail(flaw::malformed_code);
      const access& x = p.accesses[s.access_begin + a];
      if (x.stores != stores) return fail(flaw::malformed_code, s.access_begin + a);
      used[a] = true;
      const int n = number     ? 0
                    : prologue ? excess(s, x, s.lane_in, s.width_in)
                               : excess(s, x, s.lane_out, s.width_out);
      if (n > reach[a]) reach[a] = n;
    };
    for (int i = s.code_begin; i < s.code_end && k_.found; ++i) {
      const instruction& x = p.code[i];
      const bool prologue = i < s.middle;
      const int own = i - (prologue ? s.code_begin : s.middle);
      if (x.what == action::store) {
        stored = true;
        if (prologue || x.a < 0 || x.a >= own) fail(flaw::malformed_code);
        if (k_.found) use(x.b, prologue, false, true);
        continue;
      }
      if (stored) fail(flaw::malformed_code);
      if (x.what == action::load) use(x.a, prologue, false, false);
      if (x.what == action::position && (x.a < 0 || x.a >= accesses)) fail(flaw::malformed_code);
      if (x.what == action::reduced && (prologue || s.reduction == reduction_kind::none))
        fail(flaw::malformed_code);
      if (x.what == action::random) {
        use(x.b, prologue, true, false);
        if (k_.found) use(x.c, prologue, true, false);
      }
      if (x.what == action::apply) {
        const int in[] = {x.a, x.b, x.c};
        for (int k = 0; k < x.op->arity; ++k)
          if (in[k] < 0 || in[k] >= own) fail(flaw::malformed_code);
      }
    }
    if (k_.found && s.start >= 0) use(s.start, false, s.lane_in != s.lane_out, false);
    if (k_.found && s.start >= 0 && s.reduction != reduction_kind::sum) fail(flaw::malformed_code);
    const instruction* c = p.code + s.code_begin;
    if (k_.found && s.product &&
        (s.reduction != reduction_kind::sum || s.middle - s.code_begin != 3 ||
         c[0].what != action::load || c[1].what != action::load || c[2].what != action::apply ||
         !is<mul>(c[2].op) || c[2].a != 0 || c[2].b != 1))
      fail(flaw::malformed_code);
  }

  /// Whether an access stays in its buffer, vectors included.
  constexpr void check_bounds(const step& s, int a, const region& r, int beyond) {
    const access& x = p.accesses[a];
    int begin = 0, end = 0, vector_end = 0;
    if (x.where == place::arena) {
      end = p.memory.arena;
      vector_end = p.memory.arena + 16;
    } else if (is_packed(x.where)) {
      if (x.storage < 0 || x.storage >= Graph::tensor_count || x.slot < 0 || x.slot > 2)
        return fail(flaw::outside_of_buffer, a);
      begin = call.begin[x.storage];
      end = call.end[x.storage];
      vector_end = x.stores ? end : call.parameters;
    } else {
      end = vector_end = call.size(x.where);
    }
    if (r.first < begin || r.last() >= end) return fail(flaw::outside_of_buffer, a);
    const bool transposes = s.form == kernel_form::transposed && !x.stores;  // loads no more than it needs
    if (!x.exact && !transposes && r.last() + beyond >= vector_end)
      fail(flaw::vector_beyond_buffer, a);
  }

  constexpr void check_load(const step& s, int a, int beyond) {
    const access& x = p.accesses[a];
    const region r = region_of(s, x);
    if (x.where == place::output || x.where == place::loss) return fail(flaw::malformed_step, a);
    check_bounds(s, a, r, beyond);
    if (!k_.found) return;
    if (x.where == place::arena) {
      check_value(a, r);
    } else if (is_packed(x.where)) {
      if (!lies_within(tensor_region(x.storage), r)) return fail(flaw::outside_of_buffer, a);
      check_unchanged(s, a, r);
    }
  }

  /// The elements of a parameter, without padding.
  constexpr region tensor_region(int index) const {
    const tensor& t = call.g.tensors[index];
    strided at = tensor_strides(t);
    at.offset = call.begin[index];
    return region_of(at, t.dims, 1);
  }
  static constexpr bool lies_within(const region& whole, const region& part) {
    if (contains(whole, part)) return true;
    if (part.first < whole.first || part.last() > whole.last()) return false;
    bool* const there = new bool[static_cast<std::size_t>(whole.last() - whole.first) + 1]{};
    for_each_element(whole, [&](int at) { there[at - whole.first] = true; });
    bool all = true;
    for_each_element(part, [&](int at) { all = all && there[at - whole.first]; });
    delete[] there;
    return all;
  }

  /// All elements of a value are there, and still the value's own.
  constexpr void check_value(int a, const region& r) {
    const int v = p.accesses[a].storage;
    if (v < 0 || v >= Graph::node_count) return fail(flaw::malformed_step, a);
    bool covered = false;
    for (int w = k_.writes_of[v]; w != 0 && !covered; w = k_.next[w - 1])
      covered = contains(region_of(p.steps[k_.step_of[w - 1]], p.accesses[w - 1]), r);
    if (!covered && !is_covered_together(v, r)) return fail(flaw::reads_nothing_written, a);
    if (k_.lost[v]) return fail(flaw::reads_overwritten_value, a);
    k_.read_in[v] = now_ + 1;
  }
  constexpr bool is_covered_together(int v, const region& r) const {
    bool* const there = new bool[static_cast<std::size_t>(r.last() - r.first) + 1]{};
    for (int w = k_.writes_of[v]; w != 0; w = k_.next[w - 1])
      for_each_element(region_of(p.steps[k_.step_of[w - 1]], p.accesses[w - 1]), [&](int at) {
        if (at >= r.first && at <= r.last()) there[at - r.first] = true;
      });
    bool all = true;
    for_each_element(r, [&](int at) { all = all && there[at - r.first]; });
    delete[] there;
    return all;
  }

  /// No earlier step has changed what is read of the caller's buffers.
  constexpr void check_unchanged(const step& s, int a, const region& r) {
    for (int w = k_.changes_of[buffer(p.accesses[a])]; w != 0; w = k_.next[w - 1]) {
      const region changed = region_of(p.steps[k_.step_of[w - 1]], p.accesses[w - 1]);
      if (changed.first <= r.last() && r.first <= changed.last())
        return fail(flaw::reads_changed_buffer, a);
    }
    // A step that changes a buffer may read of it what it stores next, and that in its epilogue.
    for (int w = s.access_begin; w < s.access_end; ++w) {
      const access &x = p.accesses[a], &y = p.accesses[w];
      if (!y.stores || y.where != x.where || y.slot != x.slot || y.storage != x.storage) continue;
      bool same = x.offset == y.offset && !is_read_in_prologue(s, a - s.access_begin);
      for (int l = 0; l < s.parallel; ++l) same = same && x.stride[l] == y.stride[l];
      const region own = region_of(s, y);
      if (!same && own.first <= r.last() && r.first <= own.last())
        return fail(flaw::overwrites_what_it_reads, a);
    }
  }
  constexpr bool is_read_in_prologue(const step& s, int a) const {
    for (int i = s.code_begin; i < s.middle; ++i)
      if (p.code[i].what == action::load && p.code[i].a == a) return true;
    return false;
  }

  constexpr void check_store(const step& s, int a, int beyond) {
    const access& x = p.accesses[a];
    if (x.where == place::input || x.where == place::target || x.where == place::scalars ||
        x.where == place::weight)
      return fail(flaw::stores_read_only_buffer, a);
    check_each_once(s, a);
    const region r = region_of(s, x);
    if (k_.found) check_bounds(s, a, r, beyond);
    if (k_.found) check_tail(s, a, beyond);
    if (!k_.found) return;
    k_.step_of[a] = now_;
    if (x.where == place::arena)
      take(a, r, x.exact ? 0 : beyond);
    else
      add_to(is_packed(x.where) ? k_.changes_of[buffer(x)] : k_.results[static_cast<int>(x.where)], a);
  }
  constexpr void add_to(int& list, int a) {
    k_.next[a] = list;
    list = a + 1;
  }

  /// Every result has an element of its own, in lanes side by side.
  constexpr void check_each_once(const step& s, int a) {
    const access& x = p.accesses[a];
    region r;
    r.first = x.offset;
    for (int l = 0; l < s.loops; ++l) {
      if (l >= s.parallel && x.stride[l] != 0) return fail(flaw::stores_element_twice, a);
      if (l < s.parallel && x.stride[l] == 0 && s.extent[l] > 1)
        return fail(flaw::stores_element_twice, a);
      r.add(s.extent[l], x.stride[l]);
    }
    r.finish();
    if (!r.distinct) fail(flaw::stores_element_twice, a);
    if (s.lane_out >= 0 && x.stride[s.lane_out] != 1) fail(flaw::malformed_step, a);
  }

  /// What vectors store beyond their last lane hits padding, which stays zero among parameters.
  constexpr void check_tail(const step& s, int a, int beyond) {
    const access& x = p.accesses[a];
    if (beyond == 0 || x.exact) return;
    for (int l = 0; l < s.parallel; ++l)
      if (l != s.lane_out && x.stride[l] < s.extent[s.lane_out] + beyond && s.extent[l] > 1)
        return fail(flaw::vector_over_neighbour, a);
    if (is_packed(x.where) && !x.zero_tail) fail(flaw::padding_not_zero, a);
    if (x.where == place::arena && k_.writes_of[x.storage] != 0)
      fail(flaw::vector_over_neighbour, a);  // another part of the value is there already
  }

  /// Gives elements of the arena to a value; other values that held some of them are lost.
  constexpr void take(int a, const region& r, int beyond) {
    const int v = p.accesses[a].storage;
    if (v < 0 || v >= Graph::node_count) return fail(flaw::malformed_step, a);
    const holding own{r.first, r.last() + beyond + 1, v};
    int low = 0, high = k_.held_count;
    while (low < high) {
      const int middle = (low + high) / 2;
      if (k_.held[middle].end <= own.begin)
        low = middle + 1;
      else
        high = middle;
    }
    int behind = low;  // the first holding behind the new one
    for (; behind < k_.held_count && k_.held[behind].begin < own.end; ++behind) {
      const int other = k_.held[behind].value;
      if (k_.read_in[other] == now_ + 1) return fail(flaw::overwrites_what_it_reads, a);
      if (other != v) k_.lost[other] = true;
    }
    replace(low, behind, own);
    if (k_.lost[v]) return fail(flaw::reads_overwritten_value, a);
    if (k_.writes_of[v] != 0 && overlaps_earlier(v, r))
      return fail(flaw::stores_element_twice, a);
    add_to(k_.writes_of[v], a);
  }
  /// Puts one holding in place of those from `from` to `to` - 1; parts of the same value stay.
  constexpr void replace(int from, int to, holding own) {
    for (int i = from; i < to; ++i)
      if (k_.held[i].value == own.value) {
        if (k_.held[i].begin < own.begin) own.begin = k_.held[i].begin;
        if (k_.held[i].end > own.end) own.end = k_.held[i].end;
      }
    const int more = 1 - (to - from);
    if (more > 0)
      for (int i = k_.held_count; i > from; --i) k_.held[i] = k_.held[i - 1];
    else if (more < 0)
      for (int i = to; i < k_.held_count; ++i) k_.held[i + more] = k_.held[i];
    k_.held_count += more;
    k_.held[from] = own;
  }

  /// Whether a part of a value covers elements of an earlier part.
  constexpr bool overlaps_earlier(int v, const region& r) const {
    bool* const own = new bool[static_cast<std::size_t>(r.last() - r.first) + 1]{};
    for_each_element(r, [&](int at) { own[at - r.first] = true; });
    bool overlaps = false;
    for (int w = k_.writes_of[v]; w != 0; w = k_.next[w - 1])
      for_each_element(region_of(p.steps[k_.step_of[w - 1]], p.accesses[w - 1]), [&](int at) {
        if (at >= r.first && at <= r.last()) overlaps = overlaps || own[at - r.first];
      });
    delete[] own;
    return overlaps;
  }

  /// A step runs the kernel of another one only if it is the same.
  constexpr void check_sharing(const step& s) {
    if (!k_.found) return;
    if (s.same_as < 0 || s.same_as > now_ || s.kind_as < 0 || s.kind_as > now_)
      return fail(flaw::shares_another_kernel);
    if (s.same_as != now_ && !agree(s, p.steps[s.same_as], true))
      fail(flaw::shares_another_kernel);
    if (s.kind_as != now_ && !agree(s, p.steps[s.kind_as], false))
      fail(flaw::shares_another_kernel);
  }
  constexpr bool agree(const step& a, const step& b, bool sizes) const {
    if (a.loops != b.loops || a.parallel != b.parallel || a.reduction != b.reduction ||
        a.product != b.product || a.lane_in != b.lane_in || a.lane_out != b.lane_out ||
        a.width_in != b.width_in || a.width_out != b.width_out || a.row != b.row ||
        a.start != b.start || a.code_end - a.code_begin != b.code_end - b.code_begin ||
        a.middle - a.code_begin != b.middle - b.code_begin ||
        a.access_end - a.access_begin != b.access_end - b.access_begin)
      return false;
    for (int l = 0; l < a.loops && sizes; ++l)
      if (a.extent[l] != b.extent[l]) return false;
    for (int i = 0; i < a.access_end - a.access_begin; ++i)
      if (!agree(a, p.accesses[a.access_begin + i], p.accesses[b.access_begin + i], sizes))
        return false;
    for (int i = 0; i < a.code_end - a.code_begin; ++i) {
      const instruction &x = p.code[a.code_begin + i], &y = p.code[b.code_begin + i];
      const bool same_op = x.op == nullptr || y.op == nullptr ? x.op == nullptr && y.op == nullptr
                                                              : same_operation(x.op, y.op);
      if (x.what != y.what || x.a != y.a || x.b != y.b || x.c != y.c || !same_op ||
          !(x.attr == y.attr))
        return false;
    }
    return true;
  }
  static constexpr bool agree(const step& s, const access& x, const access& y, bool sizes) {
    if (x.exact != y.exact || x.zero_tail != y.zero_tail || x.stores != y.stores) return false;
    for (int l = 0; l < s.loops; ++l) {
      if (sizes && x.stride[l] != y.stride[l]) return false;
      const bool lane = l == s.lane_in || l == s.lane_out;
      if (!sizes && lane && (x.stride[l] == 1) != (y.stride[l] == 1)) return false;
      if (!sizes && lane && (x.stride[l] == 0) != (y.stride[l] == 0)) return false;
    }
    return true;
  }

  /// Everything that the graph stores is stored whole, once.
  constexpr void check_results() {
    now_ = Program::step_count;
    for (int i = 0; i < Graph::node_count && k_.found; ++i) {
      const node& n = call.g[i];
      if (k_.writes_of[i] != 0) check_whole_value(n, i);
      if (n.op->kind != family::assign) continue;
      const write_back::attributes to = unpack<write_back::attributes>(n.attr);
      if (to.tensor < 0) {
        check_result(n, to);
        continue;
      }
      const region whole = tensor_region(to.tensor);
      access key;
      key.where = to.where;
      key.slot = to.slot;
      key.storage = to.tensor;
      const int w = k_.changes_of[buffer(key)];
      if (w == 0 || k_.next[w - 1] != 0 ||
          !(region_of(p.steps[k_.step_of[w - 1]], p.accesses[w - 1]) == whole))
        fail(flaw::stored_incompletely, w - 1);
    }
  }
  /// A value of the arena has as many elements as its node.
  constexpr void check_whole_value(const node& n, int i) {
    int elements = 0;
    for (int w = k_.writes_of[i]; w != 0; w = k_.next[w - 1])
      elements += region_of(p.steps[k_.step_of[w - 1]], p.accesses[w - 1]).count();
    if (elements != n.dims.count() * (n.batched ? call.g.batch : 1))
      fail(flaw::stored_incompletely, k_.writes_of[i] - 1);
  }
  constexpr void check_result(const node& n, const write_back::attributes& to) {
    strided at{0, n.dims.count(), {}};
    for (int i = n.dims.rank - 1, size = 1; i >= 0; size *= n.dims[i--]) at.stride[i] = size;
    const region whole = region_of(at, n.dims, n.batched ? call.g.batch : 1);
    if (whole.count() < call.size(to.where)) return fail(flaw::stored_incompletely);
    const int w = k_.results[static_cast<int>(to.where)];
    if (w == 0 || k_.next[w - 1] != 0 ||
        !(region_of(p.steps[k_.step_of[w - 1]], p.accesses[w - 1]) == whole))
      fail(flaw::stored_incompletely, w - 1);
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
