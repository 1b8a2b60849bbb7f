#pragma once
// What a stream keeps between its calls: earlier samples of values, and what recurrences carry.

#include <tapeless/graph/graph.hpp>

namespace tapeless {

namespace detail {

/// What stands in front of the first sample of a value: a number, or anything where no output of
/// the sequence depends on it.
struct border {
  double number = 0;
  bool any = true;
  constexpr bool fits(const border& other) const {
    return any || other.any || number == other.number;
  }
};

/// Earlier samples of a value that a stream keeps, and where: in buffer `slot`, row by row.
struct kept_samples {
  int samples = 0;
  border before;
  int slot = 0, row = 0, begin = 0, rows = 0;
};

/// The buffers of a stream: base pointers that advance by one block per call and return by `slack`.
struct stream_memory {
  int slots = 0;
  int slack[max_ports] = {};  ///< a base goes from 0 to below this
  int first[max_ports] = {};  ///< element of the state where the buffer begins
  int elements = 0;           ///< of the whole state
};

/// Values that recurrences carry from block to block: one behind the other in the state.
struct carried_values {
  static constexpr int most = max_ports - 1;
  int count = 0, elements = 0;
  int node[most] = {};   ///< of the declared graph
  int first[most] = {};  ///< element of the state
  int size[most] = {};
  int start[most] = {};              ///< node that says what the first step finds
  bool starts_are_computed = false;  ///< from parameters; else starts are numbers

  constexpr int find(int id) const {
    int k = 0;
    while (k < count && node[k] != id) ++k;
    return k;
  }
};

}  // namespace detail
}  // namespace tapeless
