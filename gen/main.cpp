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
      "  tapeless-gen import weights.pt --into net.hpp:net -o weights.hpp   weights for a network\n"
      "  tapeless-gen inspect model.onnx                what is in a model\n"
      "  tapeless-gen verify model.onnx --header model.hpp   compiles the header and compares\n"
      "  tapeless-gen export model.hpp:model -o out.onnx     a declared network as ONNX\n",
      "tapeless-gen"};
  app.require_subcommand(1);
  tapeless::gen::add_import(app);
  tapeless::gen::add_inspect(app);
  tapeless::gen::add_verify(app);
  tapeless::gen::add_export(app);
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
