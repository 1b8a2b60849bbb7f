#pragma once
// A header held to reference outputs of its model.

#include <filesystem>
#include <string>
#include <vector>

#include "build/compile.hpp"
#include "declare/import_model.hpp"

namespace tapeless::gen {

/// A network in a header: the struct, with its namespaces, and the parameters of that name with
/// "_weights" behind it.
struct network_in_header {
  std::filesystem::path header;
  std::string name;
};

/// Inputs and the outputs that belong to them; each tensor with all axes of the model.
struct example {
  tensors inputs, outputs;
};

/// How far an output of the header is from the reference.
struct deviation {
  std::string output;
  std::int64_t count = 0;
  double absolute = 0, relative = 0;  ///< the greatest
  double ulp = 0;                     ///< the greatest, in units in the last place of float
  double excess = 0;  ///< greatest of |difference| / (absolute + relative tolerance); ok if <= 1
};

struct tolerance {
  double relative = 1e-5, absolute = 1e-6;
};

/// Examples with random inputs, of the normal distribution, and outputs by evaluation in double.
std::vector<example> random_examples(const model& m, const import_options& options, int count);

/// test_data_set_*/input_*.pb and output_*.pb, or the files of one such folder.
std::vector<example> examples_in(const std::filesystem::path& folder, const model& m);

/// Runs the network on the inputs of all examples and compares.
/// `d`: the declaration that the header was made of, which says where inputs and outputs lie.
/// Errors: model_refused, std::runtime_error.
std::vector<deviation> deviations(const network_in_header& net, const declaration& d,
                                  const std::vector<example>& examples, const tolerance& allowed,
                                  const compile_options& options);

}  // namespace tapeless::gen
