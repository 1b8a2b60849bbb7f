#pragma once
// Names that a model gives its values.

#include <string>

namespace tapeless::gen {

/// Whether a name was given by a person: exporters number what they made themselves.
bool is_meaningful(const std::string& name);

}  // namespace tapeless::gen
