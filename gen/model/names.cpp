#include "model/names.hpp"

#include <algorithm>
#include <cctype>

namespace tapeless::gen {

bool is_meaningful(const std::string& name) {
  for (const char* made : {"onnx__", "onnx::", "MatMul", "val_", "/", "number_", "onstant",
                           "scalar", "_exponent", "_low", "_high", "_one"})
    if (name.find(made) != std::string::npos) return false;
  return std::any_of(name.begin(), name.end(),
                     [](unsigned char c) { return std::isalpha(c) != 0; });
}

}  // namespace tapeless::gen
