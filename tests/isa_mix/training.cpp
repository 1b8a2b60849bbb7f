// Every call of a trainer. Some numbers of every call go to the report. check.py compiles this
// source for several instruction sets and links the objects; ENTRY is the name of what an object
// exports.
#include <tapeless/threads.hpp>

#include "cases.hpp"

namespace {

template <class T, class Loss, class Optimizer, class... Options>
void trains(isa_mix::report& r) {
  using trainer = tl::trainer<net, Loss, Optimizer, tl::batch<8>, tl::scalar_type<T>, Options...>;
  T x[8 * 5], t[8 * 3], y[8 * 3];
  fill(x);
  fill(t);
  if (trainer::target_size == 1)
    for (int i = 0; i < 8; ++i) t[i] = static_cast<T>(i % 3);
  trainer learner{tl::init<net, tl::as_declared, T>(tl::seed{2}), {.learning_rate = 0.01}, 7};
  learner.options().learning_rate *= 2;
  r.add(static_cast<double>(learner.step(x, t)));
  for (int count = 1; count <= 8; ++count) r.add(static_cast<double>(learner.step(x, t, count)));
  r.add(static_cast<double>(learner.accumulate(x, t)));
  r.add(static_cast<double>(learner.accumulate(x, t)));
  learner.apply();
  r.add(static_cast<double>(learner.loss(x, t)));
  r.add(static_cast<double>(learner.loss(x, t, 3)));
  learner.predict(x, y);
  add_all(r, y, 8 * 3);
  learner.predict(x, y, 5);
  add_all(r, y, 5 * 3);
  r.add(static_cast<double>(learner.steps()) + static_cast<double>(learner.state().calls));
  add_all(r, learner.parameters().data, tl::parameters<net, T>::size);
}

}  // namespace

extern "C" int ENTRY(double* numbers) {
  isa_mix::report r{numbers, isa_mix::most_numbers};
  trains<float, tl::cross_entropy, tl::adam>(r);
  trains<double, tl::mse, tl::sgd, tl::threads<2>>(r);
  return r.count;
}
