#include "header/define.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "header/blocks.hpp"
#include "header/print.hpp"

namespace tapeless::gen {

namespace {

/// A model's name inside quotes: what would end them, or the line, is replaced.
std::string literal(std::string name) {
  for (char& c : name)
    if (c == '"' || c == '\\' || c == '?' || static_cast<unsigned char>(c) < 32 || c == 127)
      c = '_';
  return "\"" + name.substr(0, 90) + "\"";
}

/// A statement in lines of 100 columns, broken after commas.
std::string broken(const std::string& head, const std::string& body) {
  std::string rest = head + body, text;
  while (rest.size() > 100) {
    const std::size_t cut = rest.rfind(", ", 98);
    if (cut == std::string::npos || cut < head.size()) break;
    text += rest.substr(0, cut + 1) + "\n";
    rest = std::string(8, ' ') + rest.substr(cut + 2);
    if (rest.size() > 100 && rest.rfind(", ", 98) == std::string::npos) break;
  }
  return text + rest + "\n";
}

/// How strongly a text binds: an operand of an operator is put into brackets if it binds less.
enum binding : int { sum = 1, factor = 2, sign = 3, whole = 4 };

struct expression {
  std::string text;
  int binds = whole;
  int depth = 0;  ///< of calls within calls
};

/// Identifiers of one function.
class identifiers {
 public:
  std::string free(std::string name) {
    if (name.empty()) name = "h";
    std::string candidate = name;
    // Counted on from the last one: many values may have the name of one function.
    for (int& k = next_[name]; !taken_.insert(candidate).second; ++k)
      candidate = fmt::format("{}_{}", name, k + 2);
    return candidate;
  }

 private:
  std::set<std::string> taken_;
  std::map<std::string, int> next_;
};

/// Prints statements of one function body.
class body {
 public:
  explicit body(const declaration& d) : d_{d}, uses_{d.uses()}, inline_(d.statements.size()) {
    user_.resize(d.statements.size(), -1);
    for (int i = 0; i < static_cast<int>(d.statements.size()); ++i)
      for (const operand& o : d[i].operands)
        if (!o.is_number()) user_[static_cast<std::size_t>(o.statement)] = i;
  }

  identifiers names;
  std::map<int, std::string> paths;  ///< of parameters and layers whose name is an argument
  std::string text;

  /// The value of a statement that is a name already.
  void set(int i, const std::string& name) { inline_[static_cast<std::size_t>(i)] = {name}; }
  const std::string& value(int i) const { return inline_[static_cast<std::size_t>(i)].text; }

  /// Statement i; `returned`: what the function returns next.
  void print(int i, bool returned) {
    const std::size_t at = static_cast<std::size_t>(i);
    const bool is_input = d_[i].what == statement::kind::input;
    if (uses_[at] == 0 && !is_input) return;
    expression e = expression_of(i);
    if (stays_inside(i, e) || (returned && !is_input)) {
      inline_[at] = std::move(e);
      return;
    }
    const std::string name = name_for(i);
    text += broken(
        fmt::format("    {}const tl::value {} = ", uses_[at] == 0 ? "[[maybe_unused]] " : "", name),
        e.text + ";");
    inline_[at] = {name};
  }

  std::string name_for(int i) {
    const statement& s = d_[i];
    std::string name = identifier_of(s.name);
    if (const auto at = paths.find(i); at != paths.end()) name = at->second + "_value";
    if (name.empty() && s.hint.find('/') == std::string::npos && s.hint.size() <= 20)
      name = identifier_of(s.hint);
    if (name.empty()) {
      const std::size_t colon = s.function.rfind(':');
      name = identifier_of(colon == std::string::npos ? "" : s.function.substr(colon + 1));
    }
    return names.free(name);
  }

 private:
  /// Statements that read well inside another one: short, and read by the next statement alone.
  /// Only that one: C++ leaves the order of arguments open, and nodes and parameters are created in
  /// the order of evaluation, which the topology hash and saved weights depend on.
  bool stays_inside(int i, const expression& e) const {
    const std::size_t at = static_cast<std::size_t>(i);
    if (d_[i].what == statement::kind::input) return false;
    return uses_[at] == 1 && user_[at] == i + 1 && e.depth <= 2 && e.text.size() <= 60;
  }

  std::string path_text(int i) const {
    const auto at = paths.find(i);
    return at != paths.end() ? at->second : literal(d_[i].name);
  }

  expression operand_text(const operand& o, int binds) const {
    expression e;
    if (o.is_number())
      e = {number_text(o.number), o.number < 0 ? sign : whole, 0};
    else
      e = inline_[static_cast<std::size_t>(o.statement)];
    if (e.binds < binds) e.text = "(" + e.text + ")";
    return e;
  }

  static int binding_of(const std::string& infix) {
    if (infix == "*" || infix == "/") return factor;
    return infix == "+" || infix == "-" ? sum : 0;
  }

  expression expression_of(int i) const {
    const statement& s = d_[i];
    switch (s.what) {
      case statement::kind::input:
        return {fmt::format("g.input({}, {})", path_text(i), shape_text(s.dims))};
      case statement::kind::parameter:
        return {fmt::format("g.parameter({}, {})", path_text(i), shape_text(s.dims))};
      case statement::kind::dense: {
        const expression x = operand_text(s.operands[0], 0);
        return {fmt::format("g.dense({}, {}, {}{})", path_text(i), x.text, s.dims[0],
                            s.bias < 0 ? ", false" : ""),
                whole, x.depth + 1};
      }
      case statement::kind::prefix: {
        const expression x = operand_text(s.operands[0], whole);  // "--x" is something else
        return {s.function + x.text, sign, x.depth};
      }
      case statement::kind::infix: {
        const int binds = binding_of(s.function);
        // == and < bind differently: a comparison of comparisons gets brackets.
        const expression a = operand_text(s.operands[0], std::max<int>(binds, sum));
        const expression b = operand_text(s.operands[1], binds + 1);
        return {fmt::format("{} {} {}", a.text, s.function, b.text), binds,
                std::max(a.depth, b.depth) + 1};
      }
      case statement::kind::call:
        break;
    }
    return call_text(s);
  }

  expression call_text(const statement& s) const {
    std::vector<std::string> arguments;
    if (s.takes_graph) arguments.push_back("g");
    if (!s.first.empty()) arguments.push_back(s.first);
    expression e;
    for (const operand& o : s.operands) {
      const expression x = operand_text(o, 0);
      e.depth = std::max(e.depth, x.depth);
      arguments.push_back(o.is_number() ? "tl::value{" + x.text + "}" : x.text);
    }
    arguments.insert(arguments.end(), s.arguments.begin(), s.arguments.end());
    e.text = fmt::format("{}({})", s.function, fmt::join(arguments, ", "));
    e.depth += 1;
    return e;
  }

  const declaration& d_;
  std::vector<int> uses_, user_;
  std::vector<expression> inline_;
};

bool has_path(const statement& s) {
  return s.what == statement::kind::parameter || s.what == statement::kind::dense;
}

/// The last word of a path: fc1 of "layers.0.fc1".
std::string last_word(const std::string& path) {
  const std::string end = path.substr(path.rfind('.') + 1);
  return identifier_of(end).empty() || identifier_of(end) != end ? "name" : end;
}

/// A repetition as a function of its input and the names of its parameters.
std::string function_text(const declaration& d, const repetition& r, const std::string& name) {
  body b(d);
  const std::string x = b.names.free("x");
  b.set(r.input, x);
  const std::string head = fmt::format("  static consteval tl::value {}(", name);
  std::string parameters = "tl::graph& g, tl::value x";
  for (int i = r.first; i < r.first + r.length; ++i)
    if (has_path(d[i])) {
      b.paths[i] = b.names.free(last_word(d[i].name));
      parameters += ", std::string_view " + b.paths[i];
    }
  const int last = r.first + r.length - 1;
  for (int i = r.first; i <= last; ++i) b.print(i, i == last);
  return broken(head, parameters + ") {") + b.text + broken("    return ", b.value(last) + ";") +
         "  }\n";
}

/// The call of one repetition.
std::string call_of(const declaration& d, const repetition& r, int k, const std::string& function,
                    const std::string& x) {
  std::string text = fmt::format("{}(g, {}", function, x);
  for (int i = r.first; i < r.first + r.length; ++i)
    if (has_path(d[i])) text += ", " + literal(d[i + k * r.length].name);
  return text + ")";
}

}  // namespace

std::string define_text(const declaration& d, const std::string& name) {
  const std::vector<repetition> all = repetitions_of(d);
  std::string functions;
  body b(d);
  std::size_t next = 0;
  for (int i = 0; i < static_cast<int>(d.statements.size());) {
    if (next == all.size() || i != all[next].first) {
      b.print(i, i == d.output && i + 1 == static_cast<int>(d.statements.size()));
      ++i;
      continue;
    }
    const repetition& r = all[next++];
    const std::string function = next == 1 ? "block" : fmt::format("block_{}", next);
    functions += function_text(d, r, function);
    for (int k = 0; k < r.count; ++k) {
      const int last = r.first + r.length * (k + 1) - 1;
      const std::string h = b.names.free("h");
      b.text += broken(fmt::format("    const tl::value {} = ", h),
                       call_of(d, r, k, function, b.value(r.input_of(k))) + ";");
      b.set(last, h);
    }
    i = r.end();
  }
  return fmt::format(
      "struct {0} : tl::network<{0}> {{\n{1}  static consteval tl::value "
      "define(tl::graph& g) {{\n{2}{3}  }}\n}};\n",
      name, functions, b.text, broken("    return ", b.value(d.output) + ";"));
}

}  // namespace tapeless::gen
