#pragma once
// Recognises files of other formats, so that an error says what was given and what to do with it.

#include <tapeless/core/config.hpp>
#include <tapeless/io/byte_order.hpp>
#include <tapeless/io/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tapeless {

/// What a file is, in the words of an error message, and what its owner can do with it.
struct file_kind {
  std::string_view name;    ///< "a zip archive"
  std::string_view advice;  ///< "unpack it and read the file inside"
};

/// Recognises the format of a file by its content alone.
class file_kind_finder {
 public:
  TAPELESS_NATIVE explicit file_kind_finder(std::span<const std::byte> content)
      : text_(reinterpret_cast<const char*>(content.data()), content.size()), content_(content) {}

  /// The kind of the file, or nothing if the content is of no kind that is known here.
  TAPELESS_NATIVE std::optional<file_kind> find() const {
    for (const auto recognise :
         {&file_kind_finder::placeholder, &file_kind_finder::archive, &file_kind_finder::pickle,
          &file_kind_finder::signature, &file_kind_finder::onnx, &file_kind_finder::web_page,
          &file_kind_finder::json}) {
      if (const auto kind = (this->*recognise)()) return kind;
    }
    return std::nullopt;
  }

  /// Is the content text in several lines?
  TAPELESS_NATIVE bool is_text() const {
    const std::string_view head = text_.substr(0, 4096);
    return head.size() >= 8 && head.find('\n') != head.npos &&
           std::all_of(head.begin(), head.end(), [](char c) {
             const auto code = static_cast<unsigned char>(c);
             return (code >= 0x20 && code != 0x7f) || (code >= '\t' && code <= '\r');
           });
  }

 private:
  using maybe_kind = std::optional<file_kind>;

  static constexpr std::string_view convert_to_safetensors =
      "save the weights in Python with safetensors.torch.save_file(model.state_dict(), "
      "'net.safetensors') and load that file, or import this one with tapeless-gen";

  TAPELESS_NATIVE bool contains(std::string_view part) const {
    return text_.find(part) != text_.npos;
  }
  TAPELESS_NATIVE bool begins(std::string_view part, std::size_t at = 0) const {
    return text_.size() >= at && text_.substr(at).starts_with(part);
  }
  TAPELESS_NATIVE unsigned byte_at(std::size_t i) const {
    return i < content_.size() ? std::to_integer<unsigned>(content_[i]) : 0;
  }

  /// The text without a byte order mark and white space at its beginning, lower case.
  TAPELESS_NATIVE std::string first_words() const {
    std::size_t at = begins("\xef\xbb\xbf") ? 3 : 0;
    while (at < text_.size() && std::string_view(" \t\r\n").find(text_[at]) != text_.npos) ++at;
    std::string words(text_.substr(at, 64));
    for (char& c : words) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return words;
  }

  /// Small text files that stand for a large one.
  TAPELESS_NATIVE maybe_kind placeholder() const {
    if (begins("version https://git-lfs.github.com/spec/") || begins("version https://hawser.git"))
      return file_kind{"a Git LFS pointer in place of the file",
                       "run `git lfs pull`, or download the file itself"};
    if (begins("/annex/objects/") || begins("../.git/annex/") || begins(".git/annex/"))
      return file_kind{"a git-annex pointer in place of the file", "run `git annex get`"};
    if (begins("404: Not Found") || begins("404 Not Found") || begins("Entry not found") ||
        begins("Repository not found") || begins("403 Forbidden") || begins("Access denied"))
      return file_kind{"a server's error message in place of the file",
                       "check the address and download the file again"};
    return std::nullopt;
  }

  TAPELESS_NATIVE maybe_kind archive() const {
    if (begins("PK\x05\x06")) return file_kind{"an empty zip archive", "write the file again"};
    if (!begins("PK\x03\x04") || text_.size() < 30) return std::nullopt;
    const std::size_t length = byte_at(26) + 256 * byte_at(27);
    const std::string_view first = text_.substr(30, length);
    if (contains("/constants.pkl") && contains("/code/"))
      return file_kind{"a TorchScript module (.pt)", convert_to_safetensors};
    if (contains("/data.pkl") || first == "data.pkl")
      return file_kind{"a PyTorch file (.pt, .pth)", convert_to_safetensors};
    if (first.ends_with(".npy"))
      return file_kind{"a NumPy archive (.npz)",
                       "save its arrays one by one with numpy.save and use tl::read_npy"};
    if (contains("model.weights.h5") || contains("variables.h5"))
      return file_kind{"a Keras model (.keras)",
                       "write its weights with safetensors.numpy.save_file(), or convert the model "
                       "to ONNX and import it with tapeless-gen"};
    if (contains("[Content_Types].xml"))
      return file_kind{"an office document (.xlsx or similar)", "save the table as CSV"};
    return file_kind{"a zip archive", "unpack it and read the file inside"};
  }

  TAPELESS_NATIVE maybe_kind pickle() const {
    const unsigned protocol = byte_at(1);
    if (byte_at(0) == 0x80 && protocol >= 2 && protocol <= 5) {
      if (begins("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 2))
        return file_kind{"a PyTorch file (.pt, .pth) of the format before PyTorch 1.6",
                         "save the weights in Python with safetensors.torch.save_file("
                         "model.state_dict(), 'net.safetensors') and load that file"};
      if (protocol < 4 || byte_at(2) == 0x95)
        return file_kind{"a Python pickle",
                         "save arrays with numpy.save, or weights with "
                         "safetensors.numpy.save_file()"};
    }
    // Protocol 0 is text: a mark or a name of a module, and a stop at the end.
    const bool old = begins("(dp") || begins("(lp") || begins("(i") || begins("ccopy_reg\n") ||
                     begins("ccollections\n") || begins("cnumpy");
    if (old && contains("\n") && (text_.ends_with('.') || text_.ends_with(".\n")))
      return file_kind{"a Python pickle",
                       "save arrays with numpy.save, or weights with "
                       "safetensors.numpy.save_file()"};
    return std::nullopt;
  }

  /// Formats with fixed bytes at a fixed place.
  TAPELESS_NATIVE maybe_kind signature() const {
    struct entry {
      std::size_t at;
      std::string_view bytes;
      file_kind kind;
    };
    using namespace std::string_view_literals;
    static constexpr std::string_view unpack = "unpack it first";
    static constexpr std::string_view as_csv = "write the table as CSV or .npy";
    static constexpr std::array<entry, 27> entries{{
        {0,
         "\x89HDF\r\n\x1a\n"sv,
         {"an HDF5 file (Keras .h5, or MATLAB)",
          "write its arrays with numpy.save, or weights with safetensors.numpy.save_file()"}},
        {0, "\x93NUMPY"sv, {"a NumPy array (.npy)", "tl::read_npy reads it"}},
        {8, "{\""sv, {"a safetensors file", "tl::load or tl::read_safetensors reads it"}},
        {0, "TLCHKPT"sv, {"a checkpoint of a training run", "tl::load_checkpoint reads it"}},
        {0, "\x1f\x8b"sv, {"gzip data", unpack}},
        {0, "BZh"sv, {"bzip2 data", unpack}},
        {0, "\xfd\x37zXZ\0"sv, {"xz data", unpack}},
        {0, "\x28\xb5\x2f\xfd"sv, {"zstd data", unpack}},
        {0, "7z\xbc\xaf\x27\x1c"sv, {"a 7z archive", unpack}},
        {0, "Rar!\x1a\x07"sv, {"a rar archive", unpack}},
        {257, "ustar"sv, {"a tar archive", unpack}},
        {4, "TFL3"sv, {"a TensorFlow Lite model", "convert the model to ONNX and import it with "
                                                  "tapeless-gen"}},
        {0, "GGUF"sv, {"a GGUF model", "get the weights as safetensors"}},
        {0, "PAR1"sv, {"a Parquet file", as_csv}},
        {0, "ARROW1"sv, {"an Arrow file", as_csv}},
        {0, "FEA1"sv, {"a Feather file", as_csv}},
        {0, "SQLite format 3\0"sv, {"an SQLite database", as_csv}},
        {0, "MATLAB 5.0 MAT-file"sv, {"a MATLAB file (.mat)", as_csv}},
        {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, {"an old Excel file (.xls)", as_csv}},
        {0, "%PDF-"sv, {"a PDF document", "find the data as a file of its own"}},
        {0, "\x89PNG\r\n\x1a\n"sv, {"a PNG image", "write the pixels as .npy"}},
        {0, "\xff\xd8\xff"sv, {"a JPEG image", "write the pixels as .npy"}},
        {0, "GIF8"sv, {"a GIF image", "write the pixels as .npy"}},
        {0, "RIFF"sv, {"a RIFF file (.wav)", "write the samples as .npy"}},
        {0, "\x7f"
            "ELF"sv,
         {"a program (ELF)", "give the data file instead"}},
        {0, "\xff\xfe"sv, {"text in UTF-16", "save it as UTF-8"}},
        {0, "\xfe\xff"sv, {"text in UTF-16", "save it as UTF-8"}},
    }};
    for (const entry& e : entries) {
      if (begins(e.bytes, e.at) && (e.at != 8 || plausible_safetensors())) return e.kind;
    }
    // IDX: two zeros, an element type, the number of axes, their extents and exactly the elements.
    constexpr std::array<std::size_t, 15> widths{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 2, 4, 4, 8};
    if (text_.size() >= 8 && byte_at(0) == 0 && byte_at(1) == 0 && byte_at(2) < widths.size() &&
        widths[byte_at(2)] != 0 && byte_at(3) >= 1 && byte_at(3) <= 4)
      return file_kind{"an IDX file (MNIST)", "tl::read_idx reads it"};
    return std::nullopt;
  }

  TAPELESS_NATIVE bool plausible_safetensors() const {
    const auto length = load_number<std::uint64_t>(content_, std::endian::little);
    return length >= 2 && length <= content_.size() - 8;
  }

  /// Walks the fields of a protobuf message, which have to be those of ONNX's ModelProto.
  TAPELESS_NATIVE maybe_kind onnx() const {
    bool seen_version = false;
    bool seen_graph = false;
    std::size_t at = 0;
    const auto number = [&]() -> std::optional<std::uint64_t> {
      std::uint64_t value = 0;
      for (unsigned shift = 0; shift < 64 && at < content_.size(); shift += 7) {
        const unsigned piece = byte_at(at++);
        value |= std::uint64_t{piece & 0x7f} << shift;
        if (piece < 0x80) return value;
      }
      return std::nullopt;
    };
    while (at < content_.size()) {
      const auto tag = number();
      if (!tag) return std::nullopt;
      const std::uint64_t field = *tag >> 3;
      const bool is_number = field == 1 || field == 5;
      const bool is_bytes = (field >= 2 && field <= 8 && field != 5) || field == 14 ||
                            field == 20 || field == 25 || field == 26;
      if (!(is_number && (*tag & 7) == 0) && !(is_bytes && (*tag & 7) == 2)) return std::nullopt;
      const auto value = number();
      if (!value) return std::nullopt;
      if (is_bytes && *value > content_.size() - at) {
        // A model that is cut off, usually within its graph.
        seen_graph = seen_graph || field == 7;
        break;
      }
      if (is_bytes) at += static_cast<std::size_t>(*value);
      seen_version = seen_version || (field == 1 && *value >= 1 && *value < 256);
      seen_graph = seen_graph || field == 7;
    }
    if (!seen_version || !seen_graph) return std::nullopt;
    return file_kind{"an ONNX model", "import it with tapeless-gen import"};
  }

  TAPELESS_NATIVE maybe_kind web_page() const {
    const std::string words = first_words();
    for (const std::string_view start : {"<!doctype html", "<html", "<head", "<body", "<script"}) {
      if (words.starts_with(start))
        return file_kind{"a web page (HTML) in place of the file",
                         "the download got a page about the file, a login or an error: download "
                         "the file itself (the link 'raw' or 'download')"};
    }
    if (words.starts_with("<?xml") || words.starts_with("<error>"))
      return file_kind{"an XML document", "check the address if it was downloaded"};
    return std::nullopt;
  }

  TAPELESS_NATIVE maybe_kind json() const {
    std::string words = first_words();
    std::erase_if(words, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    if (words.empty() || (words[0] != '{' && words[0] != '[')) return std::nullopt;
    const char second = words.size() > 1 ? words[1] : '\0';
    const std::string_view allowed = words[0] == '{' ? "\"}" : "{[\"]-0123456789tfn";
    if (allowed.find(second) == allowed.npos) return std::nullopt;
    if (contains("\"weight_map\""))
      return file_kind{"the JSON index of weights in several files",
                       "read the .safetensors files that it names"};
    return file_kind{"JSON text",
                     "give the file with the numbers; configurations and indices stand beside it"};
  }

  std::string_view text_;
  std::span<const std::byte> content_;
};

/// The kind of a file by its content; if that is of no known kind, by its name (.pt, .onnx, ...).
TAPELESS_NATIVE inline std::optional<file_kind> find_file_kind(const std::filesystem::path& file,
                                                               std::span<const std::byte> content) {
  if (const auto kind = file_kind_finder(content).find()) return kind;
  struct entry {
    std::string_view extension;
    std::string_view name;
  };
  static constexpr std::array<entry, 11> entries{
      {{".pt", "a PyTorch file by its name (.pt), but not by its content"},
       {".pth", "a PyTorch file by its name (.pth), but not by its content"},
       {".pkl", "a Python pickle by its name (.pkl), but not by its content"},
       {".pickle", "a Python pickle by its name (.pickle), but not by its content"},
       {".onnx", "an ONNX model by its name (.onnx), but not by its content"},
       {".npz", "a NumPy archive by its name (.npz), but not by its content"},
       {".zip", "a zip archive by its name (.zip), but not by its content"},
       {".h5", "an HDF5 file by its name (.h5), but not by its content"},
       {".hdf5", "an HDF5 file by its name (.hdf5), but not by its content"},
       {".keras", "a Keras model by its name (.keras), but not by its content"},
       {".tflite", "a TensorFlow Lite model by its name (.tflite), but not by its content"}}};
  std::string extension = file.extension().string();
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const entry& e : entries) {
    if (e.extension == extension) return file_kind{e.name, "it may be damaged: get it again"};
  }
  return std::nullopt;
}

/// Refuses content that is recognised as another format than the one that is wanted ("a .npy
/// file"); returns if it is not recognised. For readers that have found their own magic number
/// missing. Errors: file_error that names what was found, what is wanted and what to do.
TAPELESS_NATIVE inline void refuse_other_kind(const std::filesystem::path& file,
                                              std::span<const std::byte> content,
                                              std::string_view wanted) {
  auto kind = find_file_kind(file, content);
  if (!kind && file_kind_finder(content).is_text())
    kind = file_kind{"text", "tl::read_csv reads tables of numbers"};
  if (kind) {
    throw file_error(file,
                     fmt::format("found {}, expected {}: {}", kind->name, wanted, kind->advice));
  }
}

}  // namespace tapeless
