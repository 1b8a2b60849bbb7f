#pragma once
// Learning rates that change with time: callables from an epoch (or step) to a rate.

#include <tapeless/core/config.hpp>
#include <tapeless/core/math.hpp>

namespace tapeless {

/// rate * gamma^(floor(epoch / every)). Source: torch.optim.lr_scheduler.StepLR.
struct step_schedule {
  double rate = 0.1;
  int every = 30;
  double gamma = 0.1;
  TAPELESS_NATIVE constexpr double operator()(long epoch) const {
    double r = rate;
    for (long k = epoch / every; k > 0; --k) r *= gamma;
    return r;
  }
};

/// least + (rate - least) (1 + cos(pi epoch / period)) / 2.
/// Source: torch.optim.lr_scheduler.CosineAnnealingLR, closed form.
struct cosine_schedule {
  double rate = 0.1;
  long period = 100;
  double least = 0;
  TAPELESS_NATIVE constexpr double operator()(long epoch) const {
    return least + (rate - least) * (1 + cosine(double(epoch % (2 * period)) / double(period))) / 2;
  }

 private:
  /// cos(pi x) for x in [0, 2], by its symmetries and a Taylor series on [0, pi/4]; error 1e-15.
  TAPELESS_NATIVE static constexpr double cosine(double x) {
    if (x > 1) x = 2 - x;
    if (x > 0.5) return -cosine(1 - x);
    if (x > 0.25) return sine(0.5 - x);
    const double t = 3.14159265358979323846 * x, s = t * t;
    double term = 1, sum = 1;
    for (int k = 1; k < 10; ++k) {
      term *= -s / ((2 * k - 1) * (2 * k));
      sum += term;
    }
    return sum;
  }
  TAPELESS_NATIVE static constexpr double sine(double x) {
    const double t = 3.14159265358979323846 * x, s = t * t;
    double term = t, sum = t;
    for (int k = 1; k < 10; ++k) {
      term *= -s / ((2 * k) * (2 * k + 1));
      sum += term;
    }
    return sum;
  }
};

/// Rises linearly from rate * start to rate over the first `steps`, then follows `then`.
template <class Then>
struct warm_up {
  long steps = 100;
  double start = 0;
  Then then;
  TAPELESS_NATIVE constexpr double operator()(long step) const {
    if (step >= steps) return then(step - steps);
    return then(0) * (start + (1 - start) * double(step) / double(steps));
  }
};

/// The same rate always.
struct constant_schedule {
  double rate = 0.1;
  TAPELESS_NATIVE constexpr double operator()(long) const { return rate; }
};

}  // namespace tapeless
