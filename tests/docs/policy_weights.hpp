#pragma once
// Stands for what `tapeless-gen import policy.pt --into ...` writes: docs/importing_weights.md.
#include <tapeless/tapeless.hpp>
namespace robot {
struct policy : tapeless::sequential<tapeless::input<2>, tapeless::dense<3>> {};
inline constexpr auto policy_weights = tapeless::init<policy>(tapeless::seed{1});
}  // namespace robot
