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

}  // namespace

TEST_CASE("pieces of a batch: dense layers") {
  check_steps<all_calls, double, dense, tl::mse, tl::adam, tl::batch<12>, tl::pieces_of<4>>();
  check_steps<all_calls, float, dense, tl::cross_entropy, momentum, tl::batch<32>,
              tl::pieces_of<16>, tl::lanes_over<tl::lane_axis::samples>>(target_kind::classes);
}
TEST_CASE("pieces of a batch: single samples") {
  check_steps<all_calls, double, dense, tl::mse, momentum, tl::batch<3>, tl::pieces_of<1>>();
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
