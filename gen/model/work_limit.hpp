#pragma once
// A bound on memory and time for models of unknown origin.

#include <cstdint>

namespace tapeless::gen {

/// While one exists, what is done in its thread is charged to it: elements of tensors as `zeros`
/// makes them, and steps of loops as `charge_steps` says. Elements are charged when they are made
/// and never given back: a bound on memory that holds whatever is kept.
class work_limit {
 public:
  /// `elements`: doubles, of 8 bytes. Within another one, the smaller rest counts.
  explicit work_limit(std::int64_t elements);
  ~work_limit();
  work_limit(const work_limit&) = delete;
  work_limit& operator=(const work_limit&) = delete;

 private:
  std::int64_t outer_elements_, outer_steps_, elements_, steps_;
};

/// 2 GB in one step of a command, such as reading a model, or one evaluation.
inline constexpr std::int64_t most_work = std::int64_t{1} << 28;

/// Charges elements that are made. Errors: std::length_error above the limit.
void charge_elements(std::int64_t count);
/// Charges multiplications and the like, of which 256 are allowed per element.
/// Errors: std::length_error above the limit.
void charge_steps(double count);

}  // namespace tapeless::gen
