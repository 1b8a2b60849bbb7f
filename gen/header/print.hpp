#pragma once
// A declaration as C++.

#include <string>

#include "declare/declaration.hpp"

namespace tapeless::gen {

/// A name of the model as an identifier: letters, digits and underscores, no keyword. Empty if the
/// name has no letter.
std::string identifier_of(const std::string& name);

/// `struct NAME : tl::sequential<...> {};` where the declaration is a chain of layers, else
/// `struct NAME : tl::network<NAME> { ... define ... };`. Renames parameters of a chain after their
/// positions where the model has no names for them.
std::string network_text(declaration& d, const std::string& name);

}  // namespace tapeless::gen
