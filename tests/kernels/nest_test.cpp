// Kernels on the caller's terms: any instruction set that is enabled, unaligned rows, every policy.

#include <catch2/catch.hpp>
#include <cstring>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

struct net : tl::sequential<tl::input<7>, tl::dense<19>, tl::silu, tl::dense<5>> {};

constexpr int rows = 6;

/// Outputs for rows that start `shift` scalars after an aligned address.
template <class... Options>
std::vector<float> outputs(int shift) {
  alignas(64) float x[rows * 7 + 16], y[rows * 5 + 16] = {};
  for (int i = 0; i < rows * 7; ++i) x[shift + i] = static_cast<float>(i * i % 17) / 8 - 1;
  const auto theta = tl::init<net>(tl::seed{4});
  tl::forward<net, tl::batch<rows>, Options...>(theta, static_cast<const float*>(x + shift),
                                                y + shift);
  return {y + shift, y + shift + rows * 5};
}

void check_close(const std::vector<float>& a, const std::vector<float>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).epsilon(1e-5).margin(1e-6));
}

template <class Arch>
void check_arch(const std::vector<float>& wanted) {
  if constexpr (tl::simd::is_enabled<Arch>)
    check_close(outputs<tl::instruction_set<Arch>>(0), wanted);
}

}  // namespace

TEST_CASE("rows need no alignment") {
  const auto aligned = outputs<>(0);
  for (const int shift : {1, 2, 3, 5, 8}) {
    const auto moved = outputs<>(shift);
    CHECK(std::memcmp(aligned.data(), moved.data(), aligned.size() * sizeof(float)) == 0);
  }
}

TEST_CASE("expansions give the same bits") {
  const auto automatic = outputs<>(0);
  const auto full = outputs<tl::expand_as<tl::expansion::full>>(0);
  const auto loops = outputs<tl::expand_as<tl::expansion::loops>>(0);
  CHECK(std::memcmp(automatic.data(), full.data(), full.size() * sizeof(float)) == 0);
  CHECK(std::memcmp(automatic.data(), loops.data(), loops.size() * sizeof(float)) == 0);
}

TEST_CASE("every enabled instruction set agrees") {
  const auto wanted = outputs<>(0);
  check_arch<tl::simd::sse2>(wanted);
  check_arch<tl::simd::avx2>(wanted);
  check_arch<tl::simd::avx512>(wanted);
}

TEST_CASE("lane axes agree") {
  check_close(outputs<tl::lanes_over<tl::lane_axis::features>>(0),
              outputs<tl::lanes_over<tl::lane_axis::samples>>(0));
}
