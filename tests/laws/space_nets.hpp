#pragma once
// Small nets over space with running statistics, for the step law. Nothing that a batch_norm takes
// away again stands before it: the gradient of such a bias is rounding alone, which adam makes whole
// steps of.

#include <laws/step_law.hpp>

namespace laws {

/// A convolution, a norm, a pool of overlapping windows, and a depthwise layer with a stride.
struct small_space
    : tl::sequential<tl::input<2, 5, 6>,
                     tl::conv2d<5, tl::kernel{.size = 3, .padding = 1}, tl::bias::off>,
                     tl::batch_norm<>, tl::tanh,
                     tl::max_pool2d<tl::kernel{.size = 3, .stride = 2, .padding = 1}>,
                     tl::depthwise_conv2d<tl::kernel{.size = 2, .stride = 2, .padding = 1}>,
                     tl::global_avg_pool> {};

/// The same over one axis, with an average pool.
struct small_sequence
    : tl::sequential<
          tl::input<3, 11>,
          tl::conv1d<8, tl::kernel{.size = 4, .padding = tl::padding::causal}, tl::bias::off>,
          tl::batch_norm<>, tl::tanh,
          tl::avg_pool1d<tl::kernel{.size = 3, .stride = 2, .padding = 1}>> {};

}  // namespace laws
