#pragma once
// Storing a value in a buffer of the caller.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// Writes its operand to a buffer of the caller.
struct write_back : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "write_back";
  static constexpr family kind = family::assign;
  static constexpr bool no_gradient = true;
  struct attributes {
    place where;
    int slot;
    int tensor;  ///< the parameter whose layout the buffer has, or -1
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes&) {
    if (g[in[0]].scan != 0) g.fail(problem::value_inside_a_scan, path{name}, g[in[0]].dims);
    return {g[in[0]].dims, g[in[0]].batched};
  }
  static constexpr void backward(graph&, int, value, value*) {}
};

/// What an assigning node writes to.
constexpr write_back::attributes stored_by(const node& n) {
  return unpack<write_back::attributes>(n.attr);
}

/// Stores x in the buffer of a place: an output, a loss.
constexpr value store(value x, place where, int slot = 0, int tensor = -1) {
  return apply_with<write_back>({where, slot, tensor}, x);
}

}  // namespace tapeless
