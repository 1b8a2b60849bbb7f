#pragma once
// What the laws are stated about: a formula with the shapes of its operands.

#include <tapeless/tapeless.hpp>

namespace laws {

namespace tl = tapeless;

/// Which numbers an operand is tried with.
enum class numbers {
  any,       ///< -2.2 to 2.2, away from multiples of 1/2, where some operations have kinks
  positive,  ///< 0.3 to 2.3
  unit,      ///< 0.1 to 0.9
};

/// One operand of a formula.
struct operand {
  tl::shape dims;
  bool batched = false;
  numbers drawn = numbers::any;
};

/// Number `i` of stream `stream`: evenly spread by the golden ratio, so that no two are close.
constexpr double number(numbers drawn, int stream, int i) {
  const double turn = 0.6180339887498949 * (i + 1) + 0.3819 * stream;
  const double u = turn - static_cast<double>(static_cast<long>(turn));
  if (drawn == numbers::positive) return 0.3 + 2 * u;
  if (drawn == numbers::unit) return 0.1 + 0.8 * u;
  const double x = -2.2 + 4.4 * u, halves = 2 * x;
  const double nearest = static_cast<double>(static_cast<long>(halves + (halves < 0 ? -0.5 : 0.5)));
  const double apart = halves - nearest;
  return apart > -0.04 && apart < 0.04 ? x + 0.05 : x;
}

/// A formula over operands: `law_case<"outer", [](auto a, auto b) {...}, operand{4}, operand{3}>`.
template <tl::fixed_string Name, auto Formula, operand... Operands>
struct law_case {
  static constexpr auto name = Name;
  static constexpr int operand_count = sizeof...(Operands);
  static constexpr operand operands[sizeof...(Operands)] = {Operands...};

  static constexpr tl::value apply(const tl::value* x) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) { return Formula(x[I]...); }
    (std::make_index_sequence<sizeof...(Operands)>{});
  }

  /// Declares the operands as leaves "name.0", "name.1", ...; batched ones as inputs.
  static constexpr void declare(tl::graph& g, tl::value* x, int slot = 0) {
    for (int i = 0; i < operand_count; ++i)
      x[i] = g.leaf(tl::path{Name.view()}.join(i),
                    operands[i].batched ? tl::place::input : tl::place::parameters,
                    operands[i].dims, operands[i].batched, slot);
  }
};

/// All values of a sample, and of the batch, weighted and summed.
constexpr tl::value weighted_sum(tl::value y, tl::value weights) {
  const tl::value s = tl::math::sum(y * weights);
  return s.batched() ? tl::sum_batch(s) : s;
}

/// A frozen graph, without what nothing needs and with composites written out.
template <class Stage>
struct pruned_graph {
  static constexpr auto built = tl::freeze<Stage>();
  struct rebuilt {
    static consteval void build(tl::graph& g) { tl::rebuild(g, built); }
  };
  static constexpr auto table = tl::freeze<rebuilt>();
};

}  // namespace laws
