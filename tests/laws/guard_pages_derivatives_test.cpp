// The law of bounds for derivatives: rows of operands and results, directions among parameters.

#if defined(__linux__)

#include <laws/guard_pages.hpp>

namespace tl = tapeless;
using laws::guarded;
using laws::numbers;

namespace {

struct two_inputs : tl::network<two_inputs> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{5}), b = g.input("b", tl::shape{3});
    const auto h = tl::math::tanh(g.dense("first", tl::math::concat(a, b), 9));
    return g.dense("last", h, 7, false);
  }
};

template <class T, int Batch, class... Options>
void check_bounds_of_derivatives() {
  using theta_type = tl::parameters<two_inputs, T>;
  using batch = tl::batch<Batch>;
  constexpr int n = tl::variable_size<two_inputs, tl::with_respect_to<"a">>;
  for (const bool at_end : {true, false}) {
    const guarded block(sizeof(theta_type), at_end), other(sizeof(theta_type), at_end),
        third(sizeof(theta_type), at_end);
    const auto drawn = tl::init<two_inputs, tl::as_declared, T>(tl::seed{3});
    const auto& theta = *new (block.data()) theta_type{drawn};
    const auto& direction = *new (other.data()) theta_type{drawn};
    auto& product = *new (third.data()) theta_type{};
    const numbers<T> x(Batch * 8, at_end), dx(Batch * 5, at_end), u(Batch * 7, at_end);
    const numbers<T> y(Batch * 7, at_end), dy(Batch * 7, at_end), du(Batch * 5, at_end);
    const numbers<T> j(Batch * 7 * n, at_end);
    using of_a = tl::with_respect_to<"a">;
    tl::jvp<two_inputs, batch, of_a, Options...>(theta, x.data(), dx.data(), y.data(), dy.data());
    tl::jvp<two_inputs, batch, Options...>(theta, x.data(), direction, y.data(), dy.data());
    tl::vjp<two_inputs, batch, of_a, Options...>(theta, x.data(), u.data(), y.data(), du.data());
    tl::vjp<two_inputs, batch, Options...>(theta, x.data(), u.data(), y.data(), product);
    tl::jacobian<two_inputs, batch, of_a, Options...>(theta, x.data(), y.data(), j.data());
    const T loss = tl::hvp<two_inputs, tl::mse, batch, Options...>(theta, x.data(), u.data(),
                                                                   direction, product);
    tl::hvp<two_inputs, tl::mse, batch, of_a, Options...>(theta, x.data(), u.data(), dx.data(),
                                                          du.data());
    CHECK(loss < 1e3);
  }
}

}  // namespace

TEST_CASE("nothing beyond the operands of derivatives is touched") {
  check_bounds_of_derivatives<float, 3, tl::lanes_over<tl::lane_axis::features>>();
  check_bounds_of_derivatives<float, 11, tl::lanes_over<tl::lane_axis::samples>>();
}

#endif
