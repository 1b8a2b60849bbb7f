// Data of tensors in files beside the model.

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <stdexcept>

#include "model/proto.hpp"

namespace tapeless::gen {

namespace {

std::uint64_t number(const std::string& text, const std::string& tensor, const std::string& key) {
  std::uint64_t x = 0;
  const char* end = text.data() + text.size();
  if (const auto [at, code] = std::from_chars(text.data(), end, x);
      code != std::errc{} || at != end)
    throw std::runtime_error(
        fmt::format("tensor '{}': external {} '{}' is no number", tensor, key, text));
  return x;
}

/// The file of that name, which has to lie in the folder of the model or below.
std::filesystem::path inside(const std::filesystem::path& folder, const std::string& location,
                             const std::string& tensor) {
  const std::filesystem::path base =
      std::filesystem::weakly_canonical(folder.empty() ? std::filesystem::path{"."} : folder);
  const std::filesystem::path file = std::filesystem::weakly_canonical(base / location);
  const std::filesystem::path relative = file.lexically_relative(base);
  if (location.empty() || relative.empty() || *relative.begin() == ".." || relative == ".")
    throw std::runtime_error(
        fmt::format("tensor '{}' has its data in '{}', which is outside of the model's folder; "
                    "copy it beside the model (a symbolic link does not do)",
                    tensor, location));
  return file;
}

}  // namespace

std::string external_bytes(const onnx::TensorProto& message, const std::filesystem::path& folder,
                           std::uint64_t bytes) {
  std::string location;
  std::uint64_t offset = 0, length = bytes;
  for (const onnx::StringStringEntryProto& entry : message.external_data()) {
    if (entry.key() == "location") location = entry.value();
    if (entry.key() == "offset") offset = number(entry.value(), message.name(), "offset");
    if (entry.key() == "length") length = number(entry.value(), message.name(), "length");
  }
  const std::filesystem::path file = inside(folder, location, message.name());
  std::error_code code;
  const std::uintmax_t size = std::filesystem::file_size(file, code);
  if (code)
    throw std::runtime_error(fmt::format("tensor '{}': external data '{}' cannot be read: {}",
                                         message.name(), location, code.message()));
  if (length != bytes || offset > size || bytes > size - offset)
    throw std::runtime_error(
        fmt::format("tensor '{}' needs {} bytes at {} of '{}', which has {} (length {} noted)",
                    message.name(), bytes, offset, location, size, length));
  std::string content(bytes, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(offset));
  if (!stream.read(content.data(), static_cast<std::streamsize>(bytes)))
    throw std::runtime_error(
        fmt::format("tensor '{}': external data '{}' cannot be read", message.name(), location));
  return content;
}

std::set<std::filesystem::path> external_files(const onnx::ModelProto& message,
                                               const std::filesystem::path& folder) {
  std::set<std::filesystem::path> files;
  const auto add = [&](const onnx::TensorProto& t) {
    for (const onnx::StringStringEntryProto& entry : t.external_data())
      if (entry.key() == "location") files.insert(folder / entry.value());
  };
  const auto add_nodes = [&](const auto& nodes) {
    for (const onnx::NodeProto& n : nodes)
      for (const onnx::AttributeProto& a : n.attribute())
        if (a.has_t()) add(a.t());
  };
  for (const onnx::TensorProto& t : message.graph().initializer()) add(t);
  add_nodes(message.graph().node());
  for (const onnx::FunctionProto& f : message.functions()) add_nodes(f.node());
  return files;
}

}  // namespace tapeless::gen
