// Names of the model as names of C++.

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "header/print.hpp"

namespace tapeless::gen {

namespace {

constexpr std::string_view keywords[] = {
    "alignas",   "alignof",   "and",      "asm",      "auto",      "bool",          "break",
    "case",      "catch",     "char",     "class",    "concept",   "const",         "continue",
    "default",   "delete",    "do",       "double",   "else",      "enum",          "explicit",
    "export",    "extern",    "false",    "float",    "for",       "friend",        "goto",
    "if",        "inline",    "int",      "long",     "mutable",   "namespace",     "new",
    "not",       "operator",  "or",       "private",  "protected", "public",        "register",
    "requires",  "return",    "short",    "signed",   "sizeof",    "static",        "struct",
    "switch",    "template",  "this",     "throw",    "true",      "try",           "typedef",
    "typename",  "union",     "unsigned", "using",    "virtual",   "void",          "volatile",
    "while",     "xor",       "main",     "std",      "tl",        "tapeless",      "constexpr",
    "consteval", "constinit", "decltype", "noexcept", "nullptr",   "static_assert", "compl",
    "bitand",    "bitor",     "and_eq",   "or_eq",    "xor_eq",    "not_eq",        "co_await",
    "co_yield",  "co_return", "char8_t",  "char16_t", "char32_t",  "wchar_t",       "thread_local",
    "unix",      "linux",     "define",   "g"};

}  // namespace

std::string identifier_of(const std::string& name) {
  std::string id;
  for (const char c : name) {
    const bool fits = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (fits)
      id += c;
    else if (!id.empty() && id.back() != '_')
      id += '_';
  }
  while (!id.empty() && id.back() == '_') id.pop_back();
  const auto is_letter = [](unsigned char c) { return std::isalpha(c) != 0; };
  if (std::none_of(id.begin(), id.end(), is_letter)) return {};
  if (std::isdigit(static_cast<unsigned char>(id[0])) != 0) id = "_" + id;
  if (id[0] == '_') id = "v" + id;
  if (std::find(std::begin(keywords), std::end(keywords), id) != std::end(keywords)) id += '_';
  return id;
}

}  // namespace tapeless::gen
