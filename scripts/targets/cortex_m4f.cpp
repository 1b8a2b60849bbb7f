// Runs networks on a Cortex-M4F without heap, exceptions and RTTI: forward, and a step of training
// of each. Prints by semihosting, one line per network: its loss before and after 200 steps as bits
// of a float, bytes of parameters, of a trainer, and of stack that each call took. Compiled for the
// host, where it prints the same losses up to rounding, it is the reference.
#include <cstdint>
#include <cstring>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct circle
    : tl::sequential<tl::input<2>, tl::dense<16>, tl::tanh, tl::dense<16>, tl::tanh, tl::dense<1>> {
};
struct classifier : tl::sequential<tl::input<16>, tl::dense<64>, tl::relu, tl::dense<32>, tl::relu,
                                   tl::dense<5>> {};
using circle_trainer = tl::trainer<circle, tl::mse, tl::sgd>;
using classifier_trainer = tl::trainer<classifier, tl::cross_entropy, tl::adam>;

}  // namespace

// Functions of their own, whose code the script measures by their names.
extern "C" {
[[gnu::noinline]] void circle_forward(const tl::parameters<circle>& theta, const float* x,
                                      float* y) noexcept {
  tl::forward<circle>(theta, x, y);
}
[[gnu::noinline]] float circle_step(circle_trainer& t, const float* x, const float* y) noexcept {
  return t.step(x, y);
}
[[gnu::noinline]] void classifier_forward(const tl::parameters<classifier>& theta, const float* x,
                                          float* y) noexcept {
  tl::forward<classifier>(theta, x, y);
}
[[gnu::noinline]] float classifier_step(classifier_trainer& t, const float* x,
                                        const float* y) noexcept {
  return t.step(x, y);
}
}

namespace {

#if defined(__arm__)
extern "C" char end[];

int semihosting(int operation, const void* argument) {
  register int r0 asm("r0") = operation;
  register const void* r1 asm("r1") = argument;
  asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}
void print(const char* text) { semihosting(4, text); }
[[noreturn]] void leave() {
  const std::uint32_t reason[] = {0x20026, 0};  // ADP_Stopped_ApplicationExit
  for (;;) semihosting(0x20, reason);
}

/// Bytes of stack that a call takes, by what it leaves of a pattern below the present frame.
template <class Call>
[[gnu::noinline]] std::uint32_t stack_of(Call call) {
  constexpr std::uint32_t words = 16384, pattern = 0xa5a5a5a5;
  std::uint32_t here;
  asm volatile("mov %0, sp" : "=r"(here));
  volatile std::uint32_t* const bottom = reinterpret_cast<std::uint32_t*>(here) - words;
  for (std::uint32_t i = 0; i < words; ++i) bottom[i] = pattern;
  call();
  std::uint32_t i = 0;
  while (i < words && bottom[i] == pattern) ++i;
  return 4 * (words - i);
}
#else
}
#include <cstdio>
#include <cstdlib>
namespace {
void print(const char* text) { std::fputs(text, stdout); }
[[noreturn]] void leave() { std::exit(0); }
template <class Call>
std::uint32_t stack_of(Call call) {
  call();
  return 0;
}
#endif

void print_number(std::uint32_t n) {
  char digits[12] = {};
  int i = 11;
  do digits[--i] = static_cast<char>('0' + n % 10);
  while ((n /= 10) != 0);
  print(digits + i);
  print(" ");
}

template <class Trainer>
void report(const char* name, Trainer& t, float (*step)(Trainer&, const float*, const float*),
            void (*forward)(const typename Trainer::parameters_type&, const float*, float*)) {
  constexpr int inputs = Trainer::input_size, outputs = Trainer::output_size;
  float x[inputs], y[outputs], target[outputs];
  unsigned state = 1;
  float first = 0, last = 0;
  for (int k = 0; k < 200; ++k) {
    float sum = 0;
    for (float& v : x) {
      state = state * 1664525u + 1013904223u;
      v = static_cast<float>(state >> 8) * 0x1p-23f - 1;
      sum += v;
    }
    for (float& v : target) v = sum > 0 ? 1 : 0;
    last = step(t, x, target);
    if (k == 0) first = last;
  }
  const std::uint32_t of_forward = stack_of([&] { forward(t.parameters(), x, y); });
  const std::uint32_t of_step = stack_of([&] { step(t, x, target); });
  print(name);
  print(" ");
  print_number(__builtin_bit_cast(std::uint32_t, first));
  print_number(__builtin_bit_cast(std::uint32_t, last));
  print_number(__builtin_bit_cast(std::uint32_t, y[0]));
  print_number(sizeof(t.parameters()));
  print_number(sizeof(Trainer));
  print_number(of_forward);
  print_number(of_step);
  print("\n");
}

circle_trainer first_trainer{tl::init<circle>(tl::seed{1}), {.learning_rate = 0.05}};
classifier_trainer second_trainer{tl::init<classifier>(tl::seed{2}), {.learning_rate = 0.001}};

}  // namespace

int main() {
  report<circle_trainer>("circle", first_trainer, circle_step, circle_forward);
  report<classifier_trainer>("classifier", second_trainer, classifier_step, classifier_forward);
  leave();
}
