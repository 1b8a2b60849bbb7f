#include "weights/state_dict.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string_view>

#include <tapeless/io/error.hpp>
#include <tapeless/io/safetensors.hpp>

#include "model/file_kind.hpp"

namespace tapeless::gen {

namespace {

/// The first bytes of a file. Errors: file_error.
std::string head_of(const std::filesystem::path& file) {
  // A folder or device would be read without an end.
  std::error_code code;
  if (std::filesystem::is_directory(file, code) || std::filesystem::is_character_file(file, code) ||
      std::filesystem::is_block_file(file, code))
    throw file_error(file, "is no regular file");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw file_error(file, "cannot be opened for reading");
  std::array<char, 64> bytes{};
  stream.read(bytes.data(), bytes.size());
  return {bytes.data(), static_cast<std::size_t>(stream.gcount())};
}

}  // namespace

tensor_file read_state_dict(const std::filesystem::path& file, const pt_options& options) {
  const std::string head = head_of(file);
  if (head.starts_with("PK\x03\x04") || head.starts_with("\x80")) return read_pt(file, options);
  if (file.extension() == ".pt" || file.extension() == ".pth") {
    expect_kind(file, head, "a file of torch.save");
    return read_pt(file, options);
  }
  // A header of JSON follows 8 bytes of length; other files have their own name in the message.
  if (head.size() < 9 || head[8] != '{') expect_kind(file, head, "a file of weights");
  if (!options.keys.empty())
    throw file_error(file, "is no file of torch.save, so --key has no meaning");
  return read_safetensors(file);
}

void strip_prefixes(tensor_file& content, const std::vector<std::string>& prefixes) {
  for (const std::string& prefix : prefixes) {
    bool found = false;
    for (named_array& t : content.tensors) {
      if (!t.name.starts_with(prefix) || t.name.size() == prefix.size()) continue;
      t.name.erase(0, prefix.size());
      found = true;
    }
    if (!found)
      throw std::runtime_error(
          fmt::format("--strip-prefix '{}': no tensor's name begins so", prefix));
  }
  std::set<std::string_view> names;
  for (const named_array& t : content.tensors)
    if (!names.insert(t.name).second)
      throw std::runtime_error(
          fmt::format("two tensors have the name {} without the prefix", quote(t.name)));
}

}  // namespace tapeless::gen
