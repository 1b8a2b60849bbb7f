#include "model/work_limit.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace tapeless::gen {

namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();
thread_local std::int64_t elements_left = unlimited;
thread_local std::int64_t steps_left = unlimited;

constexpr std::int64_t steps_per_element = 256;

void take(std::int64_t& left, std::int64_t count, const char* what) {
  if (left == unlimited) return;
  if (count > left) throw std::length_error(what);
  left -= count;
}

}  // namespace

work_limit::work_limit(std::int64_t elements)
    : outer_elements_{elements_left},
      outer_steps_{steps_left},
      elements_{std::min(elements_left, elements)},
      steps_{std::min(steps_left, elements * steps_per_element)} {
  elements_left = elements_;
  steps_left = steps_;
}

work_limit::~work_limit() {
  const auto rest = [](std::int64_t outer, std::int64_t mine, std::int64_t left) {
    return outer == unlimited ? unlimited : outer - (mine - left);
  };
  elements_left = rest(outer_elements_, elements_, elements_left);
  steps_left = rest(outer_steps_, steps_, steps_left);
}

void charge_elements(std::int64_t count) {
  take(elements_left, count,
       "the values of the model have more elements in all than the importer takes (2^28)");
}

void charge_steps(double count) {
  take(steps_left, count < 9e18 ? static_cast<std::int64_t>(count) : unlimited - 1,
       "computing the model for one sample takes more operations than the importer does (2^36)");
}

}  // namespace tapeless::gen
