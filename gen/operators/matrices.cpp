#include "operators/matrices.hpp"

#include <fmt/format.h>

#include <utility>

#include "declare/lowering.hpp"
#include "model/work_limit.hpp"
#include "operators/elementwise.hpp"

namespace tapeless::gen {

tensor transposed(const tensor& t) {
  if (t.rank() < 2) return t;
  tensor y = zeros(t.type, t.dims);
  const std::size_t rank = t.dims.size();
  std::swap(y.dims[rank - 1], y.dims[rank - 2]);
  const auto rows = static_cast<std::size_t>(t.dims[rank - 2]);
  const auto columns = static_cast<std::size_t>(t.dims[rank - 1]);
  for (std::size_t at = 0; at < t.numbers.size(); at += rows * columns)
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c)
        y.numbers[at + c * rows + r] = t.numbers[at + r * columns + c];
  return y;
}

tensor product(const tensor& left, const tensor& right) {
  if (left.rank() == 0 || right.rank() == 0) throw refusal("an operand has no axis");
  tensor a = left, b = right;
  if (left.rank() == 1) a.dims.insert(a.dims.begin(), 1);
  if (right.rank() == 1) b.dims.push_back(1);
  const std::int64_t m = a.dims[a.dims.size() - 2], k = a.dims.back(), n = b.dims.back();
  if (b.dims[b.dims.size() - 2] != k)
    throw refusal(
        fmt::format("shapes {} and {} do not multiply", text_of(left.dims), text_of(right.dims)));
  const dimensions lead =
      broadcast({a.dims.begin(), a.dims.end() - 2}, {b.dims.begin(), b.dims.end() - 2});
  const auto joined = [&](std::int64_t rows, std::int64_t columns) {
    dimensions dims = lead;
    dims.push_back(rows);
    dims.push_back(columns);
    return dims;
  };
  charge_steps(static_cast<double>(count_of(joined(m, n))) * static_cast<double>(k));
  a = expanded(a, joined(m, k));
  b = expanded(b, joined(k, n));
  tensor y = zeros(left.type, joined(m, n));
  const std::int64_t blocks = count_of(lead);
  for (std::int64_t block = 0; block < blocks; ++block)
    for (std::int64_t i = 0; i < m; ++i)
      for (std::int64_t p = 0; p < k; ++p) {
        const double x = a.numbers[static_cast<std::size_t>((block * m + i) * k + p)];
        const double* row = b.numbers.data() + (block * k + p) * n;
        double* to = y.numbers.data() + (block * m + i) * n;
        for (std::int64_t j = 0; j < n; ++j) to[j] += x * row[j];
      }
  if (right.rank() == 1) y.dims.pop_back();
  if (left.rank() == 1) y.dims.erase(y.dims.end() - (right.rank() == 1 ? 1 : 2));
  return y;
}

}  // namespace tapeless::gen
