#pragma once
// Activations that exporters write out are given their names.

#include "declare/declaration.hpp"

namespace tapeless::gen {

/// Replaces x sigmoid(x) by silu(x), x/2 (1 + erf(x / sqrt 2)) by gelu(x), x tanh(softplus(x)) by
/// mish(x). The library computes these as one operation, with a gradient of their own.
void recognise_activations(declaration& d);

}  // namespace tapeless::gen
