// expect: Tapeless: a value has at most 2147483647 elements a sample
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;
namespace m = tl::math;

#ifdef TAPELESS_FAIL
constexpr int rows = 65536;
#else
constexpr int rows = 4;
#endif
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value i = m::iota(g, tl::shape{rows, 1});
    return g.input("x", tl::shape{1}) * m::sum(m::matmul(i, m::transpose(i)));
  }
};
auto run() { return tl::forward<net>(tl::init<net>(tl::seed{1}), std::array{1.0f}); }
