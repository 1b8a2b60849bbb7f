#include "pt/read_pt.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include <tapeless/io/error.hpp>
#include <tapeless/io/file.hpp>

#include "pt/tensor_bytes.hpp"

namespace tapeless::gen {

namespace {

using kind = pickle_value::kind;

const char* const advice =
    "save the weights alone: torch.save(model.state_dict(), FILE), or "
    "safetensors.torch.save_file(model.state_dict(), FILE)";

/// Keys of a dict in a sentence, of which the first ones stand for all.
std::string keys_text(const pickle_value& dict) {
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < dict.items.size() && shown.size() < 8; i += 2)
    shown.push_back(dict.items[i]->what == kind::text ? quote(dict.items[i]->text)
                                                      : std::string(name_of(dict.items[i]->what)));
  if (shown.empty()) return "none";
  return fmt::format("{}{}", fmt::join(shown, ", "), dict.items.size() > 16 ? ", ..." : "");
}

/// The value of a key, or null. Errors: std::runtime_error if the key comes twice.
const pickle_value* entry(const pickle_value& dict, const std::string& key) {
  const pickle_value* found = nullptr;
  for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
    if (dict.items[i]->what != kind::text || dict.items[i]->text != key) continue;
    if (found != nullptr) throw std::runtime_error(fmt::format("the key {} twice", quote(key)));
    found = dict.items[i + 1];
  }
  return found;
}

bool holds_tensors(const pickle_value& dict) {
  for (std::size_t i = 1; i < dict.items.size(); i += 2)
    if (dict.items[i]->what == kind::tensor) return true;
  return false;
}

/// The dict of weights below the root.
const pickle_value& state_dict(const pickle_value& root, const std::vector<std::string>& keys) {
  const pickle_value* at = &root;
  const auto expect_dict = [&](const std::string& where) {
    if (at->what != kind::dict)
      throw std::runtime_error(
          fmt::format("{} is {}, not a state_dict: {}", where, name_of(at->what), advice));
  };
  expect_dict("what the file holds");
  for (const std::string& key : keys) {
    const pickle_value* next = entry(*at, key);
    if (next == nullptr)
      throw std::runtime_error(
          fmt::format("--key {}: there is no such key; there are {}", quote(key), keys_text(*at)));
    at = next;
    expect_dict(fmt::format("--key {}", quote(key)));
  }
  if (!keys.empty() || holds_tensors(root)) return *at;
  std::vector<const pickle_value*> found;
  for (const char* key : {"state_dict", "model_state_dict", "model"})
    if (const pickle_value* v = entry(root, key); v != nullptr && v->what == kind::dict)
      found.push_back(v);
  if (found.size() == 1) return *found[0];
  throw std::runtime_error(
      fmt::format("say which of the file's entries is the state_dict, --key KEY; there are {}",
                  keys_text(root)));
}

/// The folder in which torch.save puts all entries, with its '/'.
std::string prefix_of(const zip_archive& archive) {
  std::vector<std::string> found;
  for (const auto& [name, index] : archive.entries()) {
    const std::size_t slash = name.find('/');
    const std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
    if (name.substr(begin) == "data.pkl") found.push_back(name.substr(0, begin));
    if (name.substr(begin) == "constants.pkl")
      throw std::runtime_error(
          "is a TorchScript archive; save its weights: "
          "torch.save(torch.jit.load(FILE).state_dict(), OTHER)");
    if (name.ends_with(".pth") || name.ends_with(".pt"))
      throw std::runtime_error(
          fmt::format("is a zip archive around {}; unpack it and give that file", quote(name)));
  }
  if (found.size() != 1)
    throw std::runtime_error(
        fmt::format("is a zip archive with {} entries data.pkl, so no file of torch.save; {}",
                    found.size(), advice));
  return found[0];
}

void expect_zip(std::span<const std::byte> content) {
  const std::string_view text(reinterpret_cast<const char*>(content.data()), content.size());
  if (text.starts_with("PK\x03\x04")) return;
  if (text.starts_with("\x80\x02\x8a\x0a"))
    throw std::runtime_error(
        "is in the format of PyTorch before 1.6; save it again with a PyTorch of today: "
        "torch.save(torch.load(FILE), OTHER)");
  if (text.starts_with("\x80"))
    throw std::runtime_error(fmt::format("is a bare pickle, not a file of torch.save; {}", advice));
  throw std::runtime_error(fmt::format("is no file of torch.save; {}", advice));
}

}  // namespace

tensor_file parse_pt(std::span<const std::byte> content, const pt_options& options) {
  expect_zip(content);
  const zip_archive archive(content);
  const std::string prefix = prefix_of(archive);
  const byte_buffer raw = archive.read(prefix + "data.pkl");
  const pickled values =
      read_pickle(std::string_view(reinterpret_cast<const char*>(raw.data()), raw.size()));
  const pickle_value& dict = state_dict(*values.root, options.keys);
  storage_reader storages(archive, prefix);
  tensor_file result;
  std::set<std::string_view> names;
  for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
    const pickle_value &key = *dict.items[i], &value = *dict.items[i + 1];
    if (value.what != kind::tensor && options.skip_others) continue;
    if (key.what != kind::text)
      throw std::runtime_error(fmt::format("a key is {}, not a text", name_of(key.what)));
    if (value.what != kind::tensor)
      throw std::runtime_error(
          fmt::format("entry {} is {}, not a tensor; leave such entries out with "
                      "--allow-unexpected, or say where the state_dict is with --key",
                      quote(key.text), name_of(value.what)));
    if (!names.insert(key.text).second)
      throw std::runtime_error(fmt::format("the key {} twice", quote(key.text)));
    try {
      result.tensors.push_back({key.text, storages.read(value)});
    } catch (const std::runtime_error& e) {
      throw std::runtime_error(fmt::format("tensor {} {}", quote(key.text), e.what()));
    }
  }
  if (result.tensors.empty()) throw std::runtime_error("the state_dict holds no tensor");
  return result;
}

tensor_file read_pt(const std::filesystem::path& file, const pt_options& options) {
  const byte_buffer content = read_file(file);
  try {
    return parse_pt(content, options);
  } catch (const std::exception& e) {
    throw file_error(file, e.what());
  }
}

}  // namespace tapeless::gen
