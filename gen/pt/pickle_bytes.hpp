#pragma once
// The bytes of a pickle, taken one instruction after the other.

#include <fmt/format.h>

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include <tapeless/io/byte_order.hpp>

namespace tapeless::gen {

/// Every member throws std::runtime_error at the end of the bytes.
class pickle_bytes {
 public:
  explicit pickle_bytes(std::string_view bytes) : bytes_{bytes} {
    if (bytes.size() > most)
      throw std::runtime_error(
          fmt::format("data.pkl has {} bytes, of {} at most", bytes.size(), most));
  }

  std::size_t at() const { return next_; }

  std::string_view take(std::uint64_t size) {
    if (size > bytes_.size() - next_) throw std::runtime_error("the end in an instruction");
    const std::string_view part = bytes_.substr(next_, static_cast<std::size_t>(size));
    next_ += part.size();
    return part;
  }

  template <class T>
  T number() {
    const std::string_view raw = take(sizeof(T));
    return load_number<T>(std::as_bytes(std::span(raw)), std::endian::little);
  }

  std::string line() {
    const std::size_t end = bytes_.find('\n', next_);
    if (end == std::string_view::npos || end - next_ > 1000)
      throw std::runtime_error("a name without an end");
    std::string text(take(end - next_));
    take(1);
    return text;
  }

 private:
  /// Far above what the names and shapes of a network that compiles need.
  static constexpr std::size_t most = std::size_t{32} << 20;

  std::string_view bytes_;
  std::size_t next_ = 0;
};

}  // namespace tapeless::gen
