// Forecasts: the declaration of the training as a stream, whose state goes on for as long as the
// series does.
#include <chrono>
#include <tapeless/tapeless.hpp>

#include "forecast/net.hpp"

namespace forecast {

namespace {

using stream = tl::stream<net, tl::blocks<1>, tl::time_axis<0>>;
static_assert(stream::is_recurrent && stream::missing == warm_up);

double next(stream& s, const parameters& theta, double now) {
  return now + change(s.step(theta, scaled(now)));
}

}  // namespace

std::vector<double> one_step(const parameters& theta, std::span<const double> series) {
  stream s;
  std::vector<double> forecasts;
  for (const double x : series) forecasts.push_back(next(s, theta, x));
  return forecasts;
}

std::vector<double> free_run(const parameters& theta, std::span<const double> known,
                             int count) {
  stream s;
  double x = 0;
  for (const double k : known) x = next(s, theta, k);
  std::vector<double> forecasts;
  for (int i = 0; i < count; ++i) {
    forecasts.push_back(x);
    x = next(s, theta, x);
  }
  return forecasts;
}

double nanoseconds(const parameters& theta, std::span<const double> series) {
  stream s;
  float sum = 0;
  const auto start = std::chrono::steady_clock::now();
  for (const double x : series) sum += s.step(theta, scaled(x));
  const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - start;
  // The comparison keeps the sum, and with it the loop.
  return sum == 0.125f ? 0 : time.count() / static_cast<double>(series.size());
}

}  // namespace forecast
