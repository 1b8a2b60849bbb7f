// What derivatives leave out: branches of which nothing is asked.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

using four = tl::batch<4>;

/// A branch per input, each with a layer of its own, which meet in a sum.
struct branches : tl::network<branches> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{8}), b = g.input("b", tl::shape{8});
    return tl::math::tanh(g.dense("left", a, 8)) + tl::math::tanh(g.dense("right", b, 8));
  }
};
template <class Variables>
constexpr int steps_of_jvp =
    tl::detail::derivative_job<branches, float, tl::detail::jvp_stage<branches, 4, Variables>,
                               four>::plan.step_count;
template <class Variables>
constexpr int steps_of_vjp =
    tl::detail::derivative_job<branches, float, tl::detail::vjp_stage<branches, 4, Variables>,
                               four>::plan.step_count;
template <class Variables>
constexpr int steps_of_hvp =
    tl::detail::derivative_job<branches, float,
                               tl::detail::hvp_stage<branches, tl::mse, 4, Variables>, four>::plan
        .step_count;
template <class... Options>
constexpr int steps_of_gradient =
    tl::detail::gradient_job<branches, tl::mse, float, tl::batch<4>, Options...>::plan.step_count;

/// Steps that read what belongs to a parameter.
template <class Variables>
constexpr bool reads_direction_of(std::string_view name) {
  using job = tl::detail::derivative_job<branches, float,
                                         tl::detail::jvp_stage<branches, 4, Variables>, four>;
  const int t = job::pruned.find(name, tl::place::parameters);
  for (const tl::access& a : job::plan.accesses)
    if (a.where == tl::place::state && a.storage == t) return true;
  return false;
}

}  // namespace

TEST_CASE("branches that nothing is asked of emit no steps") {
  using tl::with_respect_to;
  // One layer's tangent, or gradient, less.
  CHECK(steps_of_jvp<with_respect_to<"a">> < steps_of_jvp<tl::with_respect_to_inputs>);
  CHECK(steps_of_vjp<with_respect_to<"b">> < steps_of_vjp<tl::with_respect_to_inputs>);
  CHECK(steps_of_vjp<with_respect_to<"left">> < steps_of_vjp<tl::with_respect_to_parameters>);
  CHECK(steps_of_hvp<with_respect_to<"left">> < steps_of_hvp<tl::with_respect_to_parameters>);
  CHECK(steps_of_gradient<tl::frozen_paths<"left">> < steps_of_gradient<>);
  CHECK(reads_direction_of<tl::with_respect_to_parameters>("right.weight"));
  CHECK_FALSE(reads_direction_of<with_respect_to<"left">>("right.weight"));
  CHECK(reads_direction_of<with_respect_to<"left">>("left.weight"));
  // Along one bias there is nothing but the slope of its tanh.
  CHECK(steps_of_jvp<with_respect_to<"left.bias">> <= steps_of_jvp<with_respect_to<"a">>);
}
