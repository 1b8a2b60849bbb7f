// Training steps of networks with a thousand operations are planned without any compiler flag.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct chain : tl::network<chain> {
  static consteval tl::value define(tl::graph& g) {
    tl::value v = g.input("x", 8);
    const tl::value w = g.parameter("w", tl::shape{8});
    for (int i = 0; i < 1000; ++i)
      v = i % 3 == 0 ? tl::math::tanh(v) : i % 3 == 1 ? v * w : v + tl::value(0.5 + i);
    return v;
  }
};

using job = tl::detail::compiled<
    chain,
    tl::detail::step_stage<chain, tl::mse, tl::sgd, 1, tl::detail::default_options,
                           tl::detail::sharing::equal, tl::detail::gradient_source::samples>,
    float, tl::simd::native, tl::detail::default_options>;

static_assert(decltype(job::pruned)::node_count > 3000);
static_assert(job::plan.step_count > 300);
static_assert(job::plan.memory.arena >= job::plan.memory.lower_bound);

}  // namespace

TEST_CASE("a thousand operations with their gradients are one plan") {
  CHECK(job::plan.memory.arena <= job::plan.memory.lower_bound * 5 / 4);
}
