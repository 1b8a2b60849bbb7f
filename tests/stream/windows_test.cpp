// Windows without padding, delays, borders: which sample belongs to which.

#include <stream/stream_law.hpp>

namespace tl = tapeless;
namespace m = tl::math;
using stream_law::causal;
using stream_law::lab;
using stream_law::valid;

namespace {

constexpr int samples = 300;

/// The residual path is cut to the newest samples.
struct shrinking : tl::network<shrinking> {
  static consteval tl::value define(tl::graph& g) {
    tl::value x = g.layer<tl::conv1d<4, valid(3)>>("in", g.input("x", tl::shape{1, samples}));
    const tl::value z = m::tanh(g.layer<tl::conv1d<4, valid(3, 9)>>("a", x));
    x = z + m::slice(x, 1, 18, samples - 2 - 18);
    return g.layer<tl::conv1d<2, 1>>("out", x);
  }
};

/// Samples that lie apart meet, by slices and by a border of another number.
struct delayed : tl::network<delayed> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, samples});
    const tl::value late = m::slice(x, 1, 0, samples - 5), now = m::slice(x, 1, 5, samples - 5);
    const tl::value before = m::slice(m::pad(x, 1, 3, 0, 0.25), 1, 5, samples - 5);
    return late * now + m::square(before);
  }
};

/// What is padded first is seen late, and by windows as it is.
struct bordered : tl::network<bordered> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = m::pad(g.input("x", tl::shape{1, samples}), 1, 4, 0);
    return m::sum(m::window(m::cos(x), 1, 5), 2);
  }
};

/// The output alone lies behind.
struct behind : tl::network<behind> {
  static consteval tl::value define(tl::graph& g) {
    return m::slice(m::pad(m::sin(g.input("x", tl::shape{1, samples})), 1, 7, 0, 3), 1, 0, samples);
  }
};

/// Windows of windows.
struct nested : tl::network<nested> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{1, samples});
    const tl::value w = m::window(m::window(x, 1, 2, 1, 3, 3), 1, 3, 1, 1, 2);
    return m::concat(m::maximum(w, {2, 3}), m::sum(w, {2, 3}), 0);
  }
};

}  // namespace

TEST_CASE("windows without padding") {
  lab<shrinking, tl::blocks<16, 1>> l;
  CHECK(decltype(l)::stream::missing == 20);
  CHECK(decltype(l)::stream::receptive_field == 21);
  CHECK(decltype(l)::stream::latency == 0);
  l.check_all<16>();
}
TEST_CASE("delays") {
  lab<delayed, tl::blocks<8, 1>> l;
  CHECK(decltype(l)::stream::receptive_field == 6);
  CHECK(decltype(l)::stream::latency == 0);
  l.check_all<8>();
}
TEST_CASE("borders before other operations") {
  lab<bordered, tl::blocks<8, 1>> l;
  CHECK(decltype(l)::stream::latency == 4);
  CHECK(decltype(l)::stream::receptive_field == 9);
  l.check_all<8>();
}
TEST_CASE("an output that lies behind") {
  lab<behind, tl::blocks<8, 1>> l;
  CHECK(decltype(l)::stream::latency == 7);
  l.check_all<8>();
}
TEST_CASE("windows of windows") { lab<nested, tl::blocks<8, 1>>{}.check_all<8>(); }
