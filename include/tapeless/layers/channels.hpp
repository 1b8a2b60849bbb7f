#pragma once
// Numbers per channel beside {channels, ...}.

#include <tapeless/layers/layer.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/reshape.hpp>

namespace tapeless::detail {

/// One number per channel in the shape in which the numbers broadcast to x.
constexpr value per_channel(value v, const shape& x) {
  shape one{x[0]};
  for (int i = 1; i < x.rank; ++i) one = one.append(1);
  return math::reshape(v, one);
}

/// y with a fresh bias per channel, if asked.
constexpr value with_bias(graph& g, value y, const initializer& start, bool asked) {
  if (!asked || g.failed()) return y;
  return y + per_channel(g.parameter("bias", shape{y.dims()[0]}, start), y.dims());
}

/// Whether groups divide the channels of x and the outputs; says so otherwise.
constexpr bool groups_divide(graph& g, value x, int outputs, int groups) {
  if (x.dims()[0] % groups == 0 && outputs % groups == 0) return true;
  g.fail(problem::groups_do_not_divide, g.scope, shape{x.dims()[0], outputs, groups}, x.dims());
  return false;
}

/// {groups, outputs of one, space ...} as {outputs, space ...}.
constexpr value joined_groups(value y, int outputs) {
  shape joined{outputs};
  for (int i = 2; i < y.dims().rank; ++i) joined = joined.append(y.dims()[i]);
  return math::reshape(y, joined);
}

/// A parameter that no optimizer changes.
constexpr value fixed_parameter(graph& g, const char* name, shape dims, const initializer& start) {
  const value v = g.parameter(name, dims, start);
  if (!g.failed()) g.tensors[tensor_of(g[v.id])].trainable = false;
  return v;
}

}  // namespace tapeless::detail
