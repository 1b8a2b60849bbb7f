#pragma once
// Straight-line C under construction: expressions that operation bodies record, and their text.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tapeless/core/config.hpp>
#include <utility>
#include <vector>

namespace tapeless::detail {

/// What an expression of the C text is: a number of the network's scalar type, a truth value, or
/// the bits of a number.
enum class c_type : std::uint8_t { number, mask, bits };

/// How an expression reaches the text.
enum class c_form : std::uint8_t {
  atom,     ///< a name or a literal: written wherever it is used
  load,     ///< an element of memory: read once, before anything is stored
  compute,  ///< a constant of its own, unless it is the last thing that a statement does
};

/// One expression. In the pattern each # stands for the next operand.
struct c_expression {
  std::string pattern;
  std::array<int, 3> in{-1, -1, -1};
  c_type type = c_type::number;
  c_form form = c_form::compute;
};

/// Names of the C types that a scalar type and its bits have.
struct c_types {
  std::string_view number, bits;
};

/// Expressions, shared where they are equal, and the statements that store some of them.
class c_block {
 public:
  TAPELESS_NATIVE explicit c_block(const c_types& types) : types_{types} {}

  TAPELESS_NATIVE int atom(std::string text, c_type type = c_type::number) {
    return add({std::move(text), {-1, -1, -1}, type, c_form::atom});
  }
  TAPELESS_NATIVE int load(std::string text) {
    return add({std::move(text), {-1, -1, -1}, c_type::number, c_form::load});
  }
  TAPELESS_NATIVE int compute(std::string pattern, c_type type, int a, int b = -1, int c = -1) {
    return add({std::move(pattern), {a, b, c}, type, c_form::compute});
  }
  /// A statement `before expression;`, after all that come before.
  TAPELESS_NATIVE void finish(std::string before, int expression) {
    roots_.emplace_back(std::move(before), expression);
  }
  TAPELESS_NATIVE const c_expression& operator[](int i) const { return all_[at(i)]; }

  /// The statements, each on a line behind `indent`. Constants are named by a letter and a number,
  /// in the order in which the statements need them: bodies are recorded in an order that C++
  /// compilers choose.
  TAPELESS_NATIVE std::string text(const std::string& indent, char letter) const {
    writer w{*this, indent, letter};
    for (const auto& root : roots_) w.count_uses(root.second);
    for (const auto& root : roots_) w.write(root.second);
    for (const auto& [before, id] : roots_) w.out += indent + before + w.name[at(id)] + ";\n";
    return w.out;
  }

 private:
  TAPELESS_NATIVE static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  TAPELESS_NATIVE int add(c_expression e) {
    const auto key = std::tuple{e.pattern, e.in, e.type};
    const auto [found, is_new] = index_.try_emplace(key, static_cast<int>(all_.size()));
    if (is_new) all_.push_back(std::move(e));
    return found->second;
  }

  /// Writes constants, operands first.
  struct writer {
    const c_block& block;
    const std::string& indent;
    char letter;
    std::vector<int> uses;
    std::vector<std::string> name;
    std::string out;
    int next = 0;

    TAPELESS_NATIVE writer(const c_block& b, const std::string& before, char first)
        : block{b}, indent{before}, letter{first}, uses(b.all_.size()), name(b.all_.size()) {}

    TAPELESS_NATIVE void count_uses(int id) {
      if (uses[at(id)]++ > 0) return;
      for (const int operand : block[id].in)
        if (operand >= 0) count_uses(operand);
    }
    TAPELESS_NATIVE void write(int id) {
      if (!name[at(id)].empty()) return;
      const c_expression& e = block[id];
      for (const int operand : e.in)
        if (operand >= 0) write(operand);
      name[at(id)] = written(e);
      if (stays(id)) return;
      const std::string own = letter + std::to_string(next++);
      const std::string_view type =
          e.type == c_type::bits ? block.types_.bits : block.types_.number;
      out += indent + "const " + std::string{type} + " " + own + " = " + name[at(id)] + ";\n";
      name[at(id)] = own;
    }
    TAPELESS_NATIVE std::string written(const c_expression& e) const {
      std::string text;
      std::size_t operand = 0;
      for (const char c : e.pattern)
        if (c == '#')
          text += name[at(e.in[operand++])];
        else
          text += c;
      return text;
    }
    /// Whether an expression is written where it is used. Truth values always are: compilers turn
    /// them into masks of vectors there. So is what one statement alone needs, where nothing that
    /// is stored before can change it.
    TAPELESS_NATIVE bool stays(int id) const {
      const c_expression& e = block[id];
      if (e.form == c_form::atom || e.type == c_type::mask) return true;
      if (uses[at(id)] > 1 || block.roots_.size() > 1) return false;
      return e.form == c_form::load || id == block.roots_[0].second;
    }
  };

  c_types types_;
  std::vector<c_expression> all_;
  std::map<std::tuple<std::string, std::array<int, 3>, c_type>, int> index_;
  std::vector<std::pair<std::string, int>> roots_;
};

}  // namespace tapeless::detail
