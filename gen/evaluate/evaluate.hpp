#pragma once
// The meaning of a model: every node computed in double, one after the other, with no code of the
// library.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "model/refusal.hpp"

namespace tapeless::gen {

using tensors = std::map<std::string, tensor>;

/// Computes one node. Errors: refusal.
std::vector<tensor> evaluate(const node& n, const std::vector<const tensor*>& inputs);

/// Computes the outputs of a model. Errors: model_refused.
tensors evaluate(const model& m, const tensors& inputs);

/// Extents for symbols, and for inputs without a shape.
struct bindings {
  std::map<std::string, std::int64_t> symbols;
  std::map<std::string, dimensions> shapes;  ///< by name of the input
};

/// The extents of an input. The first one, where it is not known otherwise, is `batch`.
/// Errors: refusal that names the symbol or axis that nothing binds.
dimensions bound_dims(const declared_value& input, const bindings& known, std::int64_t batch);

/// Random inputs: floats from a normal distribution, other numbers 0 or 1.
tensors random_inputs(const model& m, const bindings& known, std::int64_t batch,
                      std::uint64_t seed);

}  // namespace tapeless::gen
