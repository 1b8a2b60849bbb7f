#include "model/file_kind.hpp"

#include <fmt/format.h>

#include <tapeless/io/error.hpp>

namespace tapeless::gen {

namespace {

struct kind {
  std::size_t at;
  std::string_view magic, name, advice;
};

constexpr kind kinds[] = {
    {0, "version https://git-lfs", "a Git LFS pointer", "run `git lfs pull`"},
    {0, "<!DOCTYPE", "an HTML page", "download the file itself"},
    {0, "<html", "an HTML page", "download the file itself"},
    {0, "{", "JSON text", "export the model as .onnx"},
    {0, "PK\x03\x04", "a zip archive, as PyTorch's .pt or Keras' .keras",
     "export the model as .onnx (torch.onnx.export, tf2onnx), or give weights with --into"},
    {0, "\x89HDF\r\n", "an HDF5 file, as Keras' .h5", "export the model as .onnx (tf2onnx)"},
    {4, "TFL3", "a TensorFlow Lite model", "export the model as .onnx (tf2onnx)"},
    {8, "{\"", "a safetensors file", "give weights with --into HEADER:NETWORK"},
    {0, "\x80\x02", "a Python pickle", "export the model as .onnx (torch.onnx.export, skl2onnx)"},
    {0, "\x93NUMPY", "a numpy array", "give the model's .onnx file"},
};

}  // namespace

void expect_kind(const std::filesystem::path& file, std::string_view text,
                 std::string_view expected) {
  if (text.empty()) throw file_error(file, fmt::format("is empty, not {}", expected));
  for (const kind& k : kinds)
    if (text.substr(std::min(k.at, text.size())).starts_with(k.magic))
      throw file_error(file, fmt::format("is {}, not {}: {}", k.name, expected, k.advice));
}

}  // namespace tapeless::gen
