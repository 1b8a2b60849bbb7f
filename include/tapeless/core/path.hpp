#pragma once
// Names inside a graph: text of bounded length that lives in constant evaluation and in types.

#include <tapeless/core/config.hpp>

#include <string_view>

namespace tapeless {

/// Path of a parameter or name of a layer, such as `encoder.fc1.weight`; at most 95 characters;
/// a graph refuses longer ones (graph::parameter). A structural type: it can be a template argument, and so appear in errors.
struct path {
  static constexpr int capacity = 95;
  char text[capacity + 1] = {};
  int size = 0;

  constexpr path() = default;
  constexpr explicit(false) path(const char* name) { append(std::string_view{name}); }
  constexpr explicit(false) path(std::string_view name) { append(name); }

  constexpr void append(std::string_view more) {
    for (const char c : more)
      if (size < capacity) text[size++] = c;
  }
  /// `this.name`, or `name` where this is empty.
  constexpr path join(std::string_view name) const {
    path p = *this;
    if (p.size > 0 && !name.empty()) p.append(".");
    p.append(name);
    return p;
  }
  /// `this.index`.
  constexpr path join(int index) const {
    char digits[12] = {};
    int n = 12;
    do {
      digits[--n] = static_cast<char>('0' + index % 10);
      index /= 10;
    } while (index > 0);
    return join(std::string_view{digits + n, static_cast<std::size_t>(12 - n)});
  }
  /// The path that ends in another name: "fc1.weight" with "bias" instead of "weight".
  constexpr path with_end(std::string_view end, std::string_view other) const {
    path p;
    p.append(view().substr(0, view().size() - end.size()));
    p.append(other);
    return p;
  }
  constexpr std::string_view view() const { return {text, static_cast<std::size_t>(size)}; }
  constexpr bool starts_with(std::string_view prefix) const { return view().starts_with(prefix); }

  friend constexpr bool operator==(const path&, const path&) = default;
};

/// Name given as a template argument: `named<"fc1", dense<64>>`.
template <std::size_t N>
struct fixed_string {
  char text[N] = {};
  constexpr explicit(false) fixed_string(const char (&s)[N]) {
    for (std::size_t i = 0; i < N; ++i) text[i] = s[i];
  }
  constexpr std::string_view view() const { return {text, N - 1}; }
};

/// Whether a pattern stands for a path: the whole path ("0.weight"), its beginning up to a dot
/// ("encoder"), or, behind a star, its end ("*.bias", "*bias").
constexpr bool path_matches(std::string_view name, std::string_view pattern) {
  if (pattern.starts_with('*')) return name.ends_with(pattern.substr(1));
  return name == pattern || (name.size() > pattern.size() && name.starts_with(pattern) &&
                             name[pattern.size()] == '.');
}

}  // namespace tapeless
