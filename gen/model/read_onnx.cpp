// The file as a checked graph.

#include <fmt/format.h>

#include <set>
#include <stdexcept>

#include <tapeless/io/error.hpp>
#include <tapeless/io/file.hpp>

#include "model/digest.hpp"
#include "model/file_kind.hpp"
#include "model/order.hpp"
#include "model/proto.hpp"
#include "model/work_limit.hpp"

namespace tapeless::gen {

std::string node::label() const {
  if (!name.empty()) return name;
  return outputs.empty() ? operation : outputs.front();
}

std::string node::full_operation() const {
  return domain.empty() ? operation : domain + "." + operation;
}

namespace {

declared_value value_of(const onnx::ValueInfoProto& message) {
  declared_value v;
  v.name = message.name();
  if (!message.type().has_tensor_type()) return v;
  const onnx::TypeProto::Tensor& type = message.type().tensor_type();
  v.type = static_cast<element>(type.elem_type());
  v.has_shape = type.has_shape();
  for (const onnx::TensorShapeProto::Dimension& d : type.shape().dim()) {
    dimension extent;
    if (d.has_dim_value()) extent.extent = d.dim_value();
    if (d.has_dim_param()) extent.symbol = d.dim_param();
    v.dims.push_back(extent);
  }
  return v;
}

template <class Message>
Message parsed(std::span<const std::byte> content) {
  Message message;
  if (content.size() > std::size_t{INT32_MAX} ||
      !message.ParseFromArray(content.data(), static_cast<int>(content.size())))
    throw std::runtime_error(
        "is no complete protobuf message: truncated, damaged, or another kind of file");
  return message;
}

std::string_view text_of(std::span<const std::byte> content) {
  return {reinterpret_cast<const char*>(content.data()), content.size()};
}

model model_of(const onnx::ModelProto& message, const std::filesystem::path& folder) {
  if (!message.has_graph()) throw std::runtime_error("the message has no graph");
  const onnx::GraphProto& g = message.graph();
  model m;
  m.name = g.name();
  m.producer = message.producer_name();
  if (!message.producer_version().empty()) m.producer += " " + message.producer_version();
  m.ir_version = message.ir_version();
  m.opsets = opsets_of(message.opset_import());
  if (m.opsets.empty()) throw std::runtime_error("the model says no opset");
  if (g.sparse_initializer_size() > 0) throw std::runtime_error("sparse initializers");
  for (const onnx::TensorProto& t : g.initializer())
    if (!m.initializers.insert({t.name(), tensor_of(t, folder)}).second)
      throw std::runtime_error(fmt::format("initializer '{}' occurs twice", t.name()));
  for (const onnx::ValueInfoProto& v : g.input()) m.all_inputs.push_back(v.name());
  for (const onnx::ValueInfoProto& v : g.input())
    if (m.initializers.count(v.name()) == 0) m.inputs.push_back(value_of(v));
  std::set<std::string_view> names;
  for (const onnx::ValueInfoProto& v : g.output()) {
    if (v.name().empty()) throw std::runtime_error("an output has no name");
    if (!names.insert(v.name()).second)
      throw std::runtime_error(fmt::format("output '{}' occurs twice", v.name()));
    m.outputs.push_back(value_of(v));
  }
  if (m.outputs.empty()) throw std::runtime_error("the graph has no output");
  m.nodes = without_functions(message, folder);
  m.external = external_files(message, folder);
  return m;
}

/// Keeps the outputs of these names, in their order.
void keep_outputs(model& m, const std::vector<std::string>& wanted) {
  if (wanted.empty()) return;
  std::vector<declared_value> kept;
  for (const std::string& name : wanted) {
    const auto at = std::find_if(m.outputs.begin(), m.outputs.end(),
                                 [&](const declared_value& v) { return v.name == name; });
    if (at != m.outputs.end()) {
      kept.push_back(*at);
      continue;
    }
    std::string known;
    for (const declared_value& v : m.outputs) known += (known.empty() ? "'" : ", '") + v.name + "'";
    throw std::runtime_error(fmt::format("there is no output '{}'; there are {}", name, known));
  }
  m.outputs = std::move(kept);
}

}  // namespace

model parse_onnx(std::span<const std::byte> content, const std::filesystem::path& folder,
                 const std::vector<std::string>& wanted) {
  const work_limit limit(most_work);
  model m = model_of(parsed<onnx::ModelProto>(content), folder);
  keep_outputs(m, wanted);
  put_in_order(m);
  return m;
}

tensor parse_tensor(std::span<const std::byte> content, const std::filesystem::path& folder) {
  const work_limit limit(most_work);
  return tensor_of(parsed<onnx::TensorProto>(content), folder);
}

model read_onnx(const std::filesystem::path& file, const std::vector<std::string>& wanted) {
  const byte_buffer content = read_file(file);
  expect_kind(file, text_of(content), "an ONNX model");
  try {
    model m = parse_onnx(content, file.parent_path(), wanted);
    m.digest = sha256(content);
    m.file = file.filename().string();
    return m;
  } catch (const std::exception& e) {
    throw file_error(file, e.what());
  }
}

tensor read_tensor(const std::filesystem::path& file) {
  const byte_buffer content = read_file(file);
  try {
    return parse_tensor(content, file.parent_path());
  } catch (const std::exception& e) {
    throw file_error(file, e.what());
  }
}

}  // namespace tapeless::gen
