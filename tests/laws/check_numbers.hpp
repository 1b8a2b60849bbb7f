#pragma once
// Numbers held to those of the reference.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace laws {

/// Compares numbers with those of the reference, relative to the greatest of these.
[[gnu::noinline]] inline void check_numbers(const std::string& what, const std::vector<double>& own,
                                            const std::vector<double>& reference,
                                            double tolerance) {
  REQUIRE(own.size() == reference.size());
  if (own.empty()) return;
  double largest = 1e-3, worst = 0;
  std::size_t at = 0;
  for (const double r : reference) largest = std::fmax(largest, std::fabs(r));
  for (std::size_t i = 0; i < reference.size(); ++i)
    if (const double d = std::fabs(own[i] - reference[i]); !(d <= worst)) {
      worst = d;
      at = i;
      if (d != d) break;
    }
  INFO(what << ", number " << at << ": " << own[at] << " instead of " << reference[at]);
  CHECK(worst <= tolerance * largest);
}

}  // namespace laws
