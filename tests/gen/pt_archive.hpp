#pragma once
// Archives and pickles byte by byte, so that tests can make what no program would write.

#include <zlib.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

struct zip_entry {
  std::string name, content;
  std::uint32_t size = 0;    ///< noted instead of the content's, unless 0
  std::uint16_t method = 0;  ///< stored
  bool same_place = false;   ///< noted to be where the entry before it is
};

inline std::string little(std::uint64_t x, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(x >> (8 * i) & 0xff);
  return text;
}

/// A zip archive of these entries.
inline std::string archive_of(const std::vector<zip_entry>& entries) {
  std::string files, directory;
  std::size_t at = 0;
  for (const zip_entry& e : entries) {
    const auto* bytes = reinterpret_cast<const Bytef*>(e.content.data());
    const uLong sum = crc32(0, bytes, static_cast<uInt>(e.content.size()));
    const std::uint64_t size = e.size != 0 ? e.size : e.content.size();
    const std::string facts = little(e.method, 2) + little(0, 4) + little(sum, 4) +
                              little(size, 4) + little(size, 4) + little(e.name.size(), 2);
    if (!e.same_place) {
      at = files.size();
      files += "PK\x03\x04" + little(20, 2) + little(0, 2) + facts + little(0, 2) + e.name;
      files += e.content;
    }
    directory += "PK\x01\x02" + little(20, 2) + little(20, 2) + little(0, 2) + facts +
                 little(0, 12) + little(at, 4) + e.name;
  }
  return files + directory + "PK\x05\x06" + little(0, 4) + little(entries.size(), 2) +
         little(entries.size(), 2) + little(directory.size(), 4) + little(files.size(), 4) +
         little(0, 2);
}

inline std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

/// Instructions of a pickle.
namespace pickled_as {

inline std::string text(const std::string& s) { return "X" + little(s.size(), 4) + s; }
inline std::string integer(std::uint64_t x) { return "\x8a\x08" + little(x, 8); }
inline std::string name(const std::string& module, const std::string& what) {
  return "c" + module + "\n" + what + "\n";
}
inline std::string tuple(const std::string& items) { return "(" + items + "t"; }

struct tensor {
  std::string key = "0";
  std::uint64_t count = 4, offset = 0;
  std::vector<std::uint64_t> shape{4}, steps{1};
};

inline std::string list_of(const std::vector<std::uint64_t>& numbers) {
  std::string all;
  for (const std::uint64_t x : numbers) all += integer(x);
  return tuple(all);
}

/// A float tensor in a storage.
inline std::string of(const tensor& t) {
  const std::string id = tuple(text("storage") + name("torch", "FloatStorage") + text(t.key) +
                               text("cpu") + integer(t.count)) +
                         "Q";
  return name("torch._utils", "_rebuild_tensor_v2") +
         tuple(id + integer(t.offset) + list_of(t.shape) + list_of(t.steps) + "\x89}") + "R";
}

/// A dict of one tensor.
inline std::string state_dict(const tensor& t) { return "\x80\x02}" + text("w") + of(t) + "s."; }

}  // namespace pickled_as

/// A .pt file of a pickle and the storage "0" of 4 floats.
inline std::string pt_of(const std::string& pickle) {
  return archive_of({{"a/data.pkl", pickle}, {"a/data/0", std::string(16, '\1')}});
}
