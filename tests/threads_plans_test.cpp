// Training on several threads gives the same bits too where plans differ: other optimizers, lanes
// and costs, and steps that the caller does alone.

#include <threads_traces.hpp>

using namespace threads_test;

TEST_CASE("any number of threads gives the same bits: clipped adam, odd batch, features") {
  check_any_number<batches::full, tl::adam, 13, always, tl::clip_by_norm<0.5>,
                   tl::lanes_over<tl::lane_axis::features>>();
}
TEST_CASE("any number of threads gives the same bits: with the default costs") {
  const auto one = check_any_number<batches::full, momentum, 27>();
  const auto none = traces<trainer_of<momentum, 27>, batches::full>();
  REQUIRE(none.size() == one.size());
  for (std::size_t i = 0; i < one.size(); ++i)
    REQUIRE(one[i] == Approx(none[i]).epsilon(1e-3).margin(1e-5));
}
