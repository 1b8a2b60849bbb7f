#include <tapeless/io/csv.hpp>
#include <tapeless/io/file_kind.hpp>
#include <tapeless/io/idx.hpp>
#include <tapeless/io/npy.hpp>
#include <tapeless/io/safetensors.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>

#include <functional>

namespace tl = tapeless;

namespace {

using reader = std::function<void(const std::filesystem::path&)>;

/// Every reader of numbers, and what it calls its own format.
const std::vector<std::pair<std::string, reader>> readers{
    {"a .safetensors file", [](const auto& file) { tl::read_safetensors(file); }},
    {"a .npy file", [](const auto& file) { tl::read_npy(file); }},
    {"an IDX file", [](const auto& file) { tl::read_idx(file); }},
    {"a table of numbers as text", [](const auto& file) { tl::read_csv(file); }}};

/// All readers refuse the content in these words.
void refused_by_all(const std::string& name, const std::string& content, const std::string& found,
                    const std::string& advice) {
  const scratch_folder folder;
  const auto file = folder.with(name, content);
  INFO(name);
  for (const auto& [wanted, read] : readers) {
    CHECK(complaint(file, [&] { read(file); }) ==
          "found " + found + ", expected " + wanted + ": " + advice);
  }
}

/// A zip archive's first entry, and the names of others; archives are not taken apart further.
std::string zip_of(const std::string& name, const std::string& others = "") {
  std::string head("PK\x03\x04\x14\0\0\0\0\0", 10);
  head += std::string(16, '\1');
  head += static_cast<char>(name.size());
  head += std::string(3, '\0') + name + "content" + others;
  return head;
}

const std::string to_safetensors =
    "save the weights in Python with safetensors.torch.save_file(model.state_dict(), "
    "'net.safetensors') and load that file, or import this one with tapeless-gen";
const std::string to_numpy = "save arrays with numpy.save, or weights with "
                             "safetensors.numpy.save_file()";

}  // namespace

TEST_CASE("files that PyTorch made are recognised", "[io][kinds]") {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(fixture("pt"))) {
    const std::string content = text_of(entry.path());
    if (!content.starts_with("PK") || content.find("constants.pkl") != content.npos) continue;
    refused_by_all("net.pt", content, "a PyTorch file (.pt, .pth)", to_safetensors);
    refused_by_all("renamed.safetensors", content, "a PyTorch file (.pt, .pth)", to_safetensors);
    ++count;
  }
  CHECK(count > 0);
  refused_by_all("net.pt", zip_of("net/data.pkl", "net/constants.pkl net/code/x"),
                 "a TorchScript module (.pt)", to_safetensors);
  refused_by_all("old.pth",
                 std::string("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15),
                 "a PyTorch file (.pt, .pth) of the format before PyTorch 1.6",
                 "save the weights in Python with safetensors.torch.save_file("
                 "model.state_dict(), 'net.safetensors') and load that file");
  refused_by_all("cut.pt", "\x01\x02\x03 0123456789",
                 "a PyTorch file by its name (.pt), but not by its content",
                 "it may be damaged: get it again");
}

TEST_CASE("what stands in place of a file is recognised", "[io][kinds]") {
  refused_by_all("net.safetensors",
                 "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
                 "a Git LFS pointer in place of the file",
                 "run `git lfs pull`, or download the file itself");
  for (const std::string start :
       {"<!DOCTYPE html>\n<html>", "\n  <html lang='en'>", "\xef\xbb\xbf<!doctype HTML>",
        "<head><title>404</title>"}) {
    refused_by_all("data.csv", start + "<body>1,2</body></html>\n",
                   "a web page (HTML) in place of the file",
                   "the download got a page about the file, a login or an error: download the "
                   "file itself (the link 'raw' or 'download')");
  }
  refused_by_all("a", "404: Not Found", "a server's error message in place of the file",
                 "check the address and download the file again");
  refused_by_all("a", "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>",
                 "an XML document", "check the address if it was downloaded");
}

TEST_CASE("JSON, ONNX, HDF5, zip and pickle are recognised", "[io][kinds]") {
  const std::string json_advice =
      "give the file with the numbers; configurations and indices stand beside it";
  for (const std::string json : {"{\"hidden\": [1, 2]}", "[[1, 2], [3, 4]]", " {\n \"a\": 1}",
                                 "[{\"x\": 1}]", "{}         "}) {
    refused_by_all("config.json", json, "JSON text", json_advice);
  }
  refused_by_all("model.safetensors.index.json",
                 "{\"weight_map\": {\"0.weight\": \"model-00001.safetensors\"}}",
                 "the JSON index of weights in several files",
                 "read the .safetensors files that it names");
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(fixture("fuzz/onnx"))) {
    if (!entry.path().filename().string().starts_with("find")) {
      refused_by_all("net", text_of(entry.path()), "an ONNX model",
                     "import it with tapeless-gen import");
      ++count;
    }
  }
  CHECK(count > 0);
  refused_by_all("net.h5", std::string("\x89HDF\r\n\x1a\n\0\0\0\0", 12),
                 "an HDF5 file (Keras .h5, or MATLAB)",
                 "write its arrays with numpy.save, or weights with safetensors.numpy.save_file()");
  refused_by_all("net.keras", zip_of("metadata.json", "model.weights.h5"),
                 "a Keras model (.keras)",
                 "write its weights with safetensors.numpy.save_file(), or convert the model to "
                 "ONNX and import it with tapeless-gen");
  refused_by_all("x.npz", zip_of("x.npy"), "a NumPy archive (.npz)",
                 "save its arrays one by one with numpy.save and use tl::read_npy");
  refused_by_all("x.xlsx", zip_of("[Content_Types].xml"), "an office document (.xlsx or similar)",
                 "save the table as CSV");
  refused_by_all("x.zip", zip_of("x.csv"), "a zip archive",
                 "unpack it and read the file inside");
  refused_by_all("x.pkl", std::string("\x80\x04\x95\x0b\0\0\0\0\0\0\0]\x94.", 14),
                 "a Python pickle", to_numpy);
  refused_by_all("x.pkl", std::string("\x80\x02]q\0(K\x01K\x02" "e.", 11), "a Python pickle",
                 to_numpy);
  refused_by_all("x", "(lp0\nI1\naI2\na.", "a Python pickle", to_numpy);
  refused_by_all("x.zst", "\x28\xb5\x2f\xfd 01234567", "zstd data", "unpack it first");
  refused_by_all("x.csv", std::string("\xff\xfe" "1\0,\0" "2\0\n\0", 10), "text in UTF-16",
                 "save it as UTF-8");
}

TEST_CASE("a reader names the files of the others", "[io][kinds]") {
  const auto said = [&](std::size_t reader_index, const std::filesystem::path& file) {
    const auto& [wanted, read] = readers[reader_index];
    const std::string text = complaint(file, [&, &action = read] { action(file); });
    return text.substr(0, text.find(','));
  };
  const auto tensors = fixture("plain.safetensors");
  const auto array = fixture("f4.npy");
  const auto labels = fixture("labels-idx1-ubyte");
  const auto table = source_folder() / "examples/data/digits.csv.gz";
  for (const std::size_t i : {1u, 2u, 3u}) CHECK(said(i, tensors) == "found a safetensors file");
  for (const std::size_t i : {0u, 2u, 3u}) CHECK(said(i, array) == "found a NumPy array (.npy)");
  for (const std::size_t i : {0u, 1u, 3u}) CHECK(said(i, labels) == "found an IDX file (MNIST)");
  for (const std::size_t i : {0u, 1u}) CHECK(said(i, table) == "found gzip data");
  const scratch_folder folder;
  const auto text = folder.with("a.csv", "a,b\n1,2\n3,4\n");
  for (const std::size_t i : {0u, 1u, 2u}) CHECK(said(i, text) == "found text");
}

TEST_CASE("what a format allows is not taken for another one", "[io][kinds]") {
  const scratch_folder folder;
  // The length of this header begins like a pickle's first bytes.
  std::string header = "{\"__metadata__\":{\"x\":\"";
  header += std::string(0x280 - header.size() - 3, 'y') + "\"}}";
  const auto file = folder.with("a.pt", std::string("\x80\x02\0\0\0\0\0\0", 8) + header);
  CHECK(tl::read_safetensors(file).metadata.at("x").size() > 600);
  CHECK(tl::read_csv(folder.with("b.pt", "[x],{y}\n1,2\n")).rows == 1);
  // Bytes of no known format are told by place.
  const auto unknown = folder.with("c", "\x01\x02\x03\x04 unknown");
  CHECK_THAT(complaint(unknown, [&] { tl::read_safetensors(unknown); }),
             Catch::StartsWith("at byte 0: found header length"));
  CHECK_FALSE(tl::find_file_kind("x", {}).has_value());
  // A line that is wrong in a table of numbers is a line that is wrong.
  const auto table = folder.with("d.csv", "1,2\n3,{\"x\":1}\n");
  CHECK_THAT(complaint(table, [&] { tl::read_csv(table); }),
             Catch::StartsWith("line 2, column 3: found '{"));
}

TEST_CASE("no beginning of a file is read beyond its end", "[io][kinds]") {
  for (const char* name : {"plain.safetensors", "f4.npy", "labels-idx1-ubyte", "table.csv.gz"}) {
    const auto content = tl::read_file(fixture(name));
    for (std::size_t size = 0; size < std::min<std::size_t>(content.size(), 300); ++size) {
      const tl::byte_buffer part(content.begin(), content.begin() + static_cast<long>(size));
      CHECK_NOTHROW(tl::find_file_kind("x", part));
    }
  }
}
