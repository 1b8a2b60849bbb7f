#include "operators/subscripts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "model/refusal.hpp"

namespace tapeless::gen {

namespace {

/// Writes an ellipsis of so many axes out.
std::string written_out(std::string labels, std::size_t axes) {
  const std::size_t at = labels.find("...");
  if (at == std::string::npos) return labels;
  std::string own;
  for (std::size_t i = axes; i-- > 0;) own += static_cast<char>('0' + i);
  return labels.replace(at, 3, own);
}

/// The result that is not given: an ellipsis, then labels that occur once, in their order.
std::string implied(const std::vector<std::string>& operands, const std::string& ellipsis) {
  std::string all, result = ellipsis;
  for (const std::string& o : operands) all += o;
  std::sort(all.begin(), all.end());
  for (const char c : all)
    if (std::isalpha(static_cast<unsigned char>(c)) != 0 &&
        std::count(all.begin(), all.end(), c) == 1)
      result += c;
  return result;
}

void expect_labels(const std::string& labels) {
  std::string rest = labels;
  if (const std::size_t at = rest.find("..."); at != std::string::npos) rest.erase(at, 3);
  for (const char c : rest)
    if (std::isalpha(static_cast<unsigned char>(c)) == 0)
      throw refusal(fmt::format("the equation has '{}', which is no letter", c));
}

}  // namespace

subscripts::subscripts(const std::string& text, const std::vector<dimensions>& shapes) {
  std::string plain = text;
  std::erase(plain, ' ');
  const std::size_t arrow = plain.find("->");
  std::string left = plain.substr(0, arrow);
  for (std::size_t from = 0; from <= left.size();) {
    const std::size_t to = std::min(left.find(',', from), left.size());
    operands.push_back(left.substr(from, to - from));
    from = to + 1;
  }
  if (operands.size() != shapes.size())
    throw refusal(
        fmt::format("the equation has {} operands, the node {}", operands.size(), shapes.size()));
  std::size_t longest = 0;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    expect_labels(operands[i]);
    const bool open = operands[i].find("...") != std::string::npos;
    const std::size_t letters = operands[i].size() - (open ? 3 : 0), rank = shapes[i].size();
    if (open ? letters > rank : letters != rank)
      throw refusal(fmt::format("operand {} has {} axes, not those of '{}'", i, rank, operands[i]));
    operands[i] = written_out(operands[i], rank - letters);
    has_ellipsis = has_ellipsis || open;
    longest = std::max(longest, rank - letters);
  }
  if (longest > 9) throw refusal("an ellipsis stands for more than 9 axes");
  if (arrow != std::string::npos) {
    expect_labels(plain.substr(arrow + 2));
    result = written_out(plain.substr(arrow + 2), longest);
  } else {
    result = implied(operands, written_out("...", longest));
  }
  for (const char c : result) {
    if (std::count(result.begin(), result.end(), c) > 1)
      throw refusal(fmt::format("the result has '{}' twice", c));
    if (std::none_of(operands.begin(), operands.end(),
                     [&](const std::string& o) { return o.find(c) != std::string::npos; }))
      throw refusal(fmt::format("no operand has the label '{}' of the result", c));
  }
}

}  // namespace tapeless::gen
