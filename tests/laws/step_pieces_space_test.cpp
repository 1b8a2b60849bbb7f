// The step law for batches that the planner cuts into pieces: convolutions.

#include <laws/step_law.hpp>
#include <tapeless/tapeless.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
using laws::target_kind;
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;
constexpr unsigned all_calls =
    laws::three_steps | laws::partial_steps | laws::accumulation | laws::evaluation;

struct space
    : tl::sequential<tl::input<2, 6, 5>, tl::conv2d<5, tl::kernel{.size = 3, .padding = 1}>,
                     tl::tanh, tl::max_pool2d<2>, tl::conv2d<3, 2>, tl::flatten, tl::dense<4>> {};

/// For these caches a batch of 16 is too large.
template <class T>
using small_caches = tl::costs<tl::cost_model{.piece_bytes = 1000 * static_cast<int>(sizeof(T))}>;
using features = tl::lanes_over<tl::lane_axis::features>;
template <class T, class... More>
constexpr int piece =
    tl::cost_of<space, tl::mse, tl::sgd, tl::batch<16>, features, tl::scalar_type<T>, More...>.samples_at_once;
static_assert(piece<float, small_caches<float>> == 4 && piece<double, small_caches<double>> == 4);
static_assert(piece<float> == 16);

}  // namespace

TEST_CASE("pieces of a batch: convolutions, by the planner's choice") {
  check_steps<all_calls, double, space, tl::cross_entropy, momentum, tl::batch<16>, features,
              small_caches<double>>(target_kind::classes);
  check_steps<all_calls, float, space, tl::mse, tl::adam, tl::batch<16>, features,
              small_caches<float>>();
}
