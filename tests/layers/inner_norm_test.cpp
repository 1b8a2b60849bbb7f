// batch_norm inside of a network inside another one: the statistics are those of the outer batch.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace {

namespace tl = tapeless;

struct part : tl::network<part> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3});
    return tl::math::tanh(g.layer<tl::batch_norm<>>("norm", g.layer<tl::dense<4>>("fc", x)));
  }
};
/// A network with a `define` inside another one, which has parameters before and behind it.
struct outer : tl::network<outer> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.layer<tl::dense<3>>("first", g.input("x", tl::shape{5}));
    return g.layer<tl::dense<2>>("last", g.layer<part>("part", x));
  }
};
/// The same layers in one network.
struct flat : tl::network<flat> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.layer<tl::dense<3>>("first", g.input("x", tl::shape{5}));
    const tl::value h = g.layer<tl::sequential<tl::named<"fc", tl::dense<4>>,
                                               tl::named<"norm", tl::batch_norm<>>, tl::tanh>>(
        "part", x);
    return g.layer<tl::dense<2>>("last", h);
  }
};

template <class Net>
using trainer = tl::trainer<Net, tl::mse, tl::adam, tl::batch<6>, tl::scalar_type<double>>;

}  // namespace

TEST_CASE("batch_norm inside an inner network follows the batch of the call") {
  trainer<outer> inside{tl::seed{1}};
  trainer<flat> same{tl::seed{1}};
  REQUIRE(inside.parameters().size == same.parameters().size);
  double x[30], t[12];
  for (int i = 0; i < 30; ++i) x[i] = (i * 7 % 11) / 5.0 - 1;
  for (int i = 0; i < 12; ++i) t[i] = (i * 5 % 7) / 3.0 - 1;
  for (const int count : {6, 4, 2, 6}) {
    CHECK(inside.step(x, t, count) == same.step(x, t, count));
    for (int i = 0; i < inside.parameters().size; ++i)
      CHECK(inside.parameters().data[i] == same.parameters().data[i]);
  }
  CHECK(inside.loss(x, t, 5) == same.loss(x, t, 5));
}
