#pragma once
// Parts of a declaration that repeat: layers of an encoder, residual blocks.

#include <vector>

#include "declare/declaration.hpp"

namespace tapeless::gen {

/// Statements first to first + length - 1, and the same again count - 1 times behind them. Each
/// repetition reads one value from outside, the result of the one before, and only its last
/// statement is read from outside.
struct repetition {
  int first = 0, length = 0, count = 0;
  int input = 0;  ///< the statement that the first one reads

  int end() const { return first + length * count; }
  /// What repetition k reads.
  int input_of(int k) const { return k == 0 ? input : first + length * k - 1; }
};

/// The repetitions of at least three statements, in order, none overlapping another.
std::vector<repetition> repetitions_of(const declaration& d);

}  // namespace tapeless::gen
