#pragma once
// The step from a node to statements: what the functions of an operator work with.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "declare/declaration.hpp"
#include "operators/call.hpp"

namespace tapeless::gen {

/// A value of the model as a value of the declaration.
///
/// A declaration works on one sample. Where the first axis of the model's value is that of the
/// batch, of extent 1, the statement lacks the axis: `sample` is set.
struct term {
  int statement = -1;
  dimensions dims;      ///< as the model has them
  bool sample = false;  ///< the statement has all axes but the first
};

/// What is known of a value of the model.
struct known_value {
  tensor sample;          ///< the value for some input
  bool constant = false;  ///< the value for every input
  bool learnt = false;    ///< a constant that comes from float initializers
  std::string origin;     ///< name of the initializer that a constant comes from
  std::optional<term> declared;
  int uses = 0;  ///< by nodes and as an output of the model
};

using known_values = std::map<std::string, known_value>;

class lowering : public call {
 public:
  lowering(const node& n, known_values& values, declaration& target)
      : call{n}, to{target}, values_{values} {}

  std::size_t input_count() const { return at().inputs.size(); }
  bool has(std::size_t i) const { return i < input_count() && !at().inputs[i].empty(); }
  const known_value& value(std::size_t i) const;
  const dimensions& dims(std::size_t i) const { return value(i).sample.dims; }
  /// The numbers of an input that is the same for every input of the model, or null.
  const tensor* constant(std::size_t i) const;
  /// The same. Errors: refusal that says that the input has to be constant.
  const tensor& constant(std::size_t i, const char* what) const;
  const dimensions& out_dims(std::size_t i = 0) const;
  std::size_t output_count() const { return at().outputs.size(); }

  /// An input as a statement. A constant becomes a parameter, with the axes it has.
  term in(std::size_t i);
  /// The same with all axes of the model, the one of the batch included.
  term full(std::size_t i) { return full(in(i)); }
  term full(term t);
  /// Without the axis of the batch, if the first axis has extent 1.
  term per_sample(term t);
  /// The same if an input is so.
  term per_sample_like(std::size_t i, term t) { return in(i).sample ? per_sample(t) : t; }

  /// Sets an output.
  void out(std::size_t i, term t);
  void out(std::size_t i, int statement, bool sample = false) {
    out(i, term{statement, out_dims(i), sample});
  }

  /// Extents of a statement of that term.
  dimensions inner(const term& t) const;

  /// A path for a parameter after the model's name for it; another one each time.
  std::string parameter_path(const std::string& name);

  declaration& to;

 private:
  known_values& values_;
};

/// Extents without the first one.
dimensions without_first(const dimensions& dims);

/// Applies numpy's rule. Errors: refusal if the extents do not fit.
dimensions broadcast(const dimensions& a, const dimensions& b);

}  // namespace tapeless::gen
