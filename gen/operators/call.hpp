#pragma once
// A node as the functions of its operator see it.

#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "model/refusal.hpp"
#include "model/tensor.hpp"

namespace tapeless::gen {

/// A node's attributes.
class call {
 public:
  explicit call(const node& n) : node_{n} {}

  const node& at() const { return node_; }
  std::int64_t opset() const { return node_.opset; }

  bool has_attribute(const std::string& name) const { return node_.attributes.count(name) > 0; }
  /// The attribute, or the value for nodes without it. Errors: refusal if it has another kind.
  std::int64_t integer(const std::string& name, std::int64_t otherwise) const;
  double number(const std::string& name, double otherwise) const;
  std::string text(const std::string& name, const std::string& otherwise) const;
  std::optional<std::vector<std::int64_t>> integers(const std::string& name) const;
  std::vector<double> numbers(const std::string& name) const;
  const tensor* tensor_attribute(const std::string& name) const;

 private:
  const attribute* find(const std::string& name, attribute::kind what) const;
  const node& node_;
};

/// The evaluation of a node in double: inputs in, outputs out. Shapes follow from it too.
class evaluation : public call {
 public:
  evaluation(const node& n, std::vector<const tensor*> inputs);

  std::size_t input_count() const { return inputs_.size(); }
  /// Whether the node has that input.
  bool has(std::size_t i) const { return i < inputs_.size() && inputs_[i] != nullptr; }
  /// Errors: refusal if the node lacks the input.
  const tensor& in(std::size_t i) const;
  /// Makes an output of zeros.
  tensor& out(std::size_t i, element type, dimensions dims);
  /// Makes an output of a tensor.
  void out(std::size_t i, tensor t);
  std::size_t output_count() const { return outputs.size(); }

  std::vector<tensor> outputs;

 private:
  std::vector<const tensor*> inputs_;
};

/// Axes from an input or, before that opset, from an attribute; none if the node has neither.
std::optional<std::vector<std::int64_t>> integers_of(const call& c, const tensor* input,
                                                     const std::string& attribute);

}  // namespace tapeless::gen
