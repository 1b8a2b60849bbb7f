// Linear regression of all columns, for comparison.
#include "training.hpp"

namespace tabular {

namespace {

struct line : tl::sequential<tl::input<columns>, tl::batch_norm<>, tl::dense<1>> {};

}  // namespace

trained train_line(const tl::train_test<float>& data, const settings& s) {
  return train<line>(data, s);
}

}  // namespace tabular
