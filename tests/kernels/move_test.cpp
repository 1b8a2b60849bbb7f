// The kernel that moves elements: random nests beside plain loops, and nothing beside them touched.

#include <catch2/catch.hpp>
#include <random>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;
namespace kernels = tapeless::kernels;

namespace {

int between(std::mt19937& r, int low, int high) {
  return low + static_cast<int>(r() % static_cast<unsigned>(high - low + 1));
}

/// A nest of up to four loops, whose targets are apart from each other; a row may be side by side,
/// apart, or a single element of the source.
kernels::element_move random_move(std::mt19937& r) {
  kernels::element_move m;
  m.loops = between(r, 1, 4);
  int to = 1, from = 1;
  for (int l = 0; l < m.loops; ++l) {
    m.extent[l] = l == 0 ? between(r, 1, 70) : between(r, 1, 4);
    m.to[l] = to * between(r, 1, l == 0 ? 2 : 1) + (l == 0 ? 0 : between(r, 0, 3));
    m.from[l] = between(r, 0, 3) == 0 ? 0 : from * between(r, 1, 2);
    to = m.to[l] * m.extent[l];
    from = (m.from[l] > 0 ? m.from[l] : from) * m.extent[l];
    if (between(r, 0, 7) == 0) m.from[l] = -m.from[l];
  }
  m.number = between(r, 0, 1) == 0 ? 0 : -2.5;
  return m;
}

/// First and last element of a walk.
struct reach {
  int first = 0, last = 0;
  reach(const kernels::element_move& m, const int* stride) {
    for (int l = 0; l < m.loops; ++l)
      (stride[l] < 0 ? first : last) += stride[l] * (m.extent[l] - 1);
  }
};

template <class T, class Arch>
void check_moves(bool copies) {
  std::mt19937 r(copies ? 3 : 4);
  for (int round = 0; round < 400; ++round) {
    const kernels::element_move m = random_move(r);
    const reach to(m, m.to), from(m, m.from);
    // Exactly as long as what is read and written: a sanitizer sees what lies beside them.
    std::vector<T> source(static_cast<std::size_t>(from.last - from.first) + 1);
    for (T& x : source) x = static_cast<T>(between(r, -1000, 1000));
    std::vector<T> got(static_cast<std::size_t>(to.last) + 1, T(7)), wanted = got;
    int index[4] = {};
    for (;;) {
      int a = 0, b = -from.first;
      for (int l = 0; l < m.loops; ++l) {
        a += index[l] * m.to[l];
        b += index[l] * m.from[l];
      }
      wanted[static_cast<std::size_t>(a)] =
          copies ? source[static_cast<std::size_t>(b)] : static_cast<T>(m.number);
      int l = 0;
      while (l < m.loops && ++index[l] == m.extent[l]) index[l++] = 0;
      if (l == m.loops) break;
    }
    kernels::move_elements<T, Arch>(got.data(), copies ? source.data() - from.first : nullptr, m);
    CHECK(got == wanted);
  }
}

template <class Arch>
void check_arch() {
  if constexpr (tl::simd::is_enabled<Arch>) {
    for (const bool copies : {true, false}) {
      check_moves<float, Arch>(copies);
      check_moves<double, Arch>(copies);
    }
  }
}

/// A plan of more than forty kernels, whose convolutions see padded values.
constexpr tl::kernel three{.size = 3, .padding = 1};
template <int Channels>
using layer = tl::sequential<tl::conv2d<Channels, three>, tl::batch_norm<>, tl::relu>;
struct net : tl::sequential<tl::input<3, 8, 8>, layer<5>, layer<9>, layer<12>, layer<17>,
                            tl::global_avg_pool, tl::dense<4>> {};
using job = tl::detail::training_job<net, tl::mse, tl::sgd, tl::batch<3>>;

constexpr auto& moves = kernels::moves_of<job::plan>;
consteval int moves_that_copy() {
  int n = 0;
  for (const kernels::element_move& m : moves.move) n += m.source >= 0;
  return n;
}
static_assert(moves.moves > 16);
static_assert(moves_that_copy() > 0 && moves_that_copy() < moves.moves);

}  // namespace

TEST_CASE("moves are what plain loops do, and touch nothing else") {
  check_arch<tl::simd::scalar_only>();
  check_arch<tl::simd::sse2>();
  check_arch<tl::simd::avx2>();
  check_arch<tl::simd::avx512>();
}
