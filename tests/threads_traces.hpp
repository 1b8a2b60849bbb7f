#pragma once
// What some steps of training on several threads leave behind.

#include <catch2/catch.hpp>
#include <cstring>
#include <tapeless/tapeless.hpp>
#include <tapeless/threads.hpp>
#include <vector>

namespace threads_test {

namespace tl = tapeless;

struct net
    : tl::sequential<tl::input<24>, tl::dense<33>, tl::relu, tl::dropout<0.25>, tl::dense<5>> {};
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

/// Divides even the smallest kernels.
using always = tl::costs<tl::cost_model{.share_from = 1}>;

template <class Optimizer, int Batch, class... Options>
using trainer_of = tl::trainer<net, tl::cross_entropy, Optimizer, tl::batch<Batch>, Options...>;

constexpr int rows = 32;
struct data {
  std::vector<float> x = std::vector<float>(rows * 24), y = std::vector<float>(rows);
  data() {
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = static_cast<float>(i * 7919 % 2001) / 1000 - 1;
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<float>(i * 3 % 5);
  }
};

enum class batches { full, last_smaller };

/// All that some steps leave behind.
template <class Trainer, batches Last>
std::vector<float> traces() {
  const data d;
  Trainer t{tl::init<net>(tl::seed{1}), {.learning_rate = 0.05}, 5};
  const float *const x = d.x.data(), *const y = d.y.data();
  std::vector<float> seen;
  for (int i = 0; i < 3; ++i) seen.push_back(t.step(x + 24 * i, y + i));
  if constexpr (Last == batches::last_smaller) seen.push_back(t.step(x, y, t.batch_size - 5));
  const auto& s = t.state();
  seen.insert(seen.end(), std::begin(s.theta.data), std::end(s.theta.data));
  seen.insert(seen.end(), std::begin(s.slots), std::end(s.slots));
  return seen;
}
inline bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

/// The traces of one thread, which are those of any number.
template <batches Last, class Optimizer, int Batch, class... Options>
std::vector<float> check_any_number() {
  const auto one = traces<trainer_of<Optimizer, Batch, tl::threads<1>, Options...>, Last>();
  CHECK(same_bits(one, traces<trainer_of<Optimizer, Batch, tl::threads<2>, Options...>, Last>()));
  CHECK(same_bits(one, traces<trainer_of<Optimizer, Batch, tl::threads<3>, Options...>, Last>()));
  CHECK(same_bits(one, traces<trainer_of<Optimizer, Batch, tl::threads<4>, Options...>, Last>()));
  CHECK(one[2] != one[1]);
  return one;
}

}  // namespace threads_test
