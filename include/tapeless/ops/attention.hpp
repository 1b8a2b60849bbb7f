#pragma once
// Attention: each step takes a mean of values, weighted by how well its query fits their keys.

#include <tapeless/core/requirements.hpp>
#include <tapeless/ops/concat.hpp>
#include <tapeless/ops/dropped.hpp>
#include <tapeless/ops/greater_equal.hpp>
#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/map.hpp>
#include <tapeless/ops/matmul.hpp>
#include <tapeless/ops/softmax_or_zero.hpp>

namespace tapeless {

/// What the numbers of a mask mean.
enum class mask : unsigned char {
  added,   ///< added to the scores; -inf hides. PyTorch's masks of floats
  shown,   ///< not 0 where a key is seen. Booleans of PyTorch's scaled_dot_product_attention
  hidden,  ///< not 0 where a key is not seen. Booleans of PyTorch's nn.MultiheadAttention
};

/// Pairs of features that a rotary position turns.
enum class rotary : unsigned char {
  none,
  interleaved,  ///< features 2i and 2i + 1: the paper, GPT-J, Meta's Llama, torchtune
  half_split,   ///< features i and i + width / 2: GPT-NeoX, Hugging Face's Llama, KerasHub
};

/// What is added to the scores of a head by the distance between key and query.
enum class score_bias : unsigned char {
  none,
  learnt,  ///< a learnt number per head and distance, `reach` at most
  alibi,   ///< -slope |distance|, a slope per head. Source: Press et al. 2021, arXiv 2108.12409
};

/// How an attention works. The first five members count for
/// math::scaled_dot_product_attention, all of them for multi_head_attention.
struct attention_settings {
  bool causal = false;        ///< query t sees keys 0 to t
  mask masked = mask::added;  ///< what a mask means, where one is given
  double scale = 0;           ///< of the scores; 0 is 1 / sqrt(width of a query)
  double dropout = 0;         ///< of the weights, while training
  /// Queries whose scores are in memory at a time, for long sequences; 0 is all. A gradient
  /// computes the scores once more. Needs dropout 0.
  int queries_at_once = 0;
  int kv_heads = 0;  ///< heads of keys and values; 0 is as many as of queries
  bool bias = true;  ///< whether projections have one
  rotary positions = rotary::none;
  double rotary_base = 10000;
  score_bias relative = score_bias::none;
  int reach = 32;  ///< distance from which a learnt bias stays as it is, at least 1
};

namespace detail {

/// The shapes of queries, keys and values, and whether they fit.
struct attention_shapes {
  int heads = 1, kv_heads = 1, queries = 0, keys = 0;
  bool fit = false;

  constexpr attention_shapes(graph& g, value q, value k, value v) {
    const shape a = q.dims(), b = k.dims(), c = v.dims();
    const int last = b.rank - 1;
    const bool ranks =
        (a.rank == 2 || a.rank == 3) && b.rank == c.rank && (b.rank == 2 || b.rank == a.rank);
    if (!ranks) {
      g.fail(problem::attention_of_other_ranks, path{"attention"}, b, a);
      return;
    }
    if (a.rank == 3) heads = a[0];
    if (b.rank == 3) kv_heads = b[0];
    queries = a[a.rank - 2];
    keys = b[last - 1];
    if (keys != c[last - 1] || (b.rank == 3 && b[0] != c[0]))
      g.fail(problem::attention_lengths_differ, path{"attention"}, c, b);
    else if (a[a.rank - 1] != b[last])
      g.fail(problem::attention_widths_differ, path{"attention"}, b, a);
    else if (heads % kv_heads != 0)
      g.fail(problem::attention_heads_do_not_divide, path{"attention"}, shape{kv_heads},
             shape{heads});
    fit = !g.failed();
  }

  /// Whether a mask broadcasts to the scores.
  constexpr bool takes(const shape& m, bool with_heads) const {
    const shape all = with_heads ? shape{heads, queries, keys} : shape{queries, keys};
    const broadcast_result r = broadcast(m, all);
    return r.fits && r.dims == all;
  }
};

/// Numbers of {..., heads, queries, keys} in the shape of scores {kv heads, heads of each, queries,
/// keys}.
constexpr value beside_scores(value m, const attention_shapes& s) {
  const shape d = m.dims();
  if (d.rank < 3) return m;
  return d[0] == 1 ? math::reshape(m, shape{1, 1, d[1], d[2]})
                   : math::reshape(m, shape{s.kv_heads, s.heads / s.kv_heads, d[1], d[2]});
}

/// What some queries attend by, besides keys and values: numbers in the shape of the scores, which
/// may be absent, and the number of the first query.
struct score_changes {
  value bias, masked, first{0.0};
};

/// The attention of queries {kv heads, heads of each, queries, width} to keys and values {kv heads,
/// keys, width}: {kv heads, heads of each, queries, width}.
constexpr value attend_together(graph& g, value q, value k, value v, const score_changes& by,
                                const attention_settings& o) {
  const int width = k.dims()[k.dims().rank - 1];
  const double scale = o.scale != 0 ? o.scale : 1 / math::sqrt(static_cast<double>(width));
  value scores = einsum(q * value{scale}, "grtd", k, "gsd", "grts");
  if (by.bias.recorded()) scores = scores + by.bias;
  const value hidden{-limits<double>::infinity};
  if (by.masked.recorded())
    scores = o.masked == mask::added   ? scores + by.masked
             : o.masked == mask::shown ? math::select(by.masked, scores, hidden)
                                       : math::select(by.masked, hidden, scores);
  if (o.causal) {
    const shape plane{q.dims()[2], k.dims()[1]};
    scores =
        math::select(math::iota(g, plane, 0) + by.first >= math::iota(g, plane, 1), scores, hidden);
  }
  const value shares = by.masked.recorded() ? math::softmax_or_zero(scores) : math::softmax(scores);
  return einsum(dropped(g, shares, o.dropout), "grts", v, "gsd", "grtd");
}

/// The numbers of some queries among those in the shape of the scores; what is the same for all
/// queries stays as it is.
constexpr value of_queries(value m, int first, int count) {
  if (!m.recorded() || m.dims().rank < 2 || m.dims()[m.dims().rank - 2] == 1) return m;
  return math::slice(m, m.dims().rank - 2, first, count);
}

/// The axis of queries as pieces, in front.
constexpr value in_pieces(value x, int axis, int size) {
  shape apart, order{axis};
  for (int i = 0; i < x.dims().rank; ++i) {
    if (i == axis) apart.extent[apart.rank++] = x.dims()[i] / size;
    apart.extent[apart.rank++] = i == axis ? size : x.dims()[i];
  }
  for (int i = 0; i < apart.rank; ++i)
    if (i != axis) order.extent[order.rank++] = i;
  return math::permute(math::reshape(x, apart), order);
}

/// The same in pieces of so many queries, one after the other.
constexpr value attend_in_pieces(graph& g, value q, value k, value v, const score_changes& by,
                                 const attention_settings& o) {
  const int size = o.queries_at_once, whole = q.dims()[2] / size * size;
  // Numbers that differ from query to query are a sequence too. The others are the same in all
  // pieces: the first piece of the queries' numbers stands in their place, unused.
  const auto differ = [](value m) {
    return m.recorded() && m.dims().rank > 1 && m.dims()[m.dims().rank - 2] > 1;
  };
  const value pieces = in_pieces(math::slice(q, 2, 0, whole), 2, size);
  const auto sequence = [&](value m) {
    return differ(m) ? in_pieces(of_queries(m, 0, whole), m.dims().rank - 2, size) : pieces;
  };
  const value firsts = math::iota(g, shape{whole / size}) * value{1.0 * size};
  const values<4> sequences{{pieces, sequence(by.bias), sequence(by.masked), firsts}};
  const value y = map(
      sequences,
      [&](values<4> now) {
        const score_changes own{differ(by.bias) ? now[1] : by.bias,
                                differ(by.masked) ? now[2] : by.masked, now[3]};
        return attend_together(g, now[0], k, v, own, o);
      },
      map_options{.recompute = true});
  const shape d = y.dims();
  const value first =
      math::reshape(math::permute(y, shape{1, 2, 0, 3, 4}), shape{d[1], d[2], whole, d[4]});
  const int rest = q.dims()[2] - whole;
  if (rest == 0 || g.failed()) return first;
  const score_changes last{of_queries(by.bias, whole, rest), of_queries(by.masked, whole, rest),
                           value{1.0 * whole}};
  return math::concat(first, attend_together(g, math::slice(q, 2, whole, rest), k, v, last, o), 2);
}

/// The attention of all queries. The bias and the mask may be absent.
constexpr value attend(graph& g, value q, value k, value v, value bias, value masked,
                       const attention_shapes& s, const attention_settings& o) {
  if (o.queries_at_once < 0 || (o.queries_at_once > 0 && o.dropout > 0)) {
    g.fail(problem::attention_in_pieces, path{"attention"}, shape{o.queries_at_once});
    return q;
  }
  score_changes by;
  if (bias.recorded()) by.bias = beside_scores(bias, s);
  if (masked.recorded()) by.masked = beside_scores(masked, s);
  const bool whole = o.queries_at_once <= 0 || o.queries_at_once >= s.queries;
  return whole ? attend_together(g, q, k, v, by, o) : attend_in_pieces(g, q, k, v, by, o);
}

constexpr value attention_of(value q, value k, value v, value masked, const attention_settings& o) {
  graph& g = *q.owner;
  if (g.failed()) return q;
  const attention_shapes s(g, q, k, v);
  if (!s.fit) return q;
  if (masked.recorded() && !s.takes(masked.dims(), q.dims().rank == 3)) {
    g.fail(problem::mask_of_another_shape, path{"attention"}, masked.dims(),
           q.dims().rank == 3 ? shape{s.heads, s.queries, s.keys} : shape{s.queries, s.keys});
    return q;
  }
  const auto with_heads = [&](value x) {
    const shape d = x.dims();
    return d.rank == 3 ? x : math::reshape(x, shape{1, d[0], d[1]});
  };
  const int width = q.dims()[q.dims().rank - 1];
  const value apart = math::reshape(q, shape{s.kv_heads, s.heads / s.kv_heads, s.queries, width});
  const value y = attend(g, apart, with_heads(k), with_heads(v), value{}, masked, s, o);
  shape out = q.dims();
  out.extent[out.rank - 1] = v.dims()[v.dims().rank - 1];
  return math::reshape(y, out);
}

}  // namespace detail

namespace math {

/// Attention of queries q to keys k and values v, as PyTorch's scaled_dot_product_attention:
/// y[t] = sum over s of w[t, s] v[s], w[t] = softmax over s of scale q[t] k[s].
/// Shapes: q {queries, width} or {heads, queries, width}; k {keys, width}, v {keys, values}, or
/// with heads in front, of which each serves as many neighbouring heads of queries as there are of
/// them for it (grouped queries; one: multi-query); y as q, with the width of the values. Keys may
/// be more or less than queries. Errors: shapes that do not fit together do not compile.
template <symbolic V>
constexpr V scaled_dot_product_attention(V q, V k, V v, const attention_settings& o = {}) {
  return tapeless::detail::attention_of(q, k, v, value{}, o);
}

/// The same with a mask that broadcasts to the scores {heads, queries, keys}, or {queries, keys}
/// without heads; o.masked says what its numbers mean. Where a mask hides all keys of a query its
/// row of y is 0, and so are its gradients.
template <symbolic V>
constexpr V scaled_dot_product_attention(V q, V k, V v, V masked,
                                         const attention_settings& o = {}) {
  return tapeless::detail::attention_of(q, k, v, masked, o);
}

}  // namespace math
}  // namespace tapeless
