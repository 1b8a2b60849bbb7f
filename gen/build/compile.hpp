#pragma once
// Small C++ programs that include Tapeless, compiled and run.

#include <string>
#include <vector>

#include "build/process.hpp"

namespace tapeless::gen {

struct compile_options {
  std::string compiler;               ///< with options, by spaces; if empty $CXX, else c++
  std::vector<std::string> includes;  ///< folders of headers, searched first
  std::vector<std::string> flags;     ///< further arguments, such as -O2 or more sources
  process_limits limits;              ///< of the compiler, and of the program
};

/// The compiler and its options as arguments, without those for the headers of Tapeless.
std::vector<std::string> compiler_command(const compile_options& options);

/// Arguments for the headers: the folders of the options; where the program is installed, the
/// headers beside it; else what `pkg-config --cflags tapeless` says, if anything.
std::vector<std::string> include_arguments(const compile_options& options);

/// Compiles a C++20 source into a program in the folder. `what` says in messages what is compiled.
/// Errors: std::runtime_error with the first lines that the compiler prints.
std::filesystem::path compile_program(const std::string& source, const std::string& what,
                                      const temporary_folder& folder,
                                      const compile_options& options);

/// Compiles, runs, and returns what the program prints to stdout.
/// Errors: as above, or that the program fails, with what it prints to stderr.
std::string compile_and_run(const std::string& source, const std::string& what,
                            const compile_options& options);

/// A file as the text between the quotes of `#include "..."`: its absolute path.
/// Errors: std::runtime_error if no such text names it.
std::string include_text(const std::filesystem::path& file);

}  // namespace tapeless::gen
