// Options that stand together: both clips, lists of frozen paths, and what each says of a call.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<1>> {};
struct clip_to_a_tenth {
  static constexpr void clip(tl::value* g, int count) {
    for (int i = 0; i < count; ++i) g[i] = g[i] * tl::value{0.1};
  }
};
template <class... Options>
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::scalar_type<double>, Options...>;
using parameters = tl::parameters<net, double>;

const auto start = tl::init<net, tl::as_declared, double>(tl::seed{5});
const double x[2] = {3, -2}, y[1] = {40};

parameters gradient() { return tl::value_and_grad<net, tl::mse>(start, x, y).gradient; }

/// The update of one step with learning rate 1, which is the gradient as it was clipped.
template <class... Options>
parameters update() {
  trainer<Options...> t{start, {.learning_rate = 1}};
  t.step(x, y);
  parameters d;
  for (int i = 0; i < d.size; ++i) d.data[i] = start.data[i] - t.parameters().data[i];
  return d;
}

parameters by_norm(parameters g, double limit) {
  double squares = 0;
  for (const double v : g.data) squares += v * v;
  for (double& v : g.data) v *= std::min(limit / (std::sqrt(squares) + 1e-6), 1.0);
  return g;
}
parameters by_value(parameters g, double limit) {
  for (double& v : g.data) v = std::clamp(v, -limit, limit);
  return g;
}

void check_same(const parameters& a, const parameters& b) {
  for (int i = 0; i < a.size; ++i) CHECK(a.data[i] == Approx(b.data[i]).margin(1e-12));
}

template <class T, class... Options>
constexpr bool passes_checks = tl::detail::check_options<tl::detail::call::trainer, Options...>();
static_assert(passes_checks<float>);
static_assert(passes_checks<float, tl::batch<2>, tl::frozen_paths<"0">, tl::frozen_paths<"1">,
                            clip_to_a_tenth, tl::stack_limit<0>, tl::clip_by_norm<1.0>>);

}  // namespace

TEST_CASE("of two clips the one that stands first is applied first", "[options]") {
  const parameters g = gradient();
  check_same(update<>(), g);
  check_same(update<tl::clip_by_norm<5.0>>(), by_norm(g, 5));
  check_same(update<tl::clip_by_value<2.0>>(), by_value(g, 2));
  check_same(update<tl::clip_by_norm<5.0>, tl::clip_by_value<2.0>>(), by_value(by_norm(g, 5), 2));
  check_same(update<tl::clip_by_value<2.0>, tl::batch<1>, tl::clip_by_norm<3.0>>(),
             by_norm(by_value(g, 2), 3));
  const parameters tenth = by_norm(by_value(g, 2), 3);
  const parameters own = update<tl::clip_by_value<2.0>, tl::clip_by_norm<3.0>, clip_to_a_tenth>();
  for (int i = 0; i < own.size; ++i) CHECK(own.data[i] == Approx(0.1 * tenth.data[i]));
}

TEST_CASE("lists of frozen paths add up", "[options]") {
  const parameters d = update<tl::frozen_paths<"0">, tl::batch<1>, tl::frozen_paths<"1.bias">>();
  const auto r = tl::value_and_grad<net, tl::mse, tl::frozen_paths<"0.weight">,
                                    tl::frozen_paths<"0.bias", "1.bias">>(start, x, y);
  const parameters all = gradient();
  for (int t = 0; t < d.tensors().count; ++t)
    for (int e = 0; e < d.tensors().of[t].dims.count(); ++e) {
      const bool is_trained = d.tensors().of[t].name.view() == "1.weight";
      CHECK(d.get(t, e) == Approx(is_trained ? all.get(t, e) : 0).margin(1e-12));
      CHECK(r.gradient.get(t, e) == Approx(is_trained ? all.get(t, e) : 0).margin(1e-12));
    }
  CHECK(tl::cost<net, tl::frozen_paths<"0">, tl::frozen_paths<"1.bias">>.trainable_parameters == 3);
}

TEST_CASE("a gradient into the caller's memory is that of the result", "[options]") {
  parameters g = start;
  const double loss = tl::value_and_grad<net, tl::mse, tl::frozen_paths<"0.bias">>(start, x, y, g);
  const auto r = tl::value_and_grad<net, tl::mse, tl::frozen_paths<"0.bias">>(start, x, y);
  CHECK(loss == r.loss);
  CHECK(std::equal(g.data, g.data + g.size, r.gradient.data));
  tl::gradient_workspace<net, tl::mse, double> room;
  CHECK(tl::value_and_grad<net, tl::mse>(start, x, y, g, room) == loss);
  CHECK(g.view<"0.bias">()(0) == gradient().view<"0.bias">()(0));
  constexpr double at_compile_time = [] {
    parameters theta = tl::init<net, tl::as_declared, double>(tl::seed{5}), into;
    const double a[2] = {3, -2}, b[1] = {40};
    return tl::value_and_grad<net, tl::mse>(theta, a, b, into) + 0 * into.data[0];
  }();
  CHECK(at_compile_time == Approx(loss));
}

TEST_CASE("trainers start from a seed in place", "[options]") {
  const trainer<> t{tl::seed{5}, {.learning_rate = 0.5}, 7};
  check_same(start, t.parameters());  // compilers may fuse what constant evaluation rounds twice
  CHECK(t.options().learning_rate == 0.5);
  CHECK(t.state().seed == 7);
  const trainer<> he{tl::drawn<tl::he_normal>{tl::seed{5}}};
  const auto wanted = tl::init<net, tl::he_normal, double>(tl::seed{5});
  check_same(wanted, he.parameters());
  static_assert(trainer<>{tl::seed{5}}.steps() == 0);
}
