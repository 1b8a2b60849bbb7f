#pragma once
// What the importer knows of an ONNX operator: one entry per operator, in a file of its own or of
// its family. A file registers its entries by itself; the build finds the files in this folder.

#include <initializer_list>
#include <string_view>
#include <vector>

namespace tapeless::gen {

class evaluation;
class lowering;

struct operator_entry {
  std::string_view domain;  ///< "" is the default one
  std::string_view name;
  void (*evaluate)(evaluation&);  ///< computes the outputs in double
  void (*lower)(lowering&);       ///< says the same in Tapeless' vocabulary; none: constants only
};

/// The entry of an operator, or none.
const operator_entry* find_operator(std::string_view domain, std::string_view name);

/// All entries, sorted by domain and name.
std::vector<const operator_entry*> all_operators();

/// Registers operators when the program starts.
struct registered {
  registered(std::initializer_list<operator_entry> entries);
};

}  // namespace tapeless::gen
