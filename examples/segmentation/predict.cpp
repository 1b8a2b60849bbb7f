// The forward pass.
#include "segmentation/net.hpp"

namespace segmentation {

std::vector<float> predict(const parameters& theta, const tl::dataset<float>& data) {
  std::vector<float> logits(data.size() * tl::output_size<unet>);
  tl::forward<unet, tl::batch<8>>(theta, data.xs.data(), logits.data(),
                                  static_cast<int>(data.size()));
  return logits;
}

}  // namespace segmentation
