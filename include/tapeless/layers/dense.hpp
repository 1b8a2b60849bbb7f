#pragma once
// Fully connected layer.

#include <tapeless/layers/layer.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/matmul.hpp>
#include <type_traits>

namespace tapeless {

/// Whether a layer adds a learnt constant to each output.
enum class bias : bool { off, on };

namespace detail {

/// W x, plus b if asked, with fresh parameters under the current scope.
constexpr value fully_connected(graph& g, value x, int outputs, bool with_bias) {
  if (g.failed()) return x;
  if (x.dims().rank != 1) {
    g.fail(problem::layer_needs_a_vector, g.scope, x.dims(), shape{x.dims().count()});
    return x;
  }
  const int inputs = x.dims()[0];
  const initializer start{nullptr, 0, 0, inputs, outputs};
  const value w = g.parameter("weight", shape{outputs, inputs}, start, true);
  const value y = math::matmul(w, x);
  return with_bias ? y + g.parameter("bias", shape{outputs}, start) : y;
}

}  // namespace detail

/// y = W x + b.
/// Shapes: x {inputs}, y {Outputs}, `weight` {Outputs, inputs}, `bias` {Outputs}. The number of
/// inputs is inferred. Starts as PyTorch's Linear: uniform in +-1/sqrt(inputs).
template <int Outputs, auto Bias = bias::on>
struct dense {
  static_assert(Outputs > 0, "Tapeless: a dense layer has at least one output");

  static constexpr auto explain() {
    static_assert(std::is_same_v<decltype(Bias), bias>,
                  "Tapeless: a dense layer is told its outputs alone, tl::dense<8>, and infers its "
                  "inputs; what may follow is tl::bias::off");
  }
  static constexpr value lower(graph& g, value x) {
    return detail::fully_connected(g, x, Outputs, Bias != static_cast<decltype(Bias)>(bias::off));
  }
};

constexpr value graph::dense(std::string_view name, value x, int outputs, bool with_bias) {
  return detail::scoped(*this, name,
                        [&] { return detail::fully_connected(*this, x, outputs, with_bias); });
}

}  // namespace tapeless
