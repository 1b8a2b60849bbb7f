// Second derivatives as calls, against torch.func; derivatives of one sample and in constant
// expressions.

#include <run/derivative_nets.hpp>

using namespace derivative_nets;

namespace {

template <class T, class... Options>
void check_second_against_pytorch() {
  const auto theta = from<pair_net, T>(pytorch::parameters);
  const auto v = from<pair_net, T>(pytorch::direction);
  const auto x = in<T>(pytorch::x), dx = in<T>(pytorch::dx);
  const auto t = in<T>(pytorch::target);
  tl::parameters<pair_net, T> product;
  const T loss =
      tl::hvp<pair_net, tl::mse, five, Options...>(theta, x.data(), t.data(), v, product);
  CHECK(static_cast<double>(loss) == Approx(pytorch::loss).epsilon(tolerance<T>));
  check_close<T>("hvp of parameters", flat(product), pytorch::hvp_parameters);
  std::array<T, rows * 5> rows_of{};
  tl::hvp<pair_net, tl::mse, five, Options...>(theta, x.data(), t.data(), dx.data(),
                                               rows_of.data());
  check_close<T>("hvp of inputs", rows_of, pytorch::hvp_inputs);
  std::array<T, 81> h{};
  tl::hessian<pair_net, tl::mse, five, tl::with_respect_to<"first.bias", "last.bias">, Options...>(
      theta, x.data(), t.data(), h.data());
  check_close<T>("hessian of biases", h, pytorch::hessian_biases);
  const auto net = from<small, T>(pytorch::small_parameters);
  const auto s = in<T>(pytorch::small_x), ds = in<T>(pytorch::small_direction);
  check_close<T>("hessian of an output", flat(tl::hessian<small, Options...>(net, s)),
                 pytorch::small_hessian);
  check_close<T>("hvp of an output", tl::hvp<small, Options...>(net, s, ds).product,
                 pytorch::small_product);
}

}  // namespace

TEST_CASE("second derivatives equal those of torch.func") {
  check_second_against_pytorch<double, tl::by_reference>();
  check_second_against_pytorch<float>();
}

TEST_CASE("derivatives of one sample return what those of rows write") {
  const auto theta = from<pair_net, double>(pytorch::parameters);
  const auto v = from<pair_net, double>(pytorch::direction);
  const auto x = first_of<double, 5>(pytorch::x), dx = first_of<double, 5>(pytorch::dx);
  const auto u = first_of<double, 3>(pytorch::cotangent), t = first_of<double, 3>(pytorch::target);
  const auto along = tl::jvp<pair_net>(theta, x, dx);
  check_close<double>("jvp", along.tangent, first_of<double, 3>(pytorch::jvp_inputs));
  check_close<double>("y", along.value, first_of<double, 3>(pytorch::y));
  check_close<double>("jvp of parameters", tl::jvp<pair_net>(theta, x, v).tangent,
                      first_of<double, 3>(pytorch::jvp_parameters));
  check_close<double>("vjp", tl::vjp<pair_net>(theta, x, u).gradient,
                      first_of<double, 5>(pytorch::vjp_inputs));
  // The same bilinear form from both sides.
  const auto back = tl::vjp<pair_net, tl::with_respect_to<"last">>(theta, x, u).gradient;
  const auto forth = tl::jvp<pair_net, tl::with_respect_to<"last">>(theta, x, v).tangent;
  double left = 0, right = 0;
  for (std::size_t i = 0; i < 3; ++i) left += u[i] * forth[i];
  for (int i = 0; i < back.size; ++i) right += back.data[i] * v.data[i];
  CHECK(left == Approx(right).epsilon(1e-13));
  CHECK(back.view<"first.weight">()(0, 0) == 0);
  const auto h = tl::hessian<pair_net, tl::mse, tl::with_respect_to<"a">>(theta, x, t);
  const auto product =
      tl::hvp<pair_net, tl::mse, tl::with_respect_to<"a">>(theta, x, t, std::array{1.0, 0.0, 0.0});
  check_close<double>("row of the hessian", h[0], product.product);
}

namespace {

constexpr auto small_theta = from<small, double>(pytorch::small_parameters);
constexpr auto constant_hessian = tl::hessian<small>(small_theta, pytorch::small_x);
constexpr auto constant_jacobian =
    tl::jacobian<small, tl::with_respect_to<"2.bias">>(small_theta, pytorch::small_x);
constexpr auto constant_jvp =
    tl::jvp<small>(small_theta, pytorch::small_x, pytorch::small_direction);
constexpr auto constant_vjp = tl::vjp<small>(small_theta, pytorch::small_x, std::array{1.0});
static_assert(constant_jacobian[0][0] == 1);

}  // namespace

TEST_CASE("derivatives in constant expressions are those at run time") {
  check_close<double>("hessian", flat(constant_hessian), pytorch::small_hessian);
  double along = 0;
  for (std::size_t i = 0; i < 3; ++i)
    along += constant_vjp.gradient[i] * pytorch::small_direction[i];
  CHECK(constant_jvp.tangent[0] == Approx(along).epsilon(1e-13));
}
