#pragma once
// Where a C loop stands: the indices of a step's loops as text, and the elements that accesses
// reach from there.

#include <array>
#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/plan/program.hpp>
#include <vector>

namespace tapeless::detail {

/// Indices of the loops of a step: sums of C variables and a number.
struct c_place {
  std::array<std::vector<std::string>, max_loops> variable;
  std::array<int, max_loops> number{};
  std::string row;      ///< distance of the row of a table that the step's index names
  bool no_row = false;  ///< the index names none: what is read by row is 0

  /// The same place, one loop further by a variable or by a number.
  TAPELESS_NATIVE c_place by(int loop, const std::string& name) const {
    c_place p = *this;
    if (loop >= 0) p.variable[static_cast<std::size_t>(loop)].push_back(name);
    return p;
  }
  TAPELESS_NATIVE c_place by(int loop, int count) const {
    c_place p = *this;
    if (loop >= 0) p.number[static_cast<std::size_t>(loop)] += count;
    return p;
  }
};

/// How a function names its buffers, and how far slots of the optimizer's state are apart. A place
/// without a name holds zeros.
struct c_buffers {
  std::array<std::string, place_count> name;
  int state_stride = 0;

  TAPELESS_NATIVE std::string& operator[](place p) { return name[static_cast<std::size_t>(p)]; }
  TAPELESS_NATIVE const std::string& operator[](place p) const {
    return name[static_cast<std::size_t>(p)];
  }
};

/// The element number that an access reaches at a place: `16 * i + j + 3`. In a scan it goes on
/// from one `iteration` to the next, in a loop inside of that from one `turn` to the next.
TAPELESS_NATIVE inline std::string c_index(const access& a, const c_place& at, int first = 0) {
  std::string text;
  if (a.iteration != 0) text = std::to_string(a.iteration) + " * iteration";
  if (a.inner != 0) text += (text.empty() ? "" : " + ") + std::to_string(a.inner) + " * turn";
  int number = first + a.offset;
  for (std::size_t l = 0; l < max_loops; ++l) {
    number += a.stride[l] * at.number[l];
    if (a.stride[l] == 0) continue;
    for (const std::string& v : at.variable[l]) {
      if (!text.empty()) text += " + ";
      text += (a.stride[l] == 1 ? "" : std::to_string(a.stride[l]) + " * ") + v;
    }
  }
  if (a.by_row && !at.row.empty()) text += (text.empty() ? "" : " + ") + at.row;
  if (text.empty()) return std::to_string(number);
  if (number == 0) return text;
  return text + (number > 0 ? " + " : " - ") + std::to_string(number > 0 ? number : -number);
}

/// The element itself: `theta[16 * i + j + 3]`.
TAPELESS_NATIVE inline std::string c_element(const access& a, const c_place& at,
                                             const c_buffers& buffers) {
  const std::string& base = buffers[a.where];
  if (base.empty()) return {};
  return base + "[" + c_index(a, at, a.where == place::state ? a.slot * buffers.state_stride : 0) +
         "]";
}

}  // namespace tapeless::detail
