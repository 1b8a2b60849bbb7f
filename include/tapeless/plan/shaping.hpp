#pragma once
// Gives each emitted step its final form: merged loops, lanes, register tile, cost.

#include <tapeless/ops/add.hpp>
#include <tapeless/plan/lower.hpp>
#include <tapeless/plan/nest.hpp>

namespace tapeless {

/// The steps of a graph, ready for kernels: emitted and shaped in place, since a copy of them is
/// what compilers take most memory for.
template <int Nodes, int Tensors>
struct shaped : lowering<Nodes, Tensors> {
  using lowered<Nodes>::steps;
  using lowered<Nodes>::code;
  using lowered<Nodes>::accesses;

  constexpr shaped(const graph_table<Nodes, Tensors>& graph, const layouts<Nodes, Tensors>& layout,
                   const groups<Nodes>& grouped, const target& machine)
      : lowering<Nodes, Tensors>{graph, layout, grouped} {
    for (int i = 0; i < this->step_count; ++i) shape_step(steps[i], machine);
  }

 private:
  constexpr void shape_step(step& s, const target& on) {
    access* const a = accesses + s.access_begin;
    const int count = s.access_end - s.access_begin;
    detail::normalize(s, a, count);
    detail::access_use use[4 * max_group_members] = {};
    for (int i = s.code_begin; i < s.code_end; ++i) {
      instruction& ins = code[i];
      if (ins.what == action::apply || ins.what == action::constant || ins.what == action::folded)
        continue;
      int& at = ins.what == action::store ? ins.b : ins.a;
      at -= s.access_begin;
      if (ins.what == action::random) {
        ins.b -= s.access_begin;
        ins.c -= s.access_begin;
      }
      (i < s.middle ? use[at].before : use[at].after) = true;
      use[at].stores = ins.what == action::store;
      if (ins.what == action::position || ins.what == action::random) use[at] = {};
    }
    detail::choose_lanes(s, a, use, count, on);
    detail::choose_tile(s, on);
    for (int i = 0; i < count; ++i) guard(s, a[i], use[i].stores);
    count_cost(s);
    // Results of a tree of shuffles start from as many loads: good for those that somebody waits for.
    constexpr int few = 16;
    int results = 1;
    for (int l = 0; l < s.kept; ++l) results *= s.extent[l];
    if (s.fold == folding::sum && (s.lane_in == s.lane_out || s.lane_out < 0 || results <= few))
      start_from_addend(s);
  }

  /// A bias is where its sum starts: one addition less between a product and what waits for it.
  constexpr void start_from_addend(step& s) {
    const auto after = [&](int reg) -> instruction& { return code[s.middle + reg]; };
    const int count = s.code_end - s.middle;
    int sum = -1, users = 0, user = -1;
    for (int i = 0; i < count; ++i) {
      if (after(i).what == action::folded) sum = i;
      const bool computes = after(i).what == action::apply;
      if (sum < 0 || !(computes || after(i).what == action::store)) continue;
      if (after(i).a == sum || (computes && (after(i).b == sum || after(i).c == sum))) {
        ++users;
        user = i;
      }
    }
    if (users != 1 || after(user).what != action::apply || !is<add>(after(user).op)) return;
    const int other = after(user).a == sum ? after(user).b : after(user).a;
    if (other == sum || after(other).what != action::load) return;
    s.start = after(other).a;
    after(user) = {.what = action::folded};
  }

  /// A store whose rows are closer than a whole vector must not run over the next row.
  static constexpr void guard(const step& s, access& a, bool stores) {
    if (!stores || s.lane_out < 0) return;
    const int reach = detail::ceil_div(s.extent[s.lane_out], s.width_out) * s.width_out;
    if (reach == s.extent[s.lane_out]) return;
    for (int l = 0; l < s.kept; ++l)
      if (l != s.lane_out && a.stride[l] != 0 && a.stride[l] < reach) a.guarded = true;
  }

  constexpr void count_cost(step& s) const {
    double results = 1, products = 1;
    for (int l = 0; l < s.loops; ++l) (l < s.kept ? results : products) *= s.extent[l];
    for (int i = s.code_begin; i < s.code_end; ++i)
      if (code[i].what == action::apply)
        s.flops += code[i].op->flops * (i < s.middle ? results * products : results);
    if (s.fold != folding::none) s.flops += results * products;
    s.vector_operations = detail::vector_operations(s);
  }
};

}  // namespace tapeless
