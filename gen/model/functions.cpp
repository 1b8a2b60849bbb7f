// Model-local functions: every call is replaced by the body.

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>

#include <optional>
#include <stdexcept>
#include <utility>

#include "model/proto.hpp"
#include "model/work_limit.hpp"

namespace tapeless::gen {

namespace {

struct function {
  const onnx::FunctionProto* body = nullptr;
  std::map<std::string, std::int64_t> opsets;
  std::vector<onnx::AttributeProto> defaults;
};

/// Default values of a function's attributes: field 11, which came to onnx.proto with IR version 9.
/// Older generated code keeps the field among the unknown ones.
std::vector<onnx::AttributeProto> defaults_of(const onnx::FunctionProto& body) {
  std::vector<onnx::AttributeProto> defaults;
  const std::string& unknown = body.unknown_fields();
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const std::uint8_t*>(unknown.data()),
                                            static_cast<int>(unknown.size()));
  while (const std::uint32_t tag = in.ReadTag()) {
    std::uint32_t size = 0;
    std::uint64_t number = 0;
    std::string bytes;
    switch (tag & 7u) {
      case 0:
        if (!in.ReadVarint64(&number)) return defaults;
        break;
      case 2:
        if (!in.ReadVarint32(&size) || !in.ReadString(&bytes, static_cast<int>(size)))
          return defaults;
        if (onnx::AttributeProto a; tag >> 3 == 11 && a.ParseFromString(bytes))
          defaults.push_back(a);
        break;
      default:
        return defaults;
    }
  }
  return defaults;
}

/// Replaces calls of functions in lists of nodes.
class inliner {
 public:
  inliner(const onnx::ModelProto& message, const std::filesystem::path& folder) : folder_{folder} {
    for (const onnx::FunctionProto& f : message.functions()) {
      const auto [at, is_new] = functions_.insert(
          {{domain_of(f.domain()), f.name()}, {&f, opsets_of(f.opset_import()), defaults_of(f)}});
      if (!is_new)
        throw std::runtime_error(fmt::format("function '{}' is defined twice", f.name()));
    }
  }

  /// Names of values in the caller by names in the function.
  using names = std::map<std::string, std::string>;
  using attributes = std::map<std::string, onnx::AttributeProto>;

  /// Appends nodes; in a function, with its inputs and outputs renamed and references to its
  /// attributes replaced.
  void append(const google::protobuf::RepeatedPtrField<onnx::NodeProto>& nodes,
              const std::map<std::string, std::int64_t>& opsets, const std::string& prefix,
              const names& outer, const attributes& given) {
    if (++depth_ > 64) throw std::runtime_error("functions call each other more than 64 deep");
    for (const onnx::NodeProto& message : nodes) append(message, opsets, prefix, outer, given);
    --depth_;
  }

  std::vector<node> all;

 private:
  static std::string renamed(const std::string& name, const std::string& prefix,
                             const names& outer) {
    if (name.empty()) return name;
    const auto at = outer.find(name);
    return at != outer.end() ? at->second : prefix + name;
  }

  void append(const onnx::NodeProto& message, const std::map<std::string, std::int64_t>& opsets,
              const std::string& prefix, const names& outer, const attributes& given) {
    onnx::NodeProto copy = message;
    copy.clear_attribute();
    for (const onnx::AttributeProto& a : message.attribute()) {
      if (a.ref_attr_name().empty()) {
        *copy.add_attribute() = a;
      } else if (const auto at = given.find(a.ref_attr_name()); at != given.end()) {
        onnx::AttributeProto& to = *copy.add_attribute();
        to = at->second;
        to.set_name(a.name());
      }
    }
    // Nodes are copied as often as functions are called: texts count as the tensors in them do.
    charge_elements(static_cast<std::int64_t>(copy.ByteSizeLong() / sizeof(double)) + 16);
    node n = node_of(copy, folder_);
    for (std::string& name : n.inputs) name = renamed(name, prefix, outer);
    for (std::string& name : n.outputs) name = renamed(name, prefix, outer);
    if (!prefix.empty()) n.name = prefix + n.name;
    const auto at = functions_.find({n.domain, n.operation});
    if (at != functions_.end()) return call(at->second, n, copy);
    if (const auto opset = opsets.find(n.domain); opset != opsets.end()) n.opset = opset->second;
    if (all.size() == most_nodes)
      throw std::runtime_error(fmt::format("the model has more than {} nodes", most_nodes));
    all.push_back(std::move(n));
  }

  void call(const function& f, const node& n, const onnx::NodeProto& message) {
    const std::size_t cost =
        static_cast<std::size_t>(f.body->input_size() + f.body->output_size()) + f.defaults.size();
    charge_elements(static_cast<std::int64_t>(16 * cost));
    attributes given;
    for (const onnx::AttributeProto& a : f.defaults) given[a.name()] = a;
    for (const onnx::AttributeProto& a : message.attribute()) given[a.name()] = a;
    names outer;
    for (int i = 0; i < f.body->input_size(); ++i)
      outer[f.body->input(i)] = static_cast<std::size_t>(i) < n.inputs.size()
                                    ? n.inputs[static_cast<std::size_t>(i)]
                                    : "";
    for (int i = 0; i < f.body->output_size() && static_cast<std::size_t>(i) < n.outputs.size();
         ++i)
      outer[f.body->output(i)] = n.outputs[static_cast<std::size_t>(i)];
    if (++calls_ > most_nodes)
      throw std::runtime_error(fmt::format("the model calls functions {} times", calls_));
    append(f.body->node(), f.opsets, fmt::format("{}.{}.", n.operation, calls_), outer, given);
  }

  std::filesystem::path folder_;
  std::map<std::pair<std::string, std::string>, function> functions_;
  std::size_t calls_ = 0;
  int depth_ = 0;
};

}  // namespace

std::vector<node> without_functions(const onnx::ModelProto& message,
                                    const std::filesystem::path& folder) {
  inliner all(message, folder);
  all.append(message.graph().node(), opsets_of(message.opset_import()), "", {}, {});
  return std::move(all.all);
}

}  // namespace tapeless::gen
