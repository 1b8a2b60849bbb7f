#pragma once
// The update of the rows of a parameter that a batch visits.

#include <tapeless/ops/gather.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/sub.hpp>
#include <tapeless/ops/write_back.hpp>

namespace tapeless {

/// Adds rows to a table in a buffer of the caller, by index, and leaves the other rows alone: what
/// `write_back` of table + sum_of_rows(x, index) stores, up to rounding where an index comes twice.
/// Operands: the table as it is, x {i..., m}, index {i...}; rows of all samples are added.
struct add_rows : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "add_rows";
  static constexpr family kind = family::assign;
  static constexpr int arity = 3;
  static constexpr bool no_gradient = true;
  using attributes = write_back::attributes;

  static constexpr result_type infer(graph& g, const int* in, const attributes&) {
    return {g[in[0]].dims, false};
  }
  static constexpr void backward(graph&, int, value, value*) {}
};

/// Stores the new value of a parameter. Where it is w - factor * (sum of rows by index), as plain
/// gradient descent has it for a table that is read by index alone, the rows that were visited are
/// updated in their place and nothing has the gradient of the whole table.
constexpr value store_update(value w, value updated, int tensor) {
  graph& g = *w.owner;
  const auto stored = [&] { return store(updated, place::parameters, 0, tensor); };
  if (g.failed() || !updated.recorded() || w.dims().rank != 2) return stored();
  const node difference = g[updated.id];
  if (!is<sub>(difference.op) || difference.in[0] != w.id) return stored();
  const node product = g[difference.in[1]];
  if (!is<mul>(product.op)) return stored();
  const int k = is<sum_of_rows>(g[product.in[0]].op) ? 0 : 1;
  const node rows = g[product.in[k]], factor = g[product.in[1 - k]];
  if (!is<sum_of_rows>(rows.op) || rows.dims != w.dims() || rows.batched || rows.scan != 0 ||
      factor.dims.rank != 0 || factor.batched || factor.scan != 0)
    return stored();
  const value step = -value{g, product.in[1 - k]} * value{g, rows.in[0]};
  return apply_with<add_rows>({place::parameters, 0, tensor}, w, step, value{g, rows.in[1]});
}

}  // namespace tapeless
