#pragma once
// The graph of a training step: loss, gradients, and the update that an optimizer makes of them.

#include <tapeless/ops/add_rows.hpp>
#include <tapeless/run/gradient.hpp>
#include <tapeless/run/groups.hpp>

namespace tapeless {

namespace detail {

/// Where the gradients of an update come from.
enum class gradient_source : std::uint8_t {
  samples,      ///< forward and backward of a batch, updated at once
  accumulate,   ///< the same, added to what is stored; no update
  accumulated,  ///< what is stored
};

/// Most numbers that an optimizer may keep per parameter, and change from step to step.
inline constexpr int max_states = 3, max_scalars = 6;

/// The numbers of a step of an optimizer, from slot `first` on.
template <class Optimizer>
constexpr void append_scalars(graph& g, path name, int first, value* scalar) {
  for (int k = 0; k < Optimizer::scalars; ++k)
    scalar[k] = g.leaf(name.join(k), place::scalars, {}, false, first + k);
}

/// The update of every parameter: that of the first group which names it, else the optimizer's.
template <class Optimizer, class Options>
constexpr void append_update(graph& g, const loss_graph& l) {
  static_assert(Optimizer::states >= 0 && Optimizer::states <= max_states,
                "Tapeless: an optimizer keeps at most three numbers per parameter");
  static_assert(Optimizer::scalars >= 0 && Optimizer::scalars <= max_scalars,
                "Tapeless: an optimizer has at most six numbers that change from step to step");
  static_assert(Options::group_count <= max_groups,
                "Tapeless: a trainer has at most eight parameter groups");
  value scalar[max_groups + 1][max_scalars];
  append_scalars<Optimizer>(g, path{"scalar"}, 0, scalar[max_groups]);
  Options::for_each_group([&]<class Group>(int index) {
    if (!Group::all_known(g)) g.fail(problem::unknown_parameter_path, path{"parameter_group"});
    append_scalars<typename optimizer_of_group<Optimizer, Group>::type>(
        g, path{"group"}.join(index), group_slot + index * slots_per_group, scalar[index]);
  });
  bool takes[max_groups] = {};  // whether a group has a parameter
  for (int i = 0; i < l.count; ++i) {
    value state[max_states];
    for (int k = 0; k < Optimizer::states; ++k) {
      state[k] = g.leaf(g.tensors[l.tensor[i]].name, place::state, l.parameter[i].dims(), false, k);
      g.tensors[g.tensor_count - 1].lies_as(g.tensors[l.tensor[i]]);
    }
    if (g.failed()) return;
    decltype(Optimizer::step(value{}, value{}, state, scalar[0])) u;
    bool done = false;
    Options::for_each_group([&]<class Group>(int index) {
      if (done || !Group::contains(g.tensors[l.tensor[i]].name.view())) return;
      u = optimizer_of_group<Optimizer, Group>::type::step(l.parameter[i], l.gradient[i], state,
                                                           scalar[index]);
      takes[index] = done = true;
    });
    if (!done) u = Optimizer::step(l.parameter[i], l.gradient[i], state, scalar[max_groups]);
    for (int k = 0; k < Optimizer::states; ++k) store(u.state[k], place::state, k, l.tensor[i]);
    store_update(l.parameter[i], u.w, l.tensor[i]);
  }
  for (int k = 0; k < Options::group_count; ++k)
    if (!takes[k]) g.fail(problem::group_without_parameter, path{"parameter_group"}.join(k));
}

/// One training call as a graph.
template <class Net, class Loss, class Optimizer, int Batch, class Options, sharing Share,
          gradient_source Source>
struct step_stage {
  static constexpr int expected_nodes =
      gradient_table<Net, Loss, Batch, Options, Share>.node_count * 3 / 2 + 16;
  static consteval void build(graph& g) {
    const auto& gradients = gradient_table<Net, Loss, Batch, Options, Share>;
    loss_graph l{std::remove_cvref_t<decltype(gradients)>::tensor_count};
    load_gradients(g, gradients, l, Source != gradient_source::accumulated);
    if (g.failed()) return;
    if (Source != gradient_source::accumulated) store(l.loss, place::loss);
    if (Source != gradient_source::samples) {
      for (int i = 0; i < l.count; ++i) {
        const value held =
            g.leaf(g.tensors[l.tensor[i]].name, place::gradients, l.parameter[i].dims(), false);
        g.tensors[g.tensor_count - 1].lies_as(g.tensors[l.tensor[i]]);
        if (Source == gradient_source::accumulated)
          l.gradient[i] = held;
        else
          store(held + l.gradient[i], place::gradients, 0, l.tensor[i]);
      }
      if (Source == gradient_source::accumulate) return;
    }
    if constexpr (requires { Options::clip(l.gradient, l.count); })
      Options::clip(l.gradient, l.count);
    append_update<Optimizer, Options>(g, l);
  }
};

}  // namespace detail

}  // namespace tapeless
