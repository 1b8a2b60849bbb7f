// The arena: values that live at once do not overlap, and little is wasted.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct placed {
  tl::lifetime value[8];
  tl::memory_plan memory;
};

/// Places values that are given in order of first use.
template <int N>
constexpr placed place(const tl::lifetime (&values)[N]) {
  placed p;
  int order[N] = {};
  for (int i = 0; i < N; ++i) {
    p.value[i] = values[i];
    order[i] = i;
  }
  p.memory = tl::assign_offsets(p.value, order, N, 8);
  return p;
}

// A value takes the place of one that is no longer needed.
constexpr placed chain = place({{16, 0, 1, 0}, {16, 1, 2, 0}, {16, 2, 3, 0}, {16, 3, 4, 0}});
static_assert(chain.memory.arena == 32 && chain.memory.lower_bound == 32);
static_assert(chain.value[2].offset == chain.value[0].offset);

// A gap between two lives is used if it is wide enough.
constexpr placed gap = place({{32, 0, 1, 0}, {16, 0, 5, 0}, {16, 2, 5, 0}, {32, 3, 5, 0}});
static_assert(gap.value[2].offset == 0 && gap.value[3].offset == 48);
static_assert(gap.memory.arena == 80 && gap.memory.lower_bound == 64);

struct net : tl::sequential<tl::input<6>, tl::dense<24>, tl::gelu,
                            tl::residual<tl::dense<24>, tl::tanh>, tl::dense<5>> {};

template <int Batch, tl::lane_axis Axis>
using job = tl::detail::compiled<
    net,
    tl::detail::step_stage<net, tl::cross_entropy, tl::adam, Batch, tl::detail::default_options,
                           tl::detail::sharing::equal, tl::detail::gradient_source::samples>,
    float, tl::simd::native, tl::detail::options_of<tl::lanes_over<Axis>>>;

/// What of the arena each value of a finished plan takes, from its first step to its last.
struct span {
  int value, begin, end, first, last;
};

/// Every access of a step, as far as its loops reach.
template <class Program>
constexpr int reach(const tl::step& s, const tl::access& a) {
  int r = 0;
  for (int i = 0; i < s.loops; ++i) r += a.stride[i] * (s.extent[i] - 1);
  return r;
}

template <class Program>
constexpr bool lives_do_not_overlap(const Program& p) {
  span* const spans = new span[sizeof(p.accesses) / sizeof(p.accesses[0])];
  int n = 0;
  bool apart = true;
  for (int k = 0; k < Program::step_count; ++k)
    for (int a = p.steps[k].access_begin; a < p.steps[k].access_end; ++a) {
      const tl::access& x = p.accesses[a];
      if (x.where != tl::place::arena || x.storage < 0) continue;
      const int end = x.offset + reach<Program>(p.steps[k], x) + 1;
      apart = apart && x.offset >= 0 && end <= p.memory.arena;
      int i = 0;
      while (i < n && spans[i].value != x.storage) ++i;
      if (i == n) spans[n++] = {x.storage, x.offset, end, k, k};
      if (x.offset < spans[i].begin) spans[i].begin = x.offset;
      if (end > spans[i].end) spans[i].end = end;
      spans[i].last = k;
    }
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const bool together = spans[i].first <= spans[j].last && spans[j].first <= spans[i].last;
      apart =
          apart && !(together && spans[i].begin < spans[j].end && spans[j].begin < spans[i].end);
    }
  delete[] spans;
  return apart && n > 0;
}

template <int Batch, tl::lane_axis Axis>
constexpr bool sound() {
  constexpr const auto& p = job<Batch, Axis>::plan;
  return lives_do_not_overlap(p) && p.memory.arena >= p.memory.lower_bound &&
         p.memory.arena % 16 == 0 && p.memory.arena <= 2 * p.memory.lower_bound;
}

static_assert(sound<1, tl::lane_axis::features>());
static_assert(sound<5, tl::lane_axis::features>());
static_assert(sound<16, tl::lane_axis::samples>());

}  // namespace

TEST_CASE("values are placed at run time as in a constant expression") {
  const placed again = place({{32, 0, 1, 0}, {16, 0, 5, 0}, {16, 2, 5, 0}, {32, 3, 5, 0}});
  for (int i = 0; i < 4; ++i) CHECK(again.value[i].offset == gap.value[i].offset);
  CHECK(again.memory.arena == 80);
}
