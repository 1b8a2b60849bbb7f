#pragma once
// Every size of block in a range, by kernels.

#include <stream/stream_law.hpp>
#include <utility>

namespace every_block {

namespace tl = tapeless;
namespace m = tl::math;
using stream_law::causal;

/// Windows and a recurrence, over few samples: a plan is compiled for every size.
struct mixed : tl::network<mixed> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{1, 200});
    const tl::value a = m::tanh(g.layer<tl::conv1d<3, causal(3, 2)>>("a", x));
    return m::transpose(g.layer<tl::rnn<3>>("h", m::transpose(a))) + a;
  }
};

/// Blocks of First to First + Count - 1 samples.
template <int First, int Count>
void check() {
  stream_law::lab<mixed, tl::blocks<64, 8, 1>> own;
  [&]<int... I>(std::integer_sequence<int, I...>) {
    (own.template check_block<First + I>(), ...);
  }(std::make_integer_sequence<int, Count>{});
}

}  // namespace every_block
