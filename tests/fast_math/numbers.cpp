// Prints what elementary functions, engines and a training run give, one number to a line, for
// check.py to compare between flags of compilers.

#include <cmath>
#include <cstdio>
#include <cstring>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;
namespace m = tapeless::math;

namespace {

void print(const char* name, const char* kind, int i, double y) {
  std::printf("%s.%s.%d %.17g\n", name, kind, i, y);
}

constexpr double points[] = {-85,   -19.5, -7.25, -2.1,  -1.3, -0.6, -0.26, -0.011,
                             -1e-5, 0.3,   1e-4,  0.019, 0.22, 0.47, 0.99,  1.0,
                             1.7,   2.9,   9.4,   23.75, 61.5, 80};

template <class V>
double first(V x) {
  tl::scalar_of<V> lane[tl::lane_width<V>];
  std::memcpy(lane, &x, sizeof(lane));
  return static_cast<double>(lane[0]);
}

/// A function at all points of which it is defined.
template <class V, class F>
void curve(const char* name, const char* kind, F f, double low = -1e9, double high = 1e9) {
  int i = 0;
  for (volatile const double& x : points) {
    if (x >= low && x <= high) print(name, kind, i, first(f(V(static_cast<tl::scalar_of<V>>(x)))));
    ++i;
  }
}

template <class V>
void functions(const char* kind) {
  curve<V>("exp", kind, [](V x) { return m::exp(x); });
  curve<V>(
      "exp_decay", kind, [](V x) { return m::exp_decay(x); }, -1e9, 0);
  curve<V>("exp_fast", kind, [](V x) { return m::exp_fast(x); });
  curve<V>("exp_level", kind, [](V x) { return m::exp_level(x); });
  curve<V>("exp_from_level", kind, [](V x) { return m::exp_from_level(x, V(80)); });
  curve<V>("exp_exponent", kind, [](V x) { return m::exp_exponent(x); });
  curve<V>("expm1", kind, [](V x) { return m::expm1(x); });
  curve<V>(
      "log", kind, [](V x) { return m::log(x); }, 1e-9);
  curve<V>(
      "log1p", kind, [](V x) { return m::log1p(x); }, -0.7);
  curve<V>("sigmoid", kind, [](V x) { return m::sigmoid(x); });
  curve<V>("sigmoid_fast", kind, [](V x) { return m::sigmoid_fast(x); });
  curve<V>("tanh", kind, [](V x) { return m::tanh(x); });
  curve<V>("tanh_fast", kind, [](V x) { return m::tanh_fast(x); });
  curve<V>("softplus", kind, [](V x) { return m::softplus(x); });
  curve<V>("erf", kind, [](V x) { return m::erf(x); });
  curve<V>(
      "normal_below", kind, [](V x) { return m::normal_below(x); }, -9);
  curve<V>("sin", kind, [](V x) { return m::sin(x); });
  curve<V>("cos", kind, [](V x) { return m::cos(x * V(1e6f)); });
  curve<V>("tan", kind, [](V x) { return m::tan(x); });
  curve<V>(
      "asin", kind, [](V x) { return m::asin(x); }, -1, 1);
  curve<V>(
      "acos", kind, [](V x) { return m::acos(x); }, -1, 1);
  curve<V>("atan", kind, [](V x) { return m::atan(x); });
  curve<V>("atan2", kind, [](V x) { return m::atan2(V(-0.7f), x); });
  curve<V>("sinh", kind, [](V x) { return m::sinh(x); });
  curve<V>("cosh", kind, [](V x) { return m::cosh(x); });
  curve<V>("asinh", kind, [](V x) { return m::asinh(x); });
  curve<V>(
      "acosh", kind, [](V x) { return m::acosh(x); }, 1.1);
  curve<V>(
      "atanh", kind, [](V x) { return m::atanh(x); }, -0.9, 0.9);
  curve<V>("round", kind, [](V x) { return m::round(x); });
  curve<V>("floor", kind, [](V x) { return m::floor(x); });
  curve<V>("trunc", kind, [](V x) { return m::trunc(x); });
  curve<V>("fmod", kind, [](V x) { return m::fmod(x, V(0.7f)); });
  curve<V>("floor_mod", kind, [](V x) { return m::floor_mod(x, V(-0.7f)); });
  curve<V>(
      "pow", kind, [](V x) { return m::pow(x, 1.7); }, 0);
  curve<V>("cube", kind, [](V x) { return m::power(x, V(3)); });
}

/// One number through an activation: code without vectors.
template <class Activation>
struct alone : tl::sequential<tl::input<1>, Activation> {};

template <class Activation>
void one_element(const char* name) {
  int i = 0;
  for (const double x : points) {
    const float in[1] = {static_cast<float>(x)};
    float y[1];
    tl::forward<alone<Activation>>(tl::parameters<alone<Activation>>{}, in, y);
    print(name, "one", i++, static_cast<double>(y[0]));
  }
}

struct shares : tl::sequential<tl::input<3>, tl::softmax> {};
struct log_shares : tl::sequential<tl::input<3>, tl::log_softmax> {};

template <class Net, int Batch>
void rows(const char* name) {
  for (const float offset : {1.0f, -40.0f, 3.5e4f, 1.4e5f, 4e6f, -1e7f}) {
    float x[3 * Batch], y[3 * Batch];
    for (int i = 0; i < 3 * Batch; ++i) x[i] = offset + static_cast<float>(i % 3);
    tl::forward<Net, tl::batch<Batch>>(tl::parameters<Net>{}, x, y);
    for (int i = 0; i < 3; ++i)
      print(name, Batch == 1 ? "row" : "rows", i + 10 * static_cast<int>(offset), y[i]);
  }
}

/// The same in a constant expression.
template <class Net>
consteval std::array<float, 3> constant_row() {
  std::array<float, 3> x{1, 2, 3}, y{};
  tl::forward<Net>(tl::parameters<Net>{}, x.data(), y.data());
  return y;
}
template <class Activation>
consteval float constant(float x) {
  float y[1];
  tl::forward<alone<Activation>>(tl::parameters<alone<Activation>>{}, &x, y);
  return y[0];
}

struct classifier
    : tl::sequential<tl::input<4>, tl::dense<24>, tl::tanh, tl::dense<9>, tl::gelu, tl::dense<3>> {
};

void training() {
  constexpr int batch = 8;
  static tl::trainer<classifier, tl::cross_entropy, tl::adam, tl::batch<batch>> t{
      tl::init<classifier>(tl::seed{3}), {.learning_rate = 0.01f}};
  float x[4 * batch], labels[batch], y[3 * batch];
  for (int step = 0; step < 60; ++step) {
    for (int i = 0; i < 4 * batch; ++i)
      x[i] = static_cast<float>((i * 7 + step * 3) % 11) / 5.0f - 1.0f;
    for (int i = 0; i < batch; ++i)
      labels[i] = x[4 * i] > 0.3f ? 2.0f : x[4 * i + 1] > 0 ? 1.0f : 0.0f;
    const float loss = t.step(x, labels);
    if (step % 10 == 9) print("loss", "training", step, static_cast<double>(loss));
  }
  t.predict(x, y);
  for (int i = 0; i < 3 * batch; ++i) print("output", "training", i, static_cast<double>(y[i]));
}

}  // namespace

int main() {
  functions<float>("float");
  functions<double>("double");
  functions<tl::simd::lanes<float, tl::simd::max_width<float>>>("floats");
  functions<tl::simd::lanes<double, tl::simd::max_width<double>>>("doubles");
  one_element<tl::tanh>("tanh");
  one_element<tl::sigmoid>("sigmoid");
  one_element<tl::softplus>("softplus");
  one_element<tl::elu<>>("elu");
  one_element<tl::gelu>("gelu");
  one_element<tl::mish>("mish");
  rows<shares, 1>("softmax");
  rows<shares, 20>("softmax");
  rows<log_shares, 1>("log_softmax");
  rows<log_shares, 20>("log_softmax");
  constexpr auto p = constant_row<shares>(), l = constant_row<log_shares>();
  for (std::size_t i = 0; i < 3; ++i) {
    print("softmax", "constant", static_cast<int>(i), p[i]);
    print("log_softmax", "constant", static_cast<int>(i), l[i]);
  }
  constexpr float c[] = {constant<tl::tanh>(0.3f), constant<tl::softplus>(0.3f),
                         constant<tl::gelu>(0.3f), constant<tl::sigmoid>(0.3f)};
  for (int i = 0; i < 4; ++i) print("activation", "constant", i, c[i]);
  training();
}
