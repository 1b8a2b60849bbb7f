#pragma once
// The functions that a C file has for its own use: each is written once, where it is first needed.

#include <map>
#include <string>
#include <tapeless/export/lane.hpp>
#include <utility>

namespace tapeless::detail {

/// Helper functions by name, each behind those that it calls.
class c_functions {
 public:
  TAPELESS_NATIVE c_functions(std::string prefix, const c_types& types)
      : prefix_{std::move(prefix)}, types_{types} {}

  TAPELESS_NATIVE const std::string& prefix() const { return prefix_; }
  TAPELESS_NATIVE const c_types& types() const { return types_; }
  /// Whether bits of numbers are taken apart, which excess precision would break.
  TAPELESS_NATIVE bool takes_bits() const { return !functions_.empty(); }
  /// All of them by name: compilers differ in the order in which they need them.
  TAPELESS_NATIVE std::string text() const {
    std::string all;
    for (const auto& [name, text] : primitives_) all += text + "\n";
    for (const auto& [name, text] : functions_) all += text + "\n";
    return all;
  }

  /// The full name of a function; `write()` gives its definition if the file has none yet.
  template <class Write>
  TAPELESS_NATIVE std::string need(const std::string& name, Write&& write) {
    if (!functions_.contains(name)) functions_[name] = write();
    return prefix_ + "_" + name;
  }

  /// A function that others call, whose definition is one text: $T stands for the
  /// scalar type, $B for that of its bits, any other $ for the prefix.
  TAPELESS_NATIVE std::string need_primitive(const std::string& name, const char* definition) {
    std::string& out = primitives_[name];
    if (out.empty()) out = filled(definition);
    return prefix_ + "_" + name;
  }

 private:
  TAPELESS_NATIVE std::string filled(const char* definition) const {
    std::string out;
    for (const char* c = definition; *c != 0; ++c) {
      if (*c != '$')
        out += *c;
      else if (c[1] == 'T')
        out += types_.number, ++c;
      else if (c[1] == 'B')
        out += types_.bits, ++c;
      else
        out += prefix_;
    }
    return out;
  }

  std::string prefix_;
  c_types types_;
  std::map<std::string, std::string> primitives_, functions_;
};

/// Suffix of the functions of <math.h> for a scalar type.
template <class T>
inline constexpr const char* c_suffix = sizeof(T) == 4 ? "f" : "";

/// The body of an elementary function, recorded as a function of one or two numbers.
template <class T, class... Numbers, class Body>
TAPELESS_NATIVE std::string c_function_text(const std::string& name, Body&& body,
                                            const Numbers&... parameters) {
  const c_writing outside = c_now;
  c_block block{c_types_of<T>};
  c_now.block = &block;
  const std::string scalar{c_types_of<T>.number};
  std::string head;
  ((head += (head.empty() ? "" : ", ") + scalar + " " + parameters), ...);
  const auto result = body(text<T, false>::of(block.atom(parameters))...);
  block.finish("return ", result.id);
  std::string out = "static inline " + scalar + " " + outside.functions->prefix() + "_" + name +
                    "(" + head + ") {\n" + block.text("  ", 'e') + "}\n";
  c_now = outside;
  return out;
}

/// y = name(x), a function that the file gets if it has none.
template <class T, class Body>
TAPELESS_NATIVE tapeless::text<T> c_call(const char* name, tapeless::text<T> x, Body&& body) {
  const std::string full =
      c_now.functions->need(name, [&] { return c_function_text<T>(name, body, "x"); });
  return tapeless::text<T>::number((full + "(#)").c_str(), x);
}
template <class T, class Body>
TAPELESS_NATIVE tapeless::text<T> c_call(const char* name, tapeless::text<T> x, tapeless::text<T> y,
                                         Body&& body) {
  const std::string full =
      c_now.functions->need(name, [&] { return c_function_text<T>(name, body, "x", "y"); });
  return tapeless::text<T>::number((full + "(#, #)").c_str(), x, y);
}

}  // namespace tapeless::detail
