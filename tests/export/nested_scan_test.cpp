// The export law for loops inside loops.

#include <export/c_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

struct nest : tl::network<nest> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value xs = g.input("x", tl::shape{3, 6, 2}), w = g.parameter("w", tl::shape{5, 2});
    const tl::value u = g.parameter("u", tl::shape{5, 5}),
                    start = g.parameter("start", tl::shape{5});
    const auto r = tl::scan(xs, start, [&](tl::value x, tl::value h) {
      const auto inner = tl::scan(
          x, h,
          [&](tl::value row, tl::value s) {
            return m::tanh(m::matmul(w, row) + m::matmul(u, s) + 0.1 * h);
          },
          tl::scan_order::backward);
      return tl::stepped{inner.last, m::sum(inner.all, 0)};
    });
    return m::flatten(r.all);
  }
};

}  // namespace

TEST_CASE("exported loops inside loops") {
  c_export::law law;
  law.training<double, nest, tl::mse, tl::adam, tl::batch<3>>();
  law.training<double, nest, tl::mse, tl::sgd, tl::batch<9>,
               tl::lanes_over<tl::lane_axis::samples>>();
  law.forward<float, nest>();
  law.check();
}
