#include "header/define.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "header/print.hpp"

namespace tapeless::gen {

namespace {

/// A model's name inside quotes: what would end them, or the line, is replaced.
std::string literal(std::string name) {
  for (char& c : name)
    if (c == '"' || c == '\\' || c == '?' || static_cast<unsigned char>(c) < 32 || c == 127)
      c = '_';
  return name.substr(0, 90);
}

/// How strongly a text binds: an operand of an operator is put into brackets if it binds less.
enum binding : int { sum = 1, factor = 2, sign = 3, whole = 4 };

struct expression {
  std::string text;
  int binds = whole;
  int depth = 0;  ///< of calls within calls
  bool has_parameter = false;
};

class printer {
 public:
  printer(const declaration& d, const std::string& name) : d_{d}, uses_{d.uses()} {
    text_ = fmt::format(
        "struct {0} : tl::network<{0}> {{\n  static consteval tl::value define(tl::graph& g) {{\n",
        name);
    inline_.resize(d.statements.size());
  }

  std::string run() {
    for (int i = 0; i < static_cast<int>(d_.statements.size()); ++i) print(i);
    const std::size_t out = static_cast<std::size_t>(d_.output);
    text_ += fmt::format("    return {};\n  }}\n}};\n", inline_[out].text);
    return std::move(text_);
  }

 private:
  /// Statements that read well inside another one: used once, short, without parameters of their
  /// own, since C++ leaves the order of arguments open and parameters are created in order.
  bool stays_inside(int i, const expression& e) const {
    const statement& s = d_[i];
    if (i == d_.output) return true;
    if (s.what == statement::kind::input || e.has_parameter) return false;
    return uses_[static_cast<std::size_t>(i)] == 1 && e.depth <= 2 && e.text.size() <= 50;
  }

  void print(int i) {
    const std::size_t at = static_cast<std::size_t>(i);
    if (uses_[at] == 0 && d_[i].what != statement::kind::input) return;
    expression e = expression_of(i);
    if (stays_inside(i, e)) {
      inline_[at] = std::move(e);
      return;
    }
    const std::string name = name_for(i);
    const bool unused = uses_[at] == 0;
    const std::string head =
        fmt::format("    {}const tl::value {} = ", unused ? "[[maybe_unused]] " : "", name);
    text_ += broken(head, e.text);
    inline_[at] = {name, whole, 0, false};
  }

  /// A statement in lines of 100 columns, broken after a comma or before an operator.
  static std::string broken(const std::string& head, const std::string& body) {
    std::string rest = head + body + ";", text;
    while (rest.size() > 100) {
      std::size_t cut = rest.rfind(", ", 98);
      if (cut == std::string::npos || cut < head.size()) break;
      text += rest.substr(0, cut + 1) + "\n";
      rest = std::string(8, ' ') + rest.substr(cut + 2);
      if (rest.size() > 100 && rest.rfind(", ", 98) == std::string::npos) break;
    }
    return text + rest + "\n";
  }

  expression operand_text(const operand& o, int binds) {
    if (o.is_number()) {
      expression e{number_text(o.number), o.number < 0 ? sign : whole, 0, false};
      if (e.binds < binds) e.text = "(" + e.text + ")";
      return e;
    }
    expression e = inline_[static_cast<std::size_t>(o.statement)];
    if (e.binds < binds) e.text = "(" + e.text + ")";
    return e;
  }

  static int binding_of(const std::string& infix) {
    if (infix == "*" || infix == "/") return factor;
    return infix == "+" || infix == "-" ? sum : 0;
  }

  expression expression_of(int i) {
    const statement& s = d_[i];
    switch (s.what) {
      case statement::kind::input:
        return {fmt::format("g.input(\"{}\", {})", literal(s.name), shape_text(s.dims))};
      case statement::kind::parameter:
        return {fmt::format("g.parameter(\"{}\", {})", s.name, shape_text(s.dims)), whole, 0, true};
      case statement::kind::dense: {
        const expression x = operand_text(s.operands[0], 0);
        return {fmt::format("g.dense(\"{}\", {}, {}{})", s.name, x.text, s.dims[0],
                            s.bias < 0 ? ", false" : ""),
                whole, x.depth + 1, true};
      }
      case statement::kind::prefix: {
        const expression x = operand_text(s.operands[0], sign);
        return {s.function + x.text, sign, x.depth, x.has_parameter};
      }
      case statement::kind::infix: {
        const int binds = binding_of(s.function);
        const expression a = operand_text(s.operands[0], binds);
        const expression b = operand_text(s.operands[1], binds + 1);
        return {fmt::format("{} {} {}", a.text, s.function, b.text), binds,
                std::max(a.depth, b.depth) + 1, a.has_parameter || b.has_parameter};
      }
      case statement::kind::call:
        break;
    }
    std::vector<std::string> arguments;
    if (s.takes_graph) arguments.push_back("g");
    if (!s.first.empty()) arguments.push_back(s.first);
    expression e;
    for (const operand& o : s.operands) {
      const expression x = operand_text(o, 0);
      e.depth = std::max(e.depth, x.depth);
      e.has_parameter = e.has_parameter || x.has_parameter;
      arguments.push_back(o.is_number() ? "tl::value{" + x.text + "}" : x.text);
    }
    arguments.insert(arguments.end(), s.arguments.begin(), s.arguments.end());
    e.text = fmt::format("{}({})", s.function, fmt::join(arguments, ", "));
    e.depth += 1;
    return e;
  }

  /// An identifier that no other value has: the name of the input, layer or parameter, else the
  /// model's name for the value if that is a short word, else the operation's.
  std::string name_for(int i) {
    const statement& s = d_[i];
    std::string name = identifier_of(s.name);
    if (name.empty() && s.hint.find('/') == std::string::npos && s.hint.size() <= 20)
      name = identifier_of(s.hint);
    if (name.empty()) {
      const std::size_t colon = s.function.rfind(':');
      name = identifier_of(colon == std::string::npos ? "" : s.function.substr(colon + 1));
    }
    if (name.empty()) name = "h";
    std::string free = name;
    // Counted on from the last one: many values may have the name of one function.
    for (int& k = next_[name]; !taken_.insert(free).second; ++k)
      free = fmt::format("{}_{}", name, k + 2);
    return free;
  }

  const declaration& d_;
  std::vector<int> uses_;
  std::vector<expression> inline_;
  std::set<std::string> taken_;
  std::map<std::string, int> next_;
  std::string text_;
};

}  // namespace

std::string define_text(const declaration& d, const std::string& name) {
  return printer(d, name).run();
}

}  // namespace tapeless::gen
