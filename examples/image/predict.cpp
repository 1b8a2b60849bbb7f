// The forward pass.
#include "image/net.hpp"

namespace image {

void predict(const parameters& theta, const float* xs, float* scores, int count) {
  tl::forward<net>(theta, xs, scores, count);
}

}  // namespace image
