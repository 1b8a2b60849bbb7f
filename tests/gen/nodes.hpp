#pragma once
// Nodes made by hand, and their evaluation.

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "evaluate/evaluate.hpp"

namespace onnx_nodes {

namespace gen = tapeless::gen;

/// `numbers` has as many elements as the shape.
inline gen::tensor floats(gen::dimensions dims, std::vector<double> numbers) {
  gen::tensor t = gen::zeros(gen::element::f32, std::move(dims));
  t.numbers = std::move(numbers);
  return t;
}

inline gen::attribute integer(std::int64_t x) {
  gen::attribute a;
  a.what = gen::attribute::kind::integer;
  a.integer = x;
  return a;
}
inline gen::attribute number(double x) {
  gen::attribute a;
  a.what = gen::attribute::kind::number;
  a.number = x;
  return a;
}
inline gen::attribute text(std::string x) {
  gen::attribute a;
  a.what = gen::attribute::kind::text;
  a.text = std::move(x);
  return a;
}
inline gen::attribute integers(std::vector<std::int64_t> x) {
  gen::attribute a;
  a.what = gen::attribute::kind::integers;
  a.integers = std::move(x);
  return a;
}
inline gen::attribute numbers(std::vector<double> x) {
  gen::attribute a;
  a.what = gen::attribute::kind::numbers;
  a.numbers = std::move(x);
  return a;
}
inline gen::attribute texts(std::vector<std::string> x) {
  gen::attribute a;
  a.what = gen::attribute::kind::texts;
  a.texts = std::move(x);
  return a;
}

struct operation {
  std::string name;
  std::int64_t opset = 17;
  std::string domain = {};
  std::size_t outputs = 1;
};

using attributes = std::map<std::string, gen::attribute>;

/// The outputs of a node. Errors: refusal.
inline std::vector<gen::tensor> evaluate(const operation& o, const attributes& a,
                                         const std::vector<gen::tensor>& inputs) {
  gen::node n;
  n.operation = o.name;
  n.domain = o.domain;
  n.opset = o.opset;
  n.attributes = a;
  std::vector<const gen::tensor*> in;
  for (const gen::tensor& t : inputs) {
    n.inputs.push_back("x" + std::to_string(in.size()));
    in.push_back(&t);
  }
  for (std::size_t i = 0; i < o.outputs; ++i) n.outputs.push_back("y" + std::to_string(i));
  return gen::evaluate(n, in);
}

/// Checks output `i` of shape `dims` against numbers of numpy.
inline void check(const std::vector<gen::tensor>& outputs, std::size_t i,
                  const gen::dimensions& dims, const std::vector<double>& wanted) {
  CHECK(outputs.at(i).dims == dims);
  REQUIRE(outputs[i].numbers.size() == wanted.size());
  for (std::size_t k = 0; k < wanted.size(); ++k)
    CHECK(outputs[i].numbers[k] == Approx(wanted[k]).epsilon(1e-6).margin(1e-9));
}

inline void check_refused(const operation& o, const attributes& a,
                          const std::vector<gen::tensor>& inputs) {
  CHECK_THROWS_AS(evaluate(o, a, inputs), gen::refusal);
}

}  // namespace onnx_nodes
