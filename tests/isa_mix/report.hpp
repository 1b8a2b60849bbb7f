#pragma once
// What an object of one instruction set tells the program: a list of numbers in the caller's array.
// No type of the standard library, whose functions carry no instruction set in their names.

namespace isa_mix {

struct report {
  double* numbers;
  int room;
  int count = 0;

  __attribute__((always_inline)) void add(double x) {
    if (count < room) numbers[count] = x;
    ++count;
  }
};

/// Room for the numbers of one entry.
inline constexpr int most_numbers = 4096;

}  // namespace isa_mix
