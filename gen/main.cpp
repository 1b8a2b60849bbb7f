// tapeless-gen: from trained models to headers, and from networks to other formats.

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>

#include <tapeless/core/config.hpp>

#include "commands/command.hpp"

int main(int argc, char** argv) {
  CLI::App app{
      "From trained models to headers of Tapeless, and back.\n\n"
      "  tapeless-gen import model.onnx -o model.hpp   a header that declares the network\n"
      "  tapeless-gen inspect model.onnx                what is in a model\n",
      "tapeless-gen"};
  app.require_subcommand(1);
  tapeless::gen::add_import(app);
  tapeless::gen::add_inspect(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "tapeless-gen: %s\n", e.what());
    return 1;
  }
  return 0;
}
