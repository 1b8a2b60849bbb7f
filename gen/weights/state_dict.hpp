#pragma once
// Named tensors from a file, whatever its format.

#include <filesystem>
#include <string>
#include <vector>

#include <tapeless/io/tensor_file.hpp>

#include "pt/read_pt.hpp"

namespace tapeless::gen {

/// The tensors of a .safetensors file or a .pt file of torch.save; the first bytes tell which.
/// Errors: file_error.
tensor_file read_state_dict(const std::filesystem::path& file, const pt_options& options);

/// Removes prefixes from names, one after the other, where a name begins with them.
/// Errors: std::runtime_error if no name begins with one, or two names become the same.
void strip_prefixes(tensor_file& content, const std::vector<std::string>& prefixes);

}  // namespace tapeless::gen
