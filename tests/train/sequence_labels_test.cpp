// fit refuses a step whose target is the index of no class, before the first step of training.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>
#include <tapeless/train/fit.hpp>

namespace {

namespace tl = tapeless;

struct net : tl::sequential<tl::input<3, 2>, tl::dense_per_step<4>> {};
template <class Loss>
using trainer = tl::trainer<net, Loss, tl::sgd, tl::batch<2>>;

/// What fit says about two rows of these labels; nothing where it trains.
template <class Loss>
std::string refusal(std::vector<float> labels) {
  trainer<Loss> t{tl::seed{1}};
  const tl::dataset<float> data{std::vector<float>(12, 0.5f), std::move(labels), 6, 3, {}};
  try {
    tl::fit(t, data, {.epochs = 1, .progress = tl::show::never, .table = nullptr});
  } catch (const tl::train_error& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("labels of every step are checked before training") {
  using loss = tl::ignore_index<tl::sequence_cross_entropy, -100>;
  CHECK(refusal<loss>({0, 1, -100, 3, 0, 1}).empty());
  CHECK_FALSE(refusal<loss>({0, 1, -100, 3, 0, 1.5f}).empty());
  CHECK_THAT(refusal<loss>({0, 1, 2, 3, 4, 1}),
             Catch::Contains("row 1 of the training set has a step whose target"));
}
