#pragma once
// The header that gives a declared network its weights.

#include <string>
#include <vector>

#include <tapeless/io/tensor_file.hpp>

#include "header/header.hpp"
#include "weights/network_table.hpp"

namespace tapeless::gen {

/// Where weights come from, for the head of the header.
struct weights_source {
  std::string file;    ///< its name without folders
  std::string digest;  ///< SHA-256, hexadecimal
};

/// The tensors as the weights of a network, in its order, those it has not left out.
/// Errors: std::runtime_error that lists every missing, unexpected or differently shaped tensor.
std::vector<weight> fitted(const tensor_file& content,
                           const std::vector<declared_parameter>& parameters,
                           bool allow_unexpected);

/// The tensors as weights in their own order, compared with nothing.
std::vector<weight> unfitted(const tensor_file& content);

/// The header and the files beside it, none of them written yet.
std::vector<written_file> weights_header_files(std::vector<weight> weights,
                                               const network_place& network,
                                               const weights_source& source,
                                               const header_options& options);

}  // namespace tapeless::gen
