#include "onnx_export/writer.hpp"

#include <fmt/format.h>

#include "model/proto.hpp"
#include "onnx_export/onnx_export.hpp"

namespace tapeless::gen {

namespace {

constexpr std::int64_t opset = 20;
constexpr std::int64_t ir_version = 9;

void add_shape(onnx::ValueInfoProto& info, const std::string& name, const dimensions& dims) {
  info.set_name(name);
  auto& type = *info.mutable_type()->mutable_tensor_type();
  type.set_elem_type(onnx::TensorProto::FLOAT);
  type.mutable_shape()->add_dim()->set_dim_param("batch");
  for (const std::int64_t extent : dims) type.mutable_shape()->add_dim()->set_dim_value(extent);
}

}  // namespace

onnx_writer::onnx_writer(const json& description, const std::string& name)
    : d_{description}, g_{*model_.mutable_graph()} {
  model_.set_ir_version(ir_version);
  model_.set_producer_name("tapeless");
  auto& import = *model_.add_opset_import();
  import.set_domain("");
  import.set_version(opset);
  auto& note = *model_.add_metadata_props();
  note.set_key("tapeless.topology");
  note.set_value(d_["topology"].get<std::string>());
  g_.set_name(name);
  uses_.resize(d_["nodes"].size());
  ++uses_[d_["result"].get<std::size_t>()];
  for (std::size_t i = uses_.size(); i-- > 0;)  // nodes that the result does not need have no uses
    if (uses_[i] > 0)
      for (const json& k : d_["nodes"][i]["in"]) ++uses_[k.get<std::size_t>()];
}

bool onnx_writer::is_parameter(int id) const {
  return node(id).contains("tensor") &&
         d_["tensors"][node(id)["tensor"].get<std::size_t>()]["learnt"].get<bool>();
}

std::string onnx_writer::add(const std::string& operation, const std::vector<std::string>& inputs,
                             const std::string& result) {
  auto& n = *g_.add_node();
  n.set_op_type(operation);
  n.set_name(result);
  for (const std::string& name : inputs) n.add_input(name);
  n.add_output(result);
  return result;
}

void onnx_writer::set(const char* attribute, std::int64_t value) {
  auto& a = *g_.mutable_node(g_.node_size() - 1)->add_attribute();
  a.set_name(attribute);
  a.set_type(onnx::AttributeProto::INT);
  a.set_i(value);
}

void onnx_writer::set(const char* attribute, double value) {
  auto& a = *g_.mutable_node(g_.node_size() - 1)->add_attribute();
  a.set_name(attribute);
  a.set_type(onnx::AttributeProto::FLOAT);
  a.set_f(static_cast<float>(value));
}

void onnx_writer::set(const char* attribute, const std::vector<std::int64_t>& values) {
  auto& a = *g_.mutable_node(g_.node_size() - 1)->add_attribute();
  a.set_name(attribute);
  a.set_type(onnx::AttributeProto::INTS);
  for (const std::int64_t x : values) a.add_ints(x);
}

void onnx_writer::set(const char* attribute, const std::string& value) {
  auto& a = *g_.mutable_node(g_.node_size() - 1)->add_attribute();
  a.set_name(attribute);
  a.set_type(onnx::AttributeProto::STRING);
  a.set_s(value);
}

std::string onnx_writer::initializer(const std::string& name, const dimensions& dims,
                                     const std::vector<double>& numbers, bool learnt) {
  auto& t = *g_.add_initializer();
  t.set_name(name);
  t.set_data_type(onnx::TensorProto::FLOAT);
  for (const std::int64_t extent : dims) t.add_dims(extent);
  std::string bytes;
  for (const double x : numbers) {
    const auto f = static_cast<float>(x);
    bytes.append(reinterpret_cast<const char*>(&f), sizeof f);
  }
  t.set_raw_data(bytes);
  // Constants of a declaration are doubles. An import takes the exact number from the text, and
  // knows by the text that the number is no parameter.
  if (numbers.size() == 1 && !learnt)
    t.set_doc_string(fmt::format("{}{:a}", exact_number_prefix, numbers[0]));
  return name;
}

std::string onnx_writer::integers(const std::string& hint,
                                  const std::vector<std::int64_t>& values) {
  auto& t = *g_.add_initializer();
  t.set_name(fmt::format("{}_{}", hint, g_.initializer_size()));
  t.set_data_type(onnx::TensorProto::INT64);
  t.add_dims(static_cast<std::int64_t>(values.size()));
  for (const std::int64_t x : values) t.add_int64_data(x);
  return t.name();
}

std::string onnx_writer::value(int id) {
  if (const auto at = values_.find(id); at != values_.end()) return at->second;
  const std::string name = add("Cast", {truths_.at(id)}, truths_.at(id) + "_number");
  set("to", std::int64_t{onnx::TensorProto::FLOAT});
  return values_[id] = name;
}

std::string onnx_writer::aligned(int id, std::size_t rank) {
  const std::size_t own = dims(id).size();
  if (!batched(id) || own == rank) return value(id);
  std::vector<std::int64_t> axes;
  for (std::size_t i = own; i < rank; ++i) axes.push_back(static_cast<std::int64_t>(i - own + 1));
  const std::string shape = integers("axes", axes);
  return add("Unsqueeze", {value(id), shape}, shape + "_apart");
}

std::string onnx_writer::truth(int id) {
  if (const auto at = truths_.find(id); at != truths_.end()) return at->second;
  const std::string name = add("Cast", {value(id)}, value(id) + "_truth");
  set("to", std::int64_t{onnx::TensorProto::BOOL});
  return truths_[id] = name;
}

std::string onnx_writer::for_each_sample(int id) {
  if (batched(id)) return value(id);
  const std::string v = value(id);
  const std::string batch = add("Shape", {batch_source_}, v + "_batch");
  set("start", std::int64_t{0});
  set("end", std::int64_t{1});
  std::vector<std::int64_t> extents = dims(id);
  if (extents.empty()) return add("Expand", {v, batch}, v + "_repeated");
  const std::string shape = add("Concat", {batch, integers("extents", extents)}, v + "_shape");
  set("axis", std::int64_t{0});
  return add("Expand", {v, shape}, v + "_repeated");
}

void onnx_writer::add_output() {
  const int id = d_["result"].get<int>();
  // An output has a name of its own: an input may be the result.
  add("Identity", {for_each_sample(id)}, "output");
  const bool computed =
      g_.node_size() > 1 && uses_[static_cast<std::size_t>(id)] == 1 &&
      g_.node(g_.node_size() - 2).output(0) == g_.node(g_.node_size() - 1).input(0);
  if (computed) {
    g_.mutable_node()->RemoveLast();
    g_.mutable_node(g_.node_size() - 1)->set_output(0, "output");
  }
  add_shape(*g_.add_output(), "output", dims(id));
}

void onnx_writer::take_tensor(int id) {
  const json& t = d_["tensors"][node(id)["tensor"].get<std::size_t>()];
  const std::string name = t["name"].get<std::string>();
  if (t["learnt"].get<bool>()) {
    values_[id] = initializer(name, dims(id), t["numbers"].get<std::vector<double>>(), true);
    return;
  }
  add_shape(*g_.add_input(), name, dims(id));
  if (batch_source_.empty()) batch_source_ = name;
  values_[id] = name;
}

void onnx_writer::take(int id) {
  const json& n = node(id);
  const std::string op = n["op"].get<std::string>();
  if (n.contains("tensor")) return take_tensor(id);
  if (op == "constant") {
    const dimensions extents = dims(id);
    const double number = n["attributes"]["number"].get<double>();
    values_[id] =
        initializer(fmt::format("number_{}", id), extents,
                    std::vector<double>(static_cast<std::size_t>(count_of(extents)), number));
    return;
  }
  if (!n["known"].get<bool>() || !(take_dense(id) || take_elementwise(id) || take_view(id) ||
                                   take_reduction(id) || take_gather(id)))
    reasons_.push_back({fmt::format("operation '{}'", op), "",
                        n["known"].get<bool>()
                            ? "ONNX has no operator for it"
                            : "it is the program's own, which ONNX cannot express",
                        "write the network with operations that ONNX has"});
}

onnx::ModelProto onnx_writer::finish() {
  for (int id = 0; id < static_cast<int>(d_["nodes"].size()); ++id) {
    if (uses_[static_cast<std::size_t>(id)] == 0 && !node(id).contains("tensor")) continue;
    if (!reasons_.empty()) {  // what follows may read what is missing: judge names alone
      if (!node(id)["known"].get<bool>()) take(id);
      continue;
    }
    take(id);
  }
  if (!reasons_.empty()) throw model_refused(std::move(reasons_));
  if (g_.input_size() == 0) throw model_refused({{"network", "", "it has no input", ""}});
  add_output();
  return std::move(model_);
}

std::string onnx_bytes(const std::string& description, const std::string& name) {
  const nlohmann::json d = nlohmann::json::parse(description);
  return onnx_writer(d, name).finish().SerializeAsString();
}

}  // namespace tapeless::gen
