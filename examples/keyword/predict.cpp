// The forward pass.
#include "keyword/net.hpp"

namespace keyword {

std::vector<float> predict(const parameters& theta, const tl::dataset<float>& data) {
  // What inference needs of a batch_norm is taken up into the convolution before it.
  using folded = tl::folded<net>;
  const auto small = std::make_unique<tl::parameters<folded>>(tl::fold(theta));
  std::vector<float> scores(data.size() * classes);
  tl::forward<folded, tl::batch<4>>(*small, data.xs.data(), scores.data(),
                                    static_cast<int>(data.size()));
  return scores;
}

}  // namespace keyword
