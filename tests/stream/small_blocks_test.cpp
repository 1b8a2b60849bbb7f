// Small blocks, whose state is small too, double, and the state after silence.

#include <stream/dilated.hpp>

namespace tl = tapeless;
using stream_law::dilated;
using stream_law::lab;

TEST_CASE("blocks in double") {
  lab<dilated, tl::scalar_type<double>, tl::blocks<12, 1>> l;
  l.check_all<12, 11>();
}

TEST_CASE("the state after silence is that of a sequence of zeros") {
  lab<dilated, tl::blocks<2, 1>> l;
  l.check_all<2>();
  auto& s = l.own();
  s.prewarm(l.theta());
  auto other = s;
  other.reset();
  for (int t = 0; t < 2 * decltype(l)::stream::receptive_field; ++t) (void)other.step(l.theta(), 0);
  CHECK(s.step(l.theta(), 0.5f) == Approx(other.step(l.theta(), 0.5f)).epsilon(1e-6));
  // A copy goes on by itself.
  auto fork = s;
  for (int t = 0; t < 300; ++t) {
    const float x = static_cast<float>(t % 7) / 7;
    CHECK(fork.step(l.theta(), x) == s.step(l.theta(), x));
  }
}
