#pragma once
// Products of matrices in double.

#include "model/tensor.hpp"

namespace tapeless::gen {

/// The last two axes exchanged.
tensor transposed(const tensor& t);

/// The product of the last two axes as numpy.matmul computes it: vectors are a row on the left and
/// a column on the right, leading axes broadcast. Errors: refusal if the shapes do not fit.
tensor product(const tensor& a, const tensor& b);

}  // namespace tapeless::gen
