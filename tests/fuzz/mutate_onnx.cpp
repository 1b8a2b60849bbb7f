// Changes of ONNX models that leave them models: nodes, operators, names, shapes and attributes.
// Bytes changed at random seldom get past the parser.

#include <onnx.pb.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <random>

#include "operators/operator.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace {

class mutation {
 public:
  mutation(onnx::ModelProto& model, unsigned seed) : g_{*model.mutable_graph()}, bits_{seed} {}

  void change() {
    switch (bits_() % 9) {
      case 0:
        return set_operator(any_node());
      case 1:
        if (auto& n = any_node(); n.input_size() > 0)
          n.set_input(below(n.input_size()), any_value());
        return;
      case 2:
      case 3:
        return add_node();
      case 4:
        return set_attribute(any_node());
      case 5:
        return set_numbers(g_.initializer_size() > 0
                               ? *g_.mutable_initializer(below(g_.initializer_size()))
                               : *g_.add_initializer());
      case 6:
        if (g_.output_size() > 0) g_.mutable_output(0)->set_name(any_value());
        return;
      case 7:
        any_node().add_input(any_value());
        return;
      default:
        return set_input_shape();
    }
  }

 private:
  int below(int count) { return static_cast<int>(bits_() % static_cast<unsigned>(count)); }
  onnx::NodeProto& any_node() { return *g_.mutable_node(below(g_.node_size())); }

  std::int64_t any_number() {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t numbers[] = {0, 1, 1,  2,  2,       3,     4,      5,         6,
                                        7, 8, -1, -2, 1 << 20, least, ~least, -(1 << 27)};
    return numbers[bits_() % std::size(numbers)];
  }

  std::string any_value() {
    std::vector<std::string> names{""};
    for (const auto& v : g_.input()) names.push_back(v.name());
    for (const auto& t : g_.initializer()) names.push_back(t.name());
    for (const auto& n : g_.node()) names.insert(names.end(), n.output().begin(), n.output().end());
    return names[bits_() % names.size()];
  }

  void set_operator(onnx::NodeProto& n) {
    static const auto all = tapeless::gen::all_operators();
    const auto* entry = all[bits_() % all.size()];
    n.set_op_type(std::string(entry->name));
    n.set_domain(std::string(entry->domain));
  }

  void add_node() {
    onnx::NodeProto n;
    for (int count = below(4); count >= 0; --count) n.add_input(any_value());
    n.add_output("v" + std::to_string(bits_() % 10000));
    set_operator(n);
    if (below(3) == 0) set_attribute(n);
    if (below(2) == 0 && g_.output_size() > 0) g_.mutable_output(0)->set_name(n.output(0));
    *g_.add_node() = std::move(n);
  }

  void set_attribute(onnx::NodeProto& n) {
    static const char* const names[] = {
        "axis",   "axes",   "perm",         "keepdims",  "k",        "alpha",      "beta",
        "to",     "starts", "ends",         "pads",      "steps",    "mode",       "transA",
        "transB", "split",  "num_outputs",  "dilations", "strides",  "group",      "allowzero",
        "start",  "end",    "kernel_shape", "auto_pad",  "equation", "batch_dims", "epsilon",
        "dtype",  "value",  "shape",        "exclusive", "reverse",  "direction",  "hidden_size"};
    onnx::AttributeProto& a = *n.add_attribute();
    a.set_name(names[bits_() % std::size(names)]);
    switch (below(5)) {
      case 0:
        a.set_type(onnx::AttributeProto::INTS);
        for (int count = below(5); count > 0; --count) a.add_ints(any_number());
        return;
      case 1:
        a.set_type(onnx::AttributeProto::FLOAT);
        a.set_f(static_cast<float>(any_number()) / 2);
        return;
      case 2:
        a.set_type(onnx::AttributeProto::STRING);
        a.set_s(below(2) == 0 ? "ij,jk->ik" : "SAME_UPPER");
        return;
      case 3:
        a.set_type(onnx::AttributeProto::TENSOR);
        return set_numbers(*a.mutable_t());
      default:
        a.set_type(onnx::AttributeProto::INT);
        a.set_i(any_number());
    }
  }

  void set_numbers(onnx::TensorProto& t) {
    if (t.name().empty()) t.set_name("c" + std::to_string(bits_() % 10000));
    const std::string name = t.name();
    t.Clear();
    t.set_name(name);
    std::int64_t count = 1;
    for (int rank = below(5); rank > 0; --rank) {
      const std::int64_t extent = below(5);
      t.add_dims(extent);
      count *= extent;
    }
    const bool whole = below(2) == 0;
    t.set_data_type(whole ? onnx::TensorProto::INT64 : onnx::TensorProto::FLOAT);
    for (; count > 0; --count)
      whole ? t.add_int64_data(any_number()) : t.add_float_data(static_cast<float>(below(9)) - 4);
  }

  void set_input_shape() {
    if (g_.input_size() == 0) return;
    auto& shape = *g_.mutable_input(0)->mutable_type()->mutable_tensor_type()->mutable_shape();
    if (below(3) == 0) shape.add_dim();
    if (shape.dim_size() == 0) return;
    shape.mutable_dim(below(shape.dim_size()))->set_dim_value(any_number());
  }

  onnx::GraphProto& g_;
  std::minstd_rand bits_;
};

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  onnx::ModelProto model;
  if (seed % 8 == 0 || !model.ParseFromArray(data, static_cast<int>(size)) ||
      model.graph().node_size() == 0 || model.graph().node_size() > 40)
    return LLVMFuzzerMutate(data, size, most);
  mutation m(model, seed / 8 + 1);
  for (unsigned count = 1 + seed / 8 % 4; count > 0; --count) m.change();
  std::string changed;
  if (!model.SerializeToString(&changed) || changed.size() > most)
    return LLVMFuzzerMutate(data, size, most);
  std::memcpy(data, changed.data(), changed.size());
  return changed.size();
}
