#pragma once
// Padding as a layer: zeros or another number, or copies of elements, around {channels, ...}.

#include <tapeless/layers/windows.hpp>

namespace tapeless {

namespace detail {

/// Paddings from what a layer was told: a number, or paddings.
constexpr paddings paddings_from(int all) { return all; }
constexpr paddings paddings_from(const paddings& p) { return p; }

/// Whether explain_padding has nothing to say.
constexpr bool is_sound(const paddings& p) {
  return p.rule == padding_rule::given && p.before.height >= 0 && p.before.width >= 0 &&
         p.after.height >= 0 && p.after.width >= 0;
}

template <paddings P, padding_mode Mode, auto Number>
constexpr auto explain_padding() {
  static_assert(P.rule == padding_rule::given,
                "Tapeless: a padding layer has no kernel that 'same' or 'causal' could follow; it "
                "is told numbers of elements");
  static_assert(P.rule != padding_rule::given || is_sound(P),
                "Tapeless: a padding is not negative; tl::math::slice takes elements away");
  static_assert(Mode == padding_mode::zeros || Number == 0,
                "Tapeless: a padding by copies of elements has no number");
}

template <paddings P>
constexpr auto explain_padding_of_one_axis() {
  static_assert((P.before.height == P.before.width || P.before.height == 0) &&
                    (P.after.height == P.after.width || P.after.height == 0),
                "Tapeless: a layer over one axis has a width alone; different paddings on its two "
                "sides are {0, 0, left, right}");
}

constexpr value pad_space(graph& g, value x, const paddings& p, padding_mode mode, double number,
                          int axes) {
  if (!has_space(g, x, axes) || !is_sound(p)) return x;
  for (int i = 0; i < axes && !g.failed(); ++i) {
    const int of = axes == 1 ? 1 : i;
    const padding_sizes sizes{p.before[of], p.after[of]};
    x = mode == padding_mode::zeros ? math::pad(x, 1 + i, sizes.before, sizes.after, number)
                                    : padded_by_copies(x, 1 + i, sizes, mode);
  }
  return x;
}

}  // namespace detail

/// Elements around two axes of space: zeros, or another number, or with a `padding_mode` copies of
/// the elements, as PyTorch's ZeroPad2d, ConstantPad2d, ReflectionPad2d, ReplicationPad2d and
/// CircularPad2d. Shapes: x {channels, height, width}, y {channels, top + height + bottom, left +
/// width + right}. P is a number for all sides, or `paddings{vertical, horizontal}`, or
/// `paddings{top, bottom, left, right}`. Errors: a reflection that is not smaller than the axis, or
/// a circular padding that is larger, does not compile.
template <auto P, padding_mode Mode = padding_mode::zeros, auto Number = 0>
struct pad2d {
  static constexpr auto explain() {
    detail::explain_padding<detail::paddings_from(P), Mode, Number>();
  }
  static constexpr value lower(graph& g, value x) {
    return detail::pad_space(g, x, detail::paddings_from(P), Mode, static_cast<double>(Number), 2);
  }
};
/// The same around one axis of space: x {channels, width}, y {channels, left + width + right}.
template <auto P, padding_mode Mode = padding_mode::zeros, auto Number = 0>
struct pad1d {
  static constexpr auto explain() {
    detail::explain_padding<detail::paddings_from(P), Mode, Number>();
    detail::explain_padding_of_one_axis<detail::paddings_from(P)>();
  }
  static constexpr value lower(graph& g, value x) {
    return detail::pad_space(g, x, detail::paddings_from(P), Mode, static_cast<double>(Number), 1);
  }
};

}  // namespace tapeless
