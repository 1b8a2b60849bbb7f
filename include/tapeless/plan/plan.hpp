#pragma once
// From a prepared graph to the program that kernels execute: group, lower, order, place.

#include <tapeless/plan/arena.hpp>
#include <tapeless/plan/shaping.hpp>

namespace tapeless {

namespace detail {

constexpr bool same_instruction(const instruction& a, const instruction& b) {
  return a.what == b.what && (a.what != action::apply || a.op->id == b.op->id) && a.a == b.a &&
         a.b == b.b && a.c == b.c && a.attr == b.attr;
}

/// Equality of everything a kernel is made from; where its operands lie does not matter.
template <class Lowered>
constexpr bool same_nest(const Lowered& l, const step& a, const step& b) {
  if (a.loops != b.loops || a.kept != b.kept || a.fold != b.fold || a.lane_in != b.lane_in ||
      a.lane_out != b.lane_out || a.start != b.start ||
      a.code_end - a.code_begin != b.code_end - b.code_begin ||
      a.middle - a.code_begin != b.middle - b.code_begin ||
      a.access_end - a.access_begin != b.access_end - b.access_begin)
    return false;
  for (int i = 0; i < a.loops; ++i)
    if (a.extent[i] != b.extent[i]) return false;
  for (int i = 0; i < a.access_end - a.access_begin; ++i) {
    const access &x = l.accesses[a.access_begin + i], &y = l.accesses[b.access_begin + i];
    if (x.guarded != y.guarded || x.zero_tail != y.zero_tail) return false;
    for (int k = 0; k < a.loops; ++k)
      if (x.stride[k] != y.stride[k]) return false;
  }
  for (int i = 0; i < a.code_end - a.code_begin; ++i)
    if (!same_instruction(l.code[a.code_begin + i], l.code[b.code_begin + i])) return false;
  return true;
}

/// Equality but for extents and strides, of which only the one along the lanes and whether there is
/// one at all matter.
template <class Lowered>
constexpr bool same_kind(const Lowered& l, const step& a, const step& b) {
  if (a.loops != b.loops || a.kept != b.kept || a.fold != b.fold || a.lane_in != b.lane_in ||
      a.lane_out != b.lane_out || a.width_in != b.width_in || a.width_out != b.width_out ||
      a.row != b.row || a.start != b.start ||
      a.code_end - a.code_begin != b.code_end - b.code_begin ||
      a.middle - a.code_begin != b.middle - b.code_begin ||
      a.access_end - a.access_begin != b.access_end - b.access_begin)
    return false;
  auto kind = [](int stride) { return stride == 0 ? 0 : stride == 1 ? 1 : 2; };
  for (int i = 0; i < a.access_end - a.access_begin; ++i) {
    const access &x = l.accesses[a.access_begin + i], &y = l.accesses[b.access_begin + i];
    if (x.guarded != y.guarded || x.zero_tail != y.zero_tail) return false;
    for (int k = 0; k < a.loops; ++k)
      if ((k == a.lane_in || k == a.lane_out) && kind(x.stride[k]) != kind(y.stride[k]))
        return false;
  }
  for (int i = 0; i < a.code_end - a.code_begin; ++i)
    if (!same_instruction(l.code[a.code_begin + i], l.code[b.code_begin + i])) return false;
  return true;
}

/// Hash of a step's program, in few evaluation steps.
template <class Lowered>
constexpr std::uint32_t hash_code(const Lowered& l, const step& s) {
  std::uint64_t h = static_cast<std::uint64_t>(s.loops * 131 + s.width_in);
  for (int i = s.code_begin; i < s.code_end; ++i)
    h = mixed(
        h,
        static_cast<std::uint64_t>(l.code[i].a + 2) |
            static_cast<std::uint64_t>(l.code[i].b + 2) << 12 |
            static_cast<std::uint64_t>(l.code[i].what) << 24 |
            static_cast<std::uint64_t>(l.code[i].what == action::apply ? l.code[i].op->name[0] : 0)
                << 32 |
            static_cast<std::uint64_t>(l.code[i].c + 2) << 40);
  for (int i = s.code_begin; i < s.code_end; ++i)
    if (l.code[i].attr.number != 0)
      h = mixed(h, __builtin_bit_cast(std::uint64_t, l.code[i].attr.number));
  return folded(h);
}

/// Hash of its extents and strides.
template <class Lowered>
constexpr std::uint32_t hash_sizes(const Lowered& l, const step& s) {
  std::uint64_t h = static_cast<std::uint64_t>(s.extent[0]) |
                    static_cast<std::uint64_t>(s.extent[1]) << 20 |
                    static_cast<std::uint64_t>(s.extent[2]) << 40;
  for (int i = s.access_begin; i < s.access_end; ++i)
    h = mixed(h, static_cast<std::uint64_t>(l.accesses[i].stride[0]) |
                     static_cast<std::uint64_t>(l.accesses[i].stride[1]) << 20 |
                     static_cast<std::uint64_t>(l.accesses[i].stride[2]) << 40);
  return folded(h);
}

/// Order of execution. Groups run in the order of their last nodes. An update of parameters, and
/// what only updates read, wait for nothing but their operands and the readers of the old values:
/// they run right after the last of these.
template <int Nodes, int Tensors>
struct schedule {
  int order[2 * Nodes + 1] = {};

  constexpr schedule(const graph_table<Nodes, Tensors>& g, const lowered<Nodes>& low)
      : graph_{g}, low_{low} {
    for (int& w : writer) w = -1;
    for (int s = 0; s < low.step_count; ++s)
      for_each_value(s, place::arena, true, [&](int v) { writer[v] = s; });
    choose_flexible();
    for (int s = 0; s < low.step_count; ++s)
      if (flexible[s]) find_predecessor(s);
    for (int s = low.step_count - 1; s >= 0; --s)
      if (flexible[s]) {
        next[s] = after[predecessor[s]];
        after[predecessor[s]] = s + 1;
      }
    int n = 0;
    for (int s = 0; s < low.step_count; ++s) {
      if (!flexible[s]) order[n++] = s;
      for (int f = after[s]; f != 0; f = next[f - 1]) order[n++] = f - 1;
    }
  }

 private:
  const graph_table<Nodes, Tensors>& graph_;
  const lowered<Nodes>& low_;
  int writer[Nodes + 1] = {};           // of each value in the arena
  bool flexible[2 * Nodes + 1] = {};    // updates, and what only these read
  int predecessor[2 * Nodes + 1] = {};  // step of the others that a flexible one follows
  int last_reader[Tensors + 1] = {};    // predecessor of all that read a parameter
  int after[2 * Nodes + 2] = {}, next[2 * Nodes + 1] = {};  // lists of flexible steps

  constexpr bool is_update(int s) const {
    const node& n = graph_[low_.steps[s].root];
    return n.op->kind == family::assign && n.attr.index[2] >= 0;
  }

  /// Calls f with every value in a place that step s stores, or loads.
  template <class F>
  constexpr void for_each_value(int s, place where, bool stores, F f) const {
    const step& own = low_.steps[s];
    for (int i = own.code_begin; i < own.code_end; ++i) {
      const instruction& x = low_.code[i];
      if (stores != (x.what == action::store)) continue;
      if (!stores && x.what != action::load) continue;
      const access& a = low_.accesses[own.access_begin + (stores ? x.b : x.a)];
      if (a.where == where && a.value >= 0) f(a.value);
    }
    if (!stores && own.start >= 0) {
      const access& a = low_.accesses[own.access_begin + own.start];
      if (a.where == where && a.value >= 0) f(a.value);
    }
  }

  constexpr void choose_flexible() {
    bool read[Nodes + 1] = {}, read_by_others[Nodes + 1] = {};  // than updates
    for (int s = low_.step_count - 1; s >= 0; --s) {
      bool for_updates = false, for_others = false;
      for_each_value(s, place::arena, true, [&](int v) {
        for_updates = for_updates || read[v];
        for_others = for_others || read_by_others[v];
      });
      flexible[s] = is_update(s) || (for_updates && !for_others);
      for_each_value(s, place::arena, false, [&](int v) {
        read[v] = true;
        read_by_others[v] = read_by_others[v] || !is_update(s);
      });
      if (!flexible[s])
        for_each_value(s, place::parameters, false, [&](int t) {
          if (s > last_reader[t]) last_reader[t] = s;
        });
    }
  }

  constexpr void find_predecessor(int s) {
    int& own = predecessor[s];
    for_each_value(s, place::arena, false, [&](int v) {
      const int w = writer[v];
      if (w < 0 || w == s) return;
      const int step = flexible[w] ? predecessor[w] : w;
      if (step > own) own = step;
    });
    for_each_value(s, place::parameters, true, [&](int t) {
      if (last_reader[t] > own) own = last_reader[t];
    });
    for_each_value(s, place::parameters, false, [&](int t) {
      if (own > last_reader[t]) last_reader[t] = own;
    });
  }
};

/// Where each stored value lies in the arena.
template <int Nodes>
struct placement {
  int offset[Nodes + 1] = {};
  memory_plan memory;

  constexpr placement(const lowered<Nodes>& low, const int* size, const int* order) {
    lifetime life[Nodes + 1] = {};
    int by_first[Nodes + 1] = {}, count = 0;
    for (int k = 0; k < low.step_count; ++k) {
      const step& s = low.steps[order[k]];
      for (int a = s.access_begin; a < s.access_end; ++a) {
        const int v = low.accesses[a].value;
        if (low.accesses[a].where != place::arena || v < 0) continue;
        if (life[v].last < 0) {
          life[v].first = k;
          life[v].size = size[v];
          by_first[count++] = v;
        }
        life[v].last = k;
      }
    }
    memory = assign_offsets(life, by_first, count, low.step_count);
    for (int i = 0; i < count; ++i) offset[by_first[i]] = life[by_first[i]].offset;
  }
};

/// Which steps can share a kernel.
template <int Nodes>
struct sharing_of_kernels {
  int same_as[2 * Nodes + 1] = {}, kind_as[2 * Nodes + 1] = {};
  int count = 0;  ///< kernels of constant size

  constexpr sharing_of_kernels(const lowered<Nodes>& low, const int* order) {
    constexpr int buckets = 1024;
    int first[buckets] = {}, next[2 * Nodes + 1] = {};
    int kind_first[buckets] = {}, kind_next[2 * Nodes + 1] = {};
    for (int k = 0; k < low.step_count; ++k) {
      const step& s = low.steps[order[k]];
      const std::uint32_t code = hash_code(low, s);
      int& head = first[(code ^ hash_sizes(low, s)) % buckets];
      same_as[k] = k;
      for (int o = head; o != 0 && same_as[k] == k; o = next[o - 1])
        if (same_nest(low, s, low.steps[order[o - 1]])) same_as[k] = o - 1;
      if (same_as[k] == k) {
        next[k] = head;
        head = k + 1;
        ++count;
      }
      int& kind_head = kind_first[code % buckets];
      kind_as[k] = same_as[k] != k ? kind_as[same_as[k]] : k;
      for (int o = kind_head; o != 0 && kind_as[k] == k; o = kind_next[o - 1])
        if (same_kind(low, s, low.steps[order[o - 1]])) kind_as[k] = o - 1;
      if (kind_as[k] == k) {
        kind_next[k] = kind_head;
        kind_head = k + 1;
      }
    }
  }
};

/// The stages of planning, each a constant of its own: compilers bound the work of one constant
/// expression, not of a program.
template <const auto& Graph, target On>
struct planning {
  static constexpr int nodes = std::remove_cvref_t<decltype(Graph)>::node_count;
  static constexpr int tensors = std::remove_cvref_t<decltype(Graph)>::tensor_count;
  static constexpr layouts<nodes, tensors> where{Graph, On, parameter_offsets(Graph)};
  static constexpr groups<nodes> fused{Graph};
  static constexpr shaped<nodes, tensors> low{Graph, where, fused, On};
  static constexpr schedule<nodes, tensors> in_order{Graph, low};
  static constexpr placement<nodes> placed{low, where.size, in_order.order};
  static constexpr sharing_of_kernels<nodes> kernels{low, in_order.order};
};

}  // namespace detail

/// The program of a prepared graph on a target.
template <const auto& Graph, target On>
consteval auto make_program() {
  using stages = detail::planning<Graph, On>;
  constexpr const auto& low = stages::low;
  program<low.step_count, low.code_count, low.access_count> r;
  for (int k = 0; k < low.step_count; ++k) {
    r.steps[k] = low.steps[stages::in_order.order[k]];
    r.steps[k].same_as = stages::kernels.same_as[k];
    r.steps[k].kind_as = stages::kernels.kind_as[k];
    r.flops += r.steps[k].flops;
    r.vector_operations += r.steps[k].vector_operations;
  }
  for (int i = 0; i < low.code_count; ++i) r.code[i] = low.code[i];
  for (int i = 0; i < low.access_count; ++i) {
    r.accesses[i] = low.accesses[i];
    if (r.accesses[i].where == place::arena && r.accesses[i].value >= 0)
      r.accesses[i].offset += stages::placed.offset[r.accesses[i].value];
  }
  r.memory = stages::placed.memory;
  r.kernels = stages::kernels.count;
  r.on = On;
  return r;
}

}  // namespace tapeless
