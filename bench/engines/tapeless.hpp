#pragma once
// Tapeless as a contender. Each source in this folder offers the jobs whose names start with the
// name of the file, so that a filter builds no more than it needs.
#include <tapeless/tapeless.hpp>

#include "../contender.hpp"

namespace contest {
namespace tl = tapeless;

/// Calls f(tensor, flat index, number) for all numbers in the order of worker::load.
template <class F>
void for_parameters(std::span<const int> sizes, F f) {
  std::size_t number = 0;
  for (std::size_t l = 0; l + 1 < sizes.size(); ++l) {
    const int in = sizes[l], out = sizes[l + 1], tensor = static_cast<int>(2 * l);
    for (int i = 0; i < in; ++i)
      for (int o = 0; o < out; ++o) f(tensor, o * in + i, number++);
    for (int o = 0; o < out; ++o) f(tensor + 1, o, number++);
  }
}

template <class Net, class T>
class forward_worker : public worker<T> {
 public:
  void load(std::span<const int> sizes, const T* numbers) override {
    for_parameters(sizes, [&](int t, int i, std::size_t n) { theta_.set(t, i, numbers[n]); });
  }
  void forward(const T* x, T* y) override { tl::forward<Net>(theta_, x, y); }
  work cost() const override {
    constexpr auto c = tl::cost<Net, tl::scalar_type<T>>;
    return {c.flops_forward, c.parameters * double{sizeof(T)}, 0};
  }

 private:
  tl::parameters<Net, T> theta_;
};

/// `Kept` numbers are kept and updated for each parameter, itself included.
template <class Net, class T, class Loss, class Optimizer, int Kept, class... Options>
class step_worker : public worker<T> {
 public:
  void load(std::span<const int> sizes, const T* numbers) override {
    trainer_.state() = {};
    for_parameters(
        sizes, [&](int t, int i, std::size_t n) { trainer_.parameters().set(t, i, numbers[n]); });
  }
  void save(std::span<const int> sizes, T* numbers) const override {
    for_parameters(
        sizes, [&](int t, int i, std::size_t n) { numbers[n] = trainer_.parameters().get(t, i); });
  }
  void set_rate(T rate) override { trainer_.options().learning_rate = rate; }
  T step(const T* x, const T* target) override { return trainer_.step(x, target); }
  work cost() const override {
    constexpr auto c = tl::cost_of<Net, Loss, Optimizer, tl::scalar_type<T>, Options...>;
    return {c.flops_forward + c.flops_backward, 0, c.parameters * double{sizeof(T)} * Kept};
  }

 private:
  using trainer_type = tl::trainer<Net, Loss, Optimizer, tl::scalar_type<T>, Options...>;
  trainer_type trainer_{typename trainer_type::parameters_type{}};
};

/// Offers a network's forward call in both precisions.
template <class Net>
void offer_forward(std::vector<contender>& all, const char* job) {
  all.push_back({job, [] { return std::make_unique<forward_worker<Net, float>>(); },
                 [] { return std::make_unique<forward_worker<Net, double>>(); }});
}

/// Offers a training step in both precisions.
template <class Net, class Loss, class Optimizer, int Kept, class... Options>
void offer_step(std::vector<contender>& all, const char* job) {
  const auto make = []<class T>(T) {
    return std::make_unique<step_worker<Net, T, Loss, Optimizer, Kept, Options...>>();
  };
  all.push_back({job, [make] { return make(float{}); }, [make] { return make(double{}); }});
}

}  // namespace contest
