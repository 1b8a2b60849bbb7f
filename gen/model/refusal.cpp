#include "model/refusal.hpp"

#include <fmt/format.h>

namespace tapeless::gen {

std::string text_of(const std::vector<reason>& reasons) {
  std::string text;
  constexpr std::size_t most_shown = 200;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (i == most_shown) return text + fmt::format("  and {} more\n", reasons.size() - i);
    const reason& r = reasons[i];
    text += r.operation.empty() ? fmt::format("  {}: {}", r.node, r.what)
                                : fmt::format("  node '{}' ({}): {}", r.node, r.operation, r.what);
    if (!r.instead.empty()) text += "; " + r.instead;
    text += '\n';
  }
  return text;
}

model_refused::model_refused(std::vector<reason> all)
    : std::runtime_error(fmt::format("the model cannot be imported for {} reason{}:\n{}",
                                     all.size(), all.size() == 1 ? "" : "s", text_of(all))),
      reasons{std::move(all)} {}

}  // namespace tapeless::gen
