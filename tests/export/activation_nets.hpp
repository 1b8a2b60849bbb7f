#pragma once
// The networks of the laws that together have every activation, exported.

#include <export/c_law.hpp>
#include <laws/activation_nets.hpp>

namespace c_export {

using laws::cheaper, laws::logistic, laws::normal, laws::normalized, laws::piecewise;

inline constexpr auto samples = tl::lane_axis::samples;

}  // namespace c_export
