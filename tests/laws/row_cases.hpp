#pragma once
// Formulas with rows of a table by index, and sums of rows by index.

#include <laws/law_case.hpp>

namespace tl = tapeless;
namespace m = tl::math;
namespace row_cases {

using laws::operand;

/// Whole numbers from -3 to 9, so that some name no row and some rows come twice.
constexpr tl::value index_of(tl::value x) { return m::floor(x * tl::value{3.0} + tl::value{3.0}); }
constexpr auto rows = [](tl::value table, tl::value x) { return m::gather(table, index_of(x)); };
constexpr auto twice = [](tl::value table, tl::value x) {
  const tl::value y = m::gather(table, index_of(x));
  return m::tanh(y) * m::gather(table, index_of(-x)) + m::square(y);
};
constexpr auto tied = [](tl::value table, tl::value x) {
  const tl::value h = m::tanh(m::gather(table, index_of(x)));
  return m::matmul(h, m::transpose(table));
};
constexpr auto columns = [](tl::value table, tl::value x) {
  return m::gather(m::transpose(table), index_of(x));
};
constexpr auto computed = [](tl::value table, tl::value x) {
  return m::gather(m::exp(table) * m::unsqueeze(m::slice(x, 0, 0, 7), -1), index_of(x));
};
constexpr auto joined = [](tl::value table, tl::value x) {
  const tl::value y = m::gather(table, index_of(x));
  return m::concat(m::sin(y), m::gather(table * tl::value{0.5}, index_of(x + y[0][0])), 1);
};
constexpr auto added = [](tl::value y, tl::value x) {
  return tl::apply_with<tl::sum_of_rows>({.lead = 0, .rows = 6}, y, index_of(x));
};
constexpr auto leading = [](tl::value table, tl::value x) {
  return tl::apply_with<tl::gather>({.lead = 1}, table, index_of(x));
};
constexpr auto added_leading = [](tl::value y, tl::value x) {
  return tl::apply_with<tl::sum_of_rows>({.lead = 1, .rows = 5}, y, index_of(x));
};
constexpr auto summed = [](tl::value y, tl::value x) {
  return m::sum(tl::apply_with<tl::sum_of_rows>({.lead = 1, .rows = 5}, y, index_of(x)), 0);
};
/// The numbers of rows do not differ from sample to sample.
constexpr auto places = [](tl::value table, tl::value x) {
  const tl::value y = m::gather(table, m::iota(*table.owner, tl::shape{5}));
  return y * x + m::gather(table, table.owner->constant(2, tl::shape{5})) * x;
};

constexpr operand table(int n, int m, bool batched = false) { return {tl::shape{n, m}, batched}; }
constexpr operand index(tl::shape s) { return {s, true}; }

}  // namespace row_cases
