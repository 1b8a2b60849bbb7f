#pragma once
// The one error of everything that touches a file.

#include <tapeless/core/config.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tapeless {

/// Thrown when a file cannot be read or written as asked. The message says which file, where in it
/// (byte offset, or line and column, both counted as editors and hex viewers do: bytes from 0,
/// lines and columns from 1), what was found there and what was expected.
class file_error : public std::runtime_error {
 public:
  TAPELESS_NATIVE file_error(const std::filesystem::path& file, std::string_view message)
      : std::runtime_error(fmt::format("{}: {}", file.string(), message)) {}

  /// "FILE: at byte OFFSET: found FOUND, expected EXPECTED".
  TAPELESS_NATIVE static file_error at_byte(const std::filesystem::path& file, std::uint64_t offset,
                                            std::string_view found, std::string_view expected) {
    return {file, fmt::format("at byte {}: found {}, expected {}", offset, found, expected)};
  }

  /// "FILE: line LINE, column COLUMN: found FOUND, expected EXPECTED".
  TAPELESS_NATIVE static file_error at_line(const std::filesystem::path& file, std::uint64_t line,
                                            std::uint64_t column, std::string_view found,
                                            std::string_view expected) {
    return {file, fmt::format("line {}, column {}: found {}, expected {}", line, column, found,
                              expected)};
  }
};

/// Text from a file made fit for a message: in quotes, cut after `limit` bytes, unprintable bytes
/// as \xNN.
TAPELESS_NATIVE inline std::string quote(std::string_view text, std::size_t limit = 40) {
  std::string result = "'";
  for (const char c : text.substr(0, limit)) {
    const auto code = static_cast<unsigned char>(c);
    if (code >= 0x20 && code != 0x7f) {
      result += c;
    } else {
      result += fmt::format("\\x{:02x}", code);
    }
  }
  result += text.size() > limit ? "'..." : "'";
  return result;
}

}  // namespace tapeless
