// The digits that come with the examples: 8 x 8 pixels, 64-32-10.
#include "training.hpp"

namespace digits {

namespace {

struct small : tl::sequential<tl::input<64>, tl::named<"fc1", tl::dense<32>>, tl::relu,
                              tl::named<"fc2", tl::dense<10>>> {};

}  // namespace

void train_small(const tl::train_test<float>& data, const settings& s) { train<small>(data, s); }

}  // namespace digits
