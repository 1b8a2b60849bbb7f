#pragma once
// From a prepared graph to the program that kernels execute: group, lower, order, place.

#include <tapeless/plan/arena.hpp>
#include <tapeless/plan/schedule.hpp>
#include <tapeless/plan/shaping.hpp>
#include <tapeless/plan/sharing.hpp>

namespace tapeless {

namespace detail {

/// The stages of planning, each a constant of its own: compilers bound the work of one constant
/// expression, not of a program.
template <const auto& Graph, target On>
struct planning {
  static constexpr int nodes = std::remove_cvref_t<decltype(Graph)>::node_count;
  static constexpr int tensors = std::remove_cvref_t<decltype(Graph)>::tensor_count;
  static constexpr layouts<nodes, tensors> where{Graph, On, parameter_offsets(Graph)};
  static constexpr fused_groups<nodes> fused{Graph, where};
  static constexpr int steps = steps_for(Graph, fused);

  template <int Room>
  static constexpr shaped<nodes, tensors, steps, Room> low_in{Graph, where, fused, On};
  /// Room for instructions and accesses: most graphs need the first, and more is tried.
  template <int Room>
  static consteval int room_from() {
    if constexpr (low_in<Room>.is_full())
      return room_from<4 * Room>();
    else
      return Room;
  }
  static constexpr const auto& low = low_in<room_from<6 * nodes + 64>()>;

  static constexpr schedule<nodes, tensors, steps> in_order{low};
  static_assert(in_order.complete,
                "Tapeless: internal error, steps depend on each other in a circle");
  static constexpr placement<nodes> placed{low, where.size, in_order.order};
  static constexpr kernel_sharing<steps> kernels{low, in_order.order};
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
    // What a stream keeps is ordered as values of the arena are, and lies elsewhere.
    if (r.accesses[i].where == place::arena && r.accesses[i].storage >= 0 &&
        is<extended>(Graph[r.accesses[i].storage].op)) {
      r.accesses[i].where = place::history;
      r.accesses[i].slot = attributes_of<extended>(Graph[r.accesses[i].storage]).slot;
      continue;
    }
    if (r.accesses[i].where == place::arena && r.accesses[i].storage >= 0)
      r.accesses[i].offset += stages::placed.offset[r.accesses[i].storage];
  }
  r.memory = stages::placed.memory;
  r.kernels = stages::kernels.count;
  r.on = On;
  return r;
}

}  // namespace tapeless
