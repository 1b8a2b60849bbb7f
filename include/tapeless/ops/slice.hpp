#pragma once
// A range of one axis.

#include <tapeless/ops/concat.hpp>

namespace tapeless {

namespace math {
/// Elements begin to begin + size - 1 of an axis.
constexpr value slice(value x, int axis, int begin, int size) {
  attributes a;
  a.index[0] = axis;
  a.index[1] = begin;
  a.index[2] = size;
  return apply_with<tapeless::slice>(a, x);
}
}  // namespace math

}  // namespace tapeless
