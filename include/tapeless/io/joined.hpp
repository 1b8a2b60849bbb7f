#pragma once
// Numbers and words in a row, for messages and headers of files.

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <tapeless/core/config.hpp>

namespace tapeless::detail {

/// The values as text with `between` between them. fmt::join makes g++ 12 warn in a user's build: it
/// sees an overflow inside fmt that is not there.
template <class Range>
TAPELESS_NATIVE std::string joined(const Range& values, std::string_view between) {
  std::string text;
  for (const auto& value : values) {
    if (!text.empty()) text.append(between);
    text.append(fmt::format("{}", value));
  }
  return text;
}

}  // namespace tapeless::detail
