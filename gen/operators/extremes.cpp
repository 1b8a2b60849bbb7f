#include "operators/extremes.hpp"

#include <fmt/format.h>

#include "operators/compose.hpp"

namespace tapeless::gen {

extreme maximum_of(declaration& d, int x, int axis, bool last, int alive) {
  const dimensions dims = d[x].dims;
  const std::int64_t extent = dims.at(static_cast<std::size_t>(axis));
  if (extent > 1 << 24)
    throw refusal(fmt::format("floats do not tell {} positions of an axis apart", extent));
  const int value = reduce(d, "maximum", x, axis);
  int hit = combine(d, "==", {x}, {value});
  if (alive >= 0) hit = combine(d, "*", {hit}, {alive});
  // Positions are counted so that the one that is asked for is the largest, and 0 is none.
  const int place = positions(d, extent, axis, dims.size());
  const int rank = last ? combine(d, "+", {place}, {-1, 1.0})
                        : combine(d, "-", {-1, static_cast<double>(extent)}, {place});
  const int most = reduce(d, "maximum", combine(d, "*", {hit}, {rank}), axis);
  const int index = last ? combine(d, "-", {most}, {-1, 1.0})
                         : combine(d, "-", {-1, static_cast<double>(extent)}, {most});
  return {value, index};
}

}  // namespace tapeless::gen
