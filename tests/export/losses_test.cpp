// The export law for every loss.

#include <export/c_law.hpp>

namespace {

namespace tl = tapeless;
using c_export::target_kind;

struct values : tl::sequential<tl::input<6>, tl::dense<5>> {};
struct matrices : tl::sequential<tl::input<6>, tl::dense<6>, tl::reshape_to<2, 3>> {};
struct unit : tl::sequential<tl::input<6>, tl::dense<5>, tl::sigmoid> {};
struct many_logits : tl::sequential<tl::input<6>, tl::dense<19>> {};
struct logarithms : tl::sequential<tl::input<6>, tl::dense<5>, tl::log_softmax> {};

using four = tl::batch<4>;

}  // namespace

TEST_CASE("exported losses of values") {
  c_export::law law;
  law.training<double, values, tl::mse, tl::sgd, four>();
  law.training<double, matrices, tl::mae, tl::sgd, four>();
  law.training<double, values, tl::huber<0.6>, tl::sgd, tl::batch<9>,
               tl::lanes_over<tl::lane_axis::samples>>();
  law.training<double, values, tl::summed<tl::mse>, tl::sgd, four>();
  law.training<double, unit, tl::bce, tl::sgd, four>(target_kind::unit);
  law.training<float, values, tl::bce_with_logits, tl::sgd, four>(target_kind::unit);
  law.check();
}

TEST_CASE("exported losses of classes and distributions") {
  c_export::law law;
  law.training<double, values, tl::cross_entropy, tl::sgd, four>(target_kind::classes);
  law.training<float, many_logits, tl::cross_entropy, tl::sgd>(target_kind::classes);
  law.training<double, logarithms, tl::nll, tl::sgd, four>(target_kind::classes);
  law.training<double, values, tl::cross_entropy_probabilities, tl::sgd, four>(target_kind::unit);
  law.training<double, logarithms, tl::kl, tl::sgd, four>(target_kind::unit);
  law.check();
}

TEST_CASE("exported losses that leave samples out or weigh them") {
  c_export::law law;
  law.training<double, values, tl::ignore_index<tl::cross_entropy, 2>, tl::sgd, four>(
      target_kind::classes);
  law.training<float, values, tl::class_weights<tl::cross_entropy, 1, 2, 0.5, 1, 4>, tl::sgd, four>(
      target_kind::classes);
  law.training<double, logarithms, tl::ignore_index<tl::class_weights<tl::nll, 1, 2, 3, 1, 4>, 0>,
               tl::sgd, tl::batch<9>, tl::lanes_over<tl::lane_axis::samples>>(target_kind::classes);
  law.training<double, values, tl::sample_weights<tl::mse>, tl::sgd, four>();
  law.check();
}
