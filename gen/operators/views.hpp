#pragma once
// What operators on shapes share.

#include <vector>

#include "declare/lowering.hpp"

namespace tapeless::gen {

/// Sets output 0 to the same elements as t in the shape of the output.
void lower_reshaped(lowering& l, const term& t);

/// Values one after the other along an axis of the statements.
int join(declaration& to, const std::vector<int>& parts, int axis);

/// Elements begin, begin + step, ... of an axis of a statement.
int cut(declaration& to, int x, int axis, std::int64_t begin, std::int64_t size,
        std::int64_t step = 1);

/// Zeros before and after the elements of an axis of a statement.
int padded(declaration& to, int x, int axis, std::int64_t before, std::int64_t after);

/// Axis i of the result is axis order[i] of x.
tensor permuted(const tensor& x, const std::vector<int>& order);

/// Input i with the axis that the node works along: a term and the axis of its statement. Where
/// the axis is that of the batch, the statement has all axes.
std::pair<term, int> along(lowering& l, std::size_t i, std::int64_t axis);

}  // namespace tapeless::gen
