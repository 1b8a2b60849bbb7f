#pragma once
// The elements of a pickled tensor out of its storage.

#include <map>

#include "pt/pickle_value.hpp"
#include "pt/zip_archive.hpp"

namespace tapeless::gen {

/// Reads storages of an archive, each once.
class storage_reader {
 public:
  /// `prefix`: the folder of the archive's entries, with its '/' or empty.
  storage_reader(const zip_archive& archive, std::string prefix);

  /// The elements of a tensor in row-major order.
  /// Errors: std::runtime_error if extents, steps and offset leave the storage, the storage is not
  /// there or shorter than it says, or all tensors together have more than `most_elements`.
  array_data read(const pickle_value& tensor);

 private:
  const byte_buffer& storage(const pickle_value& storage);

  /// Above what a network that compiles has.
  static constexpr std::size_t most_elements = std::size_t{1} << 26;

  const zip_archive& archive_;
  std::string prefix_;
  bool swapped_ = false;  ///< the archive's numbers have the other byte order
  std::map<std::string, byte_buffer> storages_;
  std::size_t elements_ = 0;
};

}  // namespace tapeless::gen
