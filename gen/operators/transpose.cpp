// Transpose.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "operators/call.hpp"
#include "operators/operator.hpp"
#include "operators/views.hpp"

namespace tapeless::gen {

namespace {

/// The order of axes; reversed where the node has none.
std::vector<int> order_of(const call& c, std::size_t rank) {
  std::vector<int> order;
  const auto given = c.integers("perm");
  for (std::size_t i = 0; i < rank; ++i)
    order.push_back(given ? axis_of(given->at(i), static_cast<int>(rank))
                          : static_cast<int>(rank - 1 - i));
  std::vector<bool> seen(rank);
  for (const int axis : order) seen[static_cast<std::size_t>(axis)] = true;
  for (const bool s : seen)
    if (!s || (given && given->size() != rank)) throw refusal("perm is no order of the axes");
  return order;
}

bool is_identity(const std::vector<int>& order) {
  for (std::size_t i = 0; i < order.size(); ++i)
    if (order[i] != static_cast<int>(i)) return false;
  return true;
}

bool swaps_last_two(const std::vector<int>& order) {
  const std::size_t rank = order.size();
  for (std::size_t i = 0; i < rank; ++i) {
    const std::size_t from = i + 2 < rank ? i : 2 * rank - 3 - i;
    if (order[i] != static_cast<int>(from)) return false;
  }
  return rank >= 2;
}

void lower_transpose(lowering& l) {
  term x = l.in(0);
  std::vector<int> order = order_of(l, x.dims.size());
  const bool stays = x.sample && order[0] == 0;
  if (stays) {
    order.erase(order.begin());
    for (int& axis : order) --axis;
  } else {
    x = l.full(x);
  }
  const dimensions dims = stays ? without_first(l.out_dims()) : l.out_dims();
  int y = x.statement;
  if (swaps_last_two(order))
    y = l.to.call("tl::math::transpose", {{y}}, dims);
  else if (!is_identity(order))
    y = l.to.call("tl::math::permute", {{y}}, dims,
                  {fmt::format("tl::shape{{{}}}", fmt::join(order, ", "))});
  const term t{y, l.out_dims(), stays};
  l.out(0, stays ? t : l.per_sample_like(0, t));
}

const registered entries{
    {"", "Transpose",
     [](evaluation& e) { e.out(0, permuted(e.in(0), order_of(e, e.in(0).dims.size()))); },
     lower_transpose}};

}  // namespace
}  // namespace tapeless::gen
