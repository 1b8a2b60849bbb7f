#pragma once
// The same value, stored once more in the layout that its readers want.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// Layouts that a copy may ask for.
enum class copy_layout : std::uint8_t {
  for_lanes,         ///< the one that suits the lanes
  without_padding,   ///< rows one behind the other
  sample_by_sample,  ///< all of a sample before the next sample
};

/// y = x. Inserted before planning where kernels would otherwise walk memory the wrong way; always
/// stored.
struct copy : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "copy";
  static constexpr double flops = 0;
  struct attributes {
    copy_layout layout;
    int innermost = -1;  ///< axis whose elements lie side by side; -1 for the last
  };
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
