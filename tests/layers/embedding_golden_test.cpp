// Tables against torch.nn.Embedding: outputs, gradients, ten steps of two optimizers.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <golden/tables.hpp>
#include <memory>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;
namespace m = tl::math;
namespace pytorch = golden::tables;

namespace {

constexpr int batch = 6, words_per_sample = 3, steps = 10;

struct words : tl::network<words> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input_of<std::int32_t>("x", tl::shape{words_per_sample});
    const tl::value rows = g.layer<tl::embedding<7, 5>>("table", x);
    return g.dense("y", m::flatten(m::tanh(rows)), 4);
  }
};
struct tied : tl::network<tied> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input_of<std::int32_t>("x", tl::shape{words_per_sample});
    const tl::value table = g.parameter("table.weight", tl::shape{7, 5});
    const tl::value h = g.dense("h", m::flatten(m::gather(table, x)), 5);
    return m::matmul(table, m::tanh(h));
  }
};

/// Parameters from numbers one behind the other, and back.
template <class Net, class T, class Numbers>
tl::parameters<Net, T> from(const Numbers& numbers) {
  tl::parameters<Net, T> theta;
  std::size_t at = 0;
  for (int t = 0; t < theta.tensors().count; ++t)
    for (int e = 0; e < theta.tensors().of[t].dims.count(); ++e)
      theta.set(t, e, static_cast<T>(numbers[at++]));
  REQUIRE(at == numbers.size());
  return theta;
}
template <class Theta, class Numbers>
void check_parameters(const Theta& got, const Numbers& wanted, double tolerance) {
  std::size_t at = 0;
  for (int t = 0; t < got.tensors().count; ++t)
    for (int e = 0; e < got.tensors().of[t].dims.count(); ++e, ++at) {
      INFO(std::string(got.tensors().of[t].name.view()) << " element " << e);
      CHECK(std::abs(static_cast<double>(got.get(t, e)) - wanted[at]) <= tolerance);
    }
}

template <class T>
inline constexpr double tolerance = sizeof(T) == 4 ? 1e-5 : 1e-12;

template <class T>
std::vector<std::int32_t> indices() {
  return {pytorch::x.begin(), pytorch::x.end()};
}

template <class Net, class T, class Start, class Y, class Gradient, class Targets>
void check_once(const Start& start, const Y& y, const Gradient& gradient, const Targets& targets) {
  const auto theta = from<Net, T>(start);
  const auto x = indices<T>();
  const std::vector<T> t(targets.begin(), targets.end());
  std::vector<T> own(y.size());
  tl::forward<Net, tl::batch<batch>>(theta, tl::in<"x">(x.data()), tl::out<"y">(own.data()));
  for (std::size_t i = 0; i < y.size(); ++i)
    CHECK(std::abs(static_cast<double>(own[i]) - y[i]) <= tolerance<T>);
  const auto r = tl::value_and_grad<Net, tl::cross_entropy, tl::batch<batch>>(
      theta, tl::in<"x">(x.data()), tl::target_of<"y">(t.data()));
  check_parameters(r.gradient, gradient, tolerance<T>);
}

template <class Net, class T, class Optimizer, class Start, class Losses, class End, class Targets,
          class... Options>
void check_training(const Start& start, const Losses& losses, const End& end,
                    const Targets& targets) {
  using trainer = tl::trainer<Net, tl::cross_entropy, Optimizer, tl::batch<batch>,
                              tl::scalar_type<T>, Options...>;
  const auto own = std::make_unique<trainer>(from<Net, T>(start),
                                             typename Optimizer::options{.learning_rate = 0.1});
  const auto x = indices<T>();
  const std::vector<T> t(targets.begin(), targets.end());
  const double wide = sizeof(T) == 4 ? 2e-4 : 1e-11;
  for (int k = 0; k < steps; ++k) {
    const auto loss = own->step(tl::in<"x">(x.data() + k * batch * words_per_sample),
                                tl::target_of<"y">(t.data() + k * batch), batch);
    CHECK(std::abs(static_cast<double>(loss) - losses[static_cast<std::size_t>(k)]) <= wide);
  }
  check_parameters(own->parameters(), end, wide);
}

}  // namespace

TEST_CASE("rows of a table and their gradient as in PyTorch") {
  check_once<words, double>(pytorch::words_start, pytorch::words_y, pytorch::words_gradient,
                            pytorch::words_targets);
  check_once<words, float>(pytorch::words_start, pytorch::words_y, pytorch::words_gradient,
                           pytorch::words_targets);
  check_once<tied, double>(pytorch::tied_start, pytorch::tied_y, pytorch::tied_gradient,
                           pytorch::tied_targets);
}
TEST_CASE("ten steps of sgd with a table as in PyTorch") {
  check_training<words, double, tl::sgd>(pytorch::words_start, pytorch::words_sgd_losses,
                                         pytorch::words_sgd_end, pytorch::words_targets);
  check_training<words, float, tl::sgd>(pytorch::words_start, pytorch::words_sgd_losses,
                                        pytorch::words_sgd_end, pytorch::words_targets);
  check_training<tied, double, tl::sgd>(pytorch::tied_start, pytorch::tied_sgd_losses,
                                        pytorch::tied_sgd_end, pytorch::tied_targets);
}
TEST_CASE("ten steps of adam with a table as in PyTorch") {
  check_training<words, double, tl::adam>(pytorch::words_start, pytorch::words_adam_losses,
                                          pytorch::words_adam_end, pytorch::words_targets);
  check_training<tied, double, tl::adam>(pytorch::tied_start, pytorch::tied_adam_losses,
                                         pytorch::tied_adam_end, pytorch::tied_targets);
}
