#pragma once
// Zip archives as torch.save writes them: entries that are stored, not compressed.

#include <map>
#include <memory>
#include <span>
#include <string>

#include <tapeless/io/file.hpp>

struct zip;

namespace tapeless::gen {

/// An archive in memory, which has to outlive it. What is read is never larger than the archive.
class zip_archive {
 public:
  /// Errors: std::runtime_error for bytes that are no archive, and for entries of one name, or
  /// together larger than the archive.
  explicit zip_archive(std::span<const std::byte> content);

  const std::map<std::string, std::uint64_t>& entries() const { return indices_; }
  bool has(const std::string& name) const { return indices_.count(name) > 0; }
  /// The bytes of an entry. Errors: std::runtime_error if there is none, it is compressed
  /// or encrypted, or its checksum differs.
  byte_buffer read(const std::string& name) const;

 private:
  struct closer {
    void operator()(struct zip* archive) const;
  };
  std::unique_ptr<struct zip, closer> zip_;
  std::map<std::string, std::uint64_t> indices_;
};

}  // namespace tapeless::gen
