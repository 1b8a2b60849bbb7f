#pragma once
// An ONNX model as the importer sees it: one flat graph of nodes, checked, without functions.

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/tensor.hpp"

namespace tapeless::gen {

/// An attribute of a node. Only the member of the kind is filled.
struct attribute {
  enum class kind { integer, number, text, tensor, integers, numbers, texts, other };
  kind what = kind::other;
  std::int64_t integer = 0;
  double number = 0;
  std::string text;
  gen::tensor value;
  std::vector<std::int64_t> integers;
  std::vector<double> numbers;
  std::vector<std::string> texts;
};

struct node {
  std::string name;  ///< may be empty
  std::string domain;
  std::string operation;
  std::int64_t opset = 0;           ///< of the domain, where the node stands
  std::vector<std::string> inputs;  ///< an empty name is an input left out
  std::vector<std::string> outputs;
  std::map<std::string, attribute> attributes;

  /// The name, or what the node computes where it has none.
  std::string label() const;
  /// The operator with its domain, unless that is the default one.
  std::string full_operation() const;
};

/// An extent: a number, or the name of a symbol, or neither.
struct dimension {
  std::int64_t extent = -1;
  std::string symbol;
  bool known() const { return extent >= 0; }
};

struct declared_value {
  std::string name;
  element type = element::undefined;
  bool has_shape = false;
  std::vector<dimension> dims;
};

struct model {
  std::string name;      ///< of the graph
  std::string producer;  ///< with its version
  std::int64_t ir_version = 0;
  std::map<std::string, std::int64_t> opsets;  ///< by domain; "" is the default one
  std::vector<declared_value> inputs;          ///< without those that initializers set
  std::vector<std::string> all_inputs;         ///< names of those in the file
  std::vector<declared_value> outputs;
  std::map<std::string, tensor> initializers;
  std::vector<node> nodes;  ///< each after those that compute its inputs
  std::string digest;       ///< SHA-256 of the file, hexadecimal
  std::string file;         ///< its name without folders
  std::set<std::filesystem::path> external;  ///< files beside it that hold data of tensors
};

/// Reads an .onnx file: all initializers with their external data, functions inlined, nodes in an
/// order in which they can be computed, those that no output needs left out.
/// `wanted`: names of the outputs to keep; all if empty.
/// Errors: file_error that says what is wrong with the file and where.
model read_onnx(const std::filesystem::path& file, const std::vector<std::string>& wanted = {});

/// The same from bytes. `folder`: where external data may lie; digest and file stay empty.
/// Errors: std::runtime_error.
model parse_onnx(std::span<const std::byte> content, const std::filesystem::path& folder,
                 const std::vector<std::string>& wanted = {});
tensor parse_tensor(std::span<const std::byte> content, const std::filesystem::path& folder);

/// Reads a TensorProto from a .pb file. Errors: file_error.
tensor read_tensor(const std::filesystem::path& file);

}  // namespace tapeless::gen
