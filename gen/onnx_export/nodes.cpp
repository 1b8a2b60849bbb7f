// Operations of Tapeless as nodes of ONNX.

#include <fmt/format.h>

#include <map>
#include <optional>

#include "onnx_export/writer.hpp"

namespace tapeless::gen {

namespace {

const std::map<std::string, const char*> unary{{"neg", "Neg"},
                                               {"abs", "Abs"},
                                               {"exp", "Exp"},
                                               {"exp_fast", "Exp"},
                                               {"log", "Log"},
                                               {"sqrt", "Sqrt"},
                                               {"erf", "Erf"},
                                               {"relu", "Relu"},
                                               {"tanh", "Tanh"},
                                               {"tanh_fast", "Tanh"},
                                               {"sigmoid", "Sigmoid"},
                                               {"sigmoid_fast", "Sigmoid"},
                                               {"softplus", "Softplus"},
                                               {"mish", "Mish"},
                                               {"softsign", "Softsign"},
                                               {"gelu", "Gelu"},
                                               {"gelu_tanh", "Gelu"},
                                               {"selu", "Selu"},
                                               {"elu", "Elu"},
                                               {"leaky_relu", "LeakyRelu"},
                                               {"hard_sigmoid", "HardSigmoid"},
                                               {"softmax", "Softmax"},
                                               {"log_softmax", "LogSoftmax"},
                                               {"detach", "Identity"},
                                               {"sin", "Sin"},
                                               {"cos", "Cos"},
                                               {"tan", "Tan"},
                                               {"asin", "Asin"},
                                               {"acos", "Acos"},
                                               {"atan", "Atan"},
                                               {"sinh", "Sinh"},
                                               {"cosh", "Cosh"},
                                               {"asinh", "Asinh"},
                                               {"acosh", "Acosh"},
                                               {"atanh", "Atanh"},
                                               {"floor", "Floor"},
                                               {"ceil", "Ceil"},
                                               {"round", "Round"},
                                               {"sign", "Sign"},
                                               {"hard_swish", "HardSwish"}};

const std::map<std::string, const char*> binary{
    {"add", "Add"}, {"sub", "Sub"},   {"mul", "Mul"},     {"div", "Div"}, {"div_fast", "Div"},
    {"min", "Min"}, {"power", "Pow"}, {"prelu", "PRelu"}, {"max", "Max"}};

const std::map<std::string, const char*> comparisons{{"greater", "Greater"},
                                                     {"greater_equal", "GreaterOrEqual"},
                                                     {"less", "Less"},
                                                     {"less_equal", "LessOrEqual"},
                                                     {"equal", "Equal"}};

std::string without_end(const std::string& name, const std::string& end) {
  return name.ends_with(end) ? name.substr(0, name.size() - end.size()) : name;
}

}  // namespace

bool onnx_writer::take_dense(int id) {
  const std::string op = node(id)["op"].get<std::string>();
  // The product alone is emitted by the sum that adds its bias, if nothing else reads the product.
  const auto is_layer = [&](int product) {
    if (node(product)["op"] != "contract") return false;
    const json& a = node(product)["attributes"];
    const int w = operand(product, 0), x = operand(product, 1);
    return is_parameter(w) && batched(x) && dims(w).size() == 2 && dims(x).size() == 1 &&
           a["left"].size() == 2 && a["left"][1] == a["right"][0] && a["out"].size() == 1 &&
           a["out"][0] == a["left"][0];
  };
  const auto emit = [&](int product, std::optional<int> bias) {
    std::vector<std::string> in{value(operand(product, 1)), value(operand(product, 0))};
    if (bias) in.push_back(value(*bias));
    values_[id] = add("Gemm", in, without_end(in[1], ".weight"));
    set("transB", std::int64_t{1});
    return true;
  };
  if (op == "contract" && is_layer(id)) {
    if (uses_[static_cast<std::size_t>(id)] != 1) return emit(id, std::nullopt);
    for (std::size_t next = static_cast<std::size_t>(id) + 1; next < d_["nodes"].size(); ++next) {
      const json& n = d_["nodes"][next];
      if (uses_[next] == 0 || n["op"] != "add" || n["in"][0] != id) continue;
      const int b = n["in"][1].get<int>();
      if (is_parameter(b) && dims(b) == dims(id)) return true;
    }
    return emit(id, std::nullopt);
  }
  if (op != "add") {
    if (op != "contract") return false;
    take_contraction(id);
    return true;
  }
  const int product = operand(id, 0), bias = operand(id, 1);
  if (values_.count(product) > 0 || !is_layer(product)) return false;
  return emit(product, bias);
}

bool onnx_writer::take_elementwise(int id) {
  const json& n = node(id);
  const std::string op = n["op"].get<std::string>(), result = fmt::format("{}_{}", op, id);
  const std::size_t rank = dims(id).size();
  const auto in = [&](std::size_t k) { return aligned(operand(id, k), rank); };
  if (const auto at = unary.find(op); at != unary.end()) {
    values_[id] = add(at->second, {in(0)}, result);
    if (op == "gelu_tanh") set("approximate", std::string{"tanh"});
    if (op == "softmax" || op == "log_softmax")
      set("axis", -1 - n["attributes"]["from_last"].get<std::int64_t>());
    if (op == "hard_sigmoid") set("alpha", 1.0 / 6);
    if (op == "leaky_relu") set("alpha", -n["at_minus_one"].get<double>());
    if (op == "elu") set("alpha", -n["far_below"].get<double>());
    return true;
  }
  if (const auto at = binary.find(op); at != binary.end()) {
    values_[id] = add(at->second, {in(0), in(1)}, result);
  } else if (const auto test = comparisons.find(op); test != comparisons.end()) {
    truths_[id] = add(test->second, {in(0), in(1)}, result);
  } else if (op == "not_equal") {
    truths_[id] = add("Not", {add("Equal", {in(0), in(1)}, result + "_equal")}, result);
  } else if (op == "select") {
    const std::string chosen = truth(operand(id, 0));
    if (dims(operand(id, 0)).size() != rank && batched(operand(id, 0))) return false;
    values_[id] = add("Where", {chosen, in(1), in(2)}, result);
  } else if (op == "square" || op == "pow") {
    const double exponent = op == "pow" ? n["attributes"]["exponent"].get<double>() : 2;
    values_[id] = add("Pow", {in(0), initializer(result + "_exponent", {}, {exponent})}, result);
  } else if (op == "silu") {
    values_[id] = add("Mul", {in(0), add("Sigmoid", {in(0)}, result + "_gate")}, result);
  } else if (op == "hard_tanh" || op == "clamp") {
    const json& a = n["attributes"];
    values_[id] = add("Clip",
                      {in(0), initializer(result + "_low", {}, {a.value("low", -1.0)}),
                       initializer(result + "_high", {}, {a.value("high", 1.0)})},
                      result);
  } else if (op == "expm1") {
    values_[id] =
        add("Sub", {add("Exp", {in(0)}, result + "_exp"), initializer(result + "_one", {}, {1})},
            result);
  } else if (op == "log1p") {
    values_[id] =
        add("Log", {add("Add", {in(0), initializer(result + "_one", {}, {1})}, result + "_sum")},
            result);
  } else {
    return false;
  }
  return true;
}

bool onnx_writer::take_view(int id) {
  const json& n = node(id);
  const json& a = n["attributes"];
  const std::string op = n["op"].get<std::string>(), result = fmt::format("{}_{}", op, id);
  const std::int64_t shift = batched(id) ? 1 : 0;
  dimensions shape = dims(id);
  if (op == "reshape") {
    if (shift > 0) shape.insert(shape.begin(), -1);
    values_[id] = add("Reshape", {value(operand(id, 0)), integers("shape", shape)}, result);
  } else if (op == "transpose") {
    std::vector<std::int64_t> order;
    if (shift > 0) order.push_back(0);
    for (const json& axis : a["order"]) order.push_back(axis.get<std::int64_t>() + shift);
    values_[id] = add("Transpose", {value(operand(id, 0))}, result);
    set("perm", order);
  } else if (op == "expand") {
    const std::string x = aligned(operand(id, 0), shape.size());
    if (shift > 0) shape.insert(shape.begin(), 1);
    values_[id] = add("Expand", {x, integers("shape", shape)}, result);
  } else if (op == "slice") {
    const std::int64_t begin = a["begin"], size = a["size"], step = a.value("step", 1);
    const std::int64_t last = begin + size * step;
    values_[id] =
        add("Slice",
            {value(operand(id, 0)), integers("starts", {begin}),
             integers("ends", {last < 0 ? INT64_MIN : last}),
             integers("axes", {a["axis"].get<std::int64_t>() + shift}), integers("steps", {step})},
            result);
  } else if (op == "pad") {
    std::vector<std::int64_t> pads(2 * (shape.size() + static_cast<std::size_t>(shift)));
    const auto axis = a["axis"].get<std::size_t>() + static_cast<std::size_t>(shift);
    pads[axis] = a["before"];
    pads[pads.size() / 2 + axis] = a["after"];
    std::vector<std::string> inputs{value(operand(id, 0)), integers("pads", pads)};
    if (a["number"].get<double>() != 0)
      inputs.push_back(initializer(result + "_border", {}, {a["number"].get<double>()}));
    values_[id] = add("Pad", inputs, result);
  } else if (op == "concat") {
    std::vector<std::string> parts;
    for (std::size_t k = 0; k < n["in"].size(); ++k)
      parts.push_back(shift > 0 ? for_each_sample(operand(id, k)) : value(operand(id, k)));
    values_[id] = add("Concat", parts, result);
    set("axis", a["axis"].get<std::int64_t>() + shift);
  } else if (op == "iota") {
    std::vector<double> numbers(static_cast<std::size_t>(count_of(shape)));
    const auto axis = a["axis"].get<std::size_t>();
    const std::vector<std::int64_t> steps = strides_of(shape);
    for (std::size_t i = 0; i < numbers.size(); ++i)
      numbers[i] = static_cast<double>(static_cast<std::int64_t>(i) / steps[axis] % shape[axis]);
    values_[id] = initializer(result, shape, numbers);
  } else {
    return false;
  }
  return true;
}

bool onnx_writer::take_reduction(int id) {
  const json& n = node(id);
  const std::string op = n["op"].get<std::string>(), result = fmt::format("{}_{}", op, id);
  const std::int64_t shift = batched(id) ? 1 : 0;
  if (op == "log_sum_exp") {
    const std::int64_t axis = -1 - node(id)["attributes"]["from_last"].get<std::int64_t>();
    values_[id] = add("ReduceLogSumExp", {value(operand(id, 0)), integers("axes", {axis})}, result);
    set("keepdims", std::int64_t{1});
    return true;
  }
  if (op != "sum" && op != "maximum") return false;
  std::vector<std::int64_t> axes;
  for (const json& axis : n["attributes"]["axes"]) axes.push_back(axis.get<std::int64_t>() + shift);
  values_[id] = add(op == "sum" ? "ReduceSum" : "ReduceMax",
                    {value(operand(id, 0)), integers("axes", axes)}, result);
  set("keepdims", std::int64_t{n["attributes"]["keep"].get<bool>() ? 1 : 0});
  return true;
}

/// Rows by index. ONNX counts negative indices from the end and leaves all others that name no row
/// undefined: they read row 0, and a choice puts zeros in its place.
bool onnx_writer::take_gather(int id) {
  if (node(id)["op"] != "gather") return false;
  const int table = operand(id, 0), index = operand(id, 1);
  if (batched(table) || node(id)["attributes"]["lead"].get<int>() != 0) {
    reasons_.push_back({"operation 'gather'", "",
                        "its table differs from sample to sample, or there are several tables",
                        "take the rows of a parameter, or of what is computed from parameters"});
    return true;
  }
  const std::string result = fmt::format("gather_{}", id), x = value(index);
  const std::string zero = initializer(result + "_first", {}, {0});
  const std::string count =
      initializer(result + "_rows", {}, {static_cast<double>(dims(table)[0])});
  const std::string within = add("And",
                                 {add("GreaterOrEqual", {x, zero}, result + "_above"),
                                  add("Less", {x, count}, result + "_below")},
                                 result + "_within");
  const std::string whole =
      add("Equal", {add("Floor", {x}, result + "_floor"), x}, result + "_whole");
  const std::string names_row = add("And", {within, whole}, result + "_names_a_row");
  const std::string row =
      add("Cast", {add("Where", {names_row, x, zero}, result + "_row")}, result + "_index");
  set("to", std::int64_t{onnx::TensorProto::INT64});
  const std::string rows = add("Gather", {value(table), row}, result + "_of_table");
  const std::string apart =
      add("Unsqueeze", {names_row, integers("axes", {-1})}, result + "_apart");
  values_[id] = add("Where", {apart, rows, zero}, result);
  return true;
}

void onnx_writer::take_contraction(int id) {
  const json& a = node(id)["attributes"];
  const auto letters = [](const json& labels, bool with_batch) {
    std::string text = with_batch ? "z" : "";
    for (const json& label : labels) text += static_cast<char>('a' + label.get<int>() - 1);
    return text;
  };
  const int left = operand(id, 0), right = operand(id, 1);
  // The labels that tl::math::matmul gives two matrices: rows, the summed axis, columns.
  const json labels{a["left"], a["right"], a["out"]};
  if (labels == json{{1, 2}, {2, 4}, {1, 4}} || labels == json{{1, 2}, {2, 3}, {1, 3}}) {
    values_[id] = add("MatMul", {value(left), value(right)}, fmt::format("matmul_{}", id));
    return;
  }
  const std::string equation =
      fmt::format("{},{}->{}", letters(a["left"], batched(left)),
                  letters(a["right"], batched(right)), letters(a["out"], batched(id)));
  values_[id] = add("Einsum", {value(left), value(right)}, fmt::format("contract_{}", id));
  set("equation", equation);
}

}  // namespace tapeless::gen
