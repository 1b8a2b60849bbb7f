#pragma once
// Batch normalisation folded into the weights before it, for inference.

#include <tapeless/core/math.hpp>
#include <tapeless/run/parameters.hpp>
#include <tapeless/transform/affine_before.hpp>

namespace tapeless {

/// A network without those batch normalisations whose input is computed by a convolution or a dense
/// layer: that layer has a bias, and weights that fold<Net> makes. What else follows the batch stays.
template <class Net>
struct folded : network<folded<Net>> {
  static consteval value define(graph& g) {
    g.folds = true;
    return Net::define(g);
  }
};

namespace detail {

/// Whether nothing but the normalisation sees what a layer that takes one up computes, and nothing
/// but the layer uses its weights and bias.
template <class Net>
consteval bool folds_cleanly() {
  constexpr const auto& g = declared<Net>;
  using graph_type = std::remove_cvref_t<decltype(g)>;
  for (const tensor& t : g.tensors)
    if (t.weights >= 0 &&
        !affine_before<graph_type>{g, t.normalized}.is_used_once(graph_type::node_count))
      return false;
  return true;
}

}  // namespace detail

/// Parameters of folded<Net> from those of Net: the factor of each normalisation is part of the
/// weights before it, its constant part of their bias, so that both networks compute the same to
/// rounding. Normalisations inside of networks with a `define` of their own stay. Errors: a layer
/// whose result or weights are used beside its normalisation does not compile.
template <class Net, class T>
TAPELESS_NATIVE constexpr void fold_into(const parameters<Net, T>& theta,
                                         parameters<folded<Net>, T>& result) noexcept {
  static_assert(detail::folds_cleanly<Net>(),
                "Tapeless: the result or the weights of a layer before a batch_norm are used elsewhere "
                "too, so that the weights cannot take the normalisation up");
  using from = parameters<Net, T>;
  using to = parameters<folded<Net>, T>;
  for (int t = 0; t < to::tensors().length(); ++t) {
    const parameter_info& p = to::tensors()[t];
    const int own = from::tensors().find(p.name.view());
    for (int i = 0; i < p.dims.count(); ++i) result.set(t, i, own < 0 ? T(0) : theta.get(own, i));
  }
  for (const tensor& t : declared<Net>.tensors) {
    if (t.weights < 0) continue;
    const path& weights = declared<Net>.tensors[t.weights].name;
    const int w = to::tensors().find(weights.view());
    const int b = to::tensors().find(weights.with_end("weight", "bias").view());
    const auto beside = [&](const char* own) {
      return from::tensors().find(t.name.with_end("running_mean", own).view());
    };
    const int mean = from::tensors().find(t.name.view());
    const int variance = beside("running_var");
    const int factors = beside("weight");
    const int shifts = beside("bias");
    const int channels = t.dims[0], row = to::tensors()[w].dims.count() / channels;
    for (int c = 0; c < channels; ++c) {
      const T scale = factors < 0 ? T(1) : theta.get(factors, c);
      const T factor =
          scale / math::sqrt(theta.get(variance, c) + static_cast<T>(t.epsilon));
      for (int i = c * row; i < (c + 1) * row; ++i) result.set(w, i, result.get(w, i) * factor);
      const T shift = shifts < 0 ? T(0) : theta.get(shifts, c);
      result.set(b, c, (result.get(b, c) - theta.get(mean, c)) * factor + shift);
    }
  }
}

/// The same as a result, for networks that fit the stack twice.
template <class Net, class T>
TAPELESS_NATIVE constexpr parameters<folded<Net>, T> fold(const parameters<Net, T>& theta) noexcept {
  parameters<folded<Net>, T> result;
  fold_into(theta, result);
  return result;
}

}  // namespace tapeless
