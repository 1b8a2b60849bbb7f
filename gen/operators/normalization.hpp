#pragma once
// What normalisations share: means over axes, scale and shift.

#include <vector>

#include "declare/lowering.hpp"

namespace tapeless::gen {

/// A statement brought into a form in which the axes to normalise over are the last one.
struct joined_axes {
  int statement;
  dimensions dims;  ///< the ones before
  int axis;         ///< the last one
};

/// Axes from `first` to the last one as one axis.
joined_axes join_from(declaration& d, int x, int first);

/// x less its mean over an axis, and the mean of the square of that.
struct centred {
  int mean, difference, variance;
};
centred centre(declaration& d, int x, int axis);

/// sqrt(x + number), or sqrt(x).
int root(declaration& d, int x, double number = 0);

/// Declares x * input `scale` + input `shift`, where the node has them; they broadcast to x.
term scaled_and_shifted(lowering& l, term x, std::size_t scale, std::size_t shift);

/// An input of one number per channel as a term that broadcasts along axis 1 of so many axes.
term per_channel(lowering& l, std::size_t i, std::size_t rank);

}  // namespace tapeless::gen
