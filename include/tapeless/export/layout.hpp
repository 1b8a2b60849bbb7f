#pragma once
// Where the elements of the parameters lie, for readers of a C file and for its compiler.

#include <string>
#include <tapeless/export/lane.hpp>
#include <tapeless/export/options.hpp>
#include <tapeless/export/place.hpp>
#include <tapeless/inspect/text.hpp>
#include <tapeless/run/parameters.hpp>
#include <vector>

namespace tapeless::detail {

/// The parameters of a network without its type.
struct c_parameters {
  const parameter_info* of;
  int count, size, scalars;

  template <class Net>
  TAPELESS_NATIVE static c_parameters from() {
    const auto& table = parameters_of<Net>;
    return {table.begin(), table.length(), table.size, table.scalars};
  }
};

/// Names of the parameters as parts of C constants: `0.weight` is `0_WEIGHT`. Names that differ in
/// other characters alone get their number behind them.
TAPELESS_NATIVE inline std::vector<std::string> c_parameter_names(const c_parameters& p) {
  std::vector<std::string> names;
  for (int i = 0; i < p.count; ++i) {
    std::string name = c_upper(c_identifier(p.of[i].name.view()));
    for (const std::string& other : names)
      if (other == name) name += "_" + std::to_string(i);
    names.push_back(name);
  }
  return names;
}

/// Constants of an enumeration: first element and strides of each parameter.
TAPELESS_NATIVE inline std::string c_layout_constants(const c_parameters& p,
                                                      const std::string& upper) {
  std::string text;
  const std::vector<std::string> names = c_parameter_names(p);
  for (int i = 0; i < p.count; ++i) {
    const parameter_info& info = p.of[i];
    const std::string own = upper + "_" + names[static_cast<std::size_t>(i)];
    text += fmt::format("  {} = {},  /* {} {} */\n", own, info.at.offset, info.name.view(),
                        text_of(info.dims));
    for (int axis = 0; axis < info.dims.rank; ++axis)
      text += fmt::format("  {}_STRIDE_{} = {},\n", own, axis, info.at.stride[axis]);
  }
  return text;
}

/// Loops that copy all parameters from plain tensors, one behind the other, to the packed block, or
/// back.
TAPELESS_NATIVE inline std::string c_packing_loops(const c_parameters& p, bool pack) {
  std::string text;
  int first = 0;
  for (int i = 0; i < p.count; ++i) {
    const parameter_info& info = p.of[i];
    access packed, plain;
    const strided rows = row_major(info.dims, false);
    packed.offset = info.at.offset;
    plain.offset = first;
    first += info.dims.count();
    c_place at;
    std::string indent = "  ";
    for (int axis = 0; axis < info.dims.rank; ++axis) {
      packed.stride[axis] = info.at.stride[axis];
      plain.stride[axis] = rows.stride[axis];
      const std::string index = "i" + std::to_string(axis);
      at = at.by(axis, index);
      text += fmt::format("{0}for (int {1} = 0; {1} < {2}; ++{1}) {{\n", indent, index,
                          info.dims[axis]);
      indent += "  ";
    }
    const std::string a = "theta[" + c_index(packed, at) + "]",
                      b = "plain[" + c_index(plain, at) + "]";
    text += indent + (pack ? a + " = " + b : b + " = " + a) + ";\n";
    while (indent.size() > 2) {
      indent.resize(indent.size() - 2);
      text += indent + "}\n";
    }
  }
  return text;
}

/// The elements of an array in hexadecimal notation, which is exact.
template <class T>
TAPELESS_NATIVE std::string c_elements(const T* data, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += i % 6 == 0 ? "\n  " : " ";
    text += data[i] == T(0) && !std::signbit(data[i]) ? "0.0" : fmt::format("{:a}", data[i]);
    if (sizeof(T) == 4) text += 'f';
    if (i + 1 < count) text += ',';
  }
  return text;
}

}  // namespace tapeless::detail
