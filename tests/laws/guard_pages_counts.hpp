#pragma once
// The law of bounds for calls with fewer rows than a batch: buffers hold `count` rows, not one
// more.

#include <laws/guard_pages.hpp>

namespace laws {

/// Every call of a trainer with 1 to Batch rows, on memory for that many.
template <class Net, class T, tl::lane_axis Axis, int Batch, class Loss = tl::mse, class... More>
void check_bounds_of_counts() {
  using trainer = tl::trainer<Net, Loss, tl::adam, tl::batch<Batch>, tl::scalar_type<T>,
                              tl::lanes_over<Axis>, More...>;
  constexpr int inputs = trainer::input_size, outputs = trainer::output_size;
  constexpr int targets = trainer::target_size;
  for (const bool at_end : {true, false}) {
    const guarded place(sizeof(trainer), at_end);
    auto* own = new (place.data()) trainer{tl::init<Net, tl::as_declared, T>(tl::seed{3})};
    for (int count = 1; count <= Batch; ++count) {
      const numbers<T> x(count * inputs, at_end), y(count * outputs, at_end);
      const numbers<T> t(count * targets, at_end, targets == 1 && outputs > 1 ? outputs : 0);
      CHECK(own->step(x.data(), t.data(), count) < 1e3);
      CHECK(own->loss(x.data(), t.data(), count) < 1e3);
      own->predict(x.data(), y.data(), count);
      CHECK(y.data()[count * outputs - 1] == y.data()[count * outputs - 1]);
    }
    const numbers<T> x(Batch * inputs, at_end), y(Batch * outputs, at_end);
    const numbers<T> t(Batch * targets, at_end, targets == 1 && outputs > 1 ? outputs : 0);
    CHECK(own->step(x.data(), t.data()) < 1e3);
    CHECK(own->accumulate(x.data(), t.data()) < 1e3);
    own->apply();
    CHECK(own->loss(x.data(), t.data()) < 1e3);
    own->predict(x.data(), y.data());
    own->~trainer();
  }
}

}  // namespace laws
