#include "operators/gather_rows.hpp"

#include <fmt/format.h>

#include "operators/compose.hpp"

namespace tapeless::gen {

std::int64_t place_of(std::int64_t index, std::int64_t extent) {
  if (index < -extent || index >= extent)
    throw refusal(fmt::format("index {} of an axis of {}", index, extent));
  return index < 0 ? index + extent : index;
}

int gathered(declaration& d, int x, int axis, const std::vector<std::int64_t>& indices) {
  constexpr std::size_t most_slices = 512;
  const std::int64_t extent = d[x].dims.at(static_cast<std::size_t>(axis));
  std::vector<int> parts;
  for (std::size_t from = 0; from < indices.size();) {
    // Neighbours that follow one another are one slice.
    std::size_t to = from + 1;
    const std::int64_t first = place_of(indices[from], extent);
    while (to < indices.size() &&
           place_of(indices[to], extent) == first + static_cast<std::int64_t>(to - from))
      ++to;
    if (parts.size() == most_slices)
      throw refusal(
          fmt::format("the {} indices are more than {} ranges", indices.size(), most_slices));
    parts.push_back(slice(d, x, axis, first, static_cast<std::int64_t>(to - from)));
    from = to;
  }
  if (parts.empty()) throw refusal("there are no indices, so that the result is empty");
  return concat(d, parts, axis);
}

namespace {

/// Rows of one table, by an access of their own.
int rows_by(declaration& d, int x, int place) {
  const dimensions from = d[x].dims;
  const std::int64_t count = count_of(d[place].dims);
  const int table = d.reshape(x, {from[1], from[2]});
  const int rows = d.call("tl::math::gather", {{table}, {d.reshape(place, {count})}},
                          dimensions{count, from[2]});
  return d.reshape(rows, {1, count, from[2]});
}

}  // namespace

int gathered_by(declaration& d, int x, int index) {
  constexpr std::int64_t most = std::int64_t{1} << 16;
  const dimensions from = d[x].dims;
  const std::int64_t extent = from.at(1), count = count_of(d[index].dims);
  const bool one_table = from[0] == 1;
  if (!one_table && extent > most / count)
    throw refusal(
        fmt::format("{} computed indices into an axis of {}: their product may be {} at "
                    "most",
                    count, extent, most));
  const int flat = d.reshape(index, {count, 1});
  // Negative numbers count from the end.
  const int below = combine(d, "<", {flat}, {-1, 0.0});
  const int place =
      combine(d, "+", {flat}, {combine(d, "*", {below}, {-1, static_cast<double>(extent)})});
  if (one_table) return rows_by(d, x, place);
  const int hot = combine(d, "==", {place}, {positions(d, extent, 1, 2)});
  return contract(d, "bka,nk->bna", x, hot, {from[0], count, from[2]});
}

}  // namespace tapeless::gen
