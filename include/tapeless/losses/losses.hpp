#pragma once
// Losses on several outputs of a network.

#include <tapeless/losses/loss.hpp>
#include <tapeless/run/labels.hpp>
#include <utility>

namespace tapeless {

/// A loss on the output of a name, and how much it counts: on<"value", mse, 0.5>.
template <fixed_string Output, class Loss, double Weight = 1.0>
struct on {
  using loss = Loss;
  static constexpr auto output = Output;
  static constexpr double weight = Weight;
};

/// The sum of losses on several outputs, each the mean over its own terms times its weight:
/// losses<on<"policy", cross_entropy>, on<"value", mse, 0.5>>. Each has a target of its own; in
/// rows they follow each other in the order of the list. Parts are all means or all `summed`, and
/// have no ignore_index and no weights of classes or samples: each of their means would run over other samples.
template <class... Parts>
struct losses {
  static constexpr int part_count = sizeof...(Parts);

  /// Whether all parts are sums.
  static constexpr bool is_sum = [] {
    if constexpr ((requires { typename Parts::loss; } && ...))
      return sizeof...(Parts) > 0 && (is_summed<typename Parts::loss> && ...);
    else
      return false;
  }();

  /// Calls f<part, index>().
  template <class F>
  static constexpr void for_each(F&& f) {
    [&]<std::size_t... I>(std::index_sequence<I...>) { (call<Parts, static_cast<int>(I)>(f), ...); }
    (std::index_sequence_for<Parts...>{});
  }

  static constexpr void explain() {
    static_assert(part_count > 0,
                  "Tapeless: a list of losses has one part at least: "
                  "tl::losses<tl::on<\"y\", tl::mse>>");
    static_assert(part_count <= max_ports, "Tapeless: a list of losses has at most eight parts");
    static_assert((is_part<Parts> && ...),
                  "Tapeless: a part of a list of losses is tl::on<\"output\", loss, weight>");
    if constexpr ((is_part<Parts> && ...)) {
      static_assert((is_summed<typename Parts::loss> || ...) == is_sum,
                    "Tapeless: the parts of a list of losses are all means or all summed<...>");
      static_assert((true && ... && !ignores<Parts>),
                    "Tapeless: ignore_index is no part of a list of losses; leave samples out by a "
                    "weight of their own in 'lower'; neither are class_weights and sample_weights");
      static_assert((true && ... && !has_options<Parts>),
                    "Tapeless: a loss with options is no part of a list of losses; give its numbers "
                    "as template arguments");
      (static_cast<void>(sizeof(explained<typename Parts::loss>*)), ...);
    }
  }

 private:
  /// What is no part is refused once, by `explain`.
  template <class Part, int Index, class F>
  static constexpr void call(F& f) {
    if constexpr (is_part<Part>) f.template operator()<Part, Index>();
  }
  template <class Part>
  static constexpr bool is_part = requires {
    typename Part::loss;
    Part::output;
    Part::weight;
  };
  template <class Part>
  static constexpr bool ignores = detail::ignored_label_of<typename Part::loss>().exists ||
                                  detail::has_shares<typename Part::loss> ||
                                  detail::reads_sample_weights<typename Part::loss>();
  template <class Part>
  static constexpr bool has_options = !std::is_same_v<
      detail::loss_options_of<typename Part::loss>, detail::no_loss_options>;
  template <class Loss>
  using explained = decltype(detail::explain_loss<Loss>());
};

}  // namespace tapeless
