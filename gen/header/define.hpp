#pragma once
// A declaration as a function `define`.

#include <string>

#include "declare/declaration.hpp"

namespace tapeless::gen {

/// `struct NAME : tl::network<NAME> { static consteval tl::value define(tl::graph& g) { ... } };`
std::string define_text(const declaration& d, const std::string& name);

}  // namespace tapeless::gen
