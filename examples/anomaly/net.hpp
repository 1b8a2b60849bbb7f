#pragma once
// The autoencoder of the example, trained in net.cpp.
#include <functional>
#include <tapeless/train/fit.hpp>

namespace anomaly {

namespace tl = tapeless;

struct settings {
  int epochs;
  std::uint32_t seed;
};

struct trained {
  /// Reconstructions of rows of `inputs` numbers.
  std::function<std::vector<float>(const tl::dataset<float>&)> reconstruct;
  tl::history run;
  int parameters;
};

/// Learns to give back windows of sounds without a fault; prints a line per epoch.
trained train(const tl::dataset<float>& training, const tl::dataset<float>& validation,
              const settings& s);

}  // namespace anomaly
