// Average pools whose last window reaches beyond the padding, against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("avg2d ceil") { space::check_in<cases::avg2d_ceil, double>(); }
TEST_CASE("avg2d ceil overlap") { space::check_in<cases::avg2d_ceil_overlap, double>(); }
TEST_CASE("avg2d ceil inside") { space::check_in<cases::avg2d_ceil_inside, double>(); }
TEST_CASE("avg2d ceil left out") { space::check_in<cases::avg2d_ceil_left_out, double>(); }
TEST_CASE("avg2d ceil uneven") { space::check_in<cases::avg2d_ceil_uneven, double>(); }
TEST_CASE("avg1d ceil") { space::check_in<cases::avg1d_ceil, double>(); }
TEST_CASE("avg2d ceil overlap, float") {
  space::check_in<cases::avg2d_ceil_overlap, float, space::compares::inference_too>();
}

namespace {

namespace tl = tapeless;
using tl::padding_mode;
template <tl::kernel K>
struct mean_of : tl::sequential<tl::input<1, 5>, tl::avg_pool1d<K>> {};
template <tl::kernel K>
struct most_of : tl::sequential<tl::input<1, 5>, tl::max_pool1d<K>> {};

constexpr std::array<float, 5> row{1, 2, 3, 4, 5};
template <class Net>
constexpr auto of_row() {
  return tl::forward<Net>(tl::parameters<Net>{}, row);
}

}  // namespace

TEST_CASE("windows of copies that reach beyond them count the copies alone") {
  constexpr tl::kernel k{.size = 3,
                         .stride = 3,
                         .padding = {0, 0, 1, 0},
                         .mode = padding_mode::replicate,
                         .ceil_mode = true};
  const auto y = of_row<mean_of<k>>();  // 1 1 2 | 3 4 5
  CHECK(y[0] == Approx(4.0 / 3));
  CHECK(y[1] == Approx(4.0));
  constexpr tl::kernel longer{.size = 4,
                              .stride = 3,
                              .padding = {0, 0, 1, 1},
                              .mode = padding_mode::reflect,
                              .ceil_mode = true};
  const auto z = of_row<mean_of<longer>>();  // 2 1 2 3 | 3 4 5 4
  static_assert(tl::output_shape<mean_of<longer>> == tl::shape{1, 2});
  CHECK(z[0] == Approx(2.0));
  CHECK(z[1] == Approx(4.0));
  const auto m = of_row<most_of<longer>>();
  CHECK(m[0] == 3);
  CHECK(m[1] == 5);
}

TEST_CASE("a padding that is larger than the window makes no window behind the input") {
  constexpr tl::kernel k{.size = 2, .stride = 2, .padding = {0, 0, 0, 6}, .ceil_mode = true};
  static_assert(tl::output_shape<mean_of<k>> == tl::shape{1, 3});
  CHECK(of_row<mean_of<k>>()[2] == Approx(2.5));
  constexpr tl::kernel same{
      .size = 2, .stride = 2, .padding = tl::padding::same, .ceil_mode = true};
  static_assert(tl::output_shape<mean_of<same>> == tl::shape{1, 3});
}
