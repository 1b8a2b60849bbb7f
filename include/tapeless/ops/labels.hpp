#pragma once
// Names of axes in Einstein's notation: as text for people, as numbers for nodes.

#include <tapeless/core/shape.hpp>

namespace tapeless {

/// Labels of the axes of one operand or of the result, as text: "mk", "kn"; any letter of either
/// case, blanks do not count. "..." stands for the axes that no letter names.
struct axes {
  static constexpr int most = 16;
  char label[most] = {};  ///< '.' once for an ellipsis
  int rank = 0;           ///< entries of `label`
  bool valid = true;      ///< letters alone, one ellipsis at most

  constexpr axes() = default;
  constexpr explicit(false) axes(const char* s) {
    bool ellipsis = false;
    for (; *s != 0; ++s) {
      if (*s == ' ') continue;
      if (s[0] == '.' && s[1] == '.' && s[2] == '.' && !ellipsis) {
        ellipsis = true;
        s += 2;
      } else if (!((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z'))) {
        valid = false;
        return;
      }
      append(*s);
    }
  }
  constexpr void append(char c) {
    if (rank < most)
      label[rank++] = c;
    else
      valid = false;
  }
  constexpr int find(char c) const {
    for (int i = 0; i < rank; ++i)
      if (label[i] == c) return i;
    return -1;
  }
};

/// Labels of a value's axes as small numbers, which mean something within one contraction alone.
struct axis_labels {
  static constexpr int most = 15;  ///< different labels of one contraction
  int bits = 0;                    ///< four per axis, the first axis in the lowest; 0 ends

  constexpr int rank() const {
    int r = 0;
    for (int b = bits; b != 0; b >>= 4) ++r;
    return r;
  }
  /// Label of an axis, 1 to `most`.
  constexpr int operator[](int axis) const { return bits >> 4 * axis & 15; }
  /// First axis of that label, or -1.
  constexpr int find(int label) const {
    int i = 0;
    for (int b = bits; b != 0; b >>= 4, ++i)
      if ((b & 15) == label) return i;
    return -1;
  }
  constexpr void append(int label) { bits |= label << 4 * rank(); }
};
static_assert(max_rank < 8, "the labels of all axes fit an int");

}  // namespace tapeless
