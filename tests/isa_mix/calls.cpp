// Calls with a buffer per input and output, streams, derivatives, and what moves parameters. Some
// numbers of every call go to the report. check.py compiles this source for several instruction
// sets and links the objects; ENTRY is the name of what an object exports.
#include "cases.hpp"

namespace isa_mix {

/// Two inputs, one of integers, and two outputs.
struct ports : tl::network<ports> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = g.input("a", tl::shape{5});
    const tl::value b = g.input_of<std::uint8_t>("b", tl::shape{3}, 1.0 / 255);
    const tl::value h = tl::math::tanh(g.dense("h", tl::math::concat(a, b), 11));
    g.output("v", g.dense("v", h, 1));
    return g.output("p", g.dense("p", h, 4));
  }
};
struct causal : tl::sequential<tl::input<1, 64>,
                               tl::conv1d<3, tl::kernel{.size = 3, .padding = tl::padding::causal}>,
                               tl::tanh, tl::conv1d<1, 1>> {};
struct curve : tl::sequential<tl::input<5>, tl::dense<9>, tl::tanh, tl::dense<1>> {};
struct holder : tl::network<holder> {
  static consteval tl::value define(tl::graph& g) {
    return g.layer<net>("inner", g.input("x", tl::shape{5}));
  }
};

}  // namespace isa_mix

namespace {

void buffers(isa_mix::report& r) {
  using net_type = isa_mix::ports;
  using loss = tl::losses<tl::on<"p", tl::cross_entropy>, tl::on<"v", tl::mse>>;
  const tl::parameters<net_type> theta = tl::init<net_type>(tl::seed{1});
  float a[4 * 5], v[4] = {}, p[4 * 4] = {}, wanted[4];
  std::uint8_t b[4 * 3];
  fill(a);
  fill(wanted);
  for (int i = 0; i < 12; ++i) b[i] = static_cast<std::uint8_t>(20 * i);
  const float labels[4] = {0, 3, 1, 2};
  const auto as = tl::in<"a">(a);
  const auto bs = tl::in<"b">(b);
  tl::forward<net_type, tl::batch<4>>(theta, as, bs, tl::out<"p">(p), tl::out<"v">(v));
  add_all(r, p, 16);
  const auto g = tl::value_and_grad<net_type, loss, tl::batch<4>>(
      theta, as, bs, tl::target_of<"p">(labels), tl::target_of<"v">(wanted));
  r.add(static_cast<double>(g.loss));
  tl::trainer<net_type, loss, tl::adam, tl::batch<4>> t{theta};
  for (int count = 1; count <= 4; ++count)
    r.add(static_cast<double>(
        t.step(as, bs, tl::target_of<"p">(labels), tl::target_of<"v">(wanted), count)));
  r.add(static_cast<double>(
      t.loss(as, bs, tl::target_of<"p">(labels), tl::target_of<"v">(wanted), 3)));
  t.predict(as, bs, tl::out<"v">(v), 3);
  add_all(r, v, 3);
}

void streams(isa_mix::report& r) {
  const tl::parameters<isa_mix::causal> theta = tl::init<isa_mix::causal>(tl::seed{1});
  tl::stream<isa_mix::causal, tl::blocks<8, 1>> s;
  s.prewarm(theta);
  float x[19], y[19];
  fill(x);
  s.process(theta, x, y, 19);
  add_all(r, y, 19);
  s.reset();
  r.add(static_cast<double>(s.step(theta, x[3])));
}

void derivatives(isa_mix::report& r) {
  using curve = isa_mix::curve;
  const tl::parameters<curve> theta = tl::init<curve>(tl::seed{1});
  std::array<float, 5> x;
  fill(x);
  const std::array<float, 1> one{1};
  r.add(static_cast<double>(tl::jvp<curve>(theta, x, x).tangent[0]));
  r.add(static_cast<double>(tl::vjp<curve>(theta, x, one).gradient[0]));
  r.add(static_cast<double>(tl::jacobian<curve>(theta, x)[0][1]));
  r.add(static_cast<double>(tl::hessian<curve>(theta, x)[0][1]));
  r.add(static_cast<double>(tl::hvp<curve, tl::mse>(theta, x, one, theta).loss));
  float rows[4 * 5], y[4], j[4 * 5];
  fill(rows);
  tl::jacobian<curve, tl::batch<4>>(theta, rows, y, j);
  add_all(r, j, 20);
}

void moved_parameters(isa_mix::report& r) {
  tl::parameters<isa_mix::holder> all = tl::init<isa_mix::holder>(tl::seed{2});
  tl::parameters<net> own = tl::init<net>(tl::seed{3});
  r.add(tl::polyak_update(tl::part<"inner">(all), own, 0.1));
  tl::part<"inner">(all).view<"0.bias">()[1] = 0;
  r.add(tl::copy_parameters(own, tl::part<"inner">(all)));
  tl::weight_average<net> mean{0.9};
  mean.update(own);
  mean.update(own);
  r.add(static_cast<double>(mean.parameters().get(0, 3)));
  float x[7 * 5], y[7 * 3];
  fill(x);
  tl::forward<net, tl::batch<4>>(own, x, y, 7);
  add_all(r, y, 21);
}

}  // namespace

extern "C" int ENTRY(double* numbers) {
  isa_mix::report r{numbers, isa_mix::most_numbers};
  buffers(r);
  streams(r);
  derivatives(r);
  moved_parameters(r);
  return r.count;
}
