// The padding law: what lies between the parameters of the packed block stays exactly 0.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

struct net
    : tl::sequential<tl::input<5>, tl::dense<7>, tl::tanh, tl::dense<19>, tl::relu, tl::dense<3>> {
};

/// Which elements of the packed block are parameters.
std::vector<bool> used() {
  std::vector<bool> is(static_cast<std::size_t>(tl::parameters<net>::size));
  for (const tl::parameter_info& p : tl::parameters<net>::tensors())
    for (int e = 0; e < p.dims.count(); ++e) is[static_cast<std::size_t>(p.position(e))] = true;
  return is;
}

template <class T>
int dirty_padding(const T* block) {
  const std::vector<bool> is = used();
  int n = 0;
  for (std::size_t i = 0; i < is.size(); ++i) n += !is[i] && !(block[i] == T(0));
  return n;
}

template <class Optimizer, tl::lane_axis Axis, int Batch, class... Options>
void check() {
  tl::trainer<net, tl::cross_entropy, Optimizer, tl::batch<Batch>, tl::lanes_over<Axis>, Options...>
      t{tl::init<net>(tl::seed{2}), {.learning_rate = 0.1}};
  float x[Batch * 5], y[Batch];
  for (int i = 0; i < Batch * 5; ++i) x[i] = static_cast<float>(i * i % 13) / 6.0f - 1;
  for (int i = 0; i < Batch; ++i) y[i] = static_cast<float>(i % 3);
  for (int k = 0; k < 4; ++k) t.step(x, y);
  t.accumulate(x, y);
  CHECK(dirty_padding(t.state().gradient.data) == 0);
  t.apply();
  CHECK(dirty_padding(t.parameters().data) == 0);
  for (int s = 0; s < Optimizer::states; ++s)
    CHECK(dirty_padding(t.state().slots + s * tl::parameters<net>::size) == 0);
  const auto r = tl::value_and_grad<net, tl::cross_entropy, tl::batch<Batch>, tl::lanes_over<Axis>>(
      t.parameters(), x, y);
  CHECK(dirty_padding(r.gradient.data) == 0);
}

}  // namespace

static_assert(tl::parameters<net>::size > tl::parameters<net>::scalar_count);

TEST_CASE("padding stays 0 with lanes over features") {
  check<tl::adamw, tl::lane_axis::features, 3>();
  check<tl::adagrad, tl::lane_axis::features, 1>();
}

TEST_CASE("padding stays 0 with lanes over samples") {
  check<tl::rmsprop_with<tl::rmsprop_settings{.momentum = 0.9, .centered = true}>,
        tl::lane_axis::samples, 9>();
  check<tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>, tl::lane_axis::samples, 16,
        tl::clip_by_norm<1.0>>();
}
