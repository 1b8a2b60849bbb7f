// Tables: rows by index, sums of rows, updates of the rows that a batch visits.

#include <mutation/probe.hpp>

namespace {

using namespace mutation;
namespace m = tl::math;

/// Whole numbers and halves: some name no row, some rows come twice.
constexpr tl::value index_of(tl::value x) {
  return m::floor(x * tl::value{8.0} + tl::value{5.0}) * tl::value{0.5};
}

/// Tables of different heights whose rows are alike otherwise; sums of products before an update of
/// rows; rows that are no whole vectors.
struct words : tl::network<words> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", 5);
    const auto a = g.parameter("a", tl::shape{3, 9}), b = g.parameter("b", tl::shape{4, 9});
    const auto w = g.parameter("w", tl::shape{9, 9});
    const auto y = m::matmul(m::gather(a, index_of(x)), w) + m::gather(b, index_of(x));
    return m::flatten(m::tanh(y));
  }
};
/// The update of rows reads the table element by element, where another row may have changed.
struct by_itself : tl::network<by_itself> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", 4);
    const auto w = g.parameter("w", tl::shape{4, 8});
    return m::flatten(m::gather(w, index_of(x)) * m::detach(w) + m::unsqueeze(x, -1));
  }
};
/// The table is the output projection too.
struct tied : tl::network<tied> {
  static consteval tl::value define(tl::graph& g) {
    const auto table = g.parameter("table", tl::shape{5, 6});
    return m::matmul(table, m::sum(m::tanh(m::gather(table, index_of(g.input("x", 3)))), 0));
  }
};

}  // namespace

int main() {
  probe<words, tl::mse, tl::sgd, tl::batch<3>>::ask<steps | gradients | slopes>("words");
  probe<by_itself, tl::mse, tl::sgd, tl::batch<9>>::ask<steps | partial>("by_itself", 2);
  probe<tied, tl::mse, tl::adam, tl::batch<9>>::ask<steps | slopes>("tied");
  return result();
}
