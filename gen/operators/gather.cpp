// Gather, GatherElements, GatherND, ArrayFeatureExtractor.

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "operators/axes.hpp"
#include "operators/compose.hpp"
#include "operators/gather_rows.hpp"
#include "operators/operator.hpp"

namespace tapeless::gen {

namespace {

/// Copies element `from` of x to element `to` of y.
void copy(const tensor& x, std::size_t from, tensor& y, std::size_t to) {
  if (x.type == element::text)
    y.texts.at(to) = x.texts.at(from);
  else
    y.numbers.at(to) = x.numbers.at(from);
}

dimensions gather_dims(const dimensions& x, int axis, const dimensions& indices) {
  dimensions dims(x.begin(), x.begin() + axis);
  dims.insert(dims.end(), indices.begin(), indices.end());
  dims.insert(dims.end(), x.begin() + axis + 1, x.end());
  return dims;
}

tensor gather(const tensor& x, int axis, const tensor& indices) {
  tensor y = zeros(x.type, gather_dims(x.dims, axis, indices.dims));
  const split s = split_at(x.dims, axis);
  std::size_t to = 0;
  for (std::int64_t b = 0; b < s.before; ++b)
    for (std::size_t i = 0; i < indices.numbers.size(); ++i) {
      const std::int64_t place = place_of(indices.integer(i), s.extent);
      for (std::int64_t a = 0; a < s.after; ++a) copy(x, s.at(b, place, a), y, to++);
    }
  return y;
}

void evaluate_gather(evaluation& e) {
  const int axis = axis_of(e.integer("axis", 0), e.in(0).rank());
  e.out(0, gather(e.in(0), axis, e.in(1)));
}

/// Declares output 0 as rows of input 0 along an axis. Elements of a sample and of a batch of one
/// have the same order, so that shapes with or without the axis of the batch do.
void lower_along(lowering& l, int axis) {
  const term x = l.in(0);
  declaration& d = l.to;
  const split s = split_at(x.dims, axis);
  int y = -1;
  if (const tensor* constant = l.constant(1)) {
    dimensions flat{s.extent};
    if (s.before > 1) flat.insert(flat.begin(), s.before);
    if (s.after > 1) flat.push_back(s.after);
    y = gathered(d, d.reshape(x.statement, flat), s.before > 1 ? 1 : 0, constant->integers());
  } else {
    const int flat = d.reshape(x.statement, {s.before, s.extent, s.after});
    y = gathered_by(d, flat, l.in(1).statement);
  }
  const dimensions& dims = l.out_dims();
  const bool any_sample = x.sample || (l.constant(1) == nullptr && l.in(1).sample);
  term result{-1, dims, any_sample && !dims.empty() && dims[0] == 1};
  result.statement = d.reshape(y, l.inner(result));
  l.out(0, result);
}

void lower_gather(lowering& l) {
  lower_along(l, axis_of(l.integer("axis", 0), static_cast<int>(l.dims(0).size())));
}

// --- one index for each element

void evaluate_elements(evaluation& e) {
  const tensor &x = e.in(0), &indices = e.in(1);
  const int axis = axis_of(e.integer("axis", 0), x.rank());
  if (indices.rank() != x.rank()) throw refusal("data and indices differ in their number of axes");
  tensor y = zeros(x.type, indices.dims);
  const std::vector<std::int64_t> step = strides_of(x.dims), own = strides_of(indices.dims);
  for (std::size_t i = 0; i < indices.numbers.size(); ++i) {
    std::int64_t from = 0, rest = static_cast<std::int64_t>(i);
    for (std::size_t a = 0; a < step.size(); ++a) {
      const std::int64_t at = std::exchange(rest, rest % own[a]) / own[a];
      const bool chosen = a == static_cast<std::size_t>(axis);
      from += step[a] * place_of(chosen ? indices.integer(i) : at, x.dims[a]);
    }
    copy(x, static_cast<std::size_t>(from), y, i);
  }
  e.out(0, std::move(y));
}

/// A choice among the elements of the axis.
void lower_elements(lowering& l) {
  constexpr std::int64_t most = 64;
  const term x = l.full(0), indices = l.full(1);
  declaration& d = l.to;
  const int axis = axis_of(l.integer("axis", 0), static_cast<int>(x.dims.size()));
  const auto at = static_cast<std::size_t>(axis);
  if (x.dims[at] > most)
    throw refusal(fmt::format("an axis of {} elements, of {} at most", x.dims[at], most));
  int part = x.statement;
  for (std::size_t a = 0; a < x.dims.size(); ++a)
    if (a != at) part = slice(d, part, static_cast<int>(a), 0, indices.dims[a]);
  const auto chosen = [&](std::int64_t i) { return slice(d, part, axis, i, 1); };
  int y = chosen(0);
  for (std::int64_t i = 1; i < x.dims[at]; ++i) {
    const int is_i = combine(d, "==", {indices.statement}, {-1, static_cast<double>(i)});
    const int from_end =
        combine(d, "==", {indices.statement}, {-1, static_cast<double>(i - x.dims[at])});
    const int hit = combine_by(d, "tl::math::max", {{is_i}, {from_end}});
    y = combine_by(d, "tl::math::select", {{hit}, {chosen(i)}, {y}});
  }
  if (d[y].dims != indices.dims)
    y = d.call("tl::math::expand", {{y}}, indices.dims, {shape_text(indices.dims)});
  l.out(0, l.per_sample_like(0, {y, l.out_dims(), false}));
}

// --- indices of several axes

/// GatherND as Gather: the axes that indices stand for become one, of which each row has a number.
struct flat_gather {
  dimensions from;                    ///< {all indexed axes, the rest}
  std::vector<std::int64_t> numbers;  ///< within the first axis
  dimensions dims;                    ///< of the result
};

flat_gather flat_gather_of(const call& c, const dimensions& x, const tensor& indices) {
  const std::int64_t shared = c.integer("batch_dims", 0);
  const auto rank = static_cast<std::int64_t>(x.size());
  if (indices.rank() == 0) throw refusal("the indices have no axis");
  const std::int64_t width = indices.dims.back();
  const std::int64_t used = std::clamp(shared, std::int64_t{-1}, rank) + width;
  if (shared < 0 || width < 1 || used > rank || shared >= indices.rank())
    throw refusal(fmt::format("indices {} into {} axes", text_of(indices.dims), rank));
  const dimensions lead(x.begin(), x.begin() + used), rest(x.begin() + used, x.end());
  flat_gather f{{count_of(lead), count_of(rest)}, {}, {}};
  f.dims = dimensions(indices.dims.begin(), indices.dims.end() - 1);
  f.dims.insert(f.dims.end(), rest.begin(), rest.end());
  const std::int64_t batches = count_of({x.begin(), x.begin() + shared});
  const std::size_t rows = indices.numbers.size() / static_cast<std::size_t>(width);
  const std::int64_t per_batch = std::max<std::int64_t>(
      1, static_cast<std::int64_t>(rows) / std::max<std::int64_t>(1, batches));
  for (std::size_t row = 0; row < rows; ++row) {
    std::int64_t number = static_cast<std::int64_t>(row) / per_batch;
    for (std::int64_t k = 0; k < width; ++k) {
      const std::int64_t extent = x[static_cast<std::size_t>(shared + k)];
      const auto at = row * static_cast<std::size_t>(width) + static_cast<std::size_t>(k);
      number = number * extent + place_of(indices.integer(at), extent);
    }
    f.numbers.push_back(number);
  }
  return f;
}

void evaluate_nd(evaluation& e) {
  const flat_gather f = flat_gather_of(e, e.in(0).dims, e.in(1));
  tensor x = e.in(0);
  x.dims = f.from;
  tensor y = gather(x, 0, vector_of(f.numbers));
  y.dims = f.dims;
  e.out(0, std::move(y));
}

void lower_nd(lowering& l) {
  const term x = l.in(0);
  const flat_gather f = flat_gather_of(l, x.dims, l.constant(1, "the indices"));
  const int y = gathered(l.to, l.to.reshape(x.statement, f.from), 0, f.numbers);
  term result{-1, f.dims, x.sample && !f.dims.empty() && f.dims[0] == 1};
  result.statement = l.to.reshape(y, l.inner(result));
  l.out(0, result);
}

// --- of ai.onnx.ml

void evaluate_extractor(evaluation& e) {
  tensor indices = e.in(1);
  indices.dims = {indices.count()};
  if (e.in(0).rank() == 0) throw refusal("the data has no axis");
  tensor y = gather(e.in(0), e.in(0).rank() - 1, indices);
  if (y.rank() == 1) y.dims.insert(y.dims.begin(), 1);
  e.out(0, std::move(y));
}

void lower_extractor(lowering& l) {
  if (l.value(0).sample.type == element::text)
    throw refusal("the result is text", "choose other outputs: --outputs probabilities");
  lower_along(l, static_cast<int>(l.dims(0).size()) - 1);
}

const registered entries{
    {"", "Gather", evaluate_gather, lower_gather},
    {"", "GatherElements", evaluate_elements, lower_elements},
    {"", "GatherND", evaluate_nd, lower_nd},
    {"ai.onnx.ml", "ArrayFeatureExtractor", evaluate_extractor, lower_extractor},
};

}  // namespace
}  // namespace tapeless::gen
