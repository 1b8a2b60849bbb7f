// InstanceNormalization, GroupNormalization: over the places of a channel, or of several.

#include <fmt/format.h>

#include <cmath>

#include "operators/compose.hpp"
#include "operators/normalization.hpp"
#include "operators/operator.hpp"

namespace tapeless::gen {

namespace {

/// How many groups the channels of an input form.
std::int64_t groups_of(const call& c, const dimensions& x) {
  if (x.size() < 2) throw refusal(fmt::format("an input of {} axes has no channels", x.size()));
  if (c.at().operation == "InstanceNormalization") return x[1];
  const std::int64_t groups = c.integer("num_groups", 0);
  if (groups < 1 || x[1] % groups != 0)
    throw refusal(fmt::format("{} groups of {} channels", groups, x[1]));
  return groups;
}

/// Numbers of an input for each channel: opset 18 has one per group.
double number_of(const tensor& t, std::int64_t channel, std::int64_t channels) {
  if (t.count() == 0 || channels % t.count() != 0)
    throw refusal(fmt::format("{} numbers for {} channels", t.count(), channels));
  return t.numbers[static_cast<std::size_t>(channel / (channels / t.count()))];
}

void evaluate_channels(evaluation& e) {
  tensor y = e.in(0);
  const std::int64_t groups = groups_of(e, y.dims), channels = y.dims[1];
  const std::int64_t places = count_of({y.dims.begin() + 2, y.dims.end()});
  const std::int64_t size = channels / std::max<std::int64_t>(1, groups) * places;
  for (std::int64_t from = 0; from + size <= y.count() && size > 0; from += size) {
    double* x = y.numbers.data() + from;
    double mean = 0, variance = 0;
    for (std::int64_t i = 0; i < size; ++i) mean += x[i] / static_cast<double>(size);
    for (std::int64_t i = 0; i < size; ++i)
      variance += (x[i] - mean) * (x[i] - mean) / static_cast<double>(size);
    for (std::int64_t i = 0; i < size; ++i) {
      const std::int64_t channel = (from + i) / places % channels;
      x[i] = (x[i] - mean) / std::sqrt(variance + e.number("epsilon", 1e-5)) *
                 number_of(e.in(1), channel, channels) +
             number_of(e.in(2), channel, channels);
    }
  }
  e.out(0, std::move(y));
}

/// An input of one number per channel or group as a term that broadcasts along axis 1.
term spread(lowering& l, std::size_t i, const dimensions& x) {
  const std::int64_t count = count_of(l.dims(i)), channels = x[1];
  if (count == channels) return per_channel(l, i, x.size());
  declaration& d = l.to;
  const int column = d.reshape(l.full(i).statement, {count, 1});
  const dimensions wide{count, channels / count};
  const int all = d.call("tl::math::expand", {{column}}, wide, {shape_text(wide)});
  dimensions dims(x.size() - 1, 1);
  dims[0] = channels;
  return {d.reshape(all, dims), dims, false};
}

void lower_channels(lowering& l) {
  const term x = l.in(0);
  declaration& d = l.to;
  const std::int64_t groups = groups_of(l, x.dims);
  const std::int64_t samples = x.sample ? 1 : x.dims[0];
  const int rows = d.reshape(x.statement, {samples * groups, count_of(x.dims) / samples / groups});
  const centred c = centre(d, rows, 1);
  const int y = combine(d, "/", {c.difference}, {root(d, c.variance, l.number("epsilon", 1e-5))});
  const term normal{d.reshape(y, l.inner(x)), x.dims, x.sample};
  l.out(0, combine(l, "+", combine(l, "*", normal, spread(l, 1, x.dims)), spread(l, 2, x.dims)));
}

const registered entries{
    {"", "InstanceNormalization", evaluate_channels, lower_channels},
    {"", "GroupNormalization", evaluate_channels, lower_channels},
};

}  // namespace
}  // namespace tapeless::gen
