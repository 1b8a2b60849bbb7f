#pragma once
// The numbers of parameters in a header or beside it.

#include <string>
#include <vector>

#include "declare/declaration.hpp"
#include "header/header.hpp"

namespace tapeless::gen {

/// Text after the network: the arrays and the struct `NAME_weights`. Files beside the header are
/// added to `files`.
std::string weights_text(const declaration& d, const header_options& options, weights_in where,
                         std::vector<written_file>& files);

/// The place of the weights where the options leave it open.
weights_in place_of(const declaration& d, weights_in where);

/// Elements of all weights.
std::size_t element_count(const declaration& d);

}  // namespace tapeless::gen
