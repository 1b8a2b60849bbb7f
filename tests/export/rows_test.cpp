// The export law for rows of a table by index.

#include <export/c_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tl::math;

/// Whole numbers from -2 to 7: some name no row, some come twice.
constexpr tl::value index_of(tl::value x) { return m::floor(x * tl::value{2.0} + tl::value{3.0}); }

template <int Rows, int Width>
struct words : tl::network<words<Rows, Width>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 5);
    const tl::value y = g.layer<tl::embedding<Rows, Width>>("table", index_of(x));
    return g.dense("y", m::flatten(m::tanh(y)), 4);
  }
};
struct tied : tl::network<tied> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value table = g.parameter("table", tl::shape{6, 9});
    const tl::value y = m::gather(table, index_of(g.input("x", 3)));
    return m::matmul(table, m::tanh(g.dense("h", m::flatten(y), 9)));
  }
};

}  // namespace

TEST_CASE("exported rows of tables") {
  c_export::law law;
  law.training<double, words<6, 16>, tl::mse, tl::sgd, tl::batch<3>>();
  law.training<float, words<6, 1>, tl::mse, tl::adam, tl::batch<1>>();
  law.training<double, tied, tl::mse, tl::sgd, tl::batch<9>,
               tl::lanes_over<tl::lane_axis::samples>>();
  law.check();
}
