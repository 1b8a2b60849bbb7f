// One weight, one sample: the forward pass, the local gradients and the chain rule, step by step.
//
//   y_hat = w x,  s = y_hat - y,  loss = s^2   at  x = 1, y = 2, w = 1
#include <fmt/format.h>

#include <array>
#include <tapeless/tapeless.hpp>
#include <tapeless/train/table.hpp>

namespace tl = tapeless;

namespace {

/// Every value of the formula and every gradient between two of them, as one row.
struct steps : tl::network<steps> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{}), y = g.input("y", tl::shape{});
    const tl::value w = g.parameter("w", tl::shape{});
    const tl::value y_hat = w * x, s = y_hat - y, loss = tl::math::square(s);
    tl::value row = tl::math::reshape(y_hat, 1);
    for (const tl::value v : {s, loss, tl::gradient(loss, s), tl::gradient(s, y_hat),
                              tl::gradient(y_hat, w), tl::gradient(loss, y_hat),
                              tl::gradient(loss, w)})
      row = tl::math::concat(row, tl::math::reshape(v, 1));
    return row;
  }
};

/// The same formula as a model and a loss, the form in which networks are trained.
struct product : tl::network<product> {
  static consteval tl::value define(tl::graph& g) {
    return g.parameter("w", tl::shape{}) * g.input("x", tl::shape{});
  }
};

template <class Net>
constexpr tl::parameters<Net> weight_one() {
  tl::parameters<Net> theta;
  theta.template view<"w">()() = 1;
  return theta;
}

constexpr std::array<float, 2> sample{1, 2};  // x, y
constexpr auto at_compile_time = tl::forward<steps>(weight_one<steps>(), sample);
static_assert(at_compile_time == std::array<float, 8>{1, -1, 1, -2, 1, 1, -2, -2});

constexpr auto trained = tl::value_and_grad<product, tl::mse>(weight_one<product>(), {1}, {2});
static_assert(trained.loss == 1 && trained.gradient.view<"w">()() == -2);

}  // namespace

int main() {
  const auto v = tl::forward<steps>(weight_one<steps>(), sample);
  tl::text_table table{{{"step", tl::alignment::left},
                        {"formula", tl::alignment::left},
                        {"value", tl::alignment::right, 0}}};
  table.add("1 forward", "y_hat = w x", v[0]);
  table.add("", "s = y_hat - y", v[1]);
  table.add("", "loss = s^2", v[2]);
  table.add("2 local gradients", "dloss/ds = 2 s", v[3]);
  table.add("", "ds/dy_hat = 1", v[4]);
  table.add("", "dy_hat/dw = x", v[5]);
  table.add("3 chain rule", "dloss/dy_hat = dloss/ds ds/dy_hat", v[6]);
  table.add("", "dloss/dw = dloss/dy_hat dy_hat/dw", v[7]);
  fmt::print("{}", table.str());
  return v == at_compile_time ? 0 : 1;
}
