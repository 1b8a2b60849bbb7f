// Every form of forward and value_and_grad. Some numbers of every call go to the report. check.py
// compiles this source for several instruction sets and links the objects; ENTRY is the name of
// what an object exports.
#include "cases.hpp"

namespace {

template <class Net, class T, class... Options>
void forwards(isa_mix::report& r) {
  const tl::parameters<Net, T> theta = tl::init<Net, tl::as_declared, T>(tl::seed{1});
  constexpr int inputs = tl::input_size<Net>, outputs = tl::output_size<Net>;
  T x[6 * inputs], y[6 * outputs];
  fill(x);
  tl::forward<Net, Options...>(theta, x, y);
  add_all(r, y, outputs);
  tl::forward<Net, tl::batch<6>, Options...>(theta, x, y);
  add_all(r, y, 6 * outputs);
}

void arrays(isa_mix::report& r) {
  const tl::parameters<net> theta = tl::init<net>(tl::seed{1});
  std::array<float, 5> x;
  fill(x);
  add_all(r, tl::forward<net>(theta, x).data(), 3);
  const std::array<std::array<float, 5>, 2> xs{x, x};
  add_all(r, tl::forward<net>(theta, xs)[1].data(), 3);
  const std::array<float, 3> t{1, 0, 0};
  const auto g = tl::value_and_grad<net, tl::mse>(theta, x, t);
  r.add(static_cast<double>(g.loss));
  add_all(r, g.gradient.data, tl::parameters<net>::size);
}

}  // namespace

extern "C" int ENTRY(double* numbers) {
  isa_mix::report r{numbers, isa_mix::most_numbers};
  forwards<net, double>(r);
  forwards<wide, float, tl::expand_as<tl::expansion::loops>>(r);
  forwards<wide, float, tl::expand_as<tl::expansion::shared>>(r);
  forwards<net, float, tl::instruction_set<tl::simd::sse2>>(r);
  arrays(r);
  // A smaller instruction set than the source has: still code with the source's flags.
  tl::trainer<net, tl::mse, tl::adagrad, tl::instruction_set<tl::simd::sse2>> learner{
      tl::init<net>(tl::seed{2})};
  float x[5], t[3];
  fill(x);
  fill(t);
  r.add(static_cast<double>(learner.step(x, t)));
  return r.count;
}
