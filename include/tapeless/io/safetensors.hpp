#pragma once
// The safetensors format: 8 bytes little-endian header length, a JSON header, the arrays' bytes.

#include <tapeless/core/config.hpp>
#include <tapeless/io/array_data.hpp>
#include <tapeless/io/byte_order.hpp>
#include <tapeless/io/error.hpp>
#include <tapeless/io/file.hpp>
#include <tapeless/io/safetensors_reader.hpp>
#include <tapeless/io/tensor_file.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tapeless {

/// Reads a .safetensors file. Tensors come in the order of their data.
/// Errors: file_error for anything but a complete, consistent file: a damaged or oversized header,
/// unknown dtypes, keys that come twice, shapes that overflow or do not match their bytes, tensors
/// that overlap, leave holes or end before the file does.
/// Source: github.com/huggingface/safetensors, README and its Rust reader.
TAPELESS_NATIVE inline tensor_file read_safetensors(const std::filesystem::path& file) {
  const byte_buffer content = read_file(file);
  return safetensors_reader(file, content).read();
}

/// The bytes of a .safetensors file. Wider elements come first so that all are aligned; tensors of
/// one width keep their order.
/// Errors: file_error (naming `file`) if names are not unique or not UTF-8, or a shape does not
/// match its bytes.
TAPELESS_NATIVE inline byte_buffer encode_safetensors(const std::filesystem::path& file,
                                                      const tensor_file& content) {
  std::vector<const named_array*> order;
  for (const named_array& tensor : content.tensors) order.push_back(&tensor);
  std::sort(order.begin(), order.end(), [](const named_array* a, const named_array* b) {
    const std::size_t wide_a = element_size(a->data.type);
    const std::size_t wide_b = element_size(b->data.type);
    return wide_a != wide_b ? wide_a > wide_b : a < b;
  });

  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  if (!content.metadata.empty()) header["__metadata__"] = content.metadata;
  std::set<std::string_view> names{"__metadata__"};
  byte_buffer data;
  for (const named_array* tensor : order) {
    const auto& [type, shape, raw] = tensor->data;
    const std::size_t width = element_size(type);
    const auto count = element_count(shape, width);
    if (!names.insert(tensor->name).second) {
      throw file_error(
          file, fmt::format("cannot be written: the tensor name {} is taken", quote(tensor->name)));
    }
    if (!count || *count * width != raw.size()) {
      throw file_error(file, fmt::format("cannot be written: tensor {} has {} bytes, which is not "
                                         "shape {} of {}",
                                         quote(tensor->name), raw.size(), shape_text(shape),
                                         element_name(type)));
    }
    // push_back, because operator[] would search all names before this one: quadratic.
    header.get_ref<nlohmann::ordered_json::object_t&>().emplace_back(
        tensor->name,
        nlohmann::ordered_json{{"dtype", safetensors_dtypes[static_cast<std::size_t>(type)]},
                               {"shape", shape},
                               {"data_offsets", {data.size(), data.size() + raw.size()}}});
    data.insert(data.end(), raw.begin(), raw.end());
    if (std::endian::native != std::endian::little) {
      swap_byte_order(std::span(data).last(raw.size()), width);
    }
  }

  std::string text;
  try {
    text = header.dump();
  } catch (const nlohmann::json::exception& e) {
    throw file_error(
        file, fmt::format("cannot be written: names and metadata must be UTF-8 ({})", e.what()));
  }
  text.append((8 - text.size() % 8) % 8, ' ');
  const auto length = store_number(static_cast<std::uint64_t>(text.size()), std::endian::little);
  const auto text_bytes = std::as_bytes(std::span(text));
  byte_buffer result(length.size() + text.size() + data.size());
  auto end = std::copy(length.begin(), length.end(), result.begin());
  end = std::copy(text_bytes.begin(), text_bytes.end(), end);
  std::copy(data.begin(), data.end(), end);
  return result;
}

/// Writes a .safetensors file completely or not at all.
/// Errors: file_error, see encode_safetensors and write_file.
TAPELESS_NATIVE inline void write_safetensors(const std::filesystem::path& file,
                                              const tensor_file& content) {
  write_file(file, encode_safetensors(file, content));
}

}  // namespace tapeless
