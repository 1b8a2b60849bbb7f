#pragma once
// Transformer blocks, and stacks of them.

#include <tapeless/layers/attention.hpp>
#include <tapeless/layers/norm.hpp>
#include <tapeless/ops/relu.hpp>

namespace tapeless {

/// How a transformer block works. Its attention has further settings of its own.
struct transformer_settings {
  bool norm_first = false;  ///< normalises the input of each part instead of its result
  double dropout = 0;       ///< of weights of attention, hidden features and results of parts
  double epsilon = detail::usual_epsilon;  ///< of the normalisations
  bool bias = true;                        ///< whether projections and dense layers have one
  attention_settings attention = {};       ///< of self attention: causal, positions, kv_heads, ...
  mask masked_memory = mask::added;        ///< of decoders: what the mask of the memory means
};

namespace detail {

/// The parts of a transformer block, under the scope of the block.
template <int Width, int Heads, int Hidden, transformer_settings S, class Activation>
struct transformer_parts {
  static constexpr attention_settings self_settings() {
    attention_settings a = S.attention;
    a.bias = a.bias && S.bias;
    if (a.dropout == 0) a.dropout = S.dropout;
    return a;
  }
  static constexpr attention_settings memory_settings() {
    attention_settings a = self_settings();
    a.causal = false;
    a.positions = rotary::none;
    a.relative = score_bias::none;
    a.masked = S.masked_memory;
    return a;
  }
  using self_attention = multi_head_attention<Width, Heads, self_settings()>;
  using memory_attention = multi_head_attention<Width, Heads, memory_settings()>;

  static constexpr auto explain() {
    static_assert(Hidden > 0, "Tapeless: a transformer block has at least one hidden feature");
    static_assert(S.dropout >= 0 && S.dropout < 1,
                  "Tapeless: a dropout probability is at least 0 and below 1");
    explain_epsilon<S.epsilon>();
    self_attention::explain();
  }
  static constexpr bool is_sound =
      Hidden > 0 && S.dropout >= 0 && S.dropout < 1 && S.epsilon >= 0 && self_attention::is_sound;

  static constexpr value normalized(graph& g, const char* name, value x) {
    return scoped(g, name, [&] { return layer_norm<1, S.epsilon>::lower(g, x); });
  }
  static constexpr value feed_forward(graph& g, value x) {
    const auto linear = [&](const char* name, value v, int outputs) {
      return scoped(g, name, [&] { return linear_per_step(g, v, outputs, S.bias); });
    };
    const value h = lower_layer<Activation>(g, linear("linear1", x, Hidden));
    return linear("linear2", dropped(g, h, S.dropout), Width);
  }
  /// x and what a part makes of it, with the normalisation `norm` before or after.
  template <class Part>
  static constexpr value around(graph& g, const char* norm, value x, Part part) {
    if (g.failed()) return x;
    if (S.norm_first) return x + dropped(g, part(normalized(g, norm, x)), S.dropout);
    return normalized(g, norm, x + dropped(g, part(x), S.dropout));
  }
};

/// Whether x is {steps, width}; says so otherwise.
constexpr bool is_of_width(graph& g, value x, int width) {
  if (!has_steps(g, x)) return false;
  if (x.dims()[1] == width) return true;
  g.fail(problem::attention_widths_differ, g.scope, x.dims(), shape{x.dims()[0], width});
  return false;
}

/// Whether layers of a stack are normalised once more at its end.
template <class Layer, int Count, bool Normalized, class... More>
constexpr value stacked(graph& g, value x, More... more) {
  const path outer = g.scope;
  for (int i = 0; i < Count && !g.failed(); ++i) {
    g.scope = outer.join("layers").join(i);
    x = lower_layer<Layer>(g, x, more...);
  }
  g.scope = outer;
  if (!Normalized || g.failed()) return x;
  return scoped(g, "norm", [&] { return layer_norm<>::lower(g, x); });
}

}  // namespace detail

/// Self attention and two dense layers for every step, each with a way around and a normalisation,
/// as PyTorch's TransformerEncoderLayer:
///   x = norm1(x + self_attn(x)); y = norm2(x + linear2(Activation(linear1(x)))), or with
///   norm_first x = x + self_attn(norm1(x)); y = x + linear2(Activation(linear1(norm2(x)))).
/// Takes x, or x and a mask that broadcasts to {Heads, steps, steps}.
/// Shapes: x {steps, Width}, y as x; parameters under PyTorch's names, `self_attn.in_proj_weight`,
/// ..., `linear1.weight` {Hidden, Width}, `linear2.weight` {Width, Hidden}, `norm1.weight`, ...
template <int Width, int Heads, int Hidden, transformer_settings Settings = transformer_settings{},
          class Activation = relu>
struct transformer_encoder_layer {
  using parts = detail::transformer_parts<Width, Heads, Hidden, Settings, Activation>;
  static constexpr auto explain() { parts::explain(); }
  static constexpr value lower(graph& g, value x) { return lower(g, x, value{}); }
  static constexpr value lower(graph& g, value x, value masked) {
    if constexpr (parts::is_sound) {
      if (!detail::is_of_width(g, x, Width)) return x;
      x = parts::around(g, "norm1", x, [&](value v) {
        return detail::scoped(g, "self_attn",
                              [&] { return parts::self_attention::lower(g, v, v, masked); });
      });
      return parts::around(g, "norm2", x, [&](value v) { return parts::feed_forward(g, v); });
    }
    return x;
  }

  /// One step of a causal layer, as multi_head_attention::step.
  static constexpr cached_step step(graph& g, std::string_view name, value x, value cache,
                                    value position) {
    static_assert(std::is_void_v<detail::explained<transformer_encoder_layer>>);
    cached_step s{x, cache};
    if constexpr (parts::is_sound) {
      const path outer = g.scope;
      g.scope = outer.join(name);
      s.y = parts::around(g, "norm1", x, [&](value v) {
        const cached_step one = parts::self_attention::step(g, "self_attn", v, cache, position);
        s.cache = one.cache;
        return one.y;
      });
      s.y = parts::around(g, "norm2", s.y, [&](value v) { return parts::feed_forward(g, v); });
      g.scope = outer;
    }
    return s;
  }
};

/// The same with attention to a memory between the two, as PyTorch's TransformerDecoderLayer:
/// `self_attn`, `multihead_attn`, `linear1`, `linear2`, `norm1`, `norm2`, `norm3`.
/// Takes x and the memory, or these, a mask of {Heads, steps, steps} and, if there is one, a mask
/// of {Heads, steps, steps of the memory}. Self attention is causal if Settings.attention.causal
/// says so. Shapes: x {steps, Width}, memory {steps, features}, y as x.
template <int Width, int Heads, int Hidden, transformer_settings Settings = transformer_settings{},
          class Activation = relu>
struct transformer_decoder_layer {
  using parts = detail::transformer_parts<Width, Heads, Hidden, Settings, Activation>;
  static constexpr auto explain() { parts::explain(); }
  static constexpr value lower(graph& g, value x, value memory) {
    return lower(g, x, memory, value{}, value{});
  }
  static constexpr value lower(graph& g, value x, value memory, value masked) {
    return lower(g, x, memory, masked, value{});
  }
  static constexpr value lower(graph& g, value x, value memory, value masked, value masked_memory) {
    if constexpr (parts::is_sound) {
      if (!detail::is_of_width(g, x, Width)) return x;
      x = parts::around(g, "norm1", x, [&](value v) {
        return detail::scoped(g, "self_attn",
                              [&] { return parts::self_attention::lower(g, v, v, masked); });
      });
      x = parts::around(g, "norm2", x, [&](value v) {
        return detail::scoped(g, "multihead_attn", [&] {
          return parts::memory_attention::lower(g, v, memory, masked_memory);
        });
      });
      return parts::around(g, "norm3", x, [&](value v) { return parts::feed_forward(g, v); });
    }
    return x;
  }
};

/// Whether a stack of blocks normalises its result.
enum class final_norm : bool { off, on };

/// Count equal layers one after the other, as PyTorch's TransformerEncoder: "layers.0.",
/// "layers.1.", ..., and "norm." where the result is normalised. Further values, such as a mask, go
/// to each layer.
template <int Count, class Layer, final_norm Norm = final_norm::off>
struct transformer_encoder {
  static_assert(std::is_void_v<detail::explained<Layer>>);
  static constexpr auto explain() {
    static_assert(Count > 0, "Tapeless: a stack has at least one layer");
  }
  template <class... More>
  static constexpr value lower(graph& g, value x, More... more) {
    return detail::stacked<Layer, Count, Norm == final_norm::on>(g, x, more...);
  }

  /// One step of causal layers, as multi_head_attention::step; the cache is {Count, 2, steps, width
  /// of keys}.
  static constexpr cached_step step(graph& g, std::string_view name, value x, value cache,
                                    value position) {
    if (g.failed()) return {x, cache};
    if (cache.dims().rank != 4 || cache.dims()[0] != Count) {
      g.fail(problem::cache_of_another_shape, g.scope.join(name), cache.dims(), shape{Count, 2});
      return {x, cache};
    }
    const path outer = g.scope;
    g.scope = outer.join(name);
    value caches[Count > 0 ? Count : 1];
    for (int i = 0; i < Count && !g.failed(); ++i) {
      const path own = g.scope;
      g.scope = own.join("layers");
      const char number[] = {static_cast<char>('0' + i / 10), static_cast<char>('0' + i % 10), 0};
      const cached_step s = Layer::step(g, i < 10 ? number + 1 : number, x, cache[i], position);
      x = s.y;
      caches[i] = s.cache;
      g.scope = own;
    }
    if (Norm == final_norm::on && !g.failed())
      x = detail::scoped(g, "norm", [&] { return layer_norm<>::lower(g, x); });
    g.scope = outer;
    return {x, g.failed() ? cache : math::stack(caches)};
  }
};

/// The same for decoders, as PyTorch's TransformerDecoder: x, memory, masks.
template <int Count, class Layer, final_norm Norm = final_norm::off>
struct transformer_decoder : transformer_encoder<Count, Layer, Norm> {};

}  // namespace tapeless
