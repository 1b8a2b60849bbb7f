#pragma once
// The parameters of a network that is declared in a header.

#include <filesystem>
#include <string>
#include <vector>

#include <tapeless/io/array_data.hpp>

#include "build/compile.hpp"

namespace tapeless::gen {

/// A network by its name, in the header that declares it.
struct network_place {
  std::filesystem::path header;
  std::string name;  ///< with its namespaces: "robot::policy"

  std::string name_space() const;  ///< "robot"; empty if there is none
  std::string plain_name() const;  ///< "policy"
};

/// "header.hpp:robot::policy". Errors: std::runtime_error if the text has another form.
network_place place_of_network(const std::string& text);

struct declared_parameter {
  std::string path;
  array_shape shape;
};

/// The parameters of a network in the order of declaration: compiles and runs a program that
/// includes the header. Errors: std::runtime_error with what the compiler says.
std::vector<declared_parameter> parameters_of(const network_place& network,
                                              const compile_options& options);

}  // namespace tapeless::gen
