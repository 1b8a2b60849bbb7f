// Inputs, outputs and targets in buffers of their own: the numbers of rows, to the bit.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <run/two_heads.hpp>
#include <tapeless/tapeless.hpp>
#include <vector>

using namespace two_heads;
using tl::in;
using tl::out;
using tl::target_of;

static_assert(tl::input_size<net> == 9 && tl::output_size<net> == 5);
static_assert(tl::target_size<net, loss> == 2);

namespace {

using six = tl::batch<rows>;

bool same_bits(const auto& a, const auto& b) { return std::memcmp(&a, &b, sizeof(a)) == 0; }

template <class T>
tl::parameters<net, T> start() {
  return tl::init<net, tl::as_declared, T>(tl::seed{5});
}

template <class T, class... Options>
void check_forward() {
  const data<T> d;
  const auto theta = start<T>();
  std::array<T, rows * 5> policy{}, alone{}, in_rows{};
  std::array<T, rows> value{}, value_alone{};
  tl::forward<net, six, Options...>(theta, d.x.data(), in_rows.data());
  tl::forward<net, six, Options...>(theta, in<"board">(d.board), in<"clock">(d.clock),
                                    out<"policy">(policy), out<"value">(value));
  // In any order, from pointers, and some of the outputs.
  tl::forward<net, six, Options...>(theta, out<"policy">(alone.data()), in<"clock">(d.clock.data()),
                                    in<"board">(d.board.data()));
  tl::forward<net, six, Options...>(theta, in<"board">(d.board), in<"clock">(d.clock),
                                    out<"value">(value_alone));
  CHECK(same_bits(policy, in_rows));
  CHECK(same_bits(alone, in_rows));
  CHECK(same_bits(value, value_alone));
  for (const T v : value) CHECK((v > -1 && v < 1 && v != 0));
}

template <class T, class... Options>
void check_gradient() {
  const data<T> d;
  const auto theta = start<T>();
  const auto in_rows =
      tl::value_and_grad<net, loss, six, Options...>(theta, d.x.data(), d.t.data());
  const auto by_name = tl::value_and_grad<net, loss, six, Options...>(
      theta, in<"board">(d.board), in<"clock">(d.clock), target_of<"policy">(d.policy),
      target_of<"value">(d.value));
  CHECK(by_name.loss == in_rows.loss);
  CHECK(same_bits(by_name.gradient.data, in_rows.gradient.data));
  tl::parameters<net, T> gradient;
  const T l = tl::value_and_grad<net, loss, six, Options...>(
      theta, gradient, target_of<"value">(d.value), target_of<"policy">(d.policy),
      in<"clock">(d.clock), in<"board">(d.board));
  CHECK(l == in_rows.loss);
  CHECK(same_bits(gradient.data, in_rows.gradient.data));
}

}  // namespace

TEST_CASE("forward by names computes what rows give") {
  check_forward<float>();
  check_forward<double, tl::lanes_over<tl::lane_axis::samples>>();
  check_forward<double, tl::by_reference>();
}

TEST_CASE("loss and gradient by names are those of rows") {
  check_gradient<float>();
  check_gradient<double, tl::by_reference>();
}

TEST_CASE("a list of losses is the weighted sum of their means, with its gradient") {
  const data<double> d;
  const auto loss_at = [&](const tl::parameters<net, double>& theta) {
    std::array<double, rows * 5> y{};
    std::array<double, rows> v{};
    tl::forward<net, six>(theta, in<"board">(d.board), in<"clock">(d.clock), out<"policy">(y),
                          out<"value">(v));
    double cross_entropy = 0, squares = 0;
    for (std::size_t s = 0; s < rows; ++s) {
      double sum = 0;
      for (std::size_t k = 0; k < 5; ++k) sum += std::exp(y[s * 5 + k]);
      cross_entropy += std::log(sum) - y[s * 5 + static_cast<std::size_t>(d.policy[s])];
      squares += (v[s] - d.value[s]) * (v[s] - d.value[s]);
    }
    return cross_entropy / rows + 0.5 * squares / rows;
  };
  const auto theta = start<double>();
  const auto r = tl::value_and_grad<net, loss, six>(
      theta, in<"board">(d.board), in<"clock">(d.clock), target_of<"policy">(d.policy),
      target_of<"value">(d.value));
  CHECK(r.loss == Approx(loss_at(theta)).epsilon(1e-13));
  for (int t = 0; t < theta.tensors().length(); ++t)
    for (int e = 0; e < theta.tensors()[t].dims.count(); e += 3) {
      auto above = theta, below = theta;
      above.set(t, e, theta.get(t, e) + 1e-5);
      below.set(t, e, theta.get(t, e) - 1e-5);
      CHECK(r.gradient.get(t, e) == Approx((loss_at(above) - loss_at(below)) / 2e-5).margin(1e-9));
    }
}

namespace {

constexpr data<double> constants{};
constexpr auto constant_theta = tl::init<net, tl::as_declared, double>(tl::seed{5});
constexpr auto constant_gradient = tl::value_and_grad<net, loss, six>(
    constant_theta, in<"board">(constants.board), in<"clock">(constants.clock),
    target_of<"policy">(constants.policy), target_of<"value">(constants.value));

struct plain : tl::sequential<tl::input<3>, tl::dense<2>> {};
template <unsigned Outputs>
constexpr int steps_of =
    tl::detail::compiled<net, tl::detail::forward_ports_stage<net, rows, Outputs>, float,
                         tl::simd::native, tl::detail::default_options>::plan.step_count;

}  // namespace

TEST_CASE("buffers by name in constant expressions") {
  const auto r =
      tl::value_and_grad<net, loss, six>(constant_theta, constants.x.data(), constants.t.data());
  CHECK(constant_gradient.loss == Approx(r.loss).epsilon(1e-13));
}

TEST_CASE("outputs that are not asked for are not computed") {
  CHECK(steps_of<1> < steps_of<3>);
  CHECK(steps_of<2> < steps_of<3>);
}

TEST_CASE("a network of one input and one output has names too") {
  const auto theta = tl::init<plain>(tl::seed{1});
  const std::array<float, 3> x{1, 2, 3};
  std::array<float, 2> y{};
  tl::forward<plain>(theta, in<"x">(x), out<"y">(y));
  CHECK(y == tl::forward<plain>(theta, x));
  const auto r = tl::value_and_grad<plain, tl::mse>(theta, in<"x">(x), target_of<"y">(y));
  CHECK(r.loss == 0);
}
