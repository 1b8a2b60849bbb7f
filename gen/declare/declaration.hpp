#pragma once
// A network in the vocabulary of Tapeless, before it is printed: statements in order, each on the
// values of earlier ones, and the numbers of its parameters.

#include <optional>
#include <string>
#include <tapeless/core/shape.hpp>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/tensor.hpp"

namespace tapeless::gen {

/// The most axes that a value of a sample, or a parameter, has in a declaration.
inline constexpr std::size_t most_axes = max_rank;

/// A parameter with its numbers, row-major.
struct weight {
  std::string path;
  dimensions dims;
  std::vector<double> numbers;
  bool trained = true;  ///< a number of the model that training does not change otherwise
};

/// What a statement works on: the value of an earlier statement, or a number.
struct operand {
  int statement = -1;
  double number = 0;
  bool is_number() const { return statement < 0; }
};

struct statement {
  enum class kind {
    input,      ///< g.input(name, shape)
    parameter,  ///< g.parameter(name, shape)
    dense,      ///< g.dense(name, x, outputs)
    call,       ///< function(first, operands..., arguments...)
    infix,      ///< a function b
    prefix      ///< function a
  };
  kind what = kind::call;
  std::string function;  ///< "tl::math::relu", "+"
  std::string first;     ///< an argument before the operands
  std::string layer;     ///< the same as a layer, "tl::relu"; empty if there is none
  std::vector<operand> operands;
  std::vector<std::string> arguments;  ///< after the operands
  bool takes_graph = false;            ///< the first argument is the graph
  dimensions dims;                     ///< of one sample
  std::string name;                    ///< of inputs, parameters and dense layers
  std::string hint;                    ///< a name for the value, as the model calls it
  int weight = -1, bias = -1;          ///< indices of weights
};

/// A result of the network: which of its elements are which output of the model.
struct result {
  std::string name;
  dimensions dims;  ///< as the model has them
  int statement = -1;
  std::int64_t begin = 0, count = 0;  ///< elements of the network's output
};

class declaration {
 public:
  std::vector<statement> statements;
  std::vector<weight> weights;
  std::vector<result> inputs, outputs;
  int output = -1;  ///< the statement that is the network's result

  const statement& operator[](int i) const { return statements[static_cast<std::size_t>(i)]; }
  statement& operator[](int i) { return statements[static_cast<std::size_t>(i)]; }

  /// Errors: std::length_error above `most_statements`, far more than compilers take.
  int add(statement s);
  /// A call of a function on values.
  int call(std::string function, std::vector<operand> operands, dimensions dims,
           std::vector<std::string> arguments = {}, std::string layer = {});
  int infix(std::string sign, operand a, operand b, dimensions dims);
  /// The same elements in another shape; the statement itself if that is its shape.
  int reshape(int x, dimensions dims);
  /// The same number everywhere.
  int constant(double number, dimensions dims);
  /// A learnt value, or one that is no subject of training.
  int parameter(weight w);
  int add_weight(weight w);
  /// The path, or the path with a number after it where another weight has it.
  std::string free_path(const std::string& path) const;

  /// How often each statement is an operand, the output counted too.
  std::vector<int> uses() const;
  /// Drops statements and weights that the output does not need, and numbers the others anew.
  /// Inputs stay: they are columns of the caller's rows.
  void prune();

 private:
  static constexpr std::size_t most_statements = 50000;

  std::unordered_set<std::string> paths_;
  mutable std::unordered_map<std::string, int> next_;  ///< numbers that are taken below
};

/// "tl::shape{3, 4}".
std::string shape_text(const dimensions& dims);
/// A double in the shortest decimal form that float, or else double, reads back.
std::string number_text(double x);

}  // namespace tapeless::gen
