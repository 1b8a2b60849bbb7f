// Exported activations of NaN, infinities, zeros of both signs, large and denormal numbers: what
// the reference semantics make of them.

#include <export/c_law.hpp>
#include <limits>

namespace {

namespace tl = tapeless;
using limits = std::numeric_limits<float>;

template <class Activation>
struct alone : tl::sequential<tl::input<10>, Activation> {};

constexpr std::array<float, 10> values{limits::quiet_NaN(),
                                       limits::infinity(),
                                       -limits::infinity(),
                                       0.0f,
                                       -0.0f,
                                       1e30f,
                                       -1e30f,
                                       88.6f,
                                       -103.5f,
                                       1e-41f};

bool same(float a, float b) {
  if (a != a || b != b) return a != a && b != b;
  return a == b || std::abs(a - b) <= 1e-6f * std::abs(b) + 1e-38f;
}

/// Logits of which only the differences count.
constexpr std::array<float, 10> large{4e6f,        4e6f + 1, 4e6f + 2, 4e6f - 3, 3.9e6f,
                                      4e6f + 0.5f, -4e6f,    0.f,      4e6f,     1e5f};

template <class... Activations>
void check(double budget, const std::array<float, 10>& inputs = values) {
  std::string all;
  int count = 0;
  const auto add = [&]<class A>(std::type_identity<A>) {
    all += tl::c_source<alone<A>>({.prefix = "net" + std::to_string(count++),
                                   .straight_budget = budget,
                                   .unroll_budget = budget});
  };
  (add(std::type_identity<Activations>{}), ...);
  const c_export::library c{all, c_export::compilers()[0]};
  count = 0;
  const auto compare = [&]<class A>(std::type_identity<A>) {
    const auto f = c.function<void(const float*, const float*, float*)>(
        "net" + std::to_string(count++) + "_forward");
    const tl::parameters<alone<A>> none{};
    std::array<float, 10> y{};
    f(none.data, inputs.data(), y.data());
    const auto wanted = tl::forward<alone<A>, tl::by_reference>(none, inputs);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      INFO("activation " << count - 1 << " of " << inputs[i] << ": " << y[i] << " instead of "
                         << wanted[i]);
      CHECK(same(y[i], wanted[i]));
    }
  };
  (compare(std::type_identity<Activations>{}), ...);
}

template <class... Activations>
void check_both() {
  check<Activations...>(0);
  check<Activations...>(1e6);
}

}  // namespace

TEST_CASE("exported activations of special values") {
  check_both<tl::relu, tl::leaky_relu<>, tl::elu<>, tl::selu, tl::sigmoid, tl::tanh, tl::silu>();
  check_both<tl::gelu, tl::gelu_tanh, tl::softplus, tl::softsign, tl::mish, tl::hard_sigmoid,
             tl::hard_tanh, tl::erf, tl::softmax, tl::log_softmax>();
}

TEST_CASE("exported softmax of large logits") {
  check<tl::softmax, tl::log_softmax>(0, large);
  check<tl::softmax, tl::log_softmax>(1e6, large);
}
