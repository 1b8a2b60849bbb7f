#include "declare/recognise.hpp"

#include <cmath>
#include <string_view>

namespace tapeless::gen {

namespace {

/// A product as its factors: a number and the statements.
struct product {
  double number = 1;
  std::vector<int> factors;
};

class matcher {
 public:
  explicit matcher(declaration& d) : d_{d} {}

  void run() {
    for (int i = 0; i < static_cast<int>(d_.statements.size()); ++i) {
      if (!is_infix(i, "*") && !is_infix(i, "/")) continue;
      product p;
      multiply(p, {i, 0}, 0);
      if (p.factors.size() != 2) continue;
      for (const bool turned : {false, true}) {
        const int x = p.factors[turned ? 1 : 0], f = p.factors[turned ? 0 : 1];
        if (d_[x].dims != d_[i].dims) continue;
        if (const std::string name = activation(p.number, x, f); !name.empty()) {
          replace(i, x, name);
          break;
        }
      }
    }
  }

 private:
  bool is_infix(int i, std::string_view sign) const {
    return i >= 0 && d_[i].what == statement::kind::infix && d_[i].function == sign;
  }
  bool is_call(int i, std::string_view function) const {
    return i >= 0 && d_[i].what == statement::kind::call && d_[i].function == function &&
           d_[i].operands.size() == 1;
  }
  int operand_of(int i) const { return d_[i].operands[0].statement; }

  void multiply(product& p, const operand& o, int depth) const {
    if (o.is_number()) {
      p.number *= o.number;
    } else if (depth < 4 && is_infix(o.statement, "*")) {
      multiply(p, d_[o.statement].operands[0], depth + 1);
      multiply(p, d_[o.statement].operands[1], depth + 1);
    } else if (depth < 4 && is_infix(o.statement, "/") && d_[o.statement].operands[1].is_number()) {
      multiply(p, d_[o.statement].operands[0], depth + 1);
      p.number /= d_[o.statement].operands[1].number;
    } else {
      p.factors.push_back(o.statement);
    }
  }

  static bool near(double a, double b) { return std::fabs(a - b) < 1e-6 * std::fabs(b); }

  /// Whether f is 1 + erf(x / sqrt 2).
  bool is_gelu_factor(int x, int f) const {
    if (!is_infix(f, "+")) return false;
    const operand &a = d_[f].operands[0], &b = d_[f].operands[1];
    const operand &number = a.is_number() ? a : b, &other = a.is_number() ? b : a;
    if (!number.is_number() || number.number != 1 || !is_call(other.statement, "tl::math::erf"))
      return false;
    product inner;
    multiply(inner, d_[other.statement].operands[0], 0);
    return inner.factors == std::vector<int>{x} && near(inner.number, std::sqrt(0.5));
  }

  std::string activation(double number, int x, int f) const {
    if (number == 1 && is_call(f, "tl::math::sigmoid") && operand_of(f) == x) return "silu";
    if (number == 1 && is_call(f, "tl::math::tanh") &&
        is_call(operand_of(f), "tl::math::softplus") && operand_of(operand_of(f)) == x)
      return "mish";
    return number == 0.5 && is_gelu_factor(x, f) ? "gelu" : "";
  }

  void replace(int i, int x, const std::string& name) {
    statement& s = d_[i];
    s.what = statement::kind::call;
    s.function = "tl::math::" + name;
    s.layer = "tl::" + name;
    s.operands = {{x, 0}};
    s.arguments.clear();
  }

  declaration& d_;
};

}  // namespace

void recognise_activations(declaration& d) { matcher(d).run(); }

}  // namespace tapeless::gen
