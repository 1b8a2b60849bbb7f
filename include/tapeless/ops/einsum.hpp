#pragma once
// Einstein's notation, all of numpy's forms for one or two operands. What a contraction cannot say
// becomes views and sums before the contraction.

#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/diagonal.hpp>
#include <tapeless/ops/transpose.hpp>

namespace tapeless {

namespace detail {

/// A value and one label per axis; axes of an ellipsis have labels below ' '.
struct labelled {
  value v;
  char label[axes::most] = {};
  int rank = 0;

  constexpr int find(char c) const {
    for (int i = 0; i < rank; ++i)
      if (label[i] == c) return i;
    return -1;
  }
  constexpr void erase(int axis) {
    for (int i = axis; i + 1 < rank; ++i) label[i] = label[i + 1];
    --rank;
  }
};

/// Label of the axis of an ellipsis that is the k-th from the last.
constexpr char ellipsis_label(int k) { return static_cast<char>(1 + k); }

/// Writes the labels of an ellipsis of n axes out.
constexpr labelled expand_ellipsis(value v, const axes& a, int n) {
  labelled l{v};
  for (int i = 0; i < a.rank; ++i)
    if (a.label[i] != '.')
      l.label[l.rank++] = a.label[i];
    else
      for (int k = n - 1; k >= 0; --k) l.label[l.rank++] = ellipsis_label(k);
  return l;
}

/// A contraction on its way from text to a node.
struct einsum_terms {
  graph& g;
  labelled term[2];
  labelled out;
  int count;
  int extent[128] = {};  ///< of each label
  int ellipsis = 0;      ///< axes of the longest ellipsis

  constexpr void fail(problem what) {
    g.fail(what, path{"einsum"}, term[0].v.dims(), term[count - 1].v.dims());
  }

  constexpr void read(int i, value v, const axes& a) {
    term[i].v = v;
    const bool has_ellipsis = a.find('.') >= 0;
    const int n = v.dims().rank - a.rank + (has_ellipsis ? 1 : 0);
    if (!a.valid) return fail(problem::label_is_no_letter);
    if (n < 0 || (n > 0 && !has_ellipsis)) return fail(problem::labels_do_not_match_rank);
    if (n > ellipsis) ellipsis = n;
    term[i] = expand_ellipsis(v, a, n);
  }

  /// Extent of each label: axes of extent 1 are repeated along longer ones, as in numpy.
  constexpr void find_extents() {
    for (int i = 0; i < count; ++i)
      for (int k = 0; k < term[i].rank; ++k) {
        int& e = extent[static_cast<int>(term[i].label[k])];
        const int own = term[i].v.dims()[k];
        if (e > 1 && own > 1 && e != own) return fail(problem::shared_axis_differs);
        if (own > e) e = own;
      }
  }

  constexpr void read_result(const axes& a) {
    if (!a.valid) return fail(problem::label_is_no_letter);
    if (ellipsis > 0 && a.find('.') < 0) return fail(problem::labels_do_not_match_rank);
    if (a.rank - (a.find('.') >= 0 ? 1 : 0) + ellipsis > max_rank)
      return fail(problem::labels_do_not_match_rank);
    out = expand_ellipsis({}, a, ellipsis);
    for (int i = 0; i < out.rank; ++i) {
      if (out.find(out.label[i]) != i) return fail(problem::label_twice_in_result);
      if (extent[static_cast<int>(out.label[i])] == 0) return fail(problem::label_of_no_operand);
    }
  }

  /// Without axes of extent 1 that stand for a longer one, and with one axis per label.
  constexpr void simplify_axes(labelled& t) {
    for (int k = 0; k < t.rank && !g.failed();)
      if (t.v.dims()[k] < extent[static_cast<int>(t.label[k])]) {
        t.v = math::reshape(t.v, tapeless::diagonal::without(t.v.dims(), k));
        t.erase(k);
      } else {
        ++k;
      }
    for (int k = 0; k < t.rank && !g.failed();)
      if (const int first = t.find(t.label[k]); first < k) {
        t.v = math::diagonal(t.v, first, k);
        t.erase(k);
      } else {
        ++k;
      }
  }

  /// Sums over labels that neither `other` nor the result has.
  constexpr void sum_lone(labelled& t, const labelled* other) {
    unsigned lone = 0;
    for (int k = 0; k < t.rank; ++k)
      if (out.find(t.label[k]) < 0 && (other == nullptr || other->find(t.label[k]) < 0))
        lone |= 1u << k;
    if (lone == 0 || g.failed()) return;
    t.v = apply_with<sum>({.axes = lone}, t.v);
    for (int k = t.rank - 1; k >= 0; --k)
      if ((lone >> k & 1) != 0) t.erase(k);
  }

  constexpr void normalize() {
    if (g.failed()) return;
    for (int i = 0; i < count; ++i) simplify_axes(term[i]);
    for (int i = 0; i < count; ++i) sum_lone(term[i], count > 1 ? &term[1 - i] : nullptr);
  }

  /// Number of a label within this contraction, from 1.
  constexpr int number_of_label(char c) const {
    if (const int i = term[0].find(c); i >= 0) return 1 + i;
    return 1 + term[0].rank + term[1].find(c);
  }
  constexpr axis_labels numbers(const labelled& t) const {
    axis_labels l;
    for (int k = 0; k < t.rank; ++k) l.append(number_of_label(t.label[k]));
    return l;
  }
};

/// A plain number as a value of a graph.
constexpr value recorded_in(graph& g, value v) { return v.recorded() ? v : g.constant(v.literal); }

/// Labels of the result where the user gives none: an ellipsis, then labels that occur once, in the
/// order of the alphabet, capitals first.
constexpr axes implied_result(const axes& a, const axes& b) {
  axes out;
  if (a.find('.') >= 0 || b.find('.') >= 0) out.append('.');
  for (int c = 'A'; c <= 'z'; ++c) {
    int times = 0;
    for (int i = 0; i < a.rank; ++i) times += a.label[i] == c;
    for (int i = 0; i < b.rank; ++i) times += b.label[i] == c;
    if (times == 1) out.append(static_cast<char>(c));
  }
  return out;
}

/// "ij,jk->ik" in its parts. A second arrow, and a comma behind the arrow, are no labels.
struct subscripts {
  axes term[2];
  axes out;
  int count = 1;
  bool has_result = false;

  constexpr explicit subscripts(const char* s) {
    char text[3][64] = {};
    int part = 0, n = 0;
    for (; *s != 0; ++s) {
      const bool arrow = s[0] == '-' && s[1] == '>';
      if (!has_result && (arrow || *s == ',')) {
        has_result = arrow;
        part = arrow ? 2 : 1;
        n = 0;
        if (arrow)
          ++s;
        else
          ++count;
      } else if (n < 63 && *s != ' ') {
        text[part][n++] = *s;
      }
    }
    for (int i = 0; i < 2; ++i) term[i] = axes{text[i]};
    out = has_result ? axes{text[2]} : implied_result(term[0], term[1]);
  }
};

}  // namespace detail

/// Sum of products by labels, as numpy.einsum: `einsum(w, "mk", x, "k", "m")` is W x. Labels are
/// letters of either case; a label twice in one operand takes the diagonal; a label that the result
/// lacks is summed; "..." stands for leading axes, which broadcast; extents of 1 broadcast too.
constexpr value einsum(value a, axes left, value b, axes right, axes out, bool sum_batch = false) {
  graph& g = a.recorded() ? *a.owner : *b.owner;
  if (g.failed()) return {g, 0};
  detail::einsum_terms e{g, {{detail::recorded_in(g, a)}, {detail::recorded_in(g, b)}}, {}, 2};
  e.read(0, e.term[0].v, left);
  if (!g.failed()) e.read(1, e.term[1].v, right);
  if (!g.failed()) e.find_extents();
  if (!g.failed()) e.read_result(out);
  e.normalize();
  if (g.failed()) return {g, 0};
  return apply_with<contract>(
      {e.numbers(e.term[0]), e.numbers(e.term[1]), e.numbers(e.out), sum_batch}, e.term[0].v,
      e.term[1].v);
}

/// The same with the result that numpy infers: labels that occur once, in alphabetical order.
constexpr value einsum(value a, axes left, value b, axes right) {
  return einsum(a, left, b, right, detail::implied_result(left, right));
}

/// One operand: diagonals, sums and transpositions; `einsum(x, "ii", "")` is the trace.
constexpr value einsum(value a, axes left, axes out) {
  graph& g = *a.owner;
  if (g.failed()) return {g, 0};
  detail::einsum_terms e{g, {{a}, {}}, {}, 1};
  e.read(0, a, left);
  if (!g.failed()) e.find_extents();
  if (!g.failed()) e.read_result(out);
  e.normalize();
  if (g.failed()) return {g, 0};
  shape order = e.term[0].v.dims();
  for (int i = 0; i < order.rank; ++i) order.extent[i] = e.term[0].find(e.out.label[i]);
  return math::permute(e.term[0].v, order);
}

/// Subscripts as numpy writes them: `einsum("ij,jk->ik", a, b)`.
constexpr value einsum(const char* text, value a, value b) {
  const detail::subscripts s{text};
  const value any = a.recorded() ? a : b;
  if (s.count != 2) {
    any.owner->fail(problem::labels_do_not_match_rank, path{"einsum"}, any.dims(), any.dims());
    return any;
  }
  return einsum(a, s.term[0], b, s.term[1], s.out);
}
constexpr value einsum(const char* text, value a) {
  const detail::subscripts s{text};
  if (s.count != 1) {
    a.owner->fail(problem::labels_do_not_match_rank, path{"einsum"}, a.dims(), a.dims());
    return a;
  }
  return einsum(a, s.term[0], s.out);
}

/// Refuses more operands in a sentence.
template <std::same_as<value>... More>
constexpr value einsum(const char*, value a, value, value, More...) {
  static_assert(sizeof...(More) > 99,
                "Tapeless: einsum takes one or two operands; write products of more as one after "
                "the other: tl::einsum(\"ik,kl->il\", tl::einsum(\"ij,jk->ik\", a, b), c)");
  return a;
}

}  // namespace tapeless
