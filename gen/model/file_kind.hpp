#pragma once
// Files that are not what their name says.

#include <tapeless/io/file.hpp>

#include <filesystem>
#include <string_view>

namespace tapeless::gen {

/// Errors: file_error that names the kind of file that was given instead of `expected`, where its
/// first bytes tell: empty, Git LFS pointer, HTML, JSON, zip (PyTorch), HDF5 (Keras), safetensors,
/// TensorFlow Lite.
void expect_kind(const std::filesystem::path& file, std::string_view first_bytes,
                 std::string_view expected);

}  // namespace tapeless::gen
