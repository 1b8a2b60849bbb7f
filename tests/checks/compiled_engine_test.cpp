// The one source that compiles the network of tagger.hpp; checks/compiled_test.cpp calls it.

#include <catch2/catch.hpp>
#include <checks/tagger.hpp>
#include <tapeless/tapeless.hpp>

template struct tapeless::compiled<compiled_once::tagger>;
template struct tapeless::compiled<compiled_once::tagger, tapeless::batch<6>,
                                   tapeless::scalar_type<double>>;
template struct tapeless::compiled<compiled_once::tagger, compiled_once::pairs,
                                   tapeless::expand_as<tapeless::expansion::loops>>;
template class tapeless::compiled_trainer<
    compiled_once::logits, tapeless::cross_entropy, tapeless::adam, tapeless::batch<8>,
    tapeless::frozen_paths<"0.bias">, tapeless::clip_by_norm<1.0>>;
template class tapeless::compiled_trainer<
    compiled_once::logits, tapeless::cross_entropy, tapeless::adam, tapeless::batch<8>,
    tapeless::frozen_paths<"0.bias">, tapeless::clip_by_norm<1.0>, tapeless::threads<2>>;

namespace compiled_once {

static_assert(std::is_same_v<training<tl::trainer>::state_type, tagger_trainer::state_type>);
static_assert(
    std::is_same_v<training<tl::trainer, tl::threads<2>>::state_type, pair_trainer::state_type>);

void forward_here(const tl::parameters<tagger>& theta, const float* x, float* y) {
  tl::forward<tagger>(theta, x, y);
}
void forward_here(const tl::parameters<tagger, double>& theta, const double* x, double* y) {
  tl::forward<tagger, tl::batch<6>>(theta, x, y);
}
void forward_here_in_loops(const tl::parameters<tagger>& theta, const float* x, float* y) {
  tl::forward<tagger, pairs, tl::expand_as<tl::expansion::loops>>(theta, x, y);
}
outcome train_here(const tl::parameters<logits>& start, const float* xs, const float* ys) {
  return train<training<tl::trainer>>(start, xs, ys);
}
outcome train_here_in_pair(const tl::parameters<logits>& start, const float* xs, const float* ys) {
  return train<training<tl::trainer, tl::threads<2>>>(start, xs, ys);
}

}  // namespace compiled_once

TEST_CASE("the source that compiles a network may call it too") {
  using namespace compiled_once;
  const auto theta = tl::init<tagger>(tl::seed{3});
  std::array<float, 7> x{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i) / 7;
  CHECK(one::forward(theta, x) == tl::forward<tagger>(theta, x));
}
