// Shapes, their number of scalars, and numpy's broadcasting.

#include <catch2/catch.hpp>
#include <tapeless/core/shape.hpp>
#include <type_traits>

namespace tl = tapeless;

namespace {

using tl::broadcast;
using tl::shape;

static_assert(shape{}.rank == 0 && shape{}.count() == 1);
static_assert(shape{5}.rank == 1 && shape{5}.count() == 5);
static_assert(shape{2, 3, 4, 5, 2, 3}.rank == tl::max_rank);
static_assert(shape{2, 3, 4, 5, 2, 3}.count() == 720 && shape{2, 3, 4, 5, 2}.count() == 240);
static_assert(shape{2, 3}[0] == 2 && shape{2, 3}[1] == 3);

// Equal if rank and extents are; one element is no scalar.
static_assert(shape{2, 3} == shape{2, 3} && shape{2, 3} != shape{3, 2} && shape{2, 3} != shape{6});
static_assert(shape{} != shape{1} && shape{4} != shape{4, 1});

static_assert(shape{}.append(7) == shape{7});
static_assert(shape{2, 3, 4}.append(5) == shape{2, 3, 4, 5});

// A shape is a template argument, by value.
template <shape Dims>
struct tag {};
static_assert(std::is_same_v<tag<shape{2, 3}>, tag<shape{2}.append(3)>>);
static_assert(!std::is_same_v<tag<shape{2, 3}>, tag<shape{3, 2}>>);

/// Whether both orders give `wanted`.
constexpr bool gives(const shape& a, const shape& b, const shape& wanted) {
  const auto there = broadcast(a, b), back = broadcast(b, a);
  return there.fits && back.fits && there.dims == wanted && back.dims == wanted;
}
constexpr bool refused(const shape& a, const shape& b) {
  return !broadcast(a, b).fits && !broadcast(b, a).fits;
}

static_assert(gives({}, {}, {}));
static_assert(gives({2, 3}, {2, 3}, {2, 3}));
static_assert(gives({2, 3}, {}, {2, 3}));
static_assert(gives({2, 3}, {3}, {2, 3}));
static_assert(gives({2, 3}, {2, 1}, {2, 3}));
static_assert(gives({2, 1}, {3}, {2, 3}));
static_assert(gives({1}, {1, 1}, {1, 1}));
static_assert(gives({4, 1, 5, 1}, {2, 1, 3}, {4, 2, 5, 3}));
static_assert(refused({2, 3}, {2}));
static_assert(refused({2, 3}, {3, 2}));
static_assert(refused({4, 2, 3}, {3, 3}));

}  // namespace

TEST_CASE("broadcasting at run time is that of constant expressions") {
  for (int rows = 1; rows < 4; ++rows) {
    for (int columns = 1; columns < 4; ++columns) {
      CHECK(gives(shape{rows, columns}, shape{columns}, shape{rows, columns}));
      CHECK(gives(shape{rows, 1}, shape{1, columns}, shape{rows, columns}));
      CHECK(refused(shape{rows, columns}, shape{columns + 1}) == (columns > 1));
      CHECK(shape{rows, columns}.count() == rows * columns);
    }
  }
}
