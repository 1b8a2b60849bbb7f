// A network as one C99 file: with its parameters for inference, or with functions that train it.
// Writes circle.c and circle_training.c into the current folder.

#include <fmt/format.h>

#include <tapeless/export/source.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct circle : tl::sequential<tl::input<2>, tl::dense<8>, tl::tanh, tl::dense<1>, tl::sigmoid> {};

}  // namespace

int main() {
  const auto theta = tl::init<circle>(tl::seed{1});
  // void circle_forward(const float* restrict x, float* restrict y);
  tl::write_c("circle.c", tl::c_source<circle>(theta));
  // circle_forward, circle_loss, circle_gradient, circle_step, ... for batches of 32.
  tl::write_c("circle_training.c",
              tl::c_training_source<circle, tl::bce, tl::adam, tl::batch<32>>(theta));

  const std::string text = tl::c_source<circle>(theta);
  const std::size_t begin = text.find("\nvoid") + 1;
  fmt::print("{}\n", text.substr(begin, text.find('\n', begin) - begin));
}
