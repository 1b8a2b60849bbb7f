#pragma once
// What is in a model: nodes with shapes and costs, and what an import would say.

#include <string>
#include <vector>

#include "declare/import_model.hpp"

namespace tapeless::gen {

/// One node of a model.
struct node_facts {
  std::string name, operation;
  std::string shapes;           ///< of the results, "[1, 64]"; empty where not known
  std::int64_t parameters = 0;  ///< numbers of initializers that no earlier node reads
  std::int64_t flops = 0;       ///< of one call: 2 per multiply-add of products, else 1 per element
  std::string refused;          ///< why an import refuses the node; empty if it does not
  std::vector<std::string> inputs, outputs;
};

struct model_facts {
  std::string file, producer, digest, opsets;
  std::vector<node_facts> nodes;
  std::vector<std::string> inputs, outputs;  ///< "obs: float [batch, 8]"
  std::int64_t parameters = 0, parameter_bytes = 0, flops = 0;
  std::int64_t live_bytes = 0;  ///< the most bytes of float values alive at once, parameters apart
  std::vector<reason> reasons;  ///< why an import is refused; none if it is not
};

model_facts inspect(const model& m, const import_options& options);

/// For people: a table and totals.
std::string table_text(const model_facts& f);
/// For programs.
std::string json_text(const model_facts& f);
/// For Graphviz.
std::string dot_text(const model_facts& f);

}  // namespace tapeless::gen
