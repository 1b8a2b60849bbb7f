// The state of a stream: a plain struct, in constant expressions too, that takes nothing from the heap.

#include <cstdlib>
#include <stream/stream_law.hpp>
#include <type_traits>

namespace tl = tapeless;

namespace {

std::size_t allocations = 0;

struct small : tl::sequential<tl::input<1, 16>, tl::conv1d<3, stream_law::causal(2, 3)>, tl::tanh,
                              tl::conv1d<2, stream_law::causal(3)>> {};
using stream = tl::stream<small, tl::blocks<4, 1>>;

static_assert(std::is_trivially_copyable_v<stream>);
static_assert(stream::inputs == 1 && stream::outputs == 2);
static_assert(stream::receptive_field == 6 && stream::latency == 0 && stream::missing == 0);

constexpr tl::parameters<small> theta = [] {
  tl::parameters<small> p;
  for (int i = 0; i < p.tensors().count; ++i)
    for (int k = 0; k < p.tensors()[i].dims.count(); ++k)
      p.set(i, k, static_cast<float>((5 * i + 3 * k) % 7 - 3) / 8);
  return p;
}();

/// Blocks of 4 and single samples, more than it takes until the state goes back to its front.
constexpr std::array<float, 80> outputs() {
  std::array<float, 80> y{};
  float x[40] = {};
  for (int i = 0; i < 40; ++i) x[i] = static_cast<float>(i % 9 - 4) / 4;
  stream s;
  s.prewarm(theta);
  s.process<4>(theta, x, y.data());
  for (int i = 4; i < 7; ++i) s.step(theta, x + i, y.data() + 2 * i);
  s.process(theta, x + 7, y.data() + 14, 33);
  return y;
}

}  // namespace

void* operator new(std::size_t bytes) {
  ++allocations;
  if (void* const p = std::malloc(bytes)) return p;
  std::abort();
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }

TEST_CASE("a stream in a constant expression") {
  static constexpr auto constant = outputs();
  const auto run = outputs();
  for (std::size_t i = 0; i < run.size(); ++i) CHECK(run[i] == Approx(constant[i]).margin(1e-6));
}

TEST_CASE("calls take nothing from the heap") {
  stream s;
  float x[9] = {1, 2}, y[18] = {};
  const std::size_t before = allocations;
  s.prewarm(theta);
  s.process<3>(theta, x, y);
  s.process(theta, x, y, 9);
  s.step(theta, x, y);
  s.reset();
  const std::size_t after = allocations;
  CHECK(after == before);
}

TEST_CASE("denormal numbers count as zeros") {
  stream s;
  auto quiet = theta;
  for (float& p : quiet.data) p *= 1e-30f;
  const float x = 1e-20f;
  float y[2] = {1, 1};
  s.step(quiet, &x, y);
  for (const float v : y) CHECK((v == 0 || std::isnormal(v)));
}
