#pragma once
// Declarations of reductions.

#include <string>
#include <vector>

#include "declare/lowering.hpp"

namespace tapeless::gen {

/// The axes that a node reduces: from an input (opset 18; ReduceSum 13) or an attribute. Without
/// any, all of them, or none where the node says so.
std::vector<int> reduced_axes(const call& c, const tensor* input, int rank);

/// `before` on each element, the reduction, `after` on each result; functions of tl::math or none.
void lower_reduction(lowering& l, const std::string& function, const std::string& before = {},
                     const std::string& after = {});
void lower_reduce_min(lowering& l);
void lower_reduce_prod(lowering& l);
void lower_reduce_log_sum_exp(lowering& l);

}  // namespace tapeless::gen
