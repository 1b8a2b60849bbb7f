// Inputs of integers: the numbers of the same rows as scalars, to the bit.

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

struct mixed : tl::network<mixed> {
  static consteval tl::value define(tl::graph& g) {
    const auto pixels = g.input_of<std::uint8_t>("pixels", tl::shape{3, 4}, 1.0 / 255);
    const auto ids = g.input_of<std::int32_t>("ids", tl::shape{2});
    const auto b = g.input("b", tl::shape{2});
    const auto table = g.parameter("table", tl::shape{5, 3});
    const auto e = tl::math::flatten(tl::math::matmul(tl::math::one_hot(ids, 5), table));
    const tl::value parts[] = {tl::math::flatten(pixels), e, b};
    return g.dense("out", tl::math::tanh(g.dense("body", tl::math::concat(parts), 8)), 3);
  }
};
struct image
    : tl::sequential<tl::input_of<std::uint8_t, 1.0 / 255, 6, 6>, tl::flatten, tl::dense<4>> {};
/// Integers as scalars take more than a trainer keeps on the stack.
struct large : tl::sequential<tl::input_of<std::int16_t, 1.0 / 32768, 2000>, tl::dense<2>> {};
template <class Integer>
struct one : tl::sequential<tl::input_of<Integer, 1.0, 2>, tl::dense<1>> {};

constexpr int rows = 7;

struct data {
  std::array<std::uint8_t, rows * 12> pixels{};
  std::array<std::int32_t, rows * 2> ids{};
  std::array<float, rows * 2> b{};
  std::array<float, rows * 16> x{};
  std::array<float, rows> t{};

  constexpr data() {
    for (std::size_t s = 0; s < rows; ++s) {
      for (std::size_t i = 0; i < 12; ++i)
        x[s * 16 + i] = pixels[s * 12 + i] = static_cast<std::uint8_t>(s * 100 + i * 37);
      for (std::size_t i = 0; i < 2; ++i) {
        ids[s * 2 + i] = static_cast<std::int32_t>((s * 3 + i) % 5);
        x[s * 16 + 12 + i] = static_cast<float>(ids[s * 2 + i]);
        x[s * 16 + 14 + i] = b[s * 2 + i] = static_cast<float>(s) / 4 - static_cast<float>(i);
      }
      t[s] = static_cast<float>(s % 3);
    }
  }
};

bool same_bits(const auto& a, const auto& b) { return std::memcmp(&a, &b, sizeof(a)) == 0; }

/// Both ends of a type come through.
template <class Integer>
void check_ends() {
  tl::parameters<one<Integer>, double> theta;
  theta.template assign<"0.weight">({1.0, 0.5});
  const std::array<Integer, 2> x{std::numeric_limits<Integer>::min(),
                                 std::numeric_limits<Integer>::max()};
  std::array<double, 1> y{};
  tl::forward<one<Integer>>(theta, tl::in<"x">(x), tl::out<"y">(y));
  CHECK(y[0] == static_cast<double>(x[0]) + 0.5 * static_cast<double>(x[1]));
}

}  // namespace

TEST_CASE("pixels and ids in buffers of their own give what scalars in rows give") {
  constexpr data d;
  const auto theta = tl::init<mixed>(tl::seed{1});
  std::array<float, rows * 3> y{}, wanted{};
  using all = tl::batch<rows>;
  tl::forward<mixed, all>(theta, d.x.data(), wanted.data());
  tl::forward<mixed, all>(theta, tl::in<"pixels">(d.pixels), tl::in<"ids">(d.ids), tl::in<"b">(d.b),
                          tl::out<"y">(y));
  CHECK(same_bits(y, wanted));
  using loss = tl::cross_entropy;
  const auto r = tl::value_and_grad<mixed, loss, all>(theta, d.x.data(), d.t.data());
  const auto q =
      tl::value_and_grad<mixed, loss, all>(theta, tl::in<"ids">(d.ids), tl::in<"b">(d.b),
                                           tl::in<"pixels">(d.pixels), tl::target_of<"y">(d.t));
  CHECK(q.loss == r.loss);
  CHECK(same_bits(q.gradient.data, r.gradient.data));
}

namespace {

constexpr std::array<double, 1> weighted_sum() {
  tl::parameters<one<std::int16_t>, double> theta;
  theta.assign<"0.weight">({1.0, 0.5});
  const std::array<std::int16_t, 2> x{-3, 8};
  std::array<double, 1> y{};
  tl::forward<one<std::int16_t>>(theta, tl::in<"x">(x), tl::out<"y">(y));
  return y;
}
static_assert(weighted_sum()[0] == 1);

}  // namespace

TEST_CASE("a trainer takes integers, of smaller batches and of more rows too") {
  constexpr data d;
  using trainer =
      tl::trainer<mixed, tl::ignore_index<tl::cross_entropy, 2>, tl::adam, tl::batch<4>>;
  static_assert(sizeof(trainer) == sizeof(trainer::state_type));
  trainer own{tl::init<mixed>(tl::seed{1})}, in_rows{own.parameters()};
  const auto with_inputs = [&](auto call, auto... more) {
    return call(tl::in<"pixels">(d.pixels.data()), tl::in<"ids">(d.ids.data()),
                tl::in<"b">(d.b.data()), more...);
  };
  const auto t = tl::target_of<"y">(d.t.data());
  CHECK(with_inputs([&](auto... p) { return own.step(p...); }, t) ==
        in_rows.step(d.x.data(), d.t.data()));
  CHECK(with_inputs([&](auto... p) { return own.step(p...); }, t, 3) ==
        in_rows.step(d.x.data(), d.t.data(), 3));
  CHECK(same_bits(own.parameters().data, in_rows.parameters().data));
  CHECK(with_inputs([&](auto... p) { return own.loss(p...); }, t, rows) ==
        Approx(in_rows.loss(d.x.data(), d.t.data(), rows)).epsilon(1e-6));
  std::array<float, rows * 3> y{}, wanted{};
  in_rows.predict(d.x.data(), wanted.data(), rows);
  with_inputs(
      [&](auto... p) {
        own.predict(p...);
        return 0;
      },
      tl::out<"y">(y.data()), rows);
  for (std::size_t i = 0; i < y.size(); ++i) CHECK(y[i] == Approx(wanted[i]).margin(1e-6));
}

TEST_CASE("integers that are large as scalars lie in a block of the trainer") {
  using trainer = tl::trainer<large, tl::mse, tl::sgd, tl::batch<8>>;
  auto t = std::make_unique<trainer>(tl::seed{1});
  std::vector<std::int16_t> x(8 * 2000);
  std::vector<float> scalars(x.size()), y(16, 0.5f);
  for (std::size_t i = 0; i < x.size(); ++i) scalars[i] = x[i] = static_cast<std::int16_t>(i * 7);
  const trainer other = *t;
  CHECK(t->step(tl::in<"x">(x.data()), tl::target_of<"y">(y.data())) ==
        other.loss(scalars.data(), y.data()));
}

TEST_CASE("all integers of 8 to 64 bits") {
  check_ends<std::int8_t>();
  check_ends<std::uint8_t>();
  check_ends<std::int16_t>();
  check_ends<std::uint16_t>();
  check_ends<std::int32_t>();
  check_ends<std::uint32_t>();
  check_ends<std::int64_t>();
  check_ends<std::uint64_t>();
  check_ends<long long>();
  check_ends<char>();
}

TEST_CASE("a layer for pixels") {
  const auto theta = tl::init<image>(tl::seed{2});
  std::array<std::uint8_t, 36> x{};
  std::array<float, 36> scalars{};
  for (std::size_t i = 0; i < 36; ++i) scalars[i] = x[i] = static_cast<std::uint8_t>(i * 7);
  std::array<float, 4> y{};
  tl::forward<image>(theta, tl::in<"x">(x), tl::out<"y">(y));
  CHECK(y == tl::forward<image>(theta, scalars));
  // Integers have no derivative; all inputs means the others.
  CHECK(tl::variable_size<mixed> == 2);
}
