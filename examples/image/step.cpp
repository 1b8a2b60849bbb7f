// The training step.
#include "image/net.hpp"

namespace image {

float step(trainer& t, const float* xs, const float* ys) { return t.step(xs, ys); }

}  // namespace image
