#pragma once
// A recurrent net over one series. Its step is compiled in train.cpp, its stream in stream.cpp.
#include <functional>
#include <memory>
#include <span>
#include <tapeless/declare.hpp>

#include "forecast/series.hpp"
#include "training/loop.hpp"

namespace forecast {

namespace tl = tapeless;

inline constexpr int steps = 96, warm_up = 24, width = 32;

/// The series up to each step; out comes by how much the next number will differ. A window begins
/// with a state of zeros, from which the first forecasts cannot be good: they are left out, so that
/// the loss is that of a state that knows the past.
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value h = g.layer<tl::gru<width>>("gru", g.input("x", tl::shape{steps, 1}));
    const tl::value y = g.layer<tl::dense_per_step<1>>("head", h);
    return tl::math::slice(y, 0, warm_up, steps - warm_up);
  }
};
using parameters = tl::parameters<net>;

/// Windows of a series, `every` steps apart, and the changes behind them.
inline tl::dataset<float> windows(std::span<const double> series, std::size_t every) {
  tl::dataset<float> data{{}, {}, steps, steps - warm_up, {}};
  for (std::size_t at = 0; at + steps < series.size(); at += every)
    for (std::size_t i = at; i < at + steps; ++i) {
      data.xs.push_back(scaled(series[i]));
      if (i >= at + warm_up) data.ys.push_back(scaled_change(series[i + 1] - series[i]));
    }
  return data;
}

/// Trains from random weights.
std::unique_ptr<parameters> train(const tl::dataset<float>& data, const training::plan& plan,
                                  const std::function<void(const training::epoch&)>& report);

/// For each number of the series the forecast of the next one, by the stream of the net.
std::vector<double> one_step(const parameters& theta, std::span<const double> series);

/// The stream reads the numbers that are known, then its own forecasts: `count` of them.
std::vector<double> free_run(const parameters& theta, std::span<const double> known, int count);

/// Mean time of a step of the stream.
double nanoseconds(const parameters& theta, std::span<const double> series);

}  // namespace forecast
