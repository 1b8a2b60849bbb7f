// tapeless-gen verify: compiles a header and holds it to reference outputs of its model.

#include <fmt/format.h>

#include <stdexcept>

#include <tapeless/io/npy.hpp>

#include "commands/command.hpp"
#include "header/print.hpp"
#include "model/arrays.hpp"
#include "verify/verify.hpp"

namespace tapeless::gen {

namespace {

struct verify_arguments {
  model_options source;
  std::string header, name, folder;
  std::vector<std::string> inputs, outputs;
  int samples = 16;
  tolerance allowed;
  compile_arguments compile;
};

tensor read_array(const std::string& file) {
  return file.ends_with(".pb") ? read_tensor(file) : tensor_of(read_npy(file));
}

/// The arrays of --inputs and --outputs, in the order of the model's.
example given_example(const verify_arguments& a, const model& m, const declaration& d) {
  if (a.inputs.size() != d.inputs.size())
    throw std::runtime_error(
        fmt::format("--inputs: {} files for {} inputs", a.inputs.size(), d.inputs.size()));
  example e;
  for (std::size_t i = 0; i < a.inputs.size(); ++i)
    e.inputs[d.inputs[i].name] = read_array(a.inputs[i]);
  if (a.outputs.empty()) {
    tensors all = e.inputs;
    for (const auto& [name, t] : a.source.import(m).constants) all[name] = t;
    e.outputs = evaluate(m, all);
  }
  if (!a.outputs.empty() && a.outputs.size() != d.outputs.size())
    throw std::runtime_error(
        fmt::format("--outputs-data: {} files for {} outputs", a.outputs.size(), d.outputs.size()));
  for (std::size_t i = 0; i < a.outputs.size(); ++i)
    e.outputs[d.outputs[i].name] = read_array(a.outputs[i]);
  return e;
}

void print(const std::vector<deviation>& all, const tolerance& allowed) {
  std::size_t width = 6;
  for (const deviation& d : all) width = std::max(width, d.output.size());
  fmt::print("{:<{}}  {:>9}  {:>12}  {:>12}  {:>9}\n", "output", width, "numbers", "absolute",
             "relative", "ULP");
  for (const deviation& d : all)
    fmt::print("{:<{}}  {:>9}  {:>12.3g}  {:>12.3g}  {:>9.3g}{}\n", d.output, width, d.count,
               d.absolute, d.relative, d.ulp, d.excess <= 1 ? "" : "  beyond the tolerance");
  fmt::print("tolerance: {:g} relative, and {:g} of the greatest output, at least of 1\n",
             allowed.relative, allowed.absolute);
}

void run(const verify_arguments& a) {
  const model m = a.source.read();
  const import_options options = a.source.import(m);
  const declaration d = import_model(m, options);
  const std::vector<example> examples =
      !a.inputs.empty()   ? std::vector<example>{given_example(a, m, d)}
      : !a.folder.empty() ? examples_in(a.folder, m)
                          : random_examples(m, options, a.samples);
  const std::string name =
      a.name.empty() ? identifier_of(std::filesystem::path(a.header).stem().string()) : a.name;
  compile_options compile = a.compile.options();
  compile.flags.push_back("-O2");
  const std::vector<deviation> all = deviations({a.header, name}, d, examples, a.allowed, compile);
  print(all, a.allowed);
  for (const deviation& each : all)
    if (each.count == 0 || !(each.excess <= 1))
      throw std::runtime_error(
          fmt::format("output '{}' {}", each.output,
                      each.count == 0 ? "was not compared" : "is beyond the tolerance"));
}

}  // namespace

void add_verify(CLI::App& app) {
  const auto a = std::make_shared<verify_arguments>();
  CLI::App* command =
      app.add_subcommand("verify", "Compiles a header and holds it to outputs of its model");
  a->source.add_to(*command);
  command->add_option("--header", a->header, "The header that `import` wrote")->required();
  command->add_option("--name", a->name, "The network in it; the header's name unless given");
  command->add_option("--inputs", a->inputs, "Inputs, .npy or .pb, in the order of the model")
      ->delimiter(',');
  command
      ->add_option("--outputs-data", a->outputs,
                   "Their reference outputs; evaluated in double unless given")
      ->delimiter(',');
  command->add_option("--test-data", a->folder,
                      "Folder with test_data_set_*/input_*.pb and output_*.pb");
  command->add_option("--samples", a->samples, "Random samples where no inputs are given")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  command->add_option("--relative", a->allowed.relative, "Relative tolerance")
      ->capture_default_str();
  command
      ->add_option("--absolute", a->allowed.absolute, "Tolerance as a part of the greatest output")
      ->capture_default_str();
  a->compile.add_to(*command);
  command->callback([a] { run(*a); });
}

}  // namespace tapeless::gen
