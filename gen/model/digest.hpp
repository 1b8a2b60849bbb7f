#pragma once
// Which file it was.

#include <span>
#include <string>

namespace tapeless::gen {

/// SHA-256 in hexadecimal.
std::string sha256(std::span<const std::byte> content);

}  // namespace tapeless::gen
