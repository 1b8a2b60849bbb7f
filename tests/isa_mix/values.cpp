// Initializers, parameters, random numbers, functions of numbers. Some numbers of every call go to
// the report. check.py compiles this source for several instruction sets and links the objects;
// ENTRY is the name of what an object exports.
#include "cases.hpp"

namespace {

template <class Scheme>
void starts(isa_mix::report& r) {
  const tl::parameters<net> theta = tl::init<net, Scheme>(tl::seed{3});
  for (int i = 0; i < 12; ++i) r.add(static_cast<double>(theta.get(0, i)));
}

void initializers(isa_mix::report& r) {
  starts<tl::as_declared>(r);
  starts<tl::zeros>(r);
  starts<tl::constant_fill<0.5>>(r);
  starts<tl::uniform_fill<>>(r);
  starts<tl::normal_fill<>>(r);
  starts<tl::glorot_uniform>(r);
  starts<tl::glorot_normal>(r);
  starts<tl::he_uniform>(r);
  starts<tl::he_normal>(r);
  starts<tl::lecun_uniform>(r);
  starts<tl::lecun_normal>(r);
  starts<tl::torch_linear>(r);
}

void parameters(isa_mix::report& r) {
  tl::parameters<net> theta = tl::init<net>(tl::seed{4});
  theta.set(0, 7, theta.get(0, 8) + 1);
  auto weight = theta.view<"0.weight">();
  weight(1, 2) += 3;
  weight[4] *= 2;
  const tl::parameters<net> fixed = theta;
  r.add(static_cast<double>(fixed.view<"3.bias">()[1] + fixed.view<"0.weight">()(1, 2)));
  for (const tl::parameter_info& p : tl::parameters<net>::tensors()) {
    r.add(p.dims.count() + p.dims[0] + p.position(p.dims.count() - 1));
    r.add(static_cast<double>(p.name.view().size() + p.name.starts_with("0.")));
  }
  r.add(static_cast<double>(tl::topology_hash<net> & 0xffff));
}

void random_numbers(isa_mix::report& r) {
  tl::mt19937 random(5);
  for (int i = 0; i < 700; ++i) random();
  r.add(random.uniform(-1, 1) + random.random_interval(1000));
  int order[10] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  random.shuffle(std::span<int>{order});
  add_all(r, order, 10);
  r.add(random == tl::mt19937(5));
  tl::generator g{tl::seed{6}};
  r.add(g.uniform() + g.uniform(2, 3) + g.normal());
}

template <class T>
void functions(isa_mix::report& r) {
  namespace math = tl::math;
  for (T x = T(0.125); x < T(3); x += T(0.5)) {
    const T y[] = {math::exp(x),          math::log(x),
                   math::tanh(x),         math::sigmoid(x),
                   math::erf(x),          math::expm1(x),
                   math::log1p(x),        math::pow(x, T(1.5)),
                   math::sqrt(x),         math::tanh_fast(x),
                   math::sigmoid_fast(x), math::exp_fast(x),
                   math::abs(x),          math::clamp(x, T(0), T(1)),
                   math::max(x, T(1)),    math::round(x),
                   math::softplus(x),     math::copysign(x, T(-1))};
    for (const T value : y) r.add(static_cast<double>(value));
  }
}

void schedules(isa_mix::report& r) {
  const tl::warm_up<tl::cosine_schedule> rate{.steps = 10, .then = {.period = 50}};
  for (long s = 0; s < 60; s += 7) r.add(rate(s));
  r.add(tl::step_schedule{}(70) + tl::constant_schedule{}(1));
}

}  // namespace

extern "C" int ENTRY(double* numbers) {
  isa_mix::report r{numbers, isa_mix::most_numbers};
  initializers(r);
  parameters(r);
  random_numbers(r);
  functions<float>(r);
  functions<double>(r);
  schedules(r);
  const tl::flush_to_zero guard;
  volatile float small = 1e-38f;
  r.add(static_cast<double>(small / 1024));
  return r.count;
}
