#pragma once
// Two models of a table, each trained in a file of its own so that they are compiled at the same
// time.
#include <tapeless/train/fit.hpp>

#include <functional>

#include "data.hpp"

namespace tabular {

struct settings {
  int epochs;
  std::uint32_t seed;
  std::FILE* table;  ///< for a line per epoch, or null
};

/// What a trained model says of rows, in units of the target.
using model = std::function<std::vector<float>(const tl::dataset<float>&)>;

struct trained {
  model predict;
  tl::history run;
  int parameters;
};

/// Embeddings of the categories, batch normalisation, a hidden layer.
trained train_net(const tl::train_test<float>& data, const settings& s);
/// A weight for each column: what linear regression can do.
trained train_line(const tl::train_test<float>& data, const settings& s);

}  // namespace tabular
