// One token at a time, with keys and values of the steps before it, gives the numbers of the whole
// sequence.

#include <catch2/catch.hpp>
#include <memory>
#include <space/hashed.hpp>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace {

namespace tl = tapeless;
constexpr int steps = 7, width = 8;

template <class Body>
struct whole : tl::network<whole<Body>> {
  static consteval tl::value define(tl::graph& g) {
    return g.layer<Body>("body", g.input("x", tl::shape{steps, width}));
  }
};
template <class Body, tl::shape Cache>
struct one_token : tl::network<one_token<Body, Cache>> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{1, width}), cache = g.input("cache", Cache),
               position = g.input("position", tl::shape{});
    const tl::cached_step s = Body::step(g, "body", x, cache, position);
    g.output("cache", s.cache);
    return s.y;
  }
};

/// One sequence, twice: the second time the cache is full of numbers of the first one.
template <class Body, tl::shape Cache>
void check() {
  using sequence = whole<Body>;
  using token = one_token<Body, Cache>;
  const auto theta = std::make_unique<tl::parameters<sequence>>(tl::init<sequence>(tl::seed{3}));
  const auto own = std::make_unique<tl::parameters<token>>();
  tl::copy_parameters(*theta, *own);
  std::vector<float> cache(static_cast<std::size_t>(Cache.count())), next(cache.size());
  for (int turn = 0; turn < 2; ++turn) {
    float x[steps * width], expected[steps * width], y[width];
    for (int i = 0; i < steps * width; ++i) x[i] = static_cast<float>(space::hashed(turn, i));
    tl::forward<sequence, tl::batch<1>>(*theta, x, expected);
    for (int t = 0; t < steps; ++t) {
      const float position = static_cast<float>(t);
      tl::forward<token, tl::batch<1>>(*own, tl::in<"x">(x + t * width),
                                       tl::in<"cache">(cache.data()), tl::in<"position">(&position),
                                       tl::out<"y">(y), tl::out<"cache">(next.data()));
      cache.swap(next);
      for (int i = 0; i < width; ++i) {
        INFO("turn " << turn << ", step " << t << ", feature " << i);
        CHECK(y[i] == Approx(expected[t * width + i]).margin(1e-5).epsilon(1e-5));
      }
    }
  }
}

template <tl::attention_settings S>
using attention = tl::multi_head_attention<width, 4, S>;
using layer = tl::transformer_encoder_layer<
    width, 2, 12,
    tl::transformer_settings{.norm_first = true,
                             .attention = {.causal = true, .positions = tl::rotary::half_split}},
    tl::gelu>;

}  // namespace

TEST_CASE("grouped heads with ALiBi, one token at a time") {
  check<attention<tl::attention_settings{
            .causal = true, .kv_heads = 2, .bias = false, .relative = tl::score_bias::alibi}>,
        tl::shape{2, steps, 4}>();
}
TEST_CASE("attention with a learnt bias by distance, one token at a time") {
  check<attention<tl::attention_settings{
            .causal = true, .relative = tl::score_bias::learnt, .reach = 3}>,
        tl::shape{2, steps, 8}>();
}
TEST_CASE("a stack of transformer layers, one token at a time") {
  check<tl::transformer_encoder<2, layer, tl::final_norm::on>, tl::shape{2, 2, steps, 8}>();
}
