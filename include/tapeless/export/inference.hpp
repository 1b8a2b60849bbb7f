#pragma once
// What every C file has: its subject, parameters in the file or packed by functions, forward.

#include <stdexcept>
#include <string>
#include <tapeless/export/file.hpp>
#include <tapeless/run/forward.hpp>
#include <tapeless/run/topology.hpp>
#include <vector>

namespace tapeless::detail {

/// A plan for the vectors of most processors, whatever this source is compiled for: the file is the
/// same everywhere.
template <class Net, class Stage, class T, class O>
TAPELESS_NATIVE c_program c_plan() {
  using job = compiled<Net, Stage, T, simd::avx2, O>;
  static_assert(check_plan<job::plan, job::ready>());
  return c_program::of<job::plan, T>();
}

template <class Net, class T, int Batch>
TAPELESS_NATIVE c_subject c_subject_of(const c_options& options) {
  const std::string name = short_name_of<Net>();
  const std::string prefix = options.prefix.empty() ? name : options.prefix;
  if (prefix != c_identifier(prefix) || (prefix[0] >= '0' && prefix[0] <= '9'))
    throw std::invalid_argument("the prefix '" + prefix + "' of a C file is no identifier of C");
  return {.network = name,
          .prefix = prefix,
          .types = c_types_of<T>,
          .scalar_bytes = sizeof(T),
          .batch = Batch,
          .inputs = input_size<Net>,
          .outputs = output_size<Net>,
          .parameters = c_parameters::from<Net>(),
          .topology = topology_hash<Net>,
          .packing = packing_hash<Net>};
}

/// Buffers of every function: parameters by a pointer or an array of that name.
TAPELESS_NATIVE inline c_buffers c_buffers_with(const std::string& theta) {
  c_buffers b;
  b[place::arena] = "m";
  b[place::parameters] = theta;
  b[place::input] = "x";
  return b;
}

/// The parameters as an array: for everyone, or for a function of the file that reads them.
template <class T>
TAPELESS_NATIVE void c_add_weights(c_file<T>& file, const T* theta, bool shared) {
  const std::string name = file.about().prefix + "_weights";
  const std::string type = "const " + file.scalar() + " ";
  const std::string size = fmt::format("[{}_PARAMETERS]", file.upper());
  if (!shared && !file.reads(name)) return;
  if (shared)
    file.declare("/* The parameters that the file was written with. */\nextern " + type + name +
                 size + ";\n");
  file.define(fmt::format("{}{}{}{} {}_ALIGNED = {{{}}};\n", shared ? "" : "static ", type, name,
                          size, file.upper(),
                          c_elements(theta, std::max(file.about().parameters.size, 1))));
}

/// Functions that convert parameters from and to plain tensors.
template <class T>
TAPELESS_NATIVE void c_add_packing(c_file<T>& file) {
  if (file.about().parameters.count == 0) return;
  const std::string& prefix = file.about().prefix;
  const std::string s = file.scalar();
  file.add_plain(
      fmt::format("void {0}_pack(const {1}* restrict plain, {1}* restrict theta)", prefix, s),
      fmt::format("  for (int i = 0; i < {}_PARAMETERS; ++i) theta[i] = 0.0{};\n", file.upper(),
                  sizeof(T) == 4 ? "f" : "") +
          c_packing_loops(file.about().parameters, true),
      "The block of parameters from plain tensors, row-major, one behind the other.");
  file.add_plain(
      fmt::format("void {0}_unpack(const {1}* restrict theta, {1}* restrict plain)", prefix, s),
      c_packing_loops(file.about().parameters, false), "Plain tensors from the block.");
}

template <class Net, class T, class... Options>
TAPELESS_NATIVE void c_add_forward(c_file<T>& file, bool embedded) {
  using O = options_of<Options...>;
  const std::string s = file.scalar();
  std::vector<std::string> head;
  if (!embedded) head.push_back("const " + s + "* restrict theta");
  head.push_back("const " + s + "* restrict x");
  head.push_back(s + "* restrict y");
  c_buffers b = c_buffers_with(embedded ? file.about().prefix + "_weights" : "theta");
  b[place::output] = "y";
  file.add("void", "forward", head, "y = network(x): rows of outputs from rows of inputs.",
           c_plan<Net, forward_stage<Net, batch_in<O>()>, T, O>(), b);
}

}  // namespace tapeless::detail
