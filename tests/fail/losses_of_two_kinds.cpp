// expect: Tapeless: the parts of a list of losses are all means or all summed<...>
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
  (void)tl::value_and_grad<
      net, tl::losses<tl::on<"policy", tl::mse>, tl::on<"value", tl::summed<tl::mse>>>>(theta, a,
                                                                                        b);
#else
  (void)tl::value_and_grad<net, loss>(theta, tl::in<"a">(a), tl::in<"b">(b),
                                      tl::target_of<"policy">(a), tl::target_of<"value">(b));
#endif
}
