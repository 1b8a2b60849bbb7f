#pragma once
// Why a model cannot be imported.

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace tapeless::gen {

/// Thrown where an operator cannot be taken over as the node has it. The walk over the graph adds
/// the node, collects all refusals of a model, and reports them together.
struct refusal : std::runtime_error {
  std::string instead;  ///< what to do about the reason
  explicit refusal(const std::string& reason, std::string what_instead = {})
      : std::runtime_error(reason), instead{std::move(what_instead)} {}
};

/// One reason why a model is refused.
struct reason {
  std::string node;       ///< name of the node, or of what it computes
  std::string operation;  ///< ONNX's name, with the domain unless it is the default one
  std::string what;
  std::string instead;
};

/// Thrown for a model that cannot be taken over. The message lists every reason.
struct model_refused : std::runtime_error {
  std::vector<reason> reasons;
  explicit model_refused(std::vector<reason> all);
};

/// "  node 'conv1' (Conv): ...; ..." line by line.
std::string text_of(const std::vector<reason>& reasons);

}  // namespace tapeless::gen
