#pragma once
// The weights in a file of torch.save.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <tapeless/io/tensor_file.hpp>

namespace tapeless::gen {

struct pt_options {
  /// Keys that lead from the file's dict to the state_dict. If empty, the dict itself, or the only
  /// one of its entries "state_dict", "model_state_dict" and "model".
  std::vector<std::string> keys;
  bool skip_others = false;  ///< leave out entries that are no tensors
};

/// The state_dict in the bytes of a .pt file, in its order. Nothing in the file is executed.
/// Errors: std::runtime_error that says what is wrong, or is not read, and what to do.
tensor_file parse_pt(std::span<const std::byte> content, const pt_options& options = {});

/// The same of a file. Errors: file_error.
tensor_file read_pt(const std::filesystem::path& file, const pt_options& options = {});

}  // namespace tapeless::gen
