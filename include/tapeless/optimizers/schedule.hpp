#pragma once
// Learning rates that change with time: callables from an epoch (or step) to a rate.

#include <tapeless/core/checks.hpp>
#include <tapeless/core/config.hpp>
#include <tapeless/core/math.hpp>

namespace tapeless {

/// rate * gamma^(floor(epoch / every)); `every` is at least 1, else the rate stays.
/// Source: torch.optim.lr_scheduler.StepLR.
struct step_schedule {
  double rate = 0.1;
  int every = 30;
  double gamma = 0.1;
  TAPELESS_NATIVE constexpr double operator()(long epoch) const {
    detail::checked([&] {
      detail::require(every > 0, "step_schedule", "every is below 1; it counts epochs");
    });
    double r = rate;
    for (long k = every > 0 ? epoch / every : 0; k > 0; --k) r *= gamma;
    return r;
  }
};

namespace detail {

/// cos(pi x) for x in [0, 2], by its symmetries and a Taylor series on [0, pi/4]; error 1e-15.
TAPELESS_NATIVE constexpr double cosine_of_half_turns(double x) {
  constexpr double pi = 3.14159265358979323846;
  if (x > 1) x = 2 - x;
  const bool mirrored = x > 0.5;
  if (mirrored) x = 1 - x;
  const bool is_sine = x > 0.25;
  const double t = pi * (is_sine ? 0.5 - x : x), s = t * t;
  const int odd = is_sine ? 1 : 0;
  double term = is_sine ? t : 1, sum = term;
  for (int k = 1; k < 10; ++k) {
    term *= -s / ((2 * k - 1 + odd) * (2 * k + odd));
    sum += term;
  }
  return mirrored ? -sum : sum;
}

/// The way from one rate to another, at a share of the time from 0 to 1.
TAPELESS_NATIVE constexpr double between(double from, double to, double share, bool linear) {
  return linear ? from + (to - from) * share
                : to + (from - to) / 2 * (1 + cosine_of_half_turns(share));
}

}  // namespace detail

/// least + (rate - least) (1 + cos(pi epoch / period)) / 2; `period` is at least 1, else the rate
/// stays.
/// Source: torch.optim.lr_scheduler.CosineAnnealingLR, closed form.
struct cosine_schedule {
  double rate = 0.1;
  long period = 100;
  double least = 0;
  TAPELESS_NATIVE constexpr double operator()(long epoch) const {
    detail::checked([&] {
      detail::require(period > 0, "cosine_schedule", "period is below 1; it counts epochs or steps");
    });
    if (period < 1) return rate;
    const double turns = double(epoch % (2 * period)) / double(period);
    return least + (rate - least) * (1 + detail::cosine_of_half_turns(turns)) / 2;
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

/// One cycle: from rate / start_divisor up to rate within `rising` of all steps, then down to
/// rate / start_divisor / end_divisor; in three phases it falls back to where it started, as fast
/// as it rose, before it falls to the end. Steps after the last one keep the last rate.
/// Source: torch.optim.lr_scheduler.OneCycleLR, its names max_lr, total_steps, pct_start,
/// div_factor, final_div_factor, three_phase, anneal_strategy.
struct one_cycle_schedule {
  double rate = 0.1;
  long steps = 100;
  double rising = 0.3;
  double start_divisor = 25;
  double end_divisor = 1e4;
  bool three_phases = false;
  bool linear = false;  ///< instead of by a cosine
  TAPELESS_NATIVE constexpr double operator()(long step) const {
    const double first = rate / start_divisor, last = first / end_divisor;
    const double top = rising * double(steps) - 1, end = double(steps) - 1;
    const double back = three_phases ? 2 * rising * double(steps) - 2 : top;
    const double at = double(step) < end ? double(step) : end;
    if (at <= top) return detail::between(first, rate, top > 0 ? at / top : 1, linear);
    if (at <= back) return detail::between(rate, first, (at - top) / (back - top), linear);
    return detail::between(three_phases ? first : rate, last, (at - back) / (end - back), linear);
  }
};

/// Multiplies the rate by a factor whenever a number, the validation loss for example, has not
/// become better for more than `patience` calls. Called with the number after each epoch; returns
/// the rate of the next one. NaN counts as no better.
/// Source: torch.optim.lr_scheduler.ReduceLROnPlateau, its names and defaults.
struct plateau_schedule {
  double rate = 0.1;
  double factor = 0.1;
  int patience = 10;
  double threshold = 1e-4;
  bool relative = true;  ///< threshold as a share of the best number; else as a difference
  int cooldown = 0;      ///< calls after a reduction that do not count
  double least = 0;
  double smallest_change = 1e-8;  ///< of the rate; smaller ones are left out
  bool maximize = false;          ///< larger numbers are better

  TAPELESS_NATIVE constexpr double operator()(double number) {
    if (any ? is_better(number) : number - number == 0) {
      best = number;
      any = true;
      bad = 0;
    } else {
      ++bad;
    }
    if (cooling > 0) {
      --cooling;
      bad = 0;
    }
    if (bad > patience) {
      const double reduced = rate * factor > least ? rate * factor : least;
      if (rate - reduced > smallest_change) rate = reduced;
      cooling = cooldown;
      bad = 0;
    }
    return rate;
  }

  double best = 0;  ///< the best number so far, if there is any
  bool any = false;
  int bad = 0;      ///< calls since the best number
  int cooling = 0;  ///< calls that do not count yet

 private:
  TAPELESS_NATIVE constexpr bool is_better(double number) const {
    if (maximize) return number > (relative ? best * (1 + threshold) : best + threshold);
    return number < (relative ? best * (1 - threshold) : best - threshold);
  }
};

/// The same rate always.
struct constant_schedule {
  double rate = 0.1;
  TAPELESS_NATIVE constexpr double operator()(long) const { return rate; }
};

}  // namespace tapeless
