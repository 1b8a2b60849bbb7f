#pragma once
// The law of bounds: no kernel reads or writes beyond its operands. Parameters, rows, results and
// trainers end where a page begins that nobody may touch: a step beyond ends the program.

#include <catch2/catch.hpp>
#include <cstring>
#include <forbidden_pages.hpp>
#include <memory>
#include <new>
#include <tapeless/tapeless.hpp>

namespace laws {

namespace tl = tapeless;

using forbidden_pages::guarded;

/// Count numbers between forbidden pages.
template <class T>
class numbers {
 public:
  numbers(int count, bool at_end, int classes = 0)
      : memory_{static_cast<std::size_t>(count) * sizeof(T), at_end} {
    for (int i = 0; i < count; ++i)
      data()[i] = classes > 0 ? T(i % classes) : T((i * 37) % 101) / T(50) - T(1);
  }
  T* data() const { return static_cast<T*>(memory_.data()); }

 private:
  guarded memory_;
};

/// forward and steps of a trainer on guarded memory.
template <class Net, class T, tl::lane_axis Axis, int Batch, class Loss = tl::mse>
void check_bounds() {
  using options = tl::lanes_over<Axis>;
  using theta_type = tl::parameters<Net, T>;
  using trainer = tl::trainer<Net, Loss, tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>,
                              tl::batch<Batch>, tl::scalar_type<T>, options>;
  constexpr int inputs = tl::input_size<Net>, outputs = tl::output_size<Net>;
  constexpr int targets = tl::target_size<Net, Loss>;
  for (const bool at_end : {true, false}) {
    const guarded block(sizeof(theta_type), at_end);
    auto& theta = *new (block.data()) theta_type{tl::init<Net, tl::as_declared, T>(tl::seed{3})};
    const numbers<T> x(Batch * inputs, at_end), y(Batch * outputs, at_end);
    const numbers<T> t(Batch * targets, at_end, targets == 1 && outputs > 1 ? outputs : 0);
    tl::forward<Net, tl::batch<Batch>, options>(theta, x.data(), y.data());
    const guarded place(sizeof(trainer), at_end);
    auto* own = new (place.data()) trainer{theta};
    for (int k = 0; k < 3; ++k) CHECK(own->step(x.data(), t.data()) < 1e3);
    own->~trainer();
  }
}

/// value_and_grad on guarded memory: a trainer has its parameters between others of its numbers.
template <class Net, class T, tl::lane_axis Axis, int Batch, class Loss = tl::mse>
void check_bounds_of_gradient() {
  using theta_type = tl::parameters<Net, T>;
  for (const bool at_end : {true, false}) {
    const guarded block(sizeof(theta_type), at_end);
    const auto& theta =
        *new (block.data()) theta_type{tl::init<Net, tl::as_declared, T>(tl::seed{3})};
    const numbers<T> x(Batch * tl::input_size<Net>, at_end);
    const numbers<T> t(Batch * tl::target_size<Net, Loss>, at_end);
    const auto r = tl::value_and_grad<Net, Loss, tl::batch<Batch>, tl::lanes_over<Axis>>(
        theta, x.data(), t.data());
    CHECK(r.loss < 1e3);
  }
}

}  // namespace laws
