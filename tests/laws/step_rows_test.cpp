// The step law for tables that are read by index: of plain gradient descent, which updates the rows
// that a batch visits, and of optimizers that update all rows.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tl::math;
using laws::check_steps;
constexpr auto features = tl::lane_axis::features, samples = tl::lane_axis::samples;

/// Whole numbers from -2 to 7 of numbers from -2.2 to 2.2: some name no row, some come twice.
constexpr tl::value index_of(tl::value x) { return m::floor(x * tl::value{2.0} + tl::value{3.0}); }

template <int Rows, int Width>
struct words : tl::network<words<Rows, Width>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 5);
    const tl::value y = g.layer<tl::embedding<Rows, Width>>("table", index_of(x));
    return g.dense("y", m::flatten(m::tanh(y)), 4);
  }
};
/// The table is the output projection too: both gradients add up.
struct tied : tl::network<tied> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 3);
    const tl::value table = g.parameter("table", tl::shape{6, 9});
    const tl::value h = g.dense("h", m::flatten(m::gather(table, index_of(x))), 9);
    return m::matmul(table, m::tanh(h));
  }
};
/// Two readers of a table, a table whose rows are read as columns, one that is frozen, one that
/// another parameter's update reads.
struct several : tl::network<several> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 4);
    const tl::value a = g.parameter("a", tl::shape{6, 5}), b = g.parameter("b", tl::shape{5, 7});
    const tl::value still = g.parameter("still", tl::shape{6, 5});
    const tl::value scale = g.parameter("scale", tl::shape{4, 5});
    const tl::value i = index_of(x);
    const tl::value y = m::gather(a, i) * scale + m::gather(a, index_of(-x)) +
                        m::gather(m::transpose(b), i) * m::gather(still, i);
    return m::flatten(m::tanh(y));
  }
};
/// The update of rows reads the table element by element, where another row may have changed.
struct by_itself : tl::network<by_itself> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 4);
    const tl::value w = g.parameter("w", tl::shape{4, 8});
    return m::flatten(m::gather(w, index_of(x)) * m::detach(w) + m::unsqueeze(x, -1));
  }
};
/// A table in a recurrent net: inside of a scan, before it and behind it.
struct recurrent : tl::network<recurrent> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{5, 2});
    const tl::value a = g.parameter("a", tl::shape{6, 4}), b = g.parameter("b", tl::shape{6, 4});
    const tl::value start = g.constant(0, tl::shape{4});
    const auto s = tl::scan(x, start, [&](tl::value now, tl::value before) {
      const tl::value from = m::gather(a, index_of(now));
      const tl::value by = m::gather(b, m::floor(before[0] * tl::value{4.0} + tl::value{2.5}));
      return m::tanh(from[0] * before + from[1] + by);
    });
    return m::flatten(m::gather(b, index_of(s.all)));
  }
};

template <tl::sgd_settings S>
using sgd = tl::sgd_with<S>;
constexpr unsigned all_calls =
    laws::three_steps | laws::partial_steps | laws::accumulation | laws::evaluation;

}  // namespace

TEST_CASE("the step law for visited rows") {
  check_steps<all_calls, double, words<6, 16>, tl::mse, tl::sgd, tl::batch<3>>();
  check_steps<laws::three_steps, double, words<6, 1>, tl::mse, tl::sgd, tl::batch<1>>();
  check_steps<laws::three_steps | laws::partial_steps, double, words<6, 5>, tl::mse, tl::sgd,
              tl::batch<9>, tl::lanes_over<samples>>();
  check_steps<laws::three_steps, float, words<50, 20>, tl::mse, tl::sgd, tl::batch<33>,
              tl::lanes_over<features>>();
  check_steps<laws::three_steps, float, words<7, 33>, tl::mse, tl::sgd, tl::batch<9>>();
}
TEST_CASE("the step law for all rows of a table") {
  check_steps<all_calls, double, words<6, 5>, tl::mse, tl::adam, tl::batch<9>>();
  check_steps<laws::three_steps, double, words<6, 16>, tl::mse,
              sgd<tl::sgd_settings{.momentum = 0.9, .weight_decay = 0.01}>, tl::batch<9>,
              tl::lanes_over<samples>>();
  check_steps<laws::three_steps, double, words<6, 3>, tl::mse, tl::sgd, tl::batch<3>,
              tl::clip_by_norm<0.1>>();
}
TEST_CASE("the step law for tied tables") {
  check_steps<laws::three_steps, double, tied, tl::mse, tl::sgd, tl::batch<9>>();
  check_steps<laws::three_steps, double, tied, tl::mse, tl::adam, tl::batch<9>,
              tl::lanes_over<samples>>();
}
TEST_CASE("the step law for several tables") {
  check_steps<laws::three_steps, double, several, tl::mse, tl::sgd, tl::batch<9>,
              tl::frozen_paths<"still">>();
  check_steps<laws::three_steps, double, several, tl::mse, tl::sgd, tl::batch<9>,
              tl::lanes_over<samples>, tl::frozen_paths<"still">>();
}
TEST_CASE("the step law for an update of rows that reads its table") {
  check_steps<laws::three_steps, double, by_itself, tl::mse, tl::sgd, tl::batch<3>>();
  check_steps<laws::three_steps, double, by_itself, tl::mse, tl::sgd, tl::batch<9>,
              tl::lanes_over<samples>>();
}
TEST_CASE("the step law for tables in recurrent nets") {
  check_steps<laws::three_steps, double, recurrent, tl::mse, tl::sgd, tl::batch<3>>();
  check_steps<laws::three_steps, double, recurrent, tl::mse, tl::adam, tl::batch<9>,
              tl::lanes_over<samples>>();
}
