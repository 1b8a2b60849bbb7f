// Random causal networks: layers, branches, delays and borders drawn in constant evaluation.

#include <stream/stream_law.hpp>

namespace tl = tapeless;
namespace m = tl::math;

namespace {

constexpr int samples = 260;

/// A value of some channels; all values of a network have as many samples.
template <unsigned Seed>
struct drawn : tl::network<drawn<Seed>> {
  struct dice {
    unsigned state;
    constexpr int operator()(int n) {
      state = state * 1664525u + 1013904223u;
      return static_cast<int>(state >> 16) % n;
    }
  };
  static constexpr tl::value convolved(tl::graph& g, dice& d, tl::value x, int number) {
    const int outputs = 1 + d(6), taps = 1 + d(4), dilation = 1 + d(9);
    const tl::path name = tl::path{"w"}.join(number);
    const tl::value w = g.parameter(name.view(), tl::shape{outputs, x.dims()[0], taps});
    const int reach = (taps - 1) * dilation;
    if (d(2) == 0) return tl::einsum(m::window(x, 1, taps, 1, dilation, reach), "cti", w, "oci", "ot");
    // The same by a border of another number.
    const tl::value wide = m::pad(x, 1, reach, 0, 0.125 * d(5));
    return tl::einsum(m::window(wide, 1, taps, 1, dilation), "cti", w, "oci", "ot");
  }
  static constexpr tl::value late(dice& d, tl::value x) {
    const int by = 1 + d(20);
    return m::slice(m::pad(x, 1, by, 0, 0.5), 1, 0, samples);
  }
  static consteval tl::value define(tl::graph& g) {
    dice d{Seed * 7919 + 1};
    tl::value x = g.input("x", tl::shape{1 + d(3), samples});
    tl::value kept = x;
    for (int i = 0; i < 6; ++i) {
      const int channels = x.dims()[0];
      switch (d(7)) {
        case 0: x = m::tanh(convolved(g, d, x, i)); break;
        case 1: x = convolved(g, d, x, i) + m::sum(kept, 0, true); break;
        case 2: x = late(d, x) * m::sigmoid(x); break;
        case 3: x = m::maximum(m::window(m::pad(x, 1, 6, 0, -3), 1, 3, 1, 3), 2); break;
        case 4: x = m::softmax(m::concat(x, m::sin(kept), 0), 0); break;
        case 5: x = m::slice(x, 0, channels - 1, 1) + m::square(x); break;
        default: x = m::concat(late(d, x), m::relu(x), 0); break;
      }
      if (d(3) == 0) kept = x;
    }
    return m::tanh(convolved(g, d, m::concat(x, kept, 0), 6));
  }
};

template <unsigned Seed>
void check_drawn() {
  INFO("seed " << Seed);
  stream_law::lab<drawn<Seed>, tl::blocks<11, 1>, tl::scalar_type<double>>{}.template check_all<11>();
}

}  // namespace

TEST_CASE("random causal networks") {
  check_drawn<3>();
  check_drawn<4>();
}
