#pragma once
// The model under construction.

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

#include "model/proto.hpp"
#include "model/refusal.hpp"

namespace tapeless::gen {

/// Appends ONNX nodes for the nodes of a description.
class onnx_writer {
 public:
  onnx_writer(const nlohmann::json& description, const std::string& name);

  onnx::ModelProto finish();

 private:
  using json = nlohmann::json;

  const json& node(int id) const { return d_["nodes"][static_cast<std::size_t>(id)]; }
  int operand(int id, std::size_t k) const { return node(id)["in"][k].get<int>(); }
  dimensions dims(int id) const { return node(id)["dims"].get<dimensions>(); }
  /// Whether the value differs from sample to sample, and so has an axis for them. A constant has
  /// none, whatever its node says.
  bool batched(int id) const {
    return node(id)["batched"].get<bool>() && node(id)["op"] != "constant";
  }
  bool is_parameter(int id) const;

  /// Appends a node and returns the name of its result.
  std::string add(const std::string& operation, const std::vector<std::string>& inputs,
                  const std::string& result);
  void set(const char* attribute, std::int64_t value);
  void set(const char* attribute, double value);
  void set(const char* attribute, const std::vector<std::int64_t>& values);
  void set(const char* attribute, const std::string& value);
  std::string initializer(const std::string& name, const dimensions& dims,
                          const std::vector<double>& numbers, bool learnt = false);
  std::string integers(const std::string& hint, const std::vector<std::int64_t>& values);

  /// The ONNX value of a node, with an axis for the batch if it differs from sample to sample.
  std::string value(int id);
  /// The same with as many axes as a result of `rank` axes needs, so that broadcasting aligns.
  std::string aligned(int id, std::size_t rank);
  /// The same as a truth value.
  std::string truth(int id);
  /// The same for every sample of the batch.
  std::string for_each_sample(int id);

  void take(int id);
  void take_tensor(int id);
  bool take_dense(int id);
  bool take_elementwise(int id);
  bool take_view(int id);
  bool take_reduction(int id);
  void take_contraction(int id);
  bool take_gather(int id);
  void add_output();

  const json& d_;
  onnx::ModelProto model_;
  onnx::GraphProto& g_;
  std::map<int, std::string> values_, truths_;
  std::vector<int> uses_;
  std::vector<reason> reasons_;
  std::string batch_source_;  ///< an input, from whose shape the size of the batch is read
};

}  // namespace tapeless::gen
