// The law of bounds for rows by index: whatever number comes in, no step reads or changes anything
// but the rows of the table.

#if defined(__linux__)

#include <cmath>
#include <laws/guard_pages.hpp>
#include <limits>

namespace tl = tapeless;
namespace m = tl::math;
using laws::guarded;
using laws::numbers;

namespace {

template <int Rows, int Width, int Count>
struct words : tl::network<words<Rows, Width, Count>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", Count);
    return m::flatten(g.layer<tl::embedding<Rows, Width>>("table", x));
  }
};

/// Numbers that name no row of a table, and both zeros, which name the first.
template <class T>
constexpr T hostile[] = {std::numeric_limits<T>::quiet_NaN(),
                         -std::numeric_limits<T>::quiet_NaN(),
                         std::numeric_limits<T>::infinity(),
                         -std::numeric_limits<T>::infinity(),
                         T(1e30),
                         T(-1e30),
                         T(-1),
                         T(0.5),
                         T(-0.25),
                         std::numeric_limits<T>::denorm_min(),
                         T(2147483648.0),
                         T(-2147483648.0),
                         T(4294967296.0),
                         T(9007199254740992.0)};

template <class T, int Rows>
T number_at(int i) {
  constexpr int count = sizeof(hostile<T>) / sizeof(T);
  if (i % 3 == 0) return hostile<T>[i / 3 % count];
  if (i % 3 == 1) return i % 2 == 0 ? T(-0.0) : T(i % Rows);
  return T(Rows - 1 + i / 3 % 2);  // the last row, or the one behind
}
template <int Rows, class T>
bool names_row(T x) {
  return x >= 0 && x < Rows && std::floor(x) == x;
}

template <class T, int Rows, int Width, int Count, int Batch, tl::lane_axis Axis>
void check() {
  using net = words<Rows, Width, Count>;
  using theta_type = tl::parameters<net, T>;
  using trainer = tl::trainer<net, tl::summed<tl::mse>, tl::sgd, tl::batch<Batch>,
                              tl::scalar_type<T>, tl::lanes_over<Axis>>;
  for (const bool at_end : {true, false}) {
    const guarded block(sizeof(theta_type), at_end);
    auto& theta = *new (block.data()) theta_type{};
    for (int e = 0; e < Rows * Width; ++e) theta.set(0, e, T(e + 1));
    const numbers<T> x(Batch * Count, at_end), y(Batch * Count * Width, at_end);
    const numbers<T> t(Batch * Count * Width, at_end);
    for (int i = 0; i < Batch * Count; ++i) x.data()[i] = number_at<T, Rows>(i);
    tl::forward<net, tl::batch<Batch>, tl::lanes_over<Axis>>(theta, x.data(), y.data());
    double visits[Rows] = {};
    int wrong = 0;
    for (int i = 0; i < Batch * Count; ++i) {
      const T index = x.data()[i];
      const bool is_row = names_row<Rows>(index);
      if (is_row) ++visits[static_cast<int>(index)];
      for (int k = 0; k < Width; ++k) {
        const T wanted = is_row ? theta.get(0, static_cast<int>(index) * Width + k) : T(0);
        wrong += y.data()[i * Width + k] != wanted;
        t.data()[i * Width + k] = wanted - T(0.5);  // so that every gradient is 1
      }
    }
    CHECK(wrong == 0);
    const guarded place(sizeof(trainer), at_end);
    auto* own = new (place.data()) trainer{theta, {.learning_rate = 0.25}};
    CHECK(std::isfinite(own->step(x.data(), t.data())));
    for (int e = 0; e < Rows * Width; ++e)
      wrong += std::abs(static_cast<double>(own->parameters().get(0, e)) -
                        (e + 1 - 0.25 * visits[e / Width])) > 1e-3;
    CHECK(wrong == 0);
    own->~trainer();
  }
}

}  // namespace

TEST_CASE("no index leads beyond a table") {
  constexpr auto features = tl::lane_axis::features, samples = tl::lane_axis::samples;
  check<float, 5, 16, 7, 6, features>();
  check<float, 5, 3, 7, 9, samples>();
  check<float, 1, 1, 5, 9, features>();
  check<double, 3, 33, 6, 7, features>();
  check<double, 9, 20, 6, 9, samples>();
}

#endif
