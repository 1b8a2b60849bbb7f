#pragma once
// Files that are not what their name says.

#include <tapeless/io/file.hpp>

#include <filesystem>
#include <string_view>

namespace tapeless::gen {

/// Errors: file_error that names the kind of file that was given instead of `expected`, where its
/// first bytes tell: empty, Git LFS pointer, HTML, JSON, zip (PyTorch), HDF5 (Keras),
/// TensorFlow Lite.
void expect_protobuf(const std::filesystem::path& file, const byte_buffer& content,
                     std::string_view expected);

}  // namespace tapeless::gen
