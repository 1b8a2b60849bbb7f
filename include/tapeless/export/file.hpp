#pragma once
// A C file under construction: what it says of itself, its constants and its functions.

#include <string>
#include <tapeless/export/function.hpp>
#include <tapeless/export/layout.hpp>
#include <vector>

namespace tapeless::detail {

/// What a C file is about.
struct c_subject {
  std::string network, prefix;
  c_types types;
  int scalar_bytes;
  int batch, inputs, outputs, targets = 0;
  c_parameters parameters;
  std::uint64_t topology, packing;
};

/// One function of the file.
struct c_function {
  std::string head;  ///< type, name and parameters
  std::string body;
  std::string what;  ///< a sentence
  long long stack;   ///< bytes of local arrays
};

/// Collects functions and writes the file.
template <class T>
class c_file {
 public:
  TAPELESS_NATIVE c_file(c_subject subject, const c_options& options)
      : about_{std::move(subject)},
        budget_{options.straight_budget, options.unroll_budget},
        functions_{about_.prefix, about_.types},
        upper_{c_upper(about_.prefix)} {}

  TAPELESS_NATIVE const c_subject& about() const { return about_; }
  TAPELESS_NATIVE const std::string& upper() const { return upper_; }
  TAPELESS_NATIVE std::string scalar() const { return std::string{about_.types.number}; }

  /// A function that runs a plan. Parameters: C declarations. Before, behind: statements around
  /// those of the plan. Parameters and locals that nothing reads are marked.
  TAPELESS_NATIVE void add(const std::string& type, const std::string& name,
                           const std::vector<std::string>& parameters, const std::string& what,
                           const c_program& program, const c_buffers& buffers,
                           const std::string& before = {}, const std::string& behind = {},
                           const std::vector<std::string>& locals = {}) {
    long long elements = 0;
    std::string body = c_statements<T>(program, buffers, functions_, budget_, elements);
    const auto mark = [&](const std::string& own) {
      return body.find(own + "[") == body.npos && before.find(own + "->") == before.npos
                 ? "  (void)" + own + ";\n"
                 : "";
    };
    std::string head = type + " " + about_.prefix + "_" + name + "(", unused;
    for (const std::string& p : parameters) {
      head += (p == parameters[0] ? "" : ", ") + p;
      unused += mark(p.substr(p.find_last_of(" *") + 1));
    }
    for (const std::string& l : locals) unused += mark(l);
    body = before + unused + body + behind;
    own_.push_back({head + ")", body, what, elements * about_.scalar_bytes});
  }
  /// Any other function.
  TAPELESS_NATIVE void add_plain(const std::string& head, const std::string& body,
                                 const std::string& what) {
    own_.push_back({head, body, what, 0});
  }
  /// Whether a function reads an array of that name.
  TAPELESS_NATIVE bool reads(const std::string& name) const {
    for (const c_function& f : own_)
      if (f.body.find(name + "[") != f.body.npos) return true;
    return false;
  }
  /// Text among the declarations, and among the definitions ahead of the functions.
  TAPELESS_NATIVE void declare(const std::string& text) { declarations_ += text; }
  TAPELESS_NATIVE void define(const std::string& text) { definitions_ += text; }

  TAPELESS_NATIVE std::string text() const {
    std::string out = comment() + includes() + constants() + declarations_ + "\n";
    for (const c_function& f : own_) out += fmt::format("/* {} */\n{};\n", f.what, f.head);
    out += fmt::format("\n#ifndef {}_DECLARATIONS_ONLY\n\n", upper_);
    out += macros() + functions_.text() + definitions_;
    for (const c_function& f : own_) out += "\n" + f.head + " {\n" + f.body + "}\n";
    return out + fmt::format("\n#endif /* {}_DECLARATIONS_ONLY */\n", upper_);
  }

 private:
  c_subject about_;
  c_budget budget_;
  c_functions functions_;
  std::string upper_, declarations_, definitions_;
  std::vector<c_function> own_;

  TAPELESS_NATIVE std::string comment() const {
    const c_subject& a = about_;
    std::string text = fmt::format(
        "/* Network {}, written by Tapeless. C99; needs nothing but <math.h> and <stdint.h>.\n *\n"
        " * Rows per call: {}. Scalars of an input row: {}, of an output row: {}{}.\n"
        " * Scalar type: {}. Parameters: {}, in a block of {} ({} bytes).\n"
        " * Topology {:016x}, packing {:016x}.\n *\n",
        a.network, a.batch, a.inputs, a.outputs,
        a.targets > 0 ? fmt::format(", of a target row: {}", a.targets) : "", a.types.number,
        a.parameters.scalars, a.parameters.size,
        static_cast<long long>(a.parameters.size) * a.scalar_bytes, a.topology, a.packing);
    text += " * Functions, and bytes of their local arrays on the stack:\n";
    for (const c_function& f : own_)
      text += fmt::format(
          " *   {:<24} {}\n",
          f.head.substr(0, f.head.find('(')).substr(f.head.find_last_of(" ", f.head.find('(')) + 1),
          f.stack);
    text +=
        " *\n * Parameters in their order: name, shape, first element in the block, strides of the "
        "axes.\n"
        " * A weight has the shape [outputs, inputs]; what lies between the elements is 0.\n";
    for (int i = 0; i < a.parameters.count; ++i) {
      const parameter_info& p = a.parameters.of[i];
      std::string strides;
      for (int axis = 0; axis < p.dims.rank; ++axis)
        strides += (axis > 0 ? ", " : "") + std::to_string(p.at.stride[axis]);
      text += fmt::format(" *   {:<16} {:<12} {:>8}  [{}]\n", p.name.view(), text_of(p.dims),
                          p.at.offset, strides);
    }
    return text + fmt::format(
                      " *\n * Another source gets the declarations alone by defining "
                      "{}_DECLARATIONS_ONLY and including\n * this file. */\n",
                      upper_);
  }

  TAPELESS_NATIVE std::string includes() const {
    std::string text = "#include <math.h>\n#include <stdint.h>\n\n";
    if (functions_.takes_bits())
      text += fmt::format(
          "#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) || \\\n"
          "    (defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ {})\n"
          "#error \"this file needs arithmetic as it is written: no -ffast-math, no "
          "x87\"\n#endif\n\n",
          sizeof(T) == 4 ? "> 0" : "> 1");
    return text;
  }

  TAPELESS_NATIVE std::string constants() const {
    std::string text =
        fmt::format("enum {{\n  {0}_BATCH = {1},\n  {0}_INPUTS = {2},\n  {0}_OUTPUTS = {3},\n",
                    upper_, about_.batch, about_.inputs, about_.outputs);
    if (about_.targets > 0) text += fmt::format("  {}_TARGETS = {},\n", upper_, about_.targets);
    text += fmt::format("  {}_PARAMETERS = {},\n", upper_, std::max(about_.parameters.size, 1));
    return text + c_layout_constants(about_.parameters, upper_) + "};\n\n";
  }

  TAPELESS_NATIVE std::string macros() const {
    std::string text;
    if (definitions_.find("_ALIGNED") != definitions_.npos)
      text += fmt::format(
          "/* Vectors that are loaded from an array stay within lines of the cache. */\n"
          "#if defined(__GNUC__)\n#define {0}_ALIGNED __attribute__((aligned(64)))\n"
          "#else\n#define {0}_ALIGNED\n#endif\n\n",
          upper_);
    bool keeps = false;
    for (const c_function& f : own_) keeps = keeps || f.body.find("_KEEP_LOOP") != f.body.npos;
    if (keeps)
      text += fmt::format(
          "/* Keeps a short loop until compilers have made vectors of it. */\n"
          "#if defined(__GNUC__) && !defined(__clang__)\n"
          "#define {0}_KEEP_LOOP _Pragma(\"GCC unroll 2\")\n"
          "#else\n#define {0}_KEEP_LOOP\n#endif\n\n",
          upper_);
    return text;
  }
};

}  // namespace tapeless::detail
