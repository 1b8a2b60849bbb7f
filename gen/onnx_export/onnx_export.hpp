#pragma once
// A network of Tapeless as an ONNX model.

#include <string>

namespace tapeless::gen {

/// The bytes of a model (opset 20) of a network that tapeless::describe wrote as JSON text.
///
/// The first axis of inputs and output is the batch, of any size. One node per layer: a product
/// with its bias is a Gemm, activations and softmax their own nodes. `name`: of the graph. Errors:
/// model_refused for operations that ONNX lacks.
std::string onnx_bytes(const std::string& description, const std::string& name);

}  // namespace tapeless::gen
