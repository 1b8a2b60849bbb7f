#pragma once
// What convolutions and pools are told: sizes, strides, dilations and paddings per axis of space.

#include <tapeless/core/config.hpp>

namespace tapeless {

/// A number per axis of space, one for both axes, or height and width.
struct per_axis {
  int height, width;
  constexpr explicit(false) per_axis(int both) : height{both}, width{both} {}
  constexpr per_axis(int h, int w) : height{h}, width{w} {}
  constexpr int operator[](int axis) const { return axis == 0 ? height : width; }
  friend constexpr bool operator==(const per_axis&, const per_axis&) = default;
};

/// How the sizes of a padding are said.
enum class padding_rule : unsigned char {
  given,   ///< as numbers
  same,    ///< as many outputs as inputs, divided by the stride; the odd one comes behind
  causal,  ///< as `same`, all of it in front
};

/// What stands outside of the input.
enum class padding_mode : unsigned char { zeros, reflect, replicate, circular };

/// Elements around the input: in front and behind along each axis of space.
struct paddings {
  per_axis before, after;
  padding_rule rule = padding_rule::given;

  constexpr explicit(false) paddings(int all) : before{all}, after{all} {}
  /// Along the height and along the width, on both sides.
  constexpr paddings(int vertical, int horizontal)
      : before{vertical, horizontal}, after{vertical, horizontal} {}
  constexpr paddings(int top, int bottom, int left, int right)
      : before{top, left}, after{bottom, right} {}
  constexpr explicit paddings(padding_rule r) : before{0}, after{0}, rule{r} {}
  friend constexpr bool operator==(const paddings&, const paddings&) = default;
};

namespace padding {
/// As many outputs as inputs, divided by the stride, as TensorFlow's; PyTorch's for stride 1.
inline constexpr paddings same{padding_rule::same};
/// No padding.
inline constexpr paddings valid{0};
/// Outputs depend on inputs at their place and before it, along every axis of space.
inline constexpr paddings causal{padding_rule::causal};
}  // namespace padding

/// What a stride is where none is given: 1 for convolutions, the size for pools. No number that a
/// user would give.
inline constexpr int usual_stride = -2147483647 - 1;

/// Size and steps of a kernel or of the window of a pool. A number alone is the size:
/// conv2d<16, 3>; all of it: conv2d<16, kernel{.size = 3, .stride = 2, .padding = 1}>. For layers
/// over one axis the width counts alone.
struct kernel {
  per_axis size;
  per_axis stride = usual_stride;  ///< 1 for convolutions, the size for pools
  per_axis dilation = 1;
  paddings padding = 0;
  int groups = 1;
  padding_mode mode = padding_mode::zeros;
  per_axis output_padding = 0;  ///< of transposed convolutions: outputs behind the last
  bool counts_padding = true;   ///< of average pools: zeros outside count as elements
  bool ceil_mode = false;       ///< of pools: a last window that reaches beyond the padding stays
  friend constexpr bool operator==(const kernel&, const kernel&) = default;
};

namespace detail {

/// A kernel from what a layer was told: a number, or a kernel.
constexpr kernel kernel_from(int size) { return {.size = size}; }
constexpr kernel kernel_from(per_axis size) { return {.size = size}; }
constexpr kernel kernel_from(const kernel& k) { return k; }

/// Elements in front of and behind an axis, and what the last window of ceil_mode reaches beyond
/// them.
struct padding_sizes {
  int before = 0, after = 0, beyond = 0;
  constexpr int behind() const { return after + beyond; }
};

/// What a kernel does along one axis of space.
struct kernel_axis {
  int size, stride, dilation, before, after;
  padding_rule rule;
  bool ceil_mode;

  /// Sizes of the padding for an axis of that extent.
  constexpr padding_sizes padding(int extent) const {
    const padding_sizes p = given(extent);
    return ceil_mode ? up_to_last(extent, p) : p;
  }

 private:
  constexpr padding_sizes given(int extent) const {
    if (rule == padding_rule::given) return {before, after};
    const int reach = (size - 1) * dilation;
    if (rule == padding_rule::causal) return {reach, 0};
    const int outputs = (extent + stride - 1) / stride;
    const int total = (outputs - 1) * stride + reach + 1 - extent;
    return total > 0 ? padding_sizes{total / 2, total - total / 2} : padding_sizes{};
  }
  /// PyTorch's rule: positions are rounded up, but for windows that start behind the last element of
  /// the input. What the last window does not reach is no padding.
  constexpr padding_sizes up_to_last(int extent, padding_sizes p) const {
    const int reach = (size - 1) * dilation + 1;
    const int room = extent + p.before + p.after - reach + stride - 1;
    if (room < 0) return p;  // no window: ops/window.hpp says so
    int last = room / stride;
    while (last > 0 && last * stride >= extent + p.before) --last;
    const int behind = last * stride + reach - extent - p.before;
    if (behind < p.after) return {p.before, behind > 0 ? behind : 0};
    return {p.before, p.after, behind - p.after};
  }
};

/// Axis 0 is the height, axis 1 the width; a layer over one axis has the width alone.
constexpr kernel_axis axis_of_kernel(const kernel& k, int axis, bool pools) {
  const int usual = pools ? k.size[axis] : 1;
  const int stride = k.stride[axis] != usual_stride ? k.stride[axis] : usual;
  return {k.size[axis],           stride,                k.dilation[axis],
          k.padding.before[axis], k.padding.after[axis], k.padding.rule, k.ceil_mode};
}

/// Whether explain_kernel has nothing to say. Layers with other kernels are not lowered, so that its
/// sentence is the only error.
constexpr bool is_sound(const kernel& k) {
  for (int i = 0; i < 2; ++i)
    if (k.size[i] < 1 || (k.stride[i] < 1 && k.stride[i] != usual_stride) || k.dilation[i] < 1 ||
        k.padding.before[i] < 0 || k.padding.after[i] < 0)
      return false;
  return k.groups > 0;
}

/// One sentence for each mistake that needs no input to be seen.
template <kernel K>
constexpr auto explain_kernel() {
  static_assert(K.size.height > 0 && K.size.width > 0,
                "Tapeless: a kernel, or the window of a pool, has a size of at least 1");
  static_assert((K.stride.height > 0 || K.stride.height == usual_stride) &&
                    (K.stride.width > 0 || K.stride.width == usual_stride),
                "Tapeless: a stride is at least 1");
  static_assert(K.dilation.height > 0 && K.dilation.width > 0,
                "Tapeless: a dilation is at least 1");
  static_assert(K.padding.before.height >= 0 && K.padding.before.width >= 0 &&
                    K.padding.after.height >= 0 && K.padding.after.width >= 0,
                "Tapeless: a padding is not negative");
  static_assert(K.groups > 0, "Tapeless: a convolution has at least one group");
}

/// The same for a layer over one axis, which has no height: it is the width, or says nothing.
template <kernel K>
constexpr auto explain_one_axis() {
  static_assert((K.size.height == K.size.width || K.size.height == 1) &&
                    (K.stride.height == K.stride.width || K.stride.height == 1) &&
                    (K.dilation.height == K.dilation.width || K.dilation.height == 1) &&
                    (K.padding.before.height == K.padding.before.width ||
                     K.padding.before.height == 0) &&
                    (K.padding.after.height == K.padding.after.width ||
                     K.padding.after.height == 0) &&
                    (K.output_padding.height == K.output_padding.width ||
                     K.output_padding.height == 0),
                "Tapeless: a layer over one axis has a width alone; different paddings on its two "
                "sides are {0, 0, left, right}");
}

/// The same for a layer that is no transposed convolution.
template <kernel K>
constexpr auto explain_convolution() {
  explain_kernel<K>();
  static_assert(K.output_padding == per_axis{0},
                "Tapeless: an output_padding is of transposed convolutions alone");
  static_assert(K.counts_padding, "Tapeless: counts_padding is of average pools alone");
  static_assert(!K.ceil_mode, "Tapeless: ceil_mode is of pools alone");
}

/// The same for a convolution whose groups are its channels.
template <kernel K>
constexpr auto explain_depthwise() {
  explain_convolution<K>();
  static_assert(K.groups == 1, "Tapeless: the groups of a depthwise convolution are its channels");
}

/// The same for a pool.
template <kernel K>
constexpr auto explain_pool() {
  explain_kernel<K>();
  static_assert(K.groups == 1 && K.output_padding == per_axis{0},
                "Tapeless: a pool has no groups and no output_padding");
}

}  // namespace detail
}  // namespace tapeless
