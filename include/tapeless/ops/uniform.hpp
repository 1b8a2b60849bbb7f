#pragma once
// Random numbers by position: no state, the same on every machine.

#include <tapeless/core/math_random.hpp>
#include <tapeless/ops/reshape.hpp>

namespace tapeless {

/// y = uniform in [0, 1), hashed from element, stream, seed and step. Operands: seed and step,
/// whole numbers below 2^24. Every use in a graph has a stream of its own.
struct uniform : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "uniform";
  static constexpr family kind = family::index;
  static constexpr int arity = 2;
  static constexpr bool no_gradient = true;

  struct attributes {
    shape dims;
    int stream;

    template <class Attributes, class F>
    static constexpr void each(Attributes& a, F f) {
      f(a.dims);
      f(a.stream);
    }
  };

  static constexpr result_type infer(graph&, const int*, const attributes& a) {
    return {a.dims, true};
  }
  /// Two draws whose keys differ by less than their number of elements have numbers in common: the
  /// hash tells (element ^ key) alone. So keys lie apart: those of 64 streams of a seed by 2^25 and
  /// more, those of 16 streams of 16 seeds by 2^21.
  static constexpr std::uint32_t seed_factor = 2654435761u, stream_factor = 3266489917u;
  static TAPELESS_INLINE constexpr std::uint32_t key(std::uint32_t seed, int stream) {
    return seed * seed_factor + static_cast<std::uint32_t>(stream) * stream_factor;
  }
  /// Numbers of lanes whose elements, counted row-major through the whole batch, are given.
  template <class V, class Index, class T>
  static TAPELESS_INLINE constexpr V draw(Index element, int stream, T seed, T step) {
    const std::uint32_t own = key(static_cast<std::uint32_t>(seed), stream);
    return math::uniform_from_bits<V>(math::mix(element, own, static_cast<std::uint32_t>(step)));
  }
};

/// Slots of `place::scalars`: six of the optimizer, the seed and the step of a training call, four
/// of the loss, and six more for each group of parameters.
inline constexpr int seed_slot = 6, step_slot = 7, loss_slot = 8, most_loss_scalars = 4,
                     group_slot = 12, slots_per_group = 6;
/// Most groups of parameters that a trainer may have.
inline constexpr int max_groups = 8;
inline constexpr int scalar_slots = group_slot + max_groups * slots_per_group;

namespace math {
/// A fresh uniform number per element and sample, other for each call of this function.
constexpr value uniform(graph& g, shape dims) {
  const int seed = g.find("seed", place::scalars);
  const value in[] = {seed >= 0 ? value{g, g.tensors[seed].node}
                                : g.leaf("seed", place::scalars, {}, false, seed_slot),
                      seed >= 0 ? value{g, g.tensors[g.find("step", place::scalars)].node}
                                : g.leaf("step", place::scalars, {}, false, step_slot)};
  return g.add(&description<tapeless::uniform>, in,
               pack(tapeless::uniform::attributes{dims, g.random_count++}));
}
}  // namespace math

}  // namespace tapeless
