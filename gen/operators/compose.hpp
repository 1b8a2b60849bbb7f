#pragma once
// Steps of compositions, for operators that Tapeless says in several of its own: functions on
// statements infer the shapes, functions on terms take care of the axis of the batch too.

#include <string>
#include <vector>

#include "declare/lowering.hpp"

namespace tapeless::gen {

/// function(x), element by element.
int apply(declaration& d, const std::string& function, int x);
/// -x.
int negated(declaration& d, int x);
/// a sign b with numpy's broadcasting. Numbers have no shape.
int combine(declaration& d, const std::string& sign, const operand& a, const operand& b);
/// function(a, b, ...) with numpy's broadcasting.
int combine_by(declaration& d, const std::string& function, const std::vector<operand>& operands);
/// "sum", "mean" or "maximum" over an axis, which stays with extent 1.
int reduce(declaration& d, const std::string& function, int x, int axis);
/// Elements begin to begin + size - 1 of an axis; x itself if these are all.
int slice(declaration& d, int x, int axis, std::int64_t begin, std::int64_t size);
/// The parts one after the other along an axis, joined two by two.
int concat(declaration& d, std::vector<int> parts, int axis);
/// Axis i of the result is axis order[i] of x; x itself if the order is the same.
int permute(declaration& d, int x, const std::vector<int>& order);
/// tl::einsum(text, a, b).
int contract(declaration& d, const std::string& text, int a, int b, dimensions dims);
/// 0, 1, 2, ... along an axis of so many axes, the others with extent 1.
int positions(declaration& d, std::int64_t count, int axis, std::size_t rank);

/// a sign b with the axis of the batch left out where both can do without it.
term combine(lowering& l, const std::string& sign, const term& a, const term& b);

}  // namespace tapeless::gen
