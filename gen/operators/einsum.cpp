// Einsum.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "model/work_limit.hpp"
#include "operators/compose.hpp"
#include "operators/elementwise.hpp"
#include "operators/subscripts.hpp"

namespace tapeless::gen {

namespace {

/// A value with a label per axis.
struct labelled {
  tensor value;
  std::string labels;
};

using extents = std::map<char, std::int64_t>;

void add_extents(extents& all, const std::string& labels, const dimensions& dims) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    std::int64_t& e = all.try_emplace(labels[i], 1).first->second;
    if (e != dims[i] && e != 1 && dims[i] != 1)
      throw refusal(fmt::format("label '{}' is {} and {}", labels[i], e, dims[i]));
    if (e == 1) e = dims[i];
  }
}

dimensions dims_of(const extents& all, const std::string& labels) {
  dimensions dims;
  for (const char c : labels) dims.push_back(all.at(c));
  return dims;
}

/// Steps through a value along the axes of `order`; labels that it has twice take the diagonal,
/// axes of extent 1 stay where they are.
std::vector<std::int64_t> steps(const labelled& x, const std::string& order) {
  const std::vector<std::int64_t> own = strides_of(x.value.dims);
  std::vector<std::int64_t> result(order.size());
  for (std::size_t i = 0; i < x.labels.size(); ++i)
    if (x.value.dims[i] != 1) result[order.find(x.labels[i])] += own[i];
  return result;
}

/// The sum of products of two values over the labels that the result lacks.
labelled contracted(const labelled& a, const labelled& b, const std::string& result) {
  extents all;
  add_extents(all, a.labels, a.value.dims);
  add_extents(all, b.labels, b.value.dims);
  std::string order = result;
  for (const char c : a.labels + b.labels)
    if (order.find(c) == std::string::npos) order += c;
  const dimensions dims = dims_of(all, order);
  charge_steps(static_cast<double>(count_of(dims)));
  labelled y{zeros(a.value.type, dims_of(all, result)), result};
  const std::vector<std::int64_t> step_a = steps(a, order), step_b = steps(b, order),
                                  step_y = steps(y, order);
  std::int64_t at_a = 0, at_b = 0, at_y = 0;
  dimensions index(dims.size(), 0);
  for (std::int64_t n = count_of(dims); n > 0; --n) {
    y.value.numbers[static_cast<std::size_t>(at_y)] +=
        a.value.numbers[static_cast<std::size_t>(at_a)] *
        b.value.numbers[static_cast<std::size_t>(at_b)];
    for (std::size_t i = dims.size(); i-- > 0;) {
      const std::int64_t moves = ++index[i] < dims[i] ? 1 : 1 - dims[i];
      at_a += moves * step_a[i];
      at_b += moves * step_b[i];
      at_y += moves * step_y[i];
      if (moves == 1) break;
      index[i] = 0;
    }
  }
  return y;
}

/// Labels of the product of the first operands that the rest or the result still need.
std::string needed(const subscripts& s, const std::string& have, std::size_t next) {
  charge_steps(static_cast<double>(s.operands.size()));
  std::string rest = s.result, result;
  for (std::size_t i = next; i < s.operands.size(); ++i) rest += s.operands[i];
  for (const char c : have)
    if (rest.find(c) != std::string::npos && result.find(c) == std::string::npos) result += c;
  return result;
}

void evaluate_einsum(evaluation& e) {
  std::vector<dimensions> shapes;
  for (std::size_t i = 0; i < e.input_count(); ++i) shapes.push_back(e.in(i).dims);
  const subscripts s(e.text("equation", ""), shapes);
  labelled y{e.in(0), s.operands[0]};
  for (std::size_t i = 1; i < shapes.size(); ++i) {
    const bool last = i + 1 == shapes.size();
    const labelled next{e.in(i), s.operands[i]};
    y = contracted(y, next, last ? s.result : needed(s, y.labels + next.labels, i + 1));
  }
  if (shapes.size() == 1) y = contracted(y, {scalar(e.in(0).type, 1), ""}, s.result);
  e.out(0, std::move(y.value));
}

/// Axes of an ellipsis as letters that the equation does not use.
void name_axes(subscripts& s) {
  std::string used = s.result;
  for (const std::string& o : s.operands) used += o;
  for (char digit = '0'; digit <= '9'; ++digit) {
    const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const std::size_t free = letters.find_first_not_of(used);
    if (free == std::string::npos) throw refusal("the equation has no letter left for an ellipsis");
    const char letter = letters[free];
    const auto exchange = [&](std::string& labels) {
      std::replace(labels.begin(), labels.end(), digit, letter);
    };
    if (used.find(digit) == std::string::npos) continue;
    for (std::string& o : s.operands) exchange(o);
    exchange(s.result);
    used += letter;
  }
}

/// The operands, without the axis of the batch if it is the first label of all that have it, of
/// the result, and of no operand that is the same for every sample.
std::vector<int> operands_of(lowering& l, subscripts& s, bool& sample) {
  std::vector<term> terms;
  for (std::size_t i = 0; i < s.operands.size(); ++i) terms.push_back(l.in(i));
  const char batch = s.result.empty() ? '?' : s.result[0];
  sample = std::any_of(terms.begin(), terms.end(), [](const term& t) { return t.sample; });
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const std::size_t at = s.operands[i].find(batch);
    sample = sample && (terms[i].sample ? at == 0 && s.operands[i].rfind(batch) == 0
                                        : at == std::string::npos);
  }
  std::vector<int> operands;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    operands.push_back(sample ? terms[i].statement : l.full(terms[i]).statement);
    if (sample && terms[i].sample) s.operands[i].erase(0, 1);
  }
  if (sample) s.result.erase(0, 1);
  return operands;
}

void lower_einsum(lowering& l) {
  std::vector<dimensions> shapes;
  for (std::size_t i = 0; i < l.input_count(); ++i) shapes.push_back(l.dims(i));
  subscripts s(l.text("equation", ""), shapes);
  name_axes(s);
  bool sample = false;
  const std::vector<int> x = operands_of(l, s, sample);
  declaration& d = l.to;
  extents all;
  for (std::size_t i = 0; i < x.size(); ++i) add_extents(all, s.operands[i], d[x[i]].dims);
  int y = x[0];
  std::string labels = s.operands[0];
  for (std::size_t i = 1; i < x.size(); ++i) {
    const std::string result =
        i + 1 == x.size() ? s.result : needed(s, labels + s.operands[i], i + 1);
    if (result.size() > most_axes)
      throw refusal(fmt::format("a product of operands has {} axes, of {} at most", result.size(),
                                most_axes));
    y = contract(d, fmt::format("{},{}->{}", labels, s.operands[i], result), y, x[i],
                 dims_of(all, result));
    labels = result;
  }
  if (x.size() == 1)
    y = d.call("tl::einsum", {{y}}, dims_of(all, s.result),
               {fmt::format("\"{}\"", labels), fmt::format("\"{}\"", s.result)});
  l.out(0, l.per_sample_like(0, {y, l.out_dims(), sample}));
}

const registered entries{{"", "Einsum", evaluate_einsum, lower_einsum}};

}  // namespace
}  // namespace tapeless::gen
