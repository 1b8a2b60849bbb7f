#include <array>
#include <catch2/catch.hpp>
#include <cstddef>
#include <span>
#include <tapeless/train/trainable.hpp>

#include "linear_trainer.hpp"

namespace tl = tapeless;

namespace {

struct no_predict {
  using scalar = float;
  static constexpr int batch_size = 1, input_size = 1, target_size = 1, output_size = 1;
  float step(const float*, const float*) noexcept { return 0; }
  float step(const float*, const float*, int) noexcept { return 0; }
  float loss(const float*, const float*, int) const noexcept { return 0; }
};

}  // namespace

static_assert(tl::trainable<fixture::linear_trainer<3, 8>>);
static_assert(tl::trainable<fixture::linear_trainer<1, 1, float, true>>);
static_assert(!tl::trainable<no_predict>);
static_assert(!tl::trainable<int>);

TEST_CASE("bytes_of sees an object or takes a span as it is", "[train][trainable]") {
  std::array<int, 3> values{1, 2, 3};
  const auto bytes = tl::bytes_of(values);
  CHECK(bytes.size() == sizeof values);
  bytes[0] = std::byte{9};
  CHECK(values[0] == 9);
  CHECK(tl::bytes_of(std::as_writable_bytes(std::span(values))).data() == bytes.data());
}
