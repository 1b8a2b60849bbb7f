#pragma once
// What a loss compares: its targets, and the output that each belongs to.

#include <concepts>
#include <string_view>
#include <tapeless/run/network.hpp>

namespace tapeless {

namespace detail {

template <class Loss>
concept has_target = requires(shape s) {
  { Loss::target(s) } -> std::same_as<shape>;
};
template <class Loss>
concept has_terms = requires(shape s) {
  { Loss::terms(s) } -> std::convertible_to<double>;
};
template <class Loss>
concept has_lower = requires(graph& g, value v) {
  { Loss::lower(g, v, v) } -> std::convertible_to<value>;
};

template <class Loss>
concept whole_loss = has_lower<Loss> && has_target<Loss> && has_terms<Loss>;

/// A list of losses on several outputs (losses/losses.hpp).
template <class Loss>
concept is_loss_list = requires { Loss::part_count; };

/// One sentence for each part that a loss lacks; see explain_layer.
template <class Loss>
constexpr auto explain_loss() {
  if constexpr (is_loss_list<Loss>) {
    Loss::explain();
  } else {
    static_assert(
        has_lower<Loss>,
        "Tapeless: this type is no loss; a loss has 'static constexpr tl::value "
        "lower(tl::graph&, tl::value output, tl::value target)', the sum over one sample");
    static_assert(has_target<Loss>,
                  "Tapeless: this loss has no 'target'; add 'static constexpr tl::shape "
                  "target(tl::shape output)', the shape of one sample's target");
    static_assert(
        has_terms<Loss>,
        "Tapeless: this loss has no 'terms'; add 'static constexpr double terms(tl::shape "
        "output)', the number of terms of one sample that a mean divides by");
  }
}

/// The shape of a target; of a loss that lacks it, some shape, so that no error follows.
template <class Loss>
constexpr shape target_shape(const shape& output) {
  if constexpr (has_target<Loss>)
    return Loss::target(output);
  else
    return output;
}

/// Index of the output of that name among the results of a graph, or -1.
template <class Graph>
constexpr int output_index(const Graph& g, std::string_view name) {
  bool first_has_name = false;
  for (int i = 0; i < g.tensor_count; ++i) {
    if (g.tensors[i].where != place::output) continue;
    if (g.tensors[i].name.view() == name) return g.tensors[i].slot;
    first_has_name = first_has_name || g.tensors[i].slot == 0;
  }
  return !first_has_name && name == default_output ? 0 : -1;
}

/// The targets of a loss, one per part of a list, and the output that each belongs to.
template <class Net, class Loss>
struct target_table {
  int count = 0;
  int size[max_ports] = {}, output[max_ports] = {};

  consteval target_table() {
    if constexpr (is_loss_list<Loss>) {
      Loss::for_each([this]<class Part, int>() {
        const int k = output_index(declared<Net>, Part::output.view());
        const shape dims = declared<Net>.result(k < 0 ? 0 : k).dims;
        add(target_shape<typename Part::loss>(dims).count(), k);
      });
    } else {
      add(target_shape<Loss>(output_shape<Net>).count(), 0);
    }
  }
  constexpr void add(int scalars, int k) {
    size[count] = scalars;
    output[count++] = k;
  }
  constexpr int row() const {
    int n = 0;
    for (int i = 0; i < count; ++i) n += size[i];
    return n;
  }
};
template <class Net, class Loss>
inline constexpr target_table<Net, Loss> targets_of{};

}  // namespace detail

/// Scalars of one target row: all targets, one after the other.
template <class Net, class Loss>
inline constexpr int target_size = detail::targets_of<Net, Loss>.row();

}  // namespace tapeless
