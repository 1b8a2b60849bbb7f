// First derivatives as calls, against torch.func and the reference semantics.

#include <run/derivative_nets.hpp>

using namespace derivative_nets;

namespace {

/// More outputs than inputs.
struct decoder : tl::sequential<tl::input<2>, tl::dense<7>, tl::tanh, tl::dense<9>, tl::softmax> {};

/// Products and Jacobians of pair_net by kernels or by the reference, as the options say.
template <class T, class... Options>
void check_against_pytorch() {
  const auto theta = from<pair_net, T>(pytorch::parameters);
  const auto v = from<pair_net, T>(pytorch::direction);
  const auto x = in<T>(pytorch::x), dx = in<T>(pytorch::dx);
  const auto u = in<T>(pytorch::cotangent);
  std::array<T, rows * 3> y{}, dy{};
  tl::jvp<pair_net, five, Options...>(theta, x.data(), dx.data(), y.data(), dy.data());
  check_close<T>("y", y, pytorch::y);
  check_close<T>("jvp", dy, pytorch::jvp_inputs);
  std::array<T, rows * 2> db{};
  for (std::size_t i = 0; i < db.size(); ++i) db[i] = dx[i / 2 * 5 + 3 + i % 2];
  tl::jvp<pair_net, five, tl::with_respect_to<"b">, Options...>(theta, x.data(), db.data(),
                                                                y.data(), dy.data());
  check_close<T>("jvp of one input", dy, pytorch::jvp_b);
  tl::jvp<pair_net, five, Options...>(theta, x.data(), v, y.data(), dy.data());
  check_close<T>("jvp of parameters", dy, pytorch::jvp_parameters);
  std::array<T, rows * 5> gradient{};
  tl::vjp<pair_net, five, Options...>(theta, x.data(), u.data(), y.data(), gradient.data());
  check_close<T>("y of vjp", y, pytorch::y);
  check_close<T>("vjp", gradient, pytorch::vjp_inputs);
  tl::parameters<pair_net, T> block = v;
  tl::vjp<pair_net, five, Options...>(theta, x.data(), u.data(), y.data(), block);
  check_close<T>("vjp of parameters", flat(block), pytorch::vjp_parameters);
  std::array<T, rows * 9> j_a{};
  tl::jacobian<pair_net, five, tl::with_respect_to<"a">, Options...>(theta, x.data(), y.data(),
                                                                     j_a.data());
  check_close<T>("jacobian of a", j_a, pytorch::jacobian_a);
  std::array<T, rows * 6> j_b{};  // by columns
  tl::jacobian<pair_net, five, tl::with_respect_to<"b">, Options...>(theta, x.data(), y.data(),
                                                                     j_b.data());
  check_close<T>("jacobian of b", j_b, pytorch::jacobian_b);
  check_close<T>("y of jacobian", y, pytorch::y);
  const auto one = first_of<T, 5>(x);
  check_close<T>(
      "jacobian of parameters",
      flat(tl::jacobian<pair_net, tl::with_respect_to_parameters, Options...>(theta, one)),
      pytorch::jacobian_parameters);
}

}  // namespace

TEST_CASE("first derivatives equal those of torch.func") {
  check_against_pytorch<double, tl::by_reference>();
  check_against_pytorch<double>();
}

TEST_CASE("first derivatives in float, with lanes over samples, equal those of torch.func") {
  check_against_pytorch<float, tl::lanes_over<tl::lane_axis::samples>,
                        tl::expand_as<tl::expansion::loops>>();
}

TEST_CASE("a Jacobian by columns equals central differences") {
  const auto theta = tl::init<decoder, tl::as_declared, double>(tl::seed{3});
  const std::array<double, 2> x{0.3, -0.8};
  const auto j = tl::jacobian<decoder>(theta, x);
  static_assert(std::tuple_size_v<decltype(j)> == 9);
  for (std::size_t c = 0; c < 2; ++c) {
    auto above = x, below = x;
    above[c] += 1e-5;
    below[c] -= 1e-5;
    const auto up = tl::forward<decoder>(theta, above), down = tl::forward<decoder>(theta, below);
    for (std::size_t r = 0; r < 9; ++r)
      CHECK(j[r][c] == Approx((up[r] - down[r]) / 2e-5).margin(1e-9));
  }
}
