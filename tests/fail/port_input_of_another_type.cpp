// expect: Tapeless: an input, an output or a target has another scalar type than the parameters of
// the call, or an input of integers another one than it is declared with; its name stands in
// port_error
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{2});
    const auto h = g.dense("fc", tl::math::concat(a, b), 4);
    g.output("value", tl::math::sum(h));
    return g.output("policy", h);
  }
};
using loss = tl::losses<tl::on<"policy", tl::mse>, tl::on<"value", tl::mse, 0.5>>;

void call(const tl::parameters<net>& theta, const float* a, const float* b, float* y, float* v) {
  (void)theta, (void)a, (void)b, (void)y, (void)v;
#ifdef TAPELESS_FAIL
  const double wrong[2] = {};
  tl::forward<net>(theta, tl::in<"a">(a), tl::in<"b">(wrong), tl::out<"policy">(y));
#else
  tl::forward<net>(theta, tl::in<"a">(a), tl::in<"b">(b), tl::out<"policy">(y),
                   tl::out<"value">(v));
#endif
}
