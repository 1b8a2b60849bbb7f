// Snippets of docs/attention.md; they are compiled, not run.
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

using block = tl::transformer_encoder_layer<
    64, 4, 256, tl::transformer_settings{.norm_first = true, .attention = {.causal = true}}, tl::gelu>;
struct writer
    : tl::sequential<tl::input_of<std::int32_t, 1.0, 32>, tl::named<"tokens", tl::embedding<96, 64>>,
                     tl::named<"places", tl::learnt_positions<32>>,
                     tl::named<"body", tl::transformer_encoder<2, block, tl::final_norm::on>>,
                     tl::named<"head", tl::dense_per_step<96>>> {};
static_assert(tl::output_shape<writer> == tl::shape{32, 96});

struct translator : tl::network<translator> {
  static consteval tl::value define(tl::graph& g) {
    using causal = tl::transformer_decoder_layer<
        64, 4, 256, tl::transformer_settings{.attention = {.causal = true},
                                             .masked_memory = tl::mask::hidden}>;
    auto x = g.input("x", tl::shape{16, 64}), memory = g.input("memory", tl::shape{20, 64});
    auto padding = g.input("padding", tl::shape{20});  // 1 where the memory has no step
    auto y = g.layer<tl::transformer_decoder<2, causal>>("decoder", x, memory, tl::value{}, padding);
    return g.layer<tl::dense_per_step<10>>("head", y);
  }
};
static_assert(tl::output_shape<translator> == tl::shape{16, 10});

struct pooled : tl::network<pooled> {  // one learnt query looks at all steps
  static consteval tl::value define(tl::graph& g) {
    auto x = g.input("x", tl::shape{50, 24});
    auto query = g.parameter("query", tl::shape{1, 24});
    auto y = tl::math::scaled_dot_product_attention(query, x, x);
    return g.dense("head", tl::math::flatten(y), 3);
  }
};
static_assert(tl::output_size<pooled> == 3);

struct sound
    : tl::sequential<tl::input<1, 512>, tl::conv1d<8, 1>, tl::wavenet<8, 3, 1, 2, 4, 8, 16>, tl::relu,
                     tl::tcn<3, 16, 16>, tl::conv1d<1, 1>> {};
static_assert(tl::output_shape<sound> == tl::shape{1, 512});

using layer = tl::transformer_encoder_layer<
    16, 2, 32, tl::transformer_settings{.attention = {.causal = true, .positions = tl::rotary::half_split}}>;
using body = tl::transformer_encoder<2, layer, tl::final_norm::on>;
struct whole : tl::network<whole> {  // trains on sequences of 20 steps
  static consteval tl::value define(tl::graph& g) {
    return g.layer<body>("body", g.input("x", tl::shape{20, 16}));
  }
};
struct one_token : tl::network<one_token> {  // the same parameters, one step per call
  static consteval tl::value define(tl::graph& g) {
    auto x = g.input("x", tl::shape{1, 16});
    auto cache = g.input("cache", tl::shape{2, 2, 20, 16});  // layers, keys and values, steps, width
    auto position = g.input("position", tl::shape{});        // of the step, 0 first
    const tl::cached_step s = body::step(g, "body", x, cache, position);
    g.output("next_cache", s.cache);
    return s.y;
  }
};
[[maybe_unused]] void next(const tl::parameters<one_token>& theta, const float* x, const float* cache,
                           const float* position, float* y, float* next_cache) {
  tl::forward<one_token, tl::batch<1>>(theta, tl::in<"x">(x), tl::in<"cache">(cache),
                                       tl::in<"position">(position), tl::out<"y">(y),
                                       tl::out<"next_cache">(next_cache));
}

using loss = tl::ignore_index<tl::sequence_cross_entropy, -100>;
[[maybe_unused]] float learn(const std::int32_t* tokens, const float* next) {
  static tl::trainer<writer, loss, tl::adamw, tl::batch<16>> t{tl::seed{1}};
  return t.step(tl::in<"x">(tokens), tl::target_of<"y">(next));
}

}  // namespace
