// The step law for batches in pieces: what runs piece by piece equals the batch by reference.

#include <laws/step_law.hpp>
#include <tapeless/tapeless.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
using laws::target_kind;
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;
constexpr unsigned all_calls =
    laws::three_steps | laws::partial_steps | laws::accumulation | laws::evaluation;

struct dense : tl::sequential<tl::input<5>, tl::dense<19>, tl::tanh, tl::dense<4>> {};
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

TEST_CASE("pieces of a batch: dense layers") {
  check_steps<all_calls, double, dense, tl::mse, tl::adam, tl::batch<12>, tl::pieces_of<4>>();
  check_steps<all_calls, float, dense, tl::cross_entropy, momentum, tl::batch<32>,
              tl::pieces_of<16>, tl::lanes_over<tl::lane_axis::samples>>(target_kind::classes);
}
TEST_CASE("pieces of a batch: single samples") {
  check_steps<all_calls, double, dense, tl::mse, momentum, tl::batch<3>, tl::pieces_of<1>>();
}
TEST_CASE("pieces of a batch: convolutions, by the planner's choice") {
  check_steps<all_calls, double, space, tl::cross_entropy, momentum, tl::batch<16>, features,
              small_caches<double>>(target_kind::classes);
  check_steps<all_calls, float, space, tl::mse, tl::adam, tl::batch<16>, features,
              small_caches<float>>();
}
TEST_CASE("pieces of a batch: clipped, frozen, summed, ignored") {
  check_steps<all_calls, double, dense, tl::mse, momentum, tl::batch<12>, tl::pieces_of<6>,
              tl::clip_by_norm<0.1>, tl::frozen_paths<"0.weight", "2.bias">>();
  check_steps<laws::three_steps | laws::accumulation, double, dense,
              tl::ignore_index<tl::cross_entropy, 2>, momentum, tl::batch<9>, tl::pieces_of<3>>(
      target_kind::classes);
}
TEST_CASE("a step in pieces leaves what was accumulated") {
  using cut = tl::trainer<dense, tl::mse, momentum, tl::batch<4>, tl::scalar_type<double>,
                          tl::pieces_of<2>>;
  using whole = tl::trainer<dense, tl::mse, momentum, tl::batch<4>, tl::scalar_type<double>,
                            tl::pieces_of<0>>;
  const auto theta = tl::init<dense, tl::as_declared, double>(tl::seed{3});
  cut a{theta};
  whole b{theta};
  double x[20], t[16];
  for (int i = 0; i < 20; ++i) x[i] = laws::number(laws::numbers::any, 1, i);
  for (int i = 0; i < 16; ++i) t[i] = laws::number(laws::numbers::any, 2, i);
  a.accumulate(x, t);
  b.accumulate(x, t);
  CHECK(a.step(x, t) == Approx(b.step(x, t)).epsilon(1e-12));
  a.apply();
  b.apply();
  CHECK(a.state().steps == b.state().steps);
  CHECK(a.state().calls == b.state().calls);
  for (int i = 0; i < cut::parameters_type::size; ++i)
    CHECK(a.parameters().data[i] == Approx(b.parameters().data[i]).margin(1e-12));
}
