// tapeless-gen inspect: what is in a model, and what an import would say.

#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "commands/command.hpp"
#include "inspect/inspect.hpp"
#include "operators/operator.hpp"

namespace tapeless::gen {

namespace {

struct inspect_arguments {
  model_options source;
  bool json = false, dot = false, operators = false;
};

std::string operators_text() {
  std::string text;
  for (const operator_entry* e : all_operators())
    text += fmt::format("{}{}{}{}\n", e->domain, e->domain.empty() ? "" : ".", e->name,
                        e->lower == nullptr ? "  (results that are constants)" : "");
  return text;
}

void run(const inspect_arguments& a) {
  if (a.operators) {
    fmt::print("{}", operators_text());
    return;
  }
  if (a.source.file.empty()) throw CLI::RequiredError("model");
  const model m = a.source.read();
  const model_facts f = inspect(m, a.source.import(m));
  fmt::print("{}", a.json ? json_text(f) : a.dot ? dot_text(f) : table_text(f));
}

}  // namespace

void add_inspect(CLI::App& app) {
  const auto a = std::make_shared<inspect_arguments>();
  CLI::App* command = app.add_subcommand(
      "inspect", "Shows operators, shapes, parameters, cost, and what an import would refuse");
  a->source.add_to(*command);
  command->get_option("model")->required(false);
  command->add_flag("--json", a->json, "For programs");
  command->add_flag("--dot", a->dot, "For Graphviz: tapeless-gen inspect m.onnx --dot | dot -Tsvg");
  command->add_flag("--operators", a->operators, "Lists the supported operators instead");
  command->callback([a] { run(*a); });
}

}  // namespace tapeless::gen
