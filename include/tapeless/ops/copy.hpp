#pragma once
// The same value, stored once more in the layout that its readers want.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// Layouts that a copy may ask for in attribute index 0, instead of the one that suits the lanes.
inline constexpr int without_padding = 1, sample_by_sample = 2;

/// y = x. Inserted before planning where kernels would otherwise walk memory the wrong way; always
/// stored.
struct copy {
  static constexpr const char* name = "copy";
  static constexpr double flops = 0;
  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return x;
  }
  template <class V>
  static constexpr V backward(V dy, V, V) {
    return dy;
  }
};

}  // namespace tapeless
