// Engines of the contest's networks.
#include "tapeless_nets.hpp"

namespace contest {

void forward(const tl::parameters<a>& p, const float* x, float* y) { tl::forward<a>(p, x, y); }
void forward(const tl::parameters<b>& p, const float* x, float* y) { tl::forward<b>(p, x, y); }
void forward(const tl::parameters<c>& p, const float* x, float* y) { tl::forward<c>(p, x, y); }

}  // namespace contest
