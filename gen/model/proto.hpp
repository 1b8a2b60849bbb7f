#pragma once
// From protobuf messages to the importer's own types. Nothing else includes protobuf's headers.

#include <onnx.pb.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"

namespace tapeless::gen {

/// A tensor of a message. `folder` is where external data may lie.
/// Errors: std::runtime_error that says what is wrong with the message.
tensor tensor_of(const onnx::TensorProto& message, const std::filesystem::path& folder);

/// Begins the text beside a float that gives the double it was rounded from, as a hexadecimal number:
/// constants of a declaration survive an export and an import.
inline constexpr std::string_view exact_number_prefix = "exactly ";

/// Bytes of external data. Errors: std::runtime_error if the file is outside of the folder, or too
/// short.
std::string external_bytes(const onnx::TensorProto& message, const std::filesystem::path& folder,
                           std::uint64_t bytes);

/// The files of external data that a model names.
std::set<std::filesystem::path> external_files(const onnx::ModelProto& message,
                                               const std::filesystem::path& folder);

/// A node without its opset.
node node_of(const onnx::NodeProto& message, const std::filesystem::path& folder);
attribute attribute_of(const onnx::AttributeProto& message, const std::filesystem::path& folder);

/// The nodes of a graph with every call of a model-local function replaced by the function's body.
/// Errors: std::runtime_error for functions that call themselves, or more than `most_nodes` nodes.
std::vector<node> without_functions(const onnx::ModelProto& message,
                                    const std::filesystem::path& folder);
inline constexpr std::size_t most_nodes = 100000;

/// Opset by domain; the default domain is "".
std::map<std::string, std::int64_t> opsets_of(
    const google::protobuf::RepeatedPtrField<onnx::OperatorSetIdProto>& imports);

/// "ai.onnx" is another name of the default domain.
std::string domain_of(const std::string& domain);

}  // namespace tapeless::gen
