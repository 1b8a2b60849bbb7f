#pragma once
// Gives each emitted step its final form: merged loops, lanes, register tile, kernel, cost.

#include <tapeless/ops/add.hpp>
#include <tapeless/plan/loop_nest.hpp>
#include <tapeless/plan/lower.hpp>

namespace tapeless {

/// The steps of a graph, ready for kernels: emitted and shaped in place, since a copy of them is
/// what compilers take most memory for.
template <int Nodes, int Tensors, int Steps, int Room>
struct shaped : lowering<Nodes, Tensors, Steps, Room> {
  using lowered<Steps, Room>::steps;
  using lowered<Steps, Room>::code;
  using lowered<Steps, Room>::accesses;

  constexpr shaped(const graph_table<Nodes, Tensors>& graph, const layouts<Nodes, Tensors>& layout,
                   const groups<Nodes>& grouped, const target& machine)
      : lowering<Nodes, Tensors, Steps, Room>{graph, layout, grouped} {
    if (this->is_full()) return;
    for (int i = 0; i < this->step_count; ++i) shape_step(steps[i], machine);
  }

 private:
  constexpr void shape_step(step& s, const target& on) {
    access* const a = accesses + s.access_begin;
    const int count = s.access_end - s.access_begin;
    detail::normalize(s, a, count);
    detail::access_use* const use = new detail::access_use[static_cast<std::size_t>(count) + 1]{};
    number_accesses(s, use);
    detail::choose_lanes(s, a, use, count, on);
    detail::choose_tile(s, a, code, on);
    delete[] use;
    for (int i = 0; i < count; ++i) keep_to_rows(s, a[i]);
    for (int i = 0; i < count; ++i) keep_to_block(s, a[i]);
    s.form = s.index >= 0                              ? kernel_form::rows
             : s.lane_in >= s.parallel                 ? kernel_form::summed
             : detail::transposed_row(s, a, code) >= 0 ? kernel_form::transposed
                                                       : kernel_form::tiled;
    count_cost(s);
    describe_cost(s);
    // Sums that are added up across lanes start from as many loads as there are results; few of
    // them wait for that addition.
    constexpr int few = 16;
    int results = 1;
    for (int l = 0; l < s.parallel; ++l) results *= s.extent[l];
    if (s.reduction == reduction_kind::sum &&
        (s.lane_in == s.lane_out || s.lane_out < 0 || results <= few))
      start_from_addend(s);
  }

  /// Numbers the accesses of instructions within their step, and notes how each is used.
  constexpr void number_accesses(const step& s, detail::access_use* use) {
    for (int i = s.code_begin; i < s.code_end; ++i) {
      instruction& ins = code[i];
      if (ins.what == action::apply || ins.what == action::constant || ins.what == action::reduced)
        continue;
      int& at = ins.what == action::store ? ins.b : ins.a;
      at -= s.access_begin;
      if (ins.what == action::random) {
        ins.b -= s.access_begin;
        ins.c -= s.access_begin;
      }
      (i < s.middle ? use[at].prologue : use[at].epilogue) = true;
      use[at].stores = ins.what == action::store;
      if (ins.what == action::position || ins.what == action::random) use[at] = {};
    }
    if (s.index >= 0) use[s.index].number = true;
  }

  /// Lets a sum start from the value that the epilogue would add: a bias costs no addition between
  /// the product and the next step then.
  constexpr void start_from_addend(step& s) {
    const auto epilogue = [&](int reg) -> instruction& { return code[s.middle + reg]; };
    const int count = s.code_end - s.middle;
    int sum = -1, users = 0, user = -1;
    for (int i = 0; i < count; ++i) {
      if (epilogue(i).what == action::reduced) sum = i;
      const bool computes = epilogue(i).what == action::apply;
      if (sum < 0 || !(computes || epilogue(i).what == action::store)) continue;
      if (epilogue(i).a == sum || (computes && (epilogue(i).b == sum || epilogue(i).c == sum))) {
        ++users;
        user = i;
      }
    }
    if (users != 1 || epilogue(user).what != action::apply || !is<add>(epilogue(user).op)) return;
    const int other = epilogue(user).a == sum ? epilogue(user).b : epilogue(user).a;
    if (other == sum || epilogue(other).what != action::load) return;
    s.start = epilogue(other).a;
    epilogue(user) = {.what = action::reduced};
  }

  /// A store whose rows are closer than a whole vector must not run over the next row.
  static constexpr void keep_to_rows(const step& s, access& a) {
    if (!a.stores || s.lane_out < 0) return;
    const int reach = detail::ceil_div(s.extent[s.lane_out], s.width_out) * s.width_out;
    if (reach == s.extent[s.lane_out]) return;
    for (int l = 0; l < s.parallel; ++l)
      if (l != s.lane_out && a.stride[l] != 0 && a.stride[l] < reach) a.exact = true;
    if (a.by_row && s.row_stride < reach && s.row_stride > -reach) a.exact = true;
  }

  /// A vector must not be loaded beyond the block of the parameters, where a matrix of rows without
  /// padding may end.
  constexpr void keep_to_block(const step& s, access& a) const {
    if (a.stores || !lies_as_parameter(a.where)) return;
    const int last = reach_of_iterations(s, a).last;
    for (const int lane : {s.lane_in, s.lane_out}) {
      if (lane < 0 || a.stride[lane] != 1) continue;
      const int width = lane == s.lane_in ? s.width_in : s.width_out;
      const int beyond = detail::ceil_div(s.extent[lane], width) * width - s.extent[lane];
      if (last + beyond >= this->where.parameters) a.exact = true;
    }
  }

  constexpr void count_cost(step& s) const {
    double results = 1, products = 1;
    for (int l = 0; l < s.loops; ++l) (l < s.parallel ? results : products) *= s.extent[l];
    for (int i = s.code_begin; i < s.code_end; ++i)
      if (code[i].what == action::apply)
        s.flops += code[i].op->flops * (i < s.middle ? results * products : results);
    if (s.reduction != reduction_kind::none) s.flops += results * products;
    s.flops *= s.trips * s.inner_trips;
    s.vector_operations = detail::vector_operations(s);
  }

  /// What kernels choose their code by.
  constexpr void describe_cost(step& s) const {
    double flops = 0;
    for (int i = s.middle; i < s.code_end; ++i)
      if (code[i].what == action::apply) flops += code[i].op->flops;
    s.long_epilogue = flops >= 10;
    if (!s.product || s.lane_in < 0) return;
    for (int i = s.code_begin; i < s.code_begin + 2; ++i) {
      const access& a = accesses[s.access_begin + code[i].a];
      if (a.where == place::arena && a.stride[s.lane_in] == 0) s.broadcasts_results = true;
    }
  }
};

}  // namespace tapeless
