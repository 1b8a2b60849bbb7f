// expect: Tapeless: an input, an output or a target has another scalar type than the parameters of
// the call, or an input of integers another one than it is declared with; its name stands in
// port_error
#include <cstdint>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input_of<std::int32_t>("a", tl::shape{3});
    return g.dense("fc", tl::math::concat(a, g.input("b", tl::shape{2})), 4);
  }
};

#ifdef TAPELESS_FAIL
using integer = std::int64_t;
#else
using integer = std::int32_t;
#endif

void call(const tl::parameters<net>& theta, const integer* a, const float* b, float* y) {
  tl::forward<net>(theta, tl::in<"a">(a), tl::in<"b">(b), tl::out<"y">(y));
}
