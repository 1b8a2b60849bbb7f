#pragma once
// Order of nodes: each after those it reads, without those that nothing needs.

#include "model/model.hpp"

namespace tapeless::gen {

/// Sorts the nodes of a model and drops those that no output needs; inputs and initializers that
/// nothing reads go too. Inputs keep their order.
/// Errors: std::runtime_error for a value that two nodes compute, that nothing computes, or that
/// depends on itself.
void put_in_order(model& m);

}  // namespace tapeless::gen
