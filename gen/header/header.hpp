#pragma once
// The header that `import` writes: the network, its weights, where they come from.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "declare/declaration.hpp"
#include "model/model.hpp"

namespace tapeless::gen {

/// Where the numbers of the parameters stand.
enum class weights_in {
  automatic,  ///< in the header up to 64 kB, else in a blob
  header,     ///< hexadecimal floats in the header; a constant expression
  blob,     ///< a file beside the header that the assembler includes (g++ and clang on ELF systems)
  object,   ///< a C++ source beside the header, for every compiler
  external  ///< a .safetensors file that the program loads
};

struct header_options {
  std::string name;        ///< of the struct, and what the weights' name begins with
  std::string network;     ///< type of the network; the struct's name if empty
  std::string name_space;  ///< around it; none if empty
  weights_in where = weights_in::automatic;
  std::filesystem::path file;  ///< of the header
};

struct written_file {
  std::filesystem::path path;
  std::string content;
};

/// The header and the files beside it, none of them written yet.
std::vector<written_file> header_files(const model& m, declaration d,
                                       const header_options& options);

/// Text of a model in a comment: one line, printable, cut after 80 characters.
std::string comment_text(const std::string& text);

/// "below", "in a blob beside this header".
std::string_view place_text(weights_in where);

}  // namespace tapeless::gen
