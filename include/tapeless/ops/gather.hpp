#pragma once
// Rows of a table by numbers that are data, and sums of rows by such numbers: each is the gradient
// of the other. A step of either reads or changes the rows that the numbers name, and no others.

#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/floor.hpp>
#include <tapeless/ops/greater_equal.hpp>
#include <tapeless/ops/less.hpp>
#include <tapeless/ops/logical_and.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/shapes.hpp>
#include <tapeless/ops/slice.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

/// What operations of family::rows share. An index names a row if it is a whole number from 0 to
/// rows - 1; -0 is 0. Every other number, NaN and infinities among them, names none.
struct row_attributes {
  int lead = 0;             ///< axes in front that table and indices share
  int rows = 0;             ///< rows of the result; gather takes those of its table
  bool over_batch = false;  ///< adds up the rows of all samples

  /// The row that an index names among so many, -1 for none.
  template <class T>
  static constexpr int row(T index, int rows) {
    const int i = index >= T(0) && index < static_cast<T>(rows) ? static_cast<int>(index) : -1;
    return i < rows && static_cast<T>(i) == index ? i : -1;
  }
};

/// Whether a node adds rows by index to what is there: a sum of rows, or an update of some rows
/// (ops/add_rows.hpp).
constexpr bool adds_rows(const node& n) {
  return n.op->kind == family::rows ? n.op->reduces == reduction_kind::sum
                                    : n.op->kind == family::assign && n.op->arity > 1;
}

/// Which operand of such a node has the rows to add; the index is the next one.
constexpr int rows_added(const node& n) { return n.op->kind == family::rows ? 0 : 1; }

/// y[l..., i..., :] = table[l..., index[l..., i...], :], zeros where an index names no row.
/// Shapes: table {l..., n, m}, index {l..., i...}.
struct gather : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "gather";
  static constexpr family kind = family::rows;
  static constexpr int arity = 2;
  static constexpr double flops = 0;
  using attributes = row_attributes;
  static constexpr int most_rows = 1 << 24;  ///< whole numbers that a float tells apart

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const shape table = g[in[0]].dims, index = g[in[1]].dims;
    bool fits =
        a.lead >= 0 && table.rank == a.lead + 2 && index.rank >= a.lead && index.rank < max_rank;
    for (int i = 0; i < a.lead && fits; ++i) fits = table[i] == index[i];
    if (!fits) {
      g.fail(problem::rows_of_another_shape, path{name}, table, index);
      return {};
    }
    if (table[a.lead] > most_rows) g.fail(problem::too_many_positions, path{name}, table);
    return {index.append(table[a.lead + 1]), g[in[0]].batched || g[in[1]].batched};
  }
  /// Of a table of one number, and by one number, as operations without an address.
  static constexpr value simplify(graph& g, const int* in, const attributes& a) {
    const node table = g[in[0]], index = g[in[1]];
    const shape dims = index.dims.append(table.dims[a.lead + 1]);
    value y;
    if (index.op->kind == family::constant) {
      const int row = attributes::row(number_of(index), table.dims[a.lead]);
      if (row < 0) return g.constant(0, dims, table.batched || index.batched);
      shape one = dims;
      for (int i = a.lead; i < index.dims.rank; ++i) one.extent[i] = 1;
      y = math::reshape(math::slice(value{g, in[0]}, a.lead, row, 1), one);
    } else if (table.op->kind == family::constant) {
      if (number_of(table) == 0) return g.constant(0, dims, table.batched || index.batched);
      const value x{g, in[1]}, rows{static_cast<double>(table.dims[a.lead])};
      const value is_row =
          math::logical_and(math::logical_and(x >= value{0.0}, x < rows), math::floor(x) == x);
      y = math::unsqueeze(math::select(is_row, value{number_of(table)}, value{0.0}), -1);
    } else {
      return {};
    }
    y = math::expand(y, dims);
    return (table.batched || index.batched) && !y.batched() ? apply<spread>(y) : y;
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx);
};

/// y[l..., r, :] = sum of x[l..., i..., :] over all i with index[l..., i...] = r, and over the
/// batch if asked. Rows are added in the order of samples, then of positions. Shapes: x {l...,
/// i..., m}, index {l..., i...}, y {l..., rows, m}.
struct sum_of_rows : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "sum_of_rows";
  static constexpr family kind = family::rows;
  static constexpr reduction_kind reduces = reduction_kind::sum;
  static constexpr int arity = 2;
  using attributes = row_attributes;

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const shape x = g[in[0]].dims, index = g[in[1]].dims;
    if (x.rank != index.rank + 1 || a.lead < 0 || a.lead > index.rank || a.lead + 2 > max_rank ||
        a.rows < 1 || index.append(x[x.rank - 1]) != x) {
      g.fail(problem::rows_of_another_shape, path{name}, x, index);
      return {};
    }
    return {of_rows(x, a), (g[in[0]].batched || g[in[1]].batched) && !a.over_batch};
  }
  static constexpr value simplify(graph& g, const int* in, const attributes& a) {
    const node x = g[in[0]], index = g[in[1]];
    const bool batched = (x.batched || index.batched) && !a.over_batch;
    if (x.op->kind == family::constant && number_of(x) == 0)
      return g.constant(0, of_rows(x.dims, a), batched);
    if (index.op->kind != family::constant) return {};
    const int row = attributes::row(number_of(index), a.rows);
    if (row < 0) return g.constant(0, of_rows(x.dims, a), batched);
    unsigned positions = 0;
    for (int i = a.lead; i < index.dims.rank; ++i) positions |= 1u << i;
    value y{g, in[0]};
    if (positions != 0) y = apply_with<sum>({.axes = positions}, y);
    y = math::pad(math::unsqueeze(y, a.lead), a.lead, row, a.rows - 1 - row);
    if (a.over_batch) return x.batched ? sum_batch(y) : y * value{static_cast<double>(g.batch)};
    return batched && !y.batched() ? apply<spread>(y) : y;
  }
  /// A sum over the batch, or over the last axis in front, is one more loop over rows.
  static constexpr value summed(graph& g, int id, unsigned axes, bool batch) {
    const node n = g[id];
    attributes a = attributes_of<sum_of_rows>(n);
    value x{g, n.in[0]};
    const value index{g, n.in[1]};
    if (batch && axes == 0) {
      if (index.batched())
        a.over_batch = true;
      else
        x = sum_batch(x);
    } else if (!batch && a.lead > 0 && axes == 1u << (a.lead - 1)) {
      --a.lead;
    } else {
      return {};
    }
    return apply_with<sum_of_rows>(a, x, index);
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const node n = g[id];
    dx[0] = apply_with<gather>({.lead = attributes_of<sum_of_rows>(n).lead}, dy, value{g, n.in[1]});
  }

 private:
  static constexpr shape of_rows(const shape& x, const attributes& a) {
    shape y = x;
    y.rank = a.lead + 2;
    y.extent[a.lead] = a.rows;
    y.extent[a.lead + 1] = x[x.rank - 1];
    for (int i = y.rank; i < x.rank; ++i) y.extent[i] = 0;
    return y;
  }
};

constexpr void gather::backward(graph& g, int id, value dy, value* dx) {
  const node n = g[id];
  const int lead = attributes_of<gather>(n).lead;
  dx[0] =
      apply_with<sum_of_rows>({.lead = lead, .rows = g[n.in[0]].dims[lead]}, dy, value{g, n.in[1]});
}

namespace math {

/// The rows of a table {n, m} at computed indices, whole numbers from 0 to n - 1, in the shape of
/// the indices with one more axis. An index that is none gives a row of zeros: fractions, NaN and
/// infinities too. Cost: the rows that are read. The gradient of the table adds up rows of dy by
/// index, and the indices have none.
template <symbolic V>
constexpr V gather(V table, V index) {
  if (table.dims().rank != 2) {
    table.owner->fail(problem::rows_of_another_shape, path{"gather"}, table.dims(), index.dims());
    return table;
  }
  return apply<tapeless::gather>(table, index);
}

}  // namespace math

}  // namespace tapeless
