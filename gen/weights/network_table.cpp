#include "weights/network_table.hpp"

#include <fmt/format.h>

#include <cctype>
#include <sstream>
#include <stdexcept>

namespace tapeless::gen {

namespace {

bool is_word(const std::string& text) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text[0])) != 0) return false;
  for (const char c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_') return false;
  return true;
}

/// Whether a text is a name of C++ such as a::b::c.
bool is_name(const std::string& text) {
  for (std::size_t from = 0;;) {
    const std::size_t colons = text.find("::", from);
    if (!is_word(text.substr(from, colons - from))) return false;
    if (colons == std::string::npos) return true;
    from = colons + 2;
  }
}

constexpr const char* head = "tapeless parameters";

std::string program_text(const network_place& network) {
  return fmt::format(
      "#include \"{}\"\n"
      "#include <tapeless/run/parameters.hpp>\n"
      "#include <cstdio>\n"
      "int main() {{\n"
      "  using network = ::{};\n"
      "  std::puts(\"{}\");\n"
      "  for (const tapeless::parameter_info& p : tapeless::parameters<network>::tensors()) {{\n"
      "    std::printf(\"%d\", p.dims.rank);\n"
      "    for (int i = 0; i < p.dims.rank; ++i) std::printf(\" %d\", p.dims.extent[i]);\n"
      "    std::printf(\" %.*s\\n\", p.name.size, p.name.text);\n"
      "  }}\n"
      "}}\n",
      include_text(network.header), network.name, head);
}

}  // namespace

std::string network_place::name_space() const {
  const std::size_t colons = name.rfind("::");
  return colons == std::string::npos ? "" : name.substr(0, colons);
}

std::string network_place::plain_name() const {
  const std::size_t colons = name.rfind("::");
  return colons == std::string::npos ? name : name.substr(colons + 2);
}

network_place place_of_network(const std::string& text) {
  std::size_t colon = text.find(':');
  while (colon != std::string::npos && !is_name(text.substr(colon + 1)))
    colon = text.find(':', colon + 1);
  if (colon == std::string::npos || colon == 0)
    throw std::runtime_error(fmt::format(
        "--into '{}': write HEADER:NETWORK, as net.hpp:robot::policy; a network with template "
        "arguments needs a name of its own: using NAME = ...;",
        text));
  network_place place{text.substr(0, colon), text.substr(colon + 1)};
  if (!std::filesystem::is_regular_file(place.header))
    throw std::runtime_error(
        fmt::format("--into '{}': there is no header {}", text, place.header.string()));
  return place;
}

std::vector<declared_parameter> parameters_of(const network_place& network,
                                              const compile_options& options) {
  const std::string what = fmt::format("{} with network {}", network.header.string(), network.name);
  std::istringstream lines(compile_and_run(program_text(network), what, options));
  std::vector<declared_parameter> all;
  std::string line;
  // What the header itself prints when the program starts comes before the head.
  while (std::getline(lines, line) && line != head) {
  }
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    declared_parameter p;
    int rank = -1;
    words >> rank;
    for (int i = 0; i < rank && words; ++i) p.shape.push_back(-1), words >> p.shape.back();
    words.get();
    if (!std::getline(words, p.path))
      throw std::runtime_error(fmt::format("{}: the program prints '{}'", what, line));
    all.push_back(std::move(p));
  }
  return all;
}

}  // namespace tapeless::gen
