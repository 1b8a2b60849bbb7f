#pragma once
// Einstein's notation as text in its parts.

#include <string>
#include <vector>

#include "model/tensor.hpp"

namespace tapeless::gen {

/// "ab,bc->ac": labels per operand and of the result, without blanks. An ellipsis is written out:
/// its axes have the labels '0', '1', ..., the last one '0'.
struct subscripts {
  std::vector<std::string> operands;
  std::string result;
  bool has_ellipsis = false;

  /// The text as ONNX has it, for operands of these shapes. Errors: refusal.
  subscripts(const std::string& text, const std::vector<dimensions>& shapes);
};

}  // namespace tapeless::gen
