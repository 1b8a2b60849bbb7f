#pragma once
// Takes a safetensors file apart and checks every word of its header.

#include <tapeless/io/joined.hpp>
#include <tapeless/core/config.hpp>
#include <tapeless/io/array_data.hpp>
#include <tapeless/io/byte_order.hpp>
#include <tapeless/io/error.hpp>
#include <tapeless/io/file.hpp>
#include <tapeless/io/file_kind.hpp>
#include <tapeless/io/tensor_file.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tapeless {

/// The format's names of element types, in the order of element_type. Its 8-bit floats are not
/// read.
inline constexpr std::array<std::string_view, 13> safetensors_dtypes{
    "F64", "F32", "F16", "BF16", "I64", "U64", "I32", "U32", "I16", "U16", "I8", "U8", "BOOL"};

/// Reads one file; every check of the format has its own sentence.
class safetensors_reader {
 public:
  /// `file` is named in errors only; `content` must outlive the reader.
  TAPELESS_NATIVE safetensors_reader(const std::filesystem::path& file,
                                     std::span<const std::byte> content)
      : file_(file), content_(content) {}

  TAPELESS_NATIVE tensor_file read() {
    const nlohmann::json header = parse_header();
    tensor_file result;
    std::vector<entry> entries;
    for (const auto& [name, value] : header.items()) {
      if (name == "__metadata__") {
        result.metadata = parse_metadata(value);
      } else {
        entries.push_back(parse_entry(name, value));
      }
    }
    std::sort(entries.begin(), entries.end(), [](const entry& a, const entry& b) {
      return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    check_tiling(entries);
    for (entry& e : entries) {
      const auto raw = content_.subspan(data_start_ + e.begin, e.end - e.begin);
      e.data.content.assign(raw.begin(), raw.end());
      if (std::endian::native != std::endian::little) {
        swap_byte_order(e.data.content, element_size(e.data.type));
      }
      result.tensors.push_back({std::move(e.name), std::move(e.data)});
    }
    return result;
  }

 private:
  using json = nlohmann::json;

  struct entry {
    std::string name;
    array_data data;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  static constexpr std::size_t length_bytes = 8;
  static constexpr std::string_view wanted = "a .safetensors file";
  static constexpr std::size_t header_limit = 100'000'000;  // as in the reference implementation

  TAPELESS_NATIVE json parse_header() {
    if (content_.size() < length_bytes) {
      refuse_other_kind(file_, content_, wanted);
      throw file_error::at_byte(file_, 0, fmt::format("{} bytes", content_.size()),
                                "8 bytes of header length");
    }
    const auto length = load_number<std::uint64_t>(content_, std::endian::little);
    if (length > header_limit) {
      refuse_other_kind(file_, content_, wanted);
      throw file_error::at_byte(file_, 0, fmt::format("header length {}", length),
                                fmt::format("at most {}", header_limit));
    }
    if (length > content_.size() - length_bytes) {
      refuse_other_kind(file_, content_, wanted);
      throw file_error::at_byte(
          file_, 0, fmt::format("header length {}", length),
          fmt::format("at most the {} bytes that follow", content_.size() - length_bytes));
    }
    data_start_ = length_bytes + static_cast<std::size_t>(length);
    const std::string_view text(reinterpret_cast<const char*>(content_.data()) + length_bytes,
                                static_cast<std::size_t>(length));
    if (text.empty() || text.front() != '{') {
      refuse_other_kind(file_, content_, wanted);
      throw file_error::at_byte(file_, length_bytes, text.empty() ? "nothing" : quote(text),
                                "a JSON header that begins with '{'");
    }
    // The JSON parser takes a NUL for the end of the text and would not look at what follows.
    if (const std::size_t nul = text.find('\0'); nul != text.npos) {
      throw file_error::at_byte(file_, length_bytes + nul, "a NUL byte in the header",
                                "JSON, filled up with spaces");
    }
    return parse_unique(text);
  }

  // JSON lets a key come twice, and the parser would keep the last: two tensors of one name.
  TAPELESS_NATIVE json parse_unique(std::string_view text) {
    std::vector<std::set<std::string>> keys;
    const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
      // A valid header has three levels; messages quote values, which takes a stack of their depth.
      if (depth > 8) throw bad_header("brackets within brackets", "at most three levels");
      if (event == json::parse_event_t::object_start) keys.emplace_back();
      if (event == json::parse_event_t::object_end) keys.pop_back();
      if (event == json::parse_event_t::key) {
        const auto& key = parsed.get_ref<const std::string&>();
        if (!keys.back().insert(key).second) {
          throw bad_header(fmt::format("the key {} twice", quote(key)), "unique keys");
        }
      }
      return true;
    };
    try {
      return json::parse(text.begin(), text.end(), watch);
    } catch (const json::parse_error& e) {
      const std::size_t at = length_bytes + (e.byte > 0 ? e.byte - 1 : 0);
      throw file_error::at_byte(file_, at, fmt::format("damaged JSON ({})", e.what()),
                                "a valid JSON header");
    }
  }

  TAPELESS_NATIVE file_error bad_header(std::string_view found, std::string_view expected) const {
    return file_error::at_byte(file_, length_bytes, found, expected);
  }

  TAPELESS_NATIVE file_metadata parse_metadata(const json& value) const {
    if (!value.is_object()) {
      throw bad_header(fmt::format("__metadata__ {}", quote(value.dump())), "a map of strings");
    }
    file_metadata result;
    for (const auto& [key, text] : value.items()) {
      if (!text.is_string()) {
        throw bad_header(
            fmt::format("{} under __metadata__ key {}", quote(text.dump()), quote(key)),
            "a string");
      }
      result.emplace(key, text.get<std::string>());
    }
    return result;
  }

  TAPELESS_NATIVE entry parse_entry(const std::string& name, const json& value) const {
    const auto found = [&](std::string_view what, const json& got) {
      return fmt::format("{} {} of tensor {}", what, quote(got.dump()), quote(name));
    };
    if (!value.is_object()) throw bad_header(found("value", value), "an object");
    for (const auto& [key, part] : value.items()) {
      if (key != "dtype" && key != "shape" && key != "data_offsets") {
        throw bad_header(fmt::format("key {} of tensor {}", quote(key), quote(name)),
                         "only dtype, shape and data_offsets");
      }
    }
    for (const char* key : {"dtype", "shape", "data_offsets"}) {
      if (!value.contains(key)) {
        throw bad_header(fmt::format("no {} of tensor {}", key, quote(name)),
                         "dtype, shape and data_offsets");
      }
    }
    entry result;
    result.name = name;

    const json& dtype = value["dtype"];
    const auto known = std::find(safetensors_dtypes.begin(), safetensors_dtypes.end(),
                                 dtype.is_string() ? dtype.get<std::string>() : "");
    if (known == safetensors_dtypes.end()) {
      throw bad_header(found("dtype", dtype),
                       fmt::format("one of {}", detail::joined(safetensors_dtypes, " ")));
    }
    result.data.type = static_cast<element_type>(known - safetensors_dtypes.begin());

    const json& shape = value["shape"];
    for (const json& extent : shape.is_array() ? shape : json::array({nullptr})) {
      if (!extent.is_number_unsigned() || extent.get<std::uint64_t>() > INT64_MAX) {
        throw bad_header(found("shape", shape), "a list of integers from 0 to 2^63 - 1");
      }
      result.data.shape.push_back(extent.get<std::int64_t>());
    }
    const std::size_t width = element_size(result.data.type);
    const auto count = element_count(result.data.shape, width);
    if (!count) throw bad_header(found("shape", shape), "fewer than 2^63 bytes");

    const json& offsets = value["data_offsets"];
    if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
        !offsets[1].is_number_unsigned() || offsets[0] > offsets[1]) {
      throw bad_header(found("data_offsets", offsets), "two ascending offsets");
    }
    const std::size_t available = content_.size() - data_start_;
    if (offsets[1].get<std::uint64_t>() > available) {
      throw bad_header(found("data_offsets", offsets),
                       fmt::format("offsets within the {} bytes of data in the file", available));
    }
    result.begin = offsets[0].get<std::size_t>();
    result.end = offsets[1].get<std::size_t>();
    if (result.end - result.begin != *count * width) {
      throw bad_header(fmt::format("{} bytes of tensor {}", result.end - result.begin, quote(name)),
                       fmt::format("{} for shape {} of {}", *count * width,
                                   shape_text(result.data.shape), *known));
    }
    return result;
  }

  TAPELESS_NATIVE void check_tiling(const std::vector<entry>& entries) const {
    std::size_t end = 0;
    for (const entry& e : entries) {
      if (e.begin != end) {
        throw file_error::at_byte(
            file_, data_start_ + end,
            fmt::format("tensor {} at data offset {}", quote(e.name), e.begin),
            fmt::format("{}, where the tensor before it ends ({})", end,
                        e.begin < end ? "an overlap" : "a hole"));
      }
      end = e.end;
    }
    if (end != content_.size() - data_start_) {
      throw file_error::at_byte(
          file_, data_start_ + end,
          fmt::format("{} bytes that belong to no tensor", content_.size() - data_start_ - end),
          "the end of the file");
    }
  }

  std::filesystem::path file_;
  std::span<const std::byte> content_;
  std::size_t data_start_ = 0;
};

}  // namespace tapeless
