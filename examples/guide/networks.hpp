#pragma once
// The networks of the guide.

#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

// Sources share these networks: a header names them in a namespace of its own, a source in an unnamed
// one, so that no other source of the program has a network of the same name.
namespace guide {

// declaring.md: layers in sequence
struct digits_net : tl::sequential<tl::input<8, 8>, tl::flatten, tl::named<"fc1", tl::dense<32>>,
                                   tl::relu, tl::dropout<0.2>, tl::named<"fc2", tl::dense<10>>> {};

static_assert(tl::input_size<digits_net> == 64);
static_assert(tl::output_shape<digits_net> == tl::shape{10});

struct two_branches
    : tl::sequential<tl::input<16>,
                     tl::parallel_concat<tl::dense<8>, tl::sequential<tl::dense<4>, tl::tanh>>,
                     tl::residual<tl::dense<12>, tl::gelu>, tl::dense<3>> {};

struct attention : tl::network<attention> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{6, 8});  // six positions of eight features
    const auto project = [&](const char* name) {
      return tl::math::matmul(x, g.parameter(name, tl::shape{8, 8}));
    };
    const tl::value q = project("query"), k = project("key"), v = project("value");
    const tl::value scores =
        tl::math::matmul(q, tl::math::transpose(k)) * tl::value{0.35355339059327};
    return tl::math::matmul(tl::math::softmax(scores), v);
  }
};

// declaring.md: several inputs are one row, one after the other.
struct distance : tl::network<distance> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{3});
    return tl::math::sqrt(tl::math::sum(tl::math::square(a - b)));
  }
};
static_assert(tl::input_size<distance> == 6);

// operations.md: gradients are nodes, and so are gradients of gradients.
struct curvature : tl::network<curvature> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{});
    const tl::value y = x * x * x;
    return tl::gradient(tl::gradient(y, x), x);  // 6 x
  }
};
static_assert(tl::forward<curvature>(tl::parameters<curvature>{}, std::array{2.0f})[0] == 12);

}  // namespace guide

// In a source of their own, to be compiled beside main.
void accumulating();
void batches_of_samples();
