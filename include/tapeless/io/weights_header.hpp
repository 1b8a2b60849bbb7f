#pragma once
// Parameters of a network as a header: numbers that programs read in constant expressions.

#include <tapeless/core/config.hpp>
#include <tapeless/io/file.hpp>
#include <tapeless/io/weights.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace tapeless {

/// What a header of weights says beside the numbers, meant for designated initializers:
///
///     tl::write_header("policy_weights.hpp", theta, {.name = "robot::policy_weights",
///                                                    .include = "policy.hpp"});
struct header_options {
  std::string name = "weights";  ///< of the constant, with its namespace
  /// The header that declares the network, as it stands between quotes, or with its <>; empty: the
  /// program includes it before this one.
  std::string include = {};
  /// The network's type in C++; empty: as the compiler prints it, which has no spelling for types
  /// in unnamed namespaces and functions.
  std::string network = {};
};

namespace detail {

template <class Net>
TAPELESS_NATIVE std::string printed_type() {
  const std::string_view all = __PRETTY_FUNCTION__;
  const auto begin = all.find("Net = ") + 6;
  // g++ goes on with what std::string is; clang ends here.
  const auto end = std::min(all.find("; std::string", begin), all.rfind(']'));
  return std::string{all.substr(begin, end - begin)};
}

/// Whether a text is a word of C++ itself, which names nothing.
TAPELESS_NATIVE inline bool is_keyword(std::string_view word) {
  static constexpr std::string_view words[] = {"alignas",       "alignof",     "and",
                                               "and_eq",        "asm",         "auto",
                                               "bitand",        "bitor",       "bool",
                                               "break",         "case",        "catch",
                                               "char",          "char8_t",     "char16_t",
                                               "char32_t",      "class",       "co_await",
                                               "co_return",     "co_yield",    "compl",
                                               "concept",       "const",       "const_cast",
                                               "consteval",     "constexpr",   "constinit",
                                               "continue",      "decltype",    "default",
                                               "delete",        "do",          "double",
                                               "dynamic_cast",  "else",        "enum",
                                               "explicit",      "export",      "extern",
                                               "false",         "float",       "for",
                                               "friend",        "goto",        "if",
                                               "inline",        "int",         "long",
                                               "mutable",       "namespace",   "new",
                                               "noexcept",      "not",         "not_eq",
                                               "nullptr",       "operator",    "or",
                                               "or_eq",         "private",     "protected",
                                               "public",        "register",    "reinterpret_cast",
                                               "requires",      "return",      "short",
                                               "signed",        "sizeof",      "static",
                                               "static_assert", "static_cast", "struct",
                                               "switch",        "template",    "this",
                                               "thread_local",  "throw",       "true",
                                               "try",           "typedef",     "typeid",
                                               "typename",      "union",       "unsigned",
                                               "using",         "virtual",     "void",
                                               "volatile",      "wchar_t",     "while",
                                               "xor",           "xor_eq"};
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// Whether a text is a name with namespaces: "robot::policy_weights".
TAPELESS_NATIVE inline bool is_qualified_name(std::string_view text) {
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find("::", from), text.size());
    if (is_keyword(text.substr(from, to - from))) return false;
    from = to + 2;
  }
  bool begins = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (!begins && text.substr(i, 2) == "::") {
      begins = true;
      ++i;
    } else if (letter || (!begins && c >= '0' && c <= '9')) {
      begins = false;
    } else {
      return false;
    }
  }
  return !begins;
}

/// A number as C++ text that is read back to the bit; NaNs are one.
template <class T>
TAPELESS_NATIVE std::string literal(T x) {
  const char* const suffix = std::same_as<T, float> ? "f" : "";
  if (std::isnan(x)) return std::same_as<T, float> ? "__builtin_nanf(\"\")" : "__builtin_nan(\"\")";
  if (std::isinf(x)) return fmt::format("{}__builtin_inf{}()", x < 0 ? "-" : "", suffix);
  if (x == 0) return fmt::format("{}0.{}", std::signbit(x) ? "-" : "", suffix);
  return fmt::format("{:a}{}", x, suffix);
}

}  // namespace detail

/// The text that write_header writes. Errors: std::runtime_error for a name that is none, and where
/// the network's type has no spelling.
template <described_parameters Parameters>
TAPELESS_NATIVE std::string header_text(const Parameters& theta,
                                        const header_options& options = {}) {
  using net = typename Parameters::network;
  using scalar = std::remove_cvref_t<decltype(theta.get(0, 0))>;
  if (!detail::is_qualified_name(options.name))
    throw std::runtime_error(fmt::format(
        "write_header: found the name {}, expected one such as 'weights' or 'robot::weights'",
        quote(options.name)));
  const std::string type = options.network.empty() ? detail::printed_type<net>() : options.network;
  if (options.network.empty() && !detail::is_qualified_name(type))
    throw std::runtime_error(fmt::format(
        "write_header: the network's type is printed as {}, which may be no C++; give its name as "
        "header_options{{.network = \"...\"}}",
        quote(type, 200)));
  const std::size_t last = options.name.rfind("::");
  const std::string space = last == std::string::npos ? "" : options.name.substr(0, last);
  const std::string name = last == std::string::npos ? options.name : options.name.substr(last + 2);

  std::string text = "#pragma once\n// Written by tapeless::write_header.\n\n";
  text += "#include <tapeless/declare.hpp>\n";
  if (options.include.find_first_of("\"\n\r") != std::string::npos)
    throw std::runtime_error(
        fmt::format("write_header: found the include {}, expected a file such as 'policy.hpp'",
                    quote(options.include)));
  const bool bracketed = options.include.starts_with('<') && options.include.ends_with('>');
  if (!options.include.empty())
    text += bracketed ? fmt::format("\n#include {}\n", options.include)
                      : fmt::format("\n#include \"{}\"\n", options.include);
  text += "\n";
  if (!space.empty()) text += fmt::format("namespace {} {{\n\n", space);
  text += fmt::format(
      "inline constexpr auto {} = [] {{\n"
      "  using network = {};\n"
      "  static_assert(tapeless::topology_hash<network> == 0x{:016x}ull,\n"
      "                \"these weights belong to another network: write the header again\");\n"
      "  tapeless::parameters<network, {}> theta;\n",
      name, type, topology_hash<net>, std::same_as<scalar, float> ? "float" : "double");
  int index = 0;
  for (const auto& tensor : theta.tensors()) {
    text += fmt::format("  theta.assign<\"{}\">({{\n", tensor.name.view());
    const int count = tensor.dims.count();
    std::string line = "     ";
    for (int i = 0; i < count; ++i) {
      const std::string x = detail::literal(theta.get(index, i)) + (i + 1 < count ? "," : "");
      if (line.size() + 1 + x.size() > 100) {
        text += line + "\n";
        line = "     ";
      }
      line += " " + x;
    }
    text += line + "});\n";
    ++index;
  }
  text += "  return theta;\n}();\n";
  if (!space.empty()) text += fmt::format("\n}}  // namespace {}\n", space);
  return text;
}

/// Writes parameters as a header with one constant, `inline constexpr auto NAME`, of type
/// parameters<Net, T>: hexadecimal floats, which are read back to the bit in constant expressions.
/// The header does not compile where the network is another one than the weights are for. A source
/// that includes 90,000 numbers compiles in 1.3 s with g++ 12 and 1.1 s with clang 19, one with
/// 360,000 in 11 s and 2.3 s; larger networks load a file instead.
/// Errors: those of header_text, and file_error; an old file of that name is then as it was.
template <described_parameters Parameters>
TAPELESS_NATIVE void write_header(const std::filesystem::path& file, const Parameters& theta,
                                  const header_options& options = {}) {
  const std::string text = header_text(theta, options);
  write_file(file, std::as_bytes(std::span(text)));
}

}  // namespace tapeless
