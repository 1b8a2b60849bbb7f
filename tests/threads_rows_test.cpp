// Training on several threads gives the same bits where rows are read and changed by index.

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <memory>
#include <tapeless/tapeless.hpp>
#include <tapeless/threads.hpp>
#include <vector>

namespace {

namespace tl = tapeless;
namespace m = tl::math;

constexpr int batch = 64, words = 8;
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input_of<std::int32_t>("x", tl::shape{words});
    return g.dense("y", m::flatten(g.layer<tl::embedding<100, 64>>("table", x)), 8);
  }
};

template <class Optimizer, class... Options>
std::vector<float> trained() {
  using trainer = tl::trainer<net, tl::mse, Optimizer, tl::batch<batch>,
                              tl::costs<tl::cost_model{.share_from = 100}>, Options...>;
  const auto own = std::make_unique<trainer>(tl::init<net>(tl::seed{3}));
  std::vector<std::int32_t> x(batch * words);
  const std::vector<float> y(batch * 8, 0.25f);
  for (int k = 0; k < 4; ++k) {
    for (int i = 0; i < batch * words; ++i)
      x[static_cast<std::size_t>(i)] = (i * 37 + k * 11) % 103;
    own->step(tl::in<"x">(x.data()), tl::target_of<"y">(y.data()), batch);
  }
  const auto& theta = own->parameters();
  return {theta.data, theta.data + theta.size};
}

template <class Optimizer>
void check() {
  const auto one = trained<Optimizer, tl::threads<1>>();
  for (const auto& other :
       {trained<Optimizer, tl::threads<2>>(), trained<Optimizer, tl::threads<3>>()})
    CHECK(std::memcmp(one.data(), other.data(), one.size() * sizeof(float)) == 0);
}

}  // namespace

TEST_CASE("any number of threads gives the same bits: rows of a table") {
  check<tl::sgd>();
  check<tl::adam>();
}
