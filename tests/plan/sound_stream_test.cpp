// The checker of plans and streams: rows of samples that are there, and blocks behind them.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

constexpr tl::kernel causal{.size = 3, .dilation = 2, .padding = tl::padding::causal};
struct net : tl::sequential<tl::input<2, 64>, tl::conv1d<3, causal>, tl::tanh,
                            tl::conv1d<2, causal>> {};
using job = tl::detail::compiled<net, tl::detail::stream_stage<net, -1, 16, 8>, float,
                                 tl::simd::native, tl::detail::options_of<>>;
static_assert(tl::plan_is_sound(job::plan, job::ready));

/// Whether a change of each access to the samples that are kept is found.
template <class Break>
int found(Break change, bool stores) {
  int broken = 0, seen = 0;
  for (int a = 0; a < job::plan.access_count; ++a) {
    if (job::plan.accesses[a].where != tl::place::history ||
        job::plan.accesses[a].stores != stores)
      continue;
    auto p = job::plan;
    change(p.accesses[a]);
    ++broken;
    seen += !tl::plan_is_sound(p, job::ready);
  }
  CHECK(broken > 0);
  return broken - seen;
}

}  // namespace

TEST_CASE("stores beside the block of a stream are found") {
  CHECK(found([](tl::access& a) { --a.offset; }, true) == 0);
  CHECK(found([](tl::access& a) { ++a.offset; }, true) == 0);
  CHECK(found([](tl::access& a) { a.offset += 1000; }, true) == 0);
  CHECK(found([](tl::access& a) { a.slot = 1 - a.slot; }, true) == 0);
}

TEST_CASE("loads beyond the rows of a stream are found") {
  CHECK(found([](tl::access& a) { --a.offset; }, false) == 0);
  CHECK(found([](tl::access& a) { ++a.offset; }, false) == 0);
  CHECK(found([](tl::access& a) { for (int& s : a.stride) s *= 2; }, false) == 0);
  CHECK(found([](tl::access& a) { a.storage = 0; }, false) == 0);
}

TEST_CASE("loads of a block before it is stored are found") {
  auto p = job::plan;
  REQUIRE(p.step_count > 2);
  const auto first = p.steps[0];
  for (int i = 0; i + 1 < p.step_count; ++i) p.steps[i] = p.steps[i + 1];
  p.steps[p.step_count - 1] = first;
  for (int i = 0; i < p.step_count; ++i) p.steps[i].same_as = p.steps[i].kind_as = i;
  CHECK(!tl::plan_is_sound(p, job::ready));
}
