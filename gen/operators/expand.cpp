// Expand and Tile.

#include <fmt/format.h>

#include "operators/elementwise.hpp"
#include "operators/views.hpp"

namespace tapeless::gen {

namespace {

void evaluate_expand(evaluation& e) {
  e.out(0, expanded(e.in(0), broadcast(e.in(0).dims, e.in(1).integers())));
}

/// Repeats a statement along axes of extent 1.
int expand(lowering& l, int x, const dimensions& dims) {
  dimensions from = l.to[x].dims;
  from.insert(from.begin(), dims.size() - from.size(), 1);
  const int same_rank = l.to.reshape(x, from);
  if (from == dims) return same_rank;
  return l.to.call("tl::math::expand", {{same_rank}}, dims, {shape_text(dims)});
}

void lower_expand(lowering& l) {
  l.constant(1, "the shape");
  const dimensions dims = l.out_dims();
  const term x = l.in(0);
  if (x.sample && dims.size() == x.dims.size() && dims[0] == 1)
    return l.out(0, expand(l, x.statement, without_first(dims)), true);
  l.out(0, expand(l, l.full(x).statement, dims), false);
}

std::vector<std::int64_t> repeats_of(const tensor& repeats, std::size_t rank) {
  const std::vector<std::int64_t> all = repeats.integers();
  if (all.size() != rank) throw refusal(fmt::format("{} repeats for {} axes", all.size(), rank));
  for (const std::int64_t r : all)
    if (r < 0 || r > most_elements) throw refusal(fmt::format("{} repeats", r));
  return all;
}

void evaluate_tile(evaluation& e) {
  const tensor& x = e.in(0);
  const std::vector<std::int64_t> repeats = repeats_of(e.in(1), x.dims.size());
  dimensions dims = x.dims;
  for (std::size_t i = 0; i < dims.size(); ++i) dims[i] = count_of({dims[i], repeats[i]});
  tensor& y = e.out(0, x.type, dims);
  const std::vector<std::int64_t> from = strides_of(x.dims), to = strides_of(dims);
  const std::int64_t count = y.count();
  for (std::int64_t i = 0; i < count; ++i) {
    std::int64_t at = 0, rest = i;
    for (std::size_t axis = 0; axis < dims.size(); ++axis) {
      at += rest / to[axis] % x.dims[axis] * from[axis];
      rest %= to[axis];
    }
    y.numbers[static_cast<std::size_t>(i)] = x.numbers[static_cast<std::size_t>(at)];
  }
}

/// Repeats along one axis: what is before, along and behind the axis become three axes, with one of
/// extent 1 between the first two that is repeated.
int tiled(lowering& l, int x, int axis, std::int64_t repeats) {
  if (repeats == 1) return x;
  dimensions dims = l.to[x].dims;
  const auto at = dims.begin() + axis;
  const std::int64_t outer = count_of({dims.begin(), at}), inner = count_of({at, dims.end()});
  const int apart = l.to.reshape(x, {outer, 1, inner});
  *at *= repeats;
  return l.to.reshape(expand(l, apart, {outer, repeats, inner}), dims);
}

void lower_tile(lowering& l) {
  term x = l.in(0);
  const std::vector<std::int64_t> repeats = repeats_of(l.constant(1, "the repeats"), x.dims.size());
  if (count_of(l.out_dims()) == 0) throw refusal("the result is empty");
  if (x.sample && repeats[0] != 1) x = l.full(x);
  int y = x.statement;
  for (std::size_t axis = x.sample ? 1 : 0; axis < repeats.size(); ++axis)
    y = tiled(l, y, static_cast<int>(axis) - (x.sample ? 1 : 0), repeats[axis]);
  l.out(0, y, x.sample);
}

const registered entries{
    {"", "Expand", evaluate_expand, lower_expand},
    {"", "Tile", evaluate_tile, lower_tile},
};

}  // namespace
}  // namespace tapeless::gen
