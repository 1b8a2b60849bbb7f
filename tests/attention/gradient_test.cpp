// Attention: gradients against central differences, forward mode, gradients of gradients, and
// constant expressions.

#include <laws/gradient_law.hpp>
#include <laws/space_law.hpp>

namespace {

namespace tl = tapeless;
namespace math = tl::math;
using laws::law_case;
using laws::operand;

constexpr auto causal = [](auto q, auto k, auto v) {
  return math::scaled_dot_product_attention(q, k, v, {.causal = true});
};
constexpr auto added = [](auto q, auto k, auto m) {
  return math::scaled_dot_product_attention(q, k, k, m, {});
};
/// The second query sees no key.
constexpr auto hidden = [](auto q, auto k, auto v) {
  const tl::value row = math::iota(*q.owner, tl::shape{4, 1}, 0);
  return math::scaled_dot_product_attention(q, k, v, row == tl::value{1.0},
                                            {.masked = tl::mask::hidden});
};
constexpr auto turned = [](auto x) {
  return math::rotary_positions(x, tl::rotary::interleaved) +
         math::rotary_positions(x, tl::rotary::half_split, 100);
};
constexpr operand queries{tl::shape{2, 4, 3}, true}, keys{tl::shape{5, 3}, true},
    shared{tl::shape{2, 5, 3}}, mask{tl::shape{4, 5}};

/// The gradient through attention with respect to the input, as output: what trains it are
/// gradients of gradients.
struct input_gradient : tl::network<input_gradient> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{3, 4});
    const auto y = g.layer<tl::multi_head_attention<
        4, 2, tl::attention_settings{.causal = true, .positions = tl::rotary::interleaved}>>("a",
                                                                                             x);
    const auto z = g.layer<tl::layer_norm<>>("norm", y + x);
    return math::flatten(tl::gradient(math::sum(math::tanh(z) * z), x));
  }
};

/// A short sequence in a constant expression.
struct block
    : tl::sequential<tl::input<3, 4>, tl::sinusoidal_positions<>,
                     tl::transformer_encoder_layer<
                         4, 2, 5, tl::transformer_settings{.attention = {.causal = true}}>> {};
constexpr auto outputs() {
  std::array<double, 12> x{};
  for (int i = 0; i < 12; ++i) x[static_cast<std::size_t>(i)] = i * i % 11 / 4.0 - 1;
  return tl::forward<block>(tl::init<block, tl::as_declared, double>(tl::seed{3}), x);
}

/// Equal queries take the mean of the values that they see.
struct means : tl::network<means> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{4, 1});
    return math::scaled_dot_product_attention(x * 0.0, x, x, {.causal = true});
  }
};
constexpr auto seen =
    tl::forward<means>(tl::parameters<means, double>{}, std::array<double, 4>{4, 2, 0, -2});
static_assert(seen[0] == 4 && seen[1] == 3 && seen[2] == 2 && seen[3] == 1);

}  // namespace

TEST_CASE("attention: gradients and forward mode against central differences") {
  laws::check_gradients<law_case<"causal", causal, queries, shared, shared>,
                        law_case<"multi query", causal, queries, keys, keys>,
                        law_case<"added", added, queries, keys, mask>,
                        law_case<"hidden", hidden, queries, shared, shared>,
                        law_case<"turned", turned, operand{tl::shape{3, 6}, true}>>();
}
TEST_CASE("gradients of gradients through attention") {
  laws::check_gradients<input_gradient, 3>();
}
TEST_CASE("attention starts as PyTorch's") {
  struct layer : tl::sequential<tl::input<3, 8>, tl::multi_head_attention<8, 2>> {};
  const auto theta = tl::init<layer>(tl::seed{1});
  const float bound = std::sqrt(6.f / (8 + 24));  // Glorot's, of a weight {24, 8}
  float greatest = 0;
  for (int o = 0; o < 24; ++o) {
    CHECK(theta.view<"0.in_proj_bias">()(o) == 0);
    for (int i = 0; i < 8; ++i)
      greatest = std::max(greatest, std::abs(theta.view<"0.in_proj_weight">()(o, i)));
  }
  CHECK(greatest <= bound);
  CHECK(greatest > 0.95f * bound);
  CHECK(theta.view<"0.out_proj.bias">()(0) == 0);
}
TEST_CASE("a transformer block in a constant expression") {
  constexpr auto constant = outputs();
  const auto at_run_time = outputs();
  for (std::size_t i = 0; i < 12; ++i)
    CHECK(at_run_time[i] == Approx(constant[i]).epsilon(1e-13).margin(1e-13));
}
