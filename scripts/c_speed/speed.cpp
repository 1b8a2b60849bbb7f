// Times the engine, the exported C file and plain loops, in turns, and prints the shortest times.

#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <networks.hpp>
#include <vector>

#define DECLARE(NAME)                                            \
  void NAME##_pack(const float*, float*);                        \
  void NAME##_forward(const float*, const float*, float*);       \
  void NAME##_batch_forward(const float*, const float*, float*); \
  void NAME##_plain(const float*, const float*, float*);         \
  void NAME##_sgd_start(void*, const float*, unsigned);          \
  float NAME##_sgd_step(void*, const float*, const float*);
extern "C" {
DECLARE(circle)
DECLARE(classifier)
DECLARE(digits)
}

namespace {

/// Seconds of one call, averaged over calls for about a millisecond.
double once(const std::function<void()>& f, int calls) {
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < calls; ++i) {
    f();
    asm volatile("" : : : "memory");
  }
  const std::chrono::duration<double> d = std::chrono::steady_clock::now() - begin;
  return d.count() / calls;
}

/// The shortest times of several functions that alternate.
std::vector<double> times(const std::vector<std::function<void()>>& all) {
  std::vector<double> best(all.size(), 1);
  std::vector<int> calls;
  for (const auto& f : all) calls.push_back(std::max(1, static_cast<int>(5e-4 / once(f, 20))));
  for (int round = 0; round < 300; ++round)
    for (std::size_t i = 0; i < all.size(); ++i)
      best[i] = std::min(best[i], once(all[i], calls[i]));
  return best;
}

void print(const char* what, const std::vector<double>& t) {
  std::printf("%-28s %10.1f %10.1f %6.2f", what, t[0] * 1e9, t[1] * 1e9, t[1] / t[0]);
  if (t.size() > 2) std::printf(" %10.1f %6.2f", t[2] * 1e9, t[2] / t[1]);
  std::printf("\n");
}

using function = void (*)(const float*, const float*, float*);

template <class Net>
[[gnu::noinline]] void engine(const tl::parameters<Net>& theta, const float* x, float* y) {
  tl::forward<Net>(theta, x, y);
}
template <class Net>
[[gnu::noinline]] void engine_batch(const tl::parameters<Net>& theta, const float* x, float* y) {
  tl::forward<Net, tl::batch<32>>(theta, x, y);
}

template <class Net>
void measure(const std::string& name, function single, function batch, function plain,
             void (*start)(void*, const float*, unsigned),
             float (*step)(void*, const float*, const float*)) {
  using trainer = tl::trainer<Net, tl::mse, tl::sgd, tl::batch<32>>;
  static const auto theta = tl::init<Net>(tl::seed{1});
  std::vector<float> tensors, x(32 * tl::input_size<Net>), y(32 * tl::output_size<Net>), z = y;
  for (int k = 0; k < theta.tensors().count; ++k)
    for (int e = 0; e < theta.tensors().of[k].dims.count(); ++e) tensors.push_back(theta.get(k, e));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i % 7) / 7 - 0.4f;
  engine<Net>(theta, x.data(), y.data());
  single(theta.data, x.data(), z.data());
  for (int i = 0; i < tl::output_size<Net>; ++i)
    if (!(std::abs(y[i] - z[i]) < 1e-5f)) std::printf("%s differs\n", name.c_str());
  print((name + ", one sample").c_str(),
        times({[&] { engine<Net>(theta, x.data(), y.data()); },
               [&] { single(theta.data, x.data(), y.data()); },
               [&] { plain(tensors.data(), x.data(), y.data()); }}));
  print((name + ", 32 samples").c_str(),
        times({[&] { engine_batch<Net>(theta, x.data(), y.data()); },
               [&] { batch(theta.data, x.data(), y.data()); }}));
  static trainer own{theta};
  alignas(64) static float other[tl::parameters<Net>::size + 64];
  start(other, theta.data, 0);
  const std::vector<float> t(y.size());
  print((name + ", a step of 32").c_str(),
        times({[&] { own.step(x.data(), t.data()); }, [&] { step(other, x.data(), t.data()); }}));
}

}  // namespace

#define MEASURE(NAME)                                                                        \
  measure<NAME>(#NAME, NAME##_forward, NAME##_batch_forward, NAME##_plain, NAME##_sgd_start, \
                NAME##_sgd_step);
int main() {
  std::printf("%-28s %10s %10s %6s %10s %6s\n", "nanoseconds", "engine", "exported", "ratio",
              "plain C", "ratio");
  MEASURE(circle)
  MEASURE(classifier)
  MEASURE(digits)
}
