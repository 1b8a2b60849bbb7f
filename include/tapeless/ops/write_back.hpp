#pragma once
// Storing a value in a buffer of the caller.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// Writes its operand to a tensor (index 2 its number, or -1), to place index 0, slot index 1.
struct write_back {
  static constexpr const char* name = "write_back";
  static constexpr family kind = family::assign;
  static constexpr bool no_gradient = true;

  static constexpr result_type infer(graph& g, const int* in, attributes&) {
    return {g[in[0]].dims, g[in[0]].batched};
  }
  static constexpr void backward(graph&, int, value, value*) {}
};

/// Stores x in the buffer of a place: an output, a loss.
constexpr value store(value x, place where, int slot = 0, int tensor = -1) {
  attributes a;
  a.index[0] = static_cast<int>(where);
  a.index[1] = slot;
  a.index[2] = tensor;
  return apply_with<write_back>(a, x);
}

}  // namespace tapeless
