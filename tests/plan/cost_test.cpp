#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct circle : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu, tl::dense<1>, tl::sigmoid> {};
struct one_layer : tl::sequential<tl::input<5>, tl::dense<7>> {};
struct no_bias : tl::sequential<tl::input<5>, tl::dense<7, tl::bias::off>> {};
struct two_layers : tl::sequential<tl::input<5>, tl::dense<7>, tl::dense<3>> {};
struct half_frozen : tl::sequential<tl::input<5>, tl::frozen<tl::dense<7>>, tl::dense<3>> {};
struct classifier : tl::sequential<tl::input<4>, tl::softmax> {};

// Parameters: 2 * 8 + 8 + 8 * 1 + 1.
static_assert(tl::cost<circle>.parameters == 33);
static_assert(tl::cost<circle>.trainable_parameters == 33);
static_assert(tl::cost<circle>.peak_bytes < 4096);
static_assert(tl::cost<circle>.peak_bytes >= tl::cost<circle>.lower_bound_bytes);
static_assert(tl::cost<circle>.parameter_bytes == sizeof(tl::parameters<circle>));
static_assert(tl::cost<circle, tl::scalar_type<double>>.parameter_bytes ==
              sizeof(tl::parameters<circle, double>));

// y = W x + b takes 2 m n + m; its gradient an outer product (2 m n), which dL/dW and dL/db need.
static_assert(tl::cost<one_layer>.flops_forward == 2 * 7 * 5 + 7);
static_assert(tl::cost<no_bias>.flops_forward == 2 * 7 * 5);
static_assert(tl::cost<no_bias>.flops_backward == 2 * 7 * 5);
static_assert(tl::cost<no_bias, tl::batch<6>>.flops_forward == 6 * 2 * 7 * 5);

// The gradient flows through the second layer, not through the first: its input is not learnt.
static_assert(tl::cost<two_layers>.flops_forward == 2 * 7 * 5 + 7 + 2 * 3 * 7 + 3);
static_assert(tl::cost<two_layers>.flops_backward >= 2 * 7 * 5 + 2 * 2 * 3 * 7);
static_assert(tl::cost<two_layers>.flops_backward < 2 * 2 * 7 * 5 + 2 * 2 * 3 * 7);

// What is frozen has no backward work.
static_assert(tl::cost<half_frozen>.trainable_parameters == 7 * 3 + 3);
static_assert(tl::cost<half_frozen>.flops_backward < 2 * 3 * 7 + 3 + 1);
static_assert(tl::cost<two_layers, tl::frozen_paths<"0">>.flops_backward ==
              tl::cost<half_frozen>.flops_backward);

// A composite counts the operations it stands for: maximum, difference, exp, sum, division,
// product.
static_assert(tl::cost<classifier>.flops_forward > 4 * tl::description<tl::exp>.flops);
static_assert(tl::cost<classifier>.parameters == 0);
static_assert(tl::cost<classifier>.flops_backward == 0);

using tl::batch;
// Both weight gradients and the gradient of the hidden values are products.
static_assert(tl::cost_of<circle, tl::bce, tl::sgd, batch<32>>.flops_backward >
              32 * (2 * 8 * 2 + 2 * 1 * 8 + 8 * 1));
static_assert(tl::cost_of<circle, tl::bce, tl::sgd, batch<32>>.flops_update == 2 * 33);
static_assert(tl::cost_of<circle, tl::bce, tl::adam, batch<32>>.flops_update >
              tl::cost_of<circle, tl::bce, tl::sgd, batch<32>>.flops_update);
static_assert(tl::cost_of<circle, tl::bce, tl::sgd, batch<32>>.peak_bytes >=
              tl::cost_of<circle, tl::bce, tl::sgd, batch<32>>.lower_bound_bytes);

}  // namespace

TEST_CASE("the flops of a training step are their parts", "[cost]") {
  constexpr tl::training_cost c = tl::cost_of<circle, tl::mse, tl::sgd, batch<8>>;
  CHECK(c.flops() == c.flops_forward + c.flops_backward + c.flops_update);
  CHECK(c.trainer_bytes == sizeof(tl::trainer<circle, tl::mse, tl::sgd, batch<8>>));
}

TEST_CASE("work grows in proportion to the batch, the update does not", "[cost]") {
  constexpr tl::training_cost one = tl::cost_of<circle, tl::mse, tl::sgd, batch<8>>;
  constexpr tl::training_cost two = tl::cost_of<circle, tl::mse, tl::sgd, batch<16>>;
  CHECK(two.flops_forward == Approx(2 * one.flops_forward));
  CHECK(two.flops_backward == Approx(2 * one.flops_backward).epsilon(0.02));
  CHECK(two.flops_update == one.flops_update);
}

TEST_CASE("an evaluation that keeps everything needs more than the plan", "[cost]") {
  constexpr tl::training_cost c = tl::cost_of<circle, tl::mse, tl::sgd, batch<64>>;
  CHECK(c.activation_bytes > c.lower_bound_bytes);
}
