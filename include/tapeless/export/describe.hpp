#pragma once
// A network with its parameters as JSON: for programs that write other formats.

#include <cstdint>
#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/core/hana.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/acos.hpp>
#include <tapeless/ops/acosh.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/asin.hpp>
#include <tapeless/ops/asinh.hpp>
#include <tapeless/ops/atan.hpp>
#include <tapeless/ops/atanh.hpp>
#include <tapeless/ops/ceil.hpp>
#include <tapeless/ops/clamp.hpp>
#include <tapeless/ops/concat.hpp>
#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/detach.hpp>
#include <tapeless/ops/diagonal.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/div_fast.hpp>
#include <tapeless/ops/elu.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/erf.hpp>
#include <tapeless/ops/exp.hpp>
#include <tapeless/ops/exp_fast.hpp>
#include <tapeless/ops/expm1.hpp>
#include <tapeless/ops/floor.hpp>
#include <tapeless/ops/gather.hpp>
#include <tapeless/ops/gelu.hpp>
#include <tapeless/ops/gelu_tanh.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/greater_equal.hpp>
#include <tapeless/ops/hard_sigmoid.hpp>
#include <tapeless/ops/hard_swish.hpp>
#include <tapeless/ops/hard_tanh.hpp>
#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/leaky_relu.hpp>
#include <tapeless/ops/less.hpp>
#include <tapeless/ops/less_equal.hpp>
#include <tapeless/ops/log.hpp>
#include <tapeless/ops/log1p.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/maximum.hpp>
#include <tapeless/ops/min.hpp>
#include <tapeless/ops/mish.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/not_equal.hpp>
#include <tapeless/ops/pow.hpp>
#include <tapeless/ops/power.hpp>
#include <tapeless/ops/prelu.hpp>
#include <tapeless/ops/relu.hpp>
#include <tapeless/ops/reshape.hpp>
#include <tapeless/ops/round.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/selu.hpp>
#include <tapeless/ops/sigmoid.hpp>
#include <tapeless/ops/sigmoid_fast.hpp>
#include <tapeless/ops/sign.hpp>
#include <tapeless/ops/silu.hpp>
#include <tapeless/ops/sin.hpp>
#include <tapeless/ops/sinh.hpp>
#include <tapeless/ops/slice.hpp>
#include <tapeless/ops/softmax.hpp>
#include <tapeless/ops/softplus.hpp>
#include <tapeless/ops/softsign.hpp>
#include <tapeless/ops/sqrt.hpp>
#include <tapeless/ops/square.hpp>
#include <tapeless/ops/sub.hpp>
#include <tapeless/ops/sum.hpp>
#include <tapeless/ops/tan.hpp>
#include <tapeless/ops/tanh.hpp>
#include <tapeless/ops/tanh_fast.hpp>
#include <tapeless/ops/transpose.hpp>
#include <tapeless/run/parameters.hpp>
#include <tapeless/run/topology.hpp>
#include <type_traits>

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace tapeless {

namespace detail {

using json = nlohmann::ordered_json;

TAPELESS_NATIVE inline json json_of(const shape& s) {
  json list = json::array();
  for (int i = 0; i < s.rank; ++i) list.push_back(s[i]);
  return list;
}

TAPELESS_NATIVE inline json json_of(const axis_labels& labels) {
  json list = json::array();
  for (int i = 0; i < labels.rank(); ++i) list.push_back(labels[i]);
  return list;
}

template <class Op>
TAPELESS_NATIVE bool is(const node& n) {
  return same_operation(n.op, &description<Op>);
}

/// The attributes of the library's operations that have any.
TAPELESS_NATIVE inline json attributes_json(const node& n) {
  if (n.op->kind == family::constant) return {{"number", number_of(n)}};
  if (is<slice>(n)) {
    const auto a = attributes_of<slice>(n);
    return {{"axis", a.axis}, {"begin", a.begin}, {"size", a.size}, {"step", a.step}};
  }
  if (is<pad>(n)) {
    const auto a = attributes_of<pad>(n);
    return {{"axis", a.axis}, {"before", a.before}, {"after", a.after}, {"number", a.number}};
  }
  if (is<softmax>(n) || is<log_softmax>(n) || is<log_sum_exp>(n))
    return {{"from_last", unpack<over_one_axis::attributes>(n.attr).from_last}};
  if (is<concat>(n)) return {{"axis", attributes_of<concat>(n).axis}};
  if (is<transpose>(n)) return {{"order", json_of(attributes_of<transpose>(n).order)}};
  if (is<iota>(n)) return {{"axis", attributes_of<iota>(n).axis}};
  if (is<pow>(n)) return {{"exponent", attributes_of<pow>(n).exponent}};
  if (is<clamp>(n)) {
    const auto a = attributes_of<clamp>(n);
    return {{"low", a.low}, {"high", a.high}};
  }
  if (is<diagonal>(n)) {
    const auto a = attributes_of<diagonal>(n);
    return {{"first", a.first}, {"second", a.second}};
  }
  if (is<gather>(n)) return {{"lead", attributes_of<gather>(n).lead}};
  if (is<contract>(n)) {
    const auto a = attributes_of<contract>(n);
    return {{"left", json_of(a.left)}, {"right", json_of(a.right)}, {"out", json_of(a.out)}};
  }
  return json::object();
}

/// Axes that a reduction takes away: those whose extent is 1 in the result, or missing.
template <class Op>
TAPELESS_NATIVE json reduction_json(const node& n) {
  const auto a = attributes_of<Op>(n);
  json axes = json::array();
  for (int i = 0; i < max_rank; ++i)
    if ((a.axes >> i & 1u) != 0) axes.push_back(i);
  return {{"axes", axes}, {"keep", a.keep}};
}

/// Whether an operation is one of the library's that other formats may know. A program's own
/// operation has another address, whatever its name; those with template arguments are known by
/// their name and values.
TAPELESS_NATIVE inline bool is_known(const node& n) {
  const auto one_of = []<class... Ops>(const node& m, type_list<Ops...>) {
    return (is<Ops>(m) || ...);
  };
  using known = type_list<
      tapeless::abs, tapeless::add, tapeless::concat, tapeless::contract, tapeless::detach,
      tapeless::diagonal, tapeless::div, tapeless::div_fast, tapeless::equal, tapeless::erf,
      tapeless::exp, tapeless::exp_fast, tapeless::expand, tapeless::expm1, tapeless::gather,
      tapeless::gelu, tapeless::gelu_tanh, tapeless::greater, tapeless::greater_equal,
      tapeless::hard_sigmoid, tapeless::hard_tanh, tapeless::iota, tapeless::less,
      tapeless::less_equal, tapeless::log, tapeless::log1p, tapeless::log_softmax,
      tapeless::log_sum_exp, tapeless::max, tapeless::maximum, tapeless::min, tapeless::mish,
      tapeless::mul, tapeless::neg, tapeless::not_equal, tapeless::pad, tapeless::pow,
      tapeless::relu, tapeless::reshape, tapeless::select, tapeless::selu, tapeless::sigmoid,
      tapeless::sigmoid_fast, tapeless::silu, tapeless::slice, tapeless::softmax,
      tapeless::softplus, tapeless::softsign, tapeless::sqrt, tapeless::square, tapeless::sub,
      tapeless::sum, tapeless::tanh, tapeless::tanh_fast, tapeless::transpose, tapeless::sin,
      tapeless::cos, tapeless::tan, tapeless::asin, tapeless::acos, tapeless::atan, tapeless::sinh,
      tapeless::cosh, tapeless::asinh, tapeless::acosh, tapeless::atanh, tapeless::floor,
      tapeless::ceil, tapeless::round, tapeless::sign, tapeless::power, tapeless::prelu,
      tapeless::hard_swish, tapeless::clamp>;
  const std::string_view name = n.op->name;
  return n.op->kind == family::tensor || n.op->kind == family::constant || one_of(n, known{}) ||
         ((name == "leaky_relu" || name == "elu") && n.op->kind == family::elementwise);
}

template <class Graph>
TAPELESS_NATIVE json json_of_node(const Graph& g, int i) {
  const node& n = g[i];
  json in = json::array();
  for (int k = 0; k < n.op->arity; ++k) in.push_back(n.in[k]);
  json j{{"op", n.op->name},
         {"known", is_known(n)},
         {"in", in},
         {"dims", json_of(n.dims)},
         {"batched", n.batched}};
  if (n.op->kind == family::tensor) j["tensor"] = tensor_of(n);
  j["attributes"] = is<sum>(n)       ? reduction_json<sum>(n)
                    : is<maximum>(n) ? reduction_json<maximum>(n)
                                     : attributes_json(n);
  // What no attribute says, such as the slope of a leaky_relu, shows in its values.
  if (n.op->kind == family::elementwise && n.op->arity == 1) {
    const double below = -1, far = -1000;
    j["at_minus_one"] = n.op->evaluate_double(&below, n.attr);
    j["far_below"] = n.op->evaluate_double(&far, n.attr);
  }
  return j;
}

}  // namespace detail

/// The graph of a network and its parameters as JSON text: tensors with names, shapes and numbers
/// in row-major order, nodes with operands by index, the result, the topology hash. Errors: none
/// but std::bad_alloc.
template <class Net, class T>
TAPELESS_NATIVE std::string describe(const parameters<Net, T>& theta) {
  using detail::json;
  const auto& g = declared<Net>;
  constexpr int nodes = std::remove_cvref_t<decltype(g)>::node_count;
  constexpr int tensors = std::remove_cvref_t<decltype(g)>::tensor_count;
  json all{{"topology", fmt::format("{:016x}", topology_hash<Net>)},
           {"result", g.results[0]},
           {"tensors", json::array()},
           {"nodes", json::array()}};
  for (int i = 0; i < tensors; ++i) {
    const tensor& t = g.tensors[i];
    json j{{"name", t.name.view()},
           {"learnt", t.where == place::parameters},
           {"dims", detail::json_of(t.dims)}};
    const int at = detail::parameters_of<Net>.find(t.name.view());
    if (t.where == place::parameters && at >= 0) {
      json numbers = json::array();
      for (int k = 0; k < t.dims.count(); ++k)
        numbers.push_back(static_cast<double>(theta.get(at, k)));
      j["numbers"] = std::move(numbers);
    }
    all["tensors"].push_back(std::move(j));
  }
  for (int i = 0; i < nodes; ++i) all["nodes"].push_back(detail::json_of_node(g, i));
  return all.dump();
}

}  // namespace tapeless
