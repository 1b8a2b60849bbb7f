#pragma once
// What a sample counts in means over the batch.

#include <tapeless/ops/div.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

namespace detail {

/// 1 for a sample that exists, 0 for a row that a smaller batch does not have.
constexpr value sample_exists(graph& g) {
  const value weight = g.leaf("weight", place::weight, {}, true);
  return math::select(weight == value{0.0}, value{0.0}, value{1.0});
}

struct batch_number : operation_base {
  using operation_base::operation_base;
  static constexpr family kind = family::composite;
  static constexpr int arity = 0;
  static constexpr bool no_gradient = true;
  struct attributes {};
};

}  // namespace detail

/// The share of a sample in a mean over the batch. Composite: batch and missing rows are those of
/// the call that a graph becomes part of, which a layer does not know.
struct sample_share : detail::batch_number {
  using batch_number::batch_number;
  static constexpr const char* name = "sample_share";
  static constexpr result_type infer(graph& g, const int*, const attributes&) {
    return {{}, g.weighted};
  }
  static constexpr value decompose(graph& g, const value*, const attributes&) {
    if (!g.weighted) return g.constant(1.0 / g.batch);
    const value exists = detail::sample_exists(g);
    return exists / sum_batch(exists);
  }
};

/// Samples of the batch that exist.
struct sample_count : detail::batch_number {
  using batch_number::batch_number;
  static constexpr const char* name = "sample_count";
  static constexpr result_type infer(graph&, const int*, const attributes&) { return {}; }
  static constexpr value decompose(graph& g, const value*, const attributes&) {
    if (!g.weighted) return g.constant(g.batch);
    return sum_batch(detail::sample_exists(g));
  }
};

namespace detail {

template <class Op>
constexpr value number_of_batch(graph& g) {
  return g.add(&description<Op>, nullptr, pack(typename Op::attributes{}));
}

}  // namespace detail
}  // namespace tapeless
