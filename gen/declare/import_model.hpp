#pragma once
// From a model to a declaration.

#include "declare/declaration.hpp"
#include "evaluate/evaluate.hpp"
#include "model/model.hpp"

namespace tapeless::gen {

struct import_options {
  bindings known;
  tensors constants;  ///< inputs that are the same in every call
  /// Whether the first axis of every input, where it is 1 or a symbol, counts samples.
  bool batch = true;
};

/// Declares what a model computes for one sample.
///
/// Where the first axis of all inputs is 1 or a symbol that nothing binds, that axis counts
/// samples, and the declaration lacks the axis. A model that mixes samples is then refused;
/// evaluations at batch 1 and 3 tell. Errors: model_refused with all reasons.
declaration import_model(const model& m, const import_options& options = {});

}  // namespace tapeless::gen
