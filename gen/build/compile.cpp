#include "build/compile.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include <tapeless/io/file.hpp>

namespace tapeless::gen {

namespace {

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> all;
  for (std::string word; stream >> word;) all.push_back(word);
  return all;
}

/// The lines that say what is wrong: from the first error on, a dozen, each cut.
std::string first_lines(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  std::size_t first = 0;
  bool found = false;
  for (std::string line; lines.size() < 20000 && std::getline(stream, line);) {
    if (!found && line.find("error") != std::string::npos) {
      found = true;
      first = lines.size();
    }
    lines.push_back(line.size() > 240 ? line.substr(0, 240) + "..." : line);
  }
  std::string shown;
  for (std::size_t i = first; i < lines.size() && i < first + 12; ++i) shown += "\n  " + lines[i];
  return shown;
}

/// <prefix>/include, if this program is <prefix>/bin/tapeless-gen and the headers are there.
std::filesystem::path installed_headers() {
  std::error_code code;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", code);
  if (code) return {};
  const std::filesystem::path include = self.parent_path().parent_path() / "include";
  return std::filesystem::exists(include / "tapeless" / "tapeless.hpp", code)
             ? include
             : std::filesystem::path{};
}

bool given(const compile_options& options) {
  for (const std::string& folder : options.includes) {
    std::error_code code;
    if (std::filesystem::exists(std::filesystem::path(folder) / "tapeless" / "tapeless.hpp", code))
      return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> compiler_command(const compile_options& options) {
  std::string text = options.compiler;
  if (const char* named = std::getenv("CXX"); text.empty() && named != nullptr) text = named;
  std::vector<std::string> command = words(text);
  if (command.empty()) command = {"c++"};
  return command;
}

std::vector<std::string> include_arguments(const compile_options& options) {
  std::vector<std::string> arguments;
  for (const std::string& folder : options.includes) {
    arguments.push_back("-I");
    arguments.push_back(folder);
  }
  if (given(options)) return arguments;
  if (const std::filesystem::path headers = installed_headers(); !headers.empty()) {
    arguments.push_back("-I");
    arguments.push_back(headers.string());
    return arguments;
  }
  try {
    const finished_process known = run_process({"pkg-config", "--cflags", "tapeless"});
    if (known.ok())
      for (std::string& word : words(known.output)) arguments.push_back(std::move(word));
  } catch (const std::runtime_error&) {
    // No pkg-config: the compiler may find the headers by itself, and says so if it does not.
  }
  return arguments;
}

std::filesystem::path compile_program(const std::string& source, const std::string& what,
                                      const temporary_folder& folder,
                                      const compile_options& options) {
  const std::filesystem::path file = folder.path() / "program.cpp";
  const std::filesystem::path program = folder.path() / "program";
  write_file(file, std::as_bytes(std::span(source)));
  std::vector<std::string> command = compiler_command(options);
  const std::string compiler = fmt::format("{}", fmt::join(command, " "));
  for (const char* flag : {"-std=c++20", "-w"}) command.emplace_back(flag);
  for (std::string& argument : include_arguments(options)) command.push_back(std::move(argument));
  for (const std::string& argument : {file.string(), std::string("-o"), program.string()})
    command.push_back(argument);
  // Behind the source: the linker takes from a library what earlier files need.
  for (const std::string& flag : options.flags) command.push_back(flag);
  const finished_process done = run_process(command, options.limits);
  if (done.ok()) return program;
  const std::string& text = done.errors.empty() ? done.output : done.errors;
  std::string message =
      fmt::format("{} does not compile with {}:{}", what, compiler, first_lines(text));
  const auto says = [&](const char* part) { return text.find(part) != std::string::npos; };
  if (says("fatal error") && says("tapeless/") && (says("No such file") || says("file not found")))
    message += "\nsay where the headers of Tapeless are: -I FOLDER";
  throw std::runtime_error(message);
}

std::string compile_and_run(const std::string& source, const std::string& what,
                            const compile_options& options) {
  const temporary_folder folder;
  const std::filesystem::path program = compile_program(source, what, folder, options);
  finished_process done = run_process({program.string()}, options.limits);
  if (!done.ok())
    throw std::runtime_error(fmt::format("{}: the compiled program fails with status {}:{}", what,
                                         done.status, first_lines(done.errors)));
  return std::move(done.output);
}

std::string include_text(const std::filesystem::path& file) {
  const std::string text = std::filesystem::absolute(file).lexically_normal().string();
  if (text.find_first_of("\"\\\n\r") != std::string::npos)
    throw std::runtime_error(fmt::format("'{}' has a character that #include does not take", text));
  return text;
}

}  // namespace tapeless::gen
