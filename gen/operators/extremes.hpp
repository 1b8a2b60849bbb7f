#pragma once
// The place of the largest element of an axis.

#include "declare/lowering.hpp"

namespace tapeless::gen {

/// Statements of a maximum over an axis, which they keep with extent 1.
struct extreme {
  int value;
  int index;  ///< where it is, of equal elements the first or the last one
};

/// The maximum over an axis. `alive`: a statement that is 1 for elements that take part, or -1.
extreme maximum_of(declaration& d, int x, int axis, bool last, int alive = -1);

}  // namespace tapeless::gen
