// Threads divide the steps of each piece of a batch: the same bits for any number of them.

#include <threads_traces.hpp>

using namespace threads_test;

namespace {

struct plain : tl::sequential<tl::input<24>, tl::dense<33>, tl::relu, tl::dense<5>> {};

/// Losses and parameters behind a step of a whole batch, one of fewer rows and an update.
template <class Team>
std::vector<float> traces_of_pieces() {
  const data d;
  tl::trainer<plain, tl::cross_entropy, momentum, tl::batch<16>, tl::pieces_of<8>, always, Team> t{
      tl::init<plain>(tl::seed{1}), {.learning_rate = 0.05}};
  std::vector<float> seen{t.step(d.x.data(), d.y.data())};
  seen.push_back(t.step(d.x.data() + 48, d.y.data() + 2, 11));
  seen.push_back(t.accumulate(d.x.data(), d.y.data()));
  t.apply();
  seen.push_back(t.loss(d.x.data(), d.y.data(), 13));
  seen.insert(seen.end(), std::begin(t.state().theta.data), std::end(t.state().theta.data));
  return seen;
}

}  // namespace

TEST_CASE("any number of threads gives the same bits: batches in pieces") {
  const auto one = traces_of_pieces<tl::threads<1>>();
  CHECK(same_bits(one, traces_of_pieces<tl::threads<2>>()));
  CHECK(same_bits(one, traces_of_pieces<tl::threads<3>>()));
}
