// Cross-entropy per step of a sequence against PyTorch, with and without steps that are left out.

#include <algorithm>
#include <attention/golden_law.hpp>

namespace {

namespace tl = tapeless;
namespace pytorch = golden::attention;
constexpr int batch = 3, steps = 7, classes = 5;

struct shifted : tl::network<shifted> {
  static consteval tl::value define(tl::graph& g) {
    return g.input("x", tl::shape{steps, classes}) +
           g.parameter("shift", tl::shape{steps, classes});
  }
};

template <class T>
struct rows {
  T x[batch * steps * classes] = {}, t[batch * steps] = {};
  explicit rows(bool ignoring) {
    for (int i = 0; i < batch * steps * classes; ++i)
      x[i] = static_cast<T>(4 * space::hashed(1, i));
    for (int i = 0; i < batch * steps; ++i) {
      t[i] = static_cast<T>(std::floor((space::hashed(2, i) + 1) / 2 * classes));
      if (ignoring && space::hashed(3, i) > 0.25) t[i] = -100;
    }
  }
};

template <class Loss, class T>
void check_in(bool ignoring, double expected, const double (&gradient)[3], double tolerance) {
  const rows<T> data(ignoring);
  const tl::parameters<shifted, T> theta{};
  tl::parameters<shifted, T> own{};
  const T loss = tl::value_and_grad<shifted, Loss, tl::batch<batch>>(theta, data.x, data.t, own);
  CHECK(std::abs(loss - expected) <= tolerance * (1 + std::abs(expected)));
  attention::compare("gradient", gradient, steps * classes, tolerance,
                     [&](int i) { return own.get(0, i); });
}
template <class Loss>
void check(bool ignoring, double expected, const double (&gradient)[3]) {
  check_in<Loss, double>(ignoring, expected, gradient, 1e-10);
  check_in<Loss, float>(ignoring, expected, gradient, 1e-5);
}

using loss = tl::sequence_cross_entropy;
using ignoring = tl::ignore_index<loss, -100>;
using trainer = tl::trainer<shifted, ignoring, tl::sgd, tl::batch<batch>, tl::scalar_type<double>>;

}  // namespace

TEST_CASE("cross-entropy of every step") {
  check<loss>(false, pytorch::sequence_mean, pytorch::sequence_mean_gradient);
  check<tl::summed<loss>>(false, pytorch::sequence_sum, pytorch::sequence_sum_gradient);
}
TEST_CASE("cross-entropy without ignored steps") {
  check<ignoring>(true, pytorch::sequence_ignoring_mean, pytorch::sequence_ignoring_mean_gradient);
  check<tl::summed<ignoring>>(true, pytorch::sequence_ignoring_sum,
                              pytorch::sequence_ignoring_sum_gradient);
}
TEST_CASE("a trainer's loss over rows of several batches runs over all steps that count") {
  const rows<double> data(true);
  const trainer t{tl::parameters<shifted, double>{}};
  CHECK(std::abs(t.loss(data.x, data.t, batch) - pytorch::sequence_ignoring_mean) < 1e-10);
  CHECK(std::abs(trainer::counted_share(data.t, batch) -
                 static_cast<double>(std::count_if(data.t, data.t + batch * steps,
                                                   [](double l) { return l >= 0; }))) < 1e-12);
  // Two rows of a batch of three, then the third, weighted by their steps.
  const double two = t.loss(data.x, data.t, 2),
               one = t.loss(data.x + 2 * steps * classes, data.t + 2 * steps, 1);
  const double counts = trainer::counted_share(data.t, 2),
               last = trainer::counted_share(data.t + 2 * steps, 1);
  CHECK(std::abs((two * counts + one * last) / (counts + last) - pytorch::sequence_ignoring_mean) <
        1e-10);
}
TEST_CASE("a batch without a step that counts has no mean and no gradient") {
  rows<double> data(true);
  for (double& l : data.t) l = -100;
  const tl::parameters<shifted, double> theta{};
  tl::parameters<shifted, double> own{};
  const double l =
      tl::value_and_grad<shifted, ignoring, tl::batch<batch>>(theta, data.x, data.t, own);
  CHECK(std::isnan(l));
  for (int i = 0; i < steps * classes; ++i) CHECK(own.get(0, i) == 0);
}
TEST_CASE("labels of every step are checked") {
  rows<double> data(true);
  CHECK(trainer::is_target(data.t));
  data.t[steps - 1] = classes;
  CHECK_FALSE(trainer::is_target(data.t));
  data.t[steps - 1] = 0.5;
  CHECK_FALSE(trainer::is_target(data.t));
}
