#pragma once
// Named arrays and text notes: what a model file holds, whatever its format.

#include <tapeless/core/config.hpp>
#include <tapeless/io/array_data.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tapeless {

struct named_array {
  std::string name;
  array_data data;

  friend bool operator==(const named_array&, const named_array&) = default;
};

using file_metadata = std::map<std::string, std::string>;

/// The content of a model file: arrays in the order of the file, names unique, and notes.
struct tensor_file {
  std::vector<named_array> tensors;
  file_metadata metadata;

  /// The array of that name, or nothing.
  TAPELESS_NATIVE const array_data* find(std::string_view name) const {
    for (const named_array& tensor : tensors) {
      if (tensor.name == name) return &tensor.data;
    }
    return nullptr;
  }

  friend bool operator==(const tensor_file&, const tensor_file&) = default;
};

}  // namespace tapeless
