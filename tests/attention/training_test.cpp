// Ten training steps of a small transformer over tokens against PyTorch, from the same weights.

#include <attention/golden_law.hpp>

namespace {

namespace tl = tapeless;
namespace pytorch = golden::attention;
constexpr int batch = 4, steps = 8, tokens = 11;

template <tl::transformer_settings Settings, class Activation>
struct small
    : tl::sequential<
          tl::input_of<std::int32_t, 1.0, steps>, tl::named<"tokens", tl::embedding<tokens, 16>>,
          tl::named<"places", tl::learnt_positions<steps>>,
          tl::named<"body", tl::transformer_encoder<
                                2, tl::transformer_encoder_layer<16, 2, 32, Settings, Activation>,
                                tl::final_norm::on>>,
          tl::named<"head", tl::dense_per_step<tokens>>> {};
using post = small<tl::transformer_settings{.attention = {.causal = true}}, tl::relu>;
using pre =
    small<tl::transformer_settings{.norm_first = true, .attention = {.causal = true}}, tl::gelu>;

template <class Net, std::size_t Count>
void start(tl::parameters<Net>& theta, const char* const (&names)[Count]) {
  const auto& all = theta.tensors();
  REQUIRE(all.count == static_cast<int>(Count));
  for (int t = 0; t < all.count; ++t) {
    const tl::parameter_info& p = all.of[t];
    const std::string_view name = p.name.view();
    int k = 0;
    while (k < static_cast<int>(Count) && name != names[k]) ++k;
    INFO("parameter " << name);
    REQUIRE(k < static_cast<int>(Count));
    const double inputs = p.dims.rank > 1 ? p.dims.count() / p.dims[0] : 4;
    const bool is_factor = name.find("norm") != std::string_view::npos && name.ends_with("weight");
    for (int i = 0; i < p.dims.count(); ++i)
      theta.set(t, i,
                is_factor ? 1.f : static_cast<float>(space::hashed(10 + k, i) / std::sqrt(inputs)));
  }
}

float token(double x) { return static_cast<float>(std::floor((x + 1) / 2 * tokens)); }

template <class Trainer, std::size_t Count>
void check(Trainer& t, const char* const (&names)[Count], const double (&expected)[10]) {
  start(t.parameters(), names);
  for (int s = 0; s < 10; ++s) {
    float x[batch * steps], y[batch * steps];
    for (int b = 0; b < batch; ++b)
      for (int i = 0; i < steps; ++i) {
        const int at = b * (steps + 1) + i;
        x[b * steps + i] = token(space::hashed(1000 + s, at));
        y[b * steps + i] = space::hashed(2000 + s, b * steps + i) > 0.5
                               ? -100
                               : token(space::hashed(1000 + s, at + 1));
      }
    const double loss = t.step(x, y);
    INFO("step " << s << ": " << loss << " instead of " << expected[s]);
    CHECK(std::abs(loss - expected[s]) <= 1e-4);
  }
}

using loss = tl::ignore_index<tl::sequence_cross_entropy, -100>;
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

}  // namespace

TEST_CASE("a small transformer, norms first, follows PyTorch under adam") {
  const auto t = std::make_unique<tl::trainer<pre, loss, tl::adam, tl::batch<batch>>>(
      tl::seed{1}, tl::adam::options{.learning_rate = 0.01});
  check(*t, pytorch::adam_losses_names, pytorch::adam_losses);
}
TEST_CASE("a small transformer, norms last, follows PyTorch under descent with momentum") {
  const auto t = std::make_unique<tl::trainer<post, loss, momentum, tl::batch<batch>>>(
      tl::seed{1}, momentum::options{0.05});
  check(*t, pytorch::sgd_losses_names, pytorch::sgd_losses);
}
