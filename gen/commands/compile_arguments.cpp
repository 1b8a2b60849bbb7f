#include "commands/command.hpp"

namespace tapeless::gen {

void compile_arguments::add_to(CLI::App& command) {
  command.add_option("--compiler", compiler, "Compiler with options; $CXX or c++ unless given");
  command.add_option("-I", includes, "Folder with headers, such as those of Tapeless")
      ->allow_extra_args(false);
  command.add_option("--flag", flags, "A further argument of the compiler: --flag=-march=native")
      ->allow_extra_args(false);
}

compile_options compile_arguments::options() const {
  compile_options o;
  o.compiler = compiler;
  o.includes = includes;
  o.flags = flags;
  return o;
}

}  // namespace tapeless::gen
