#pragma once
// A contender's answer against double precision, before anything is timed.
#include <algorithm>

#include "contender.hpp"
#include "numbers.hpp"
#include "reference.hpp"

namespace contest {

inline double training_rate(optimizer o) { return o == optimizer::adam ? 0.001 : 0.05; }

/// Greatest absolute difference of what the worker gives: its outputs, or the losses of three steps
/// and the parameters after them. NaN counts as infinite.
template <class T>
double error_of(worker<T>& w, const job& j) {
  const network& net = *j.net;
  const auto start = initial<T>(net);
  reference exact(net, start);
  w.load(net.sizes, start.data());
  double worst = 0;
  const auto compare = [&](double got, double want) {
    const double error = std::abs(got - want);
    worst = error <= worst ? worst : std::isnan(error) ? HUGE_VAL : error;
  };
  if (!j.trains()) {
    std::vector<T> y(static_cast<std::size_t>(net.sizes.back()));
    for (std::uint64_t seed = 2; seed < 6; ++seed) {
      const auto x = inputs<T>(static_cast<std::size_t>(net.sizes.front()), seed);
      w.forward(x.data(), y.data());
      const auto want = exact.forward(x.data());
      for (std::size_t o = 0; o < y.size(); ++o) compare(y[o], want[o]);
    }
    return worst;
  }
  const auto rows = static_cast<std::size_t>(j.batch);
  const auto x = inputs<T>(rows * static_cast<std::size_t>(net.sizes.front()));
  const auto y = labels<T>(rows, classes_of(net));
  const double rate = training_rate(j.update);
  w.set_rate(static_cast<T>(rate));
  for (int i = 0; i < 3; ++i) {
    const double want = exact.step(x.data(), y.data(), rows, rate, j.update);
    compare(w.step(x.data(), y.data()), want);
  }
  std::vector<T> trained(start.size());
  w.save(net.sizes, trained.data());
  const auto want = exact.numbers();
  for (std::size_t i = 0; i < want.size(); ++i) compare(trained[i], want[i]);
  return worst;
}

}  // namespace contest
