#pragma once
// Between tensors and the library's arrays of files.

#include <tapeless/io/array_data.hpp>

#include "model/tensor.hpp"

namespace tapeless::gen {

/// An array of a file with its element type.
tensor tensor_of(const array_data& array);

/// A tensor as an array of float32, or of float64 if `wide`.
array_data array_of(const tensor& t, bool wide = false);

}  // namespace tapeless::gen
