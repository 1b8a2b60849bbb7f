// The gradient law for every loss, as its sum over one sample.

#include <laws/gradient_law.hpp>

namespace tl = tapeless;
using laws::check_gradients;
using laws::law_case;
using laws::numbers;
using laws::operand;

namespace {

constexpr operand output{tl::shape{4}, true};
constexpr operand probability{tl::shape{4}, true, numbers::unit};

/// Against the targets 0.15, 0.35, 0.55, 0.75.
template <class Loss>
constexpr auto of_values = [](tl::value y) {
  const tl::value t = tl::math::iota(*y.owner, y.dims()) * 0.2 + 0.15;
  return Loss::lower(*y.owner, y, t);
};

/// Against class 2.
template <class Loss>
constexpr auto of_class = [](tl::value y) { return Loss::lower(*y.owner, y, tl::value{2.0}); };

}  // namespace

TEST_CASE("gradients of losses against values") {
  check_gradients<law_case<"mse", of_values<tl::mse>, output>,
                  law_case<"mae", of_values<tl::mae>, output>,
                  law_case<"huber", of_values<tl::huber<>>, output>,
                  law_case<"huber_wide", of_values<tl::huber<1.5>>, output>,
                  law_case<"bce", of_values<tl::bce>, probability>,
                  law_case<"bce_with_logits", of_values<tl::bce_with_logits>, output>,
                  law_case<"kl", of_values<tl::kl>, output>>();
}

TEST_CASE("gradients of losses over classes") {
  check_gradients<law_case<"cross_entropy", of_class<tl::cross_entropy>, output>,
                  law_case<"nll", of_class<tl::nll>, output>,
                  law_case<"cross_entropy_probabilities",
                           of_values<tl::cross_entropy_probabilities>, output>>();
}
