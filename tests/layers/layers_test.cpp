// Layers: paths and shapes of parameters, and that each computes its formula.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct deep : tl::sequential<
                  tl::input<4>, tl::dense<6>, tl::relu, tl::residual<tl::dense<6>, tl::tanh>,
                  tl::parallel_concat<tl::dense<2, tl::bias::off>, tl::named<"side", tl::dense<3>>>,
                  tl::sequential<tl::dense<5>, tl::sigmoid>, tl::frozen<tl::dense<2>>> {};

using info = tl::parameters<deep>;
constexpr auto name = [](int i) { return info::tensors()[i].name.view(); };
static_assert(info::tensors().length() == 11);
static_assert(name(0) == "0.weight" && name(1) == "0.bias");
static_assert(name(2) == "2.0.weight" && name(3) == "2.0.bias");
static_assert(name(4) == "3.0.weight" && name(5) == "3.side.weight" && name(6) == "3.side.bias");
static_assert(name(7) == "4.0.weight" && name(9) == "5.weight" && name(10) == "5.bias");
static_assert(info::tensors()[5].dims == tl::shape(3, 6) &&
              info::tensors()[7].dims == tl::shape(5, 5));
static_assert(info::tensors()[8].trainable && !info::tensors()[9].trainable);
static_assert(info::scalar_count == 30 + 42 + 12 + 21 + 30 + 12);
static_assert(tl::input_size<deep> == 4 && tl::output_size<deep> == 2);

struct reshaping
    : tl::sequential<tl::input<2, 3>, tl::reshape_to<3, 2>, tl::relu, tl::flatten, tl::dense<1>> {};
static_assert(tl::parameters<reshaping>::tensors()[0].name.view() == "3.weight");
static_assert(tl::parameters<reshaping>::tensors()[0].dims == tl::shape(1, 6));
static_assert(tl::topology_hash<deep> != tl::topology_hash<reshaping>);

struct written : tl::network<written> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3});
    return g.dense("out", tl::math::tanh(g.dense("in", x, 2)), 1, false);
  }
};
static_assert(tl::parameters<written>::tensors().length() == 3);
static_assert(tl::parameters<written>::tensors()[2].name.view() == "out.weight");

struct sums : tl::sequential<tl::input<2>, tl::parallel_sum<tl::dense<2>, tl::relu, tl::square>> {};
struct around : tl::sequential<tl::input<2>, tl::residual<tl::dense<2>>> {};
struct beside : tl::sequential<tl::input<2>, tl::parallel_concat<tl::square, tl::neg>> {};

/// Both weights {{1, 2}, {3, 4}} and the bias {10, 20}.
template <class Net>
constexpr tl::parameters<Net> counted() {
  tl::parameters<Net> theta;
  for (int i = 0; i < 4; ++i) theta.set(0, i, static_cast<float>(i + 1));
  theta.set(1, 0, 10);
  theta.set(1, 1, 20);
  return theta;
}

using pair = std::array<float, 2>;
constexpr pair x{1, -2};
static_assert(tl::forward<sums>(counted<sums>(), x) == pair{7 + 1 + 1, 15 + 0 + 4});
static_assert(tl::forward<around>(counted<around>(), x) == pair{8, 13});
static_assert(tl::forward<beside>(tl::parameters<beside>{}, x) ==
              std::array<float, 4>{1, 4, -1, 2});

}  // namespace

TEST_CASE("combined layers compute at run time what they compute in constant expressions") {
  CHECK(tl::forward<sums>(counted<sums>(), x) == pair{9, 19});
  CHECK(tl::forward<around>(counted<around>(), x) == pair{8, 13});
  CHECK(tl::forward<beside>(tl::parameters<beside>{}, x) == std::array<float, 4>{1, 4, -1, 2});
}

TEST_CASE("parameters are read and written by path") {
  auto theta = counted<around>();
  const auto w = theta.view<"0.0.weight">();
  CHECK(w(0, 1) == 2);
  CHECK(w(1, 0) == 3);
  CHECK(w.size() == 4);
  w(1, 1) = 7;
  CHECK(theta.get(0, 3) == 7);
  CHECK(theta.view<"0.0.bias">()[1] == 20);
}

namespace {

/// Plain numbers where a value or a double is meant.
struct numbers_as_people_write_them : tl::network<numbers_as_people_write_them> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value in = g.input("x", 2);
    return tl::math::select(in > 0.0, 1.0, 2.0) + tl::math::select(in > 1, 10, 20) +
           tl::math::select(in > 1, 100.0f, in) +
           tl::math::leaky_relu<1>(in) - in;
  }
};

}  // namespace

static_assert(tl::init<tl::sequential<tl::input<2>, tl::dense<1>>, tl::constant_fill<1>>(tl::seed{1})
                  .get(0, 0) == 1);

TEST_CASE("numbers may stand where values and doubles are meant", "[layers]") {
  const tl::parameters<numbers_as_people_write_them> theta{};
  CHECK(tl::forward<numbers_as_people_write_them>(theta, std::array{-1.0f, 3.0f}) ==
        std::array{21.0f, 111.0f});
  CHECK(tl::target_size<numbers_as_people_write_them, tl::huber<1>> == 2);
  CHECK(tl::output_size<tl::sequential<tl::input<2>, tl::elu<2>, tl::celu<1>, tl::dropout<0>>> ==
        2);
}
