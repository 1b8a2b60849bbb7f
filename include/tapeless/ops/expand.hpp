#pragma once
// Broadcasting to a given shape, and over the samples of a batch.

#include <tapeless/ops/reshape.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

/// Repeats axes of extent 1, and adds axes in front. Attributes as those of reshape.
struct expand {
  static constexpr const char* name = "expand";
  static constexpr family kind = family::view;

  static constexpr result_type infer(graph& g, const int* in, attributes& attr) {
    const shape s = reshape::target(attr);
    const broadcast_result b = broadcast(g[in[0]].dims, s);
    if (!b.fits || b.dims != s)
      g.fail(problem::shapes_do_not_broadcast, path{name}, g[in[0]].dims, s);
    return {s, g[in[0]].batched};
  }
  static constexpr value simplify(graph& g, const int* in, const attributes&) {
    return {g, in[0]};  // taken only where the shape is the same
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    dx[0] = reduce_to(dy, g[g[id].in[0]].dims);
  }
  static constexpr bool view(const shape& in, const shape& out, const attributes&, strided& s) {
    strided r{s.offset, s.batch, {}};
    for (int i = 1; i <= in.rank; ++i)
      r.stride[out.rank - i] = in[in.rank - i] == 1 ? 0 : s.stride[in.rank - i];
    s = r;
    return true;
  }
};

/// The same value for every sample of the batch; its gradient sums over them.
struct spread {
  static constexpr const char* name = "spread";
  static constexpr family kind = family::view;

  static constexpr result_type infer(graph& g, const int* in, attributes&) {
    return {g[in[0]].dims, true};
  }
  static constexpr void backward(graph&, int, value dy, value* dx) { dx[0] = sum_batch(dy); }
  static constexpr bool view(const shape&, const shape&, const attributes&, strided& s) {
    s.batch = 0;
    return true;
  }
};

namespace math {
/// x repeated to a shape, by numpy's rule.
constexpr value expand(value x, shape dims) {
  return apply_with<tapeless::expand>(tapeless::reshape::to(dims), x);
}
}  // namespace math

constexpr value expand_over(value dy, const shape& kept, const shape& full, bool batch) {
  const value wide = math::expand(math::reshape(dy, kept), full);
  return batch ? apply<spread>(wide) : wide;
}

}  // namespace tapeless
