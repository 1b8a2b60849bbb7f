#pragma once
// Numbers of weights as text and as bytes.

#include <string>
#include <vector>

#include "declare/declaration.hpp"

namespace tapeless::gen {

/// Hexadecimal floats separated by commas, in lines of 100 columns.
std::string numbers_text(const std::vector<double>& numbers);

/// All weights as floats, one after the other.
std::string bytes_of(const declaration& d);

/// An identifier for each weight, after its path; no two are the same.
std::vector<std::string> array_names(const declaration& d);

}  // namespace tapeless::gen
