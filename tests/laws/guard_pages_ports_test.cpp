// The law of bounds for buffers by name: nothing is touched beyond any of them.

#if defined(__linux__)

#include <laws/guard_pages.hpp>

namespace tl = tapeless;
using laws::guarded;
using laws::numbers;

namespace {

template <int A, int B, int Y, int Z>
struct two_heads : tl::network<two_heads<A, B, Y, Z>> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{A}), b = g.input("b", tl::shape{B});
    const auto h = tl::math::tanh(g.dense("left", a, 6) + g.dense("right", b, 6));
    g.output("z", g.dense("z", h, Z, false));
    return g.dense("y", h, Y, false);
  }
};
using loss = tl::losses<tl::on<"z", tl::mse>, tl::on<"y", tl::cross_entropy, 0.3>>;

/// Every buffer between forbidden pages, with all its rows or with `count` of them.
template <class Net, class T, int Batch, class... Options>
void check_bounds_of_ports(int ay, int by, int yy, int zy) {
  using theta_type = tl::parameters<Net, T>;
  using trainer =
      tl::trainer<Net, loss, tl::adam, tl::batch<Batch>, tl::scalar_type<T>, Options...>;
  for (const bool at_end : {true, false})
    for (const int count : {Batch, Batch > 1 ? Batch - 1 : 1}) {
      const guarded block(sizeof(theta_type), at_end);
      auto& theta = *new (block.data()) theta_type{tl::init<Net, tl::as_declared, T>(tl::seed{3})};
      const numbers<T> a(count * ay, at_end), b(count * by, at_end);
      const numbers<T> y(count * yy, at_end), z(count * zy, at_end);
      const numbers<T> ty(count, at_end, yy), tz(count * zy, at_end);
      const auto in_a = tl::in<"a">(a.data());
      const auto in_b = tl::in<"b">(b.data());
      if (count == Batch) {
        tl::forward<Net, tl::batch<Batch>, Options...>(theta, in_a, in_b, tl::out<"y">(y.data()),
                                                       tl::out<"z">(z.data()));
        const auto r = tl::value_and_grad<Net, loss, tl::batch<Batch>, Options...>(
            theta, in_a, in_b, tl::target_of<"y">(ty.data()), tl::target_of<"z">(tz.data()));
        CHECK(r.loss < 1e3);
      }
      auto t = std::make_unique<trainer>(theta);
      const auto of_y = tl::target_of<"y">(ty.data());
      const auto of_z = tl::target_of<"z">(tz.data());
      CHECK(t->step(in_a, in_b, of_y, of_z, count) < 1e3);
      CHECK(t->loss(in_a, in_b, of_y, of_z, count) < 1e3);
      t->predict(in_a, in_b, tl::out<"y">(y.data()), tl::out<"z">(z.data()), count);
    }
}

struct integers : tl::network<integers> {
  static consteval tl::value define(tl::graph& g) {
    const auto pixels = g.input_of<std::uint8_t>("pixels", tl::shape{13}, 1.0 / 255);
    return g.dense("y", tl::math::concat(pixels, g.input_of<std::int32_t>("ids", tl::shape{3})), 5);
  }
};

}  // namespace

TEST_CASE("nothing beyond buffers of integers is touched") {
  static tl::trainer<integers, tl::mse, tl::sgd, tl::batch<5>> t{tl::seed{1}};
  for (const bool at_end : {true, false})
    for (const int count : {5, 3, 7}) {
      const numbers<std::uint8_t> pixels(count * 13, at_end, 256);
      const numbers<std::int32_t> ids(count * 3, at_end, 9);
      const numbers<float> y(count * 5, at_end), z(count * 5, at_end);
      const auto p = tl::in<"pixels">(pixels.data());
      const auto i = tl::in<"ids">(ids.data());
      if (count <= 5) CHECK(t.step(p, i, tl::target_of<"y">(y.data()), count) < 1e9f);
      CHECK(t.loss(p, i, tl::target_of<"y">(y.data()), count) < 1e9f);
      t.predict(p, i, tl::out<"y">(z.data()), count);
    }
}

TEST_CASE("nothing beyond the buffers of a call is touched") {
  check_bounds_of_ports<two_heads<5, 3, 7, 1>, float, 3, tl::lanes_over<tl::lane_axis::features>>(
      5, 3, 7, 1);
  check_bounds_of_ports<two_heads<17, 1, 3, 9>, float, 19, tl::lanes_over<tl::lane_axis::samples>>(
      17, 1, 3, 9);
}

#endif
