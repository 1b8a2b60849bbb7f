#pragma once
// Elements of an axis by their numbers.

#include <vector>

#include "declare/lowering.hpp"

namespace tapeless::gen {

/// The number counted from the front. Errors: refusal for one outside of [-extent, extent).
std::int64_t place_of(std::int64_t index, std::int64_t extent);

/// The elements of an axis that have the given numbers, one after the other, as slices.
int gathered(declaration& d, int x, int axis, const std::vector<std::int64_t>& indices);

/// The same for numbers that are computed: `index`, a statement of so many numbers in any shape;
/// x in the form {before, extent, after}. The result is {before, numbers, after}.
int gathered_by(declaration& d, int x, int index);

}  // namespace tapeless::gen
