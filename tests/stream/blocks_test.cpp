// Blocks of up to 64 samples.

#include <stream/dilated.hpp>

TEST_CASE("blocks of 1 to 64 samples in float") {
  stream_law::lab<stream_law::dilated, tapeless::blocks<64, 7, 1>> l;
  using stream = decltype(l)::stream;
  CHECK(stream::receptive_field == 1 + 4 + 93 + 1 + 5);
  CHECK(stream::latency == 0);
  CHECK(stream::missing == 0);
  CHECK(stream::state_bytes <= static_cast<long long>(sizeof(stream)));
  l.check_all<64, 63, 16>();
}
