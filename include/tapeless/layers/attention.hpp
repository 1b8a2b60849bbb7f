#pragma once
// Multi-head attention.

#include <tapeless/layers/dense_per_step.hpp>
#include <tapeless/layers/embedding.hpp>
#include <tapeless/layers/norm.hpp>
#include <tapeless/layers/positions.hpp>
#include <tapeless/ops/attention.hpp>
#include <tapeless/ops/less_equal.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/min.hpp>

namespace tapeless {

namespace detail {

/// Projections of queries, keys and values, as nn.MultiheadAttention has them: one weight where all
/// come from values of the layer's width, else one each.
struct attention_projections {
  value query, key, shown;

  constexpr attention_projections(graph& g, value x, value memory, int width, int kv_width,
                                  bool with_bias) {
    const int all = width + 2 * kv_width, given = memory.dims()[1];
    const auto start = [](int in, int out) {
      return initializer{nullptr, 0, -math::sqrt(6.0 / (in + out)), in, out};
    };
    value joint, weights[3];
    const int begin[] = {0, width, width + kv_width}, size[] = {width, kv_width, kv_width};
    if (given == width) {
      joint = g.parameter("in_proj_weight", shape{all, width}, start(width, all), true);
    } else {
      weights[0] = g.parameter("q_proj_weight", shape{width, width}, start(width, width), true);
      weights[1] =
          g.parameter("k_proj_weight", shape{kv_width, given}, start(given, kv_width), true);
      weights[2] =
          g.parameter("v_proj_weight", shape{kv_width, given}, start(given, kv_width), true);
    }
    const value shift =
        with_bias ? g.parameter("in_proj_bias", shape{all}, starting_at(0)) : value{};
    if (g.failed()) return;
    if (joint.recorded() && memory.id == x.id) {
      const value y = each_step_times(x, joint, shift);
      value* const part[] = {&query, &key, &shown};
      for (int i = 0; i < 3; ++i) *part[i] = math::slice(y, 1, begin[i], size[i]);
      return;
    }
    const auto project = [&](value from, int i) {
      const value own = with_bias ? math::slice(shift, 0, begin[i], size[i]) : value{};
      const value weight = joint.recorded() ? math::slice(joint, 0, begin[i], size[i]) : weights[i];
      return each_step_times(from, weight, own);
    };
    query = project(x, 0);
    key = project(memory, 1);
    shown = project(memory, 2);
  }
};

/// {steps, heads * width} as {heads, steps, width}.
constexpr value heads_apart(value x, int heads) {
  const shape d = x.dims();
  return math::permute(math::reshape(x, shape{d[0], heads, d[1] / heads}), shape{1, 0, 2});
}

/// {kv heads, heads of each, queries, width} as {queries, all features}, projected once more under
/// "out_proj".
constexpr value joined_heads(graph& g, value y, int width, bool with_bias) {
  const shape d = y.dims();
  const value joined = math::reshape(math::permute(y, shape{2, 0, 1, 3}), shape{d[2], width});
  return scoped(g, "out_proj", [&] {
    const initializer start{nullptr, 0, 0, width, width};
    const value weight = g.parameter("weight", shape{width, width}, start, true);
    const value shift = with_bias ? g.parameter("bias", shape{width}, starting_at(0)) : value{};
    return g.failed() ? joined : each_step_times(joined, weight, shift);
  });
}

constexpr value attend_with_heads(graph& g, value x, value memory, value masked, int width,
                                  int heads, const attention_settings& o) {
  if (!has_steps(g, x) || !has_steps(g, memory)) return x;
  if (x.dims()[1] != width) {
    g.fail(problem::attention_widths_differ, g.scope, x.dims(), shape{x.dims()[0], width});
    return x;
  }
  const int kv_heads = o.kv_heads > 0 ? o.kv_heads : heads, own = width / heads;
  const attention_projections p(g, x, memory, width, kv_heads * own, o.bias);
  if (g.failed()) return x;
  value q = heads_apart(p.query, heads), k = heads_apart(p.key, kv_heads);
  const value v = heads_apart(p.shown, kv_heads);
  if (o.positions != rotary::none) {
    q = turned_by_position(q, o.positions, o.rotary_base);
    k = turned_by_position(k, o.positions, o.rotary_base);
  }
  const attention_shapes s(g, q, k, v);
  if (!s.fit) return x;
  if (masked.recorded() && !s.takes(masked.dims(), true)) {
    g.fail(problem::mask_of_another_shape, g.scope, masked.dims(), shape{heads, s.queries, s.keys});
    return x;
  }
  const value bias = o.relative == score_bias::none
                         ? value{}
                         : bias_of_distances(g, heads, s.queries, s.keys, o.relative, o.reach);
  const value apart = math::reshape(q, shape{kv_heads, heads / kv_heads, s.queries, own});
  const value y = attend(g, apart, k, v, bias, masked, s, o);
  return g.failed() ? x : joined_heads(g, y, width, o.bias);
}

}  // namespace detail

/// One step of a causal network, and the keys and values of all steps so far.
struct cached_step {
  value y, cache;
};

namespace detail {

/// The attention of one step to those before it and itself.
constexpr cached_step attend_one(graph& g, value x, value cache, value position, int width,
                                 int heads, const attention_settings& o) {
  if (g.failed()) return {x, cache};
  const int kv_heads = o.kv_heads > 0 ? o.kv_heads : heads, own = width / heads;
  const shape c = cache.dims();
  if (x.dims() != shape{1, width} || c.rank != 3 || c != shape{2, c[1], kv_heads * own}) {
    g.fail(problem::cache_of_another_shape, g.scope, c, shape{2, c[1], kv_heads * own});
    return {x, cache};
  }
  const int steps = c[1];
  const attention_projections p(g, x, x, width, kv_heads * own, o.bias);
  if (g.failed()) return {x, cache};
  const auto turned = [&](value v, int count) {
    return turned_by_position(heads_apart(v, count), o.positions, o.rotary_base, position);
  };
  const value q = turned(p.query, heads),
              key = math::reshape(math::permute(turned(p.key, kv_heads), shape{1, 0, 2}),
                                  shape{1, kv_heads * own});
  // The row of the step is replaced.
  const value here = math::iota(g, shape{steps, 1}, 0) == position;
  const value keys = math::select(here, key, cache[0]),
              values = math::select(here, p.shown, cache[1]);
  const attention_shapes s(g, q, heads_apart(keys, kv_heads), heads_apart(values, kv_heads));
  if (!s.fit) return {x, cache};
  const value number = math::iota(g, shape{1, steps}, 1);
  value bias;
  if (o.relative == score_bias::alibi) {
    bias =
        -math::reshape(alibi_slopes(g, heads), shape{heads, 1, 1}) * math::abs(number - position);
  } else if (o.relative == score_bias::learnt) {
    const value table = learnt_table(g, heads, o.reach);
    const value reach{1.0 * o.reach}, far = math::max(math::min(number - position, reach), -reach);
    bias = math::permute(math::gather(table, far + reach), shape{2, 0, 1});
  }
  attention_settings shown = o;
  shown.causal = false;
  shown.masked = mask::shown;
  const value apart = math::reshape(q, shape{kv_heads, heads / kv_heads, 1, own});
  const value y = attend(g, apart, heads_apart(keys, kv_heads), heads_apart(values, kv_heads), bias,
                         number <= position, s, shown);
  if (g.failed()) return {x, cache};
  return {joined_heads(g, y, width, o.bias), math::stack(keys, values)};
}

}  // namespace detail

/// Attention by several heads, as PyTorch's MultiheadAttention: queries, keys and values are
/// projections of the input, each head attends with its part of them, and the results are projected
/// once more.
/// Takes x for self attention; x and memory for cross attention, keys and values from the memory;
/// x, memory and a mask that broadcasts to {Heads, steps, steps of the memory}. Where a mask hides
/// all keys of a step, its heads give 0.
/// Shapes: x {steps, Width}, memory {steps, features}, y as x; `in_proj_weight` {3 Width, Width}
/// (queries, keys, values; with fewer kv_heads fewer rows of keys and values), `in_proj_bias`
/// {3 Width}, `out_proj.weight` {Width, Width}, `out_proj.bias` {Width}. A memory of another width
/// has `q_proj_weight`, `k_proj_weight`, `v_proj_weight` instead of the first. Settings:
/// attention_settings. Starts as PyTorch's: in_proj_weight by Glorot's uniform scheme, biases 0.
/// The scores of all heads are stored, heads * steps^2 numbers per sample, unless queries_at_once
/// divides them.
template <int Width, int Heads, attention_settings Settings = attention_settings{}>
struct multi_head_attention {
  static constexpr bool is_sound = Width > 0 && Heads > 0 &&
                                   Width % (Heads > 0 ? Heads : 1) == 0 && Settings.kv_heads >= 0 &&
                                   Heads % (Settings.kv_heads > 0 ? Settings.kv_heads : 1) == 0 &&
                                   (Settings.positions == rotary::none ||
                                    Width / (Heads > 0 ? Heads : 1) % 2 == 0) &&
                                   Settings.dropout >= 0 && Settings.dropout<1 && Settings.reach> 0;

  static constexpr auto explain() {
    static_assert(Width > 0 && Heads > 0 && Width % (Heads > 0 ? Heads : 1) == 0,
                  "Tapeless: the heads of an attention must divide its width: "
                  "tl::multi_head_attention<width, heads>");
    static_assert(
        Settings.kv_heads >= 0 && Heads % (Settings.kv_heads > 0 ? Settings.kv_heads : 1) == 0,
        "Tapeless: the heads of keys and values must divide those of the queries");
    static_assert(Settings.positions == rotary::none || Width / (Heads > 0 ? Heads : 1) % 2 == 0,
                  "Tapeless: rotary positions turn pairs of features; the width of a head must be "
                  "even");
    static_assert(Settings.dropout >= 0 && Settings.dropout < 1,
                  "Tapeless: a dropout probability is at least 0 and below 1");
    static_assert(Settings.reach > 0,
                  "Tapeless: the reach of a learnt bias of distances is at least 1");
  }
  static constexpr value lower(graph& g, value x) { return lower(g, x, x); }
  static constexpr value lower(graph& g, value x, value memory) {
    return lower(g, x, memory, value{});
  }
  static constexpr value lower(graph& g, value x, value memory, value masked) {
    if constexpr (is_sound)
      return detail::attend_with_heads(g, x, memory, masked, Width, Heads, Settings);
    else
      return x;
  }

  /// One step of causal self attention, with the parameters of the layer under `name`: x {1, Width}
  /// is step number `position`, 0 first, of at most as many as the cache {2, steps, width of keys}
  /// has; the cache that comes out has the keys and the values of this step too. What stands in
  /// rows that have not been written does not count, as long as it is finite.
  static constexpr cached_step step(graph& g, std::string_view name, value x, value cache,
                                    value position) {
    static_assert(std::is_void_v<detail::explained<multi_head_attention>>);
    static_assert(Settings.causal,
                  "Tapeless: one step at a time is causal attention, "
                  "tl::attention_settings{.causal = true}");
    const path outer = g.scope;
    g.scope = outer.join(name);
    cached_step s{x, cache};
    if constexpr (is_sound && Settings.causal)
      s = detail::attend_one(g, x, cache, position, Width, Heads, Settings);
    g.scope = outer;
    return s;
  }
};

}  // namespace tapeless
