// ONNX files that lie, do not end, or ask for more than there is: each has its sentence, soon.

#include <catch2/catch.hpp>

#include <chrono>

#include "declare/import_model.hpp"
#include "header/header.hpp"
#include "io/scratch.hpp"
#include "model/refusal.hpp"

namespace gen = tapeless::gen;
using Catch::Contains;

namespace {

std::filesystem::path hostile(const std::string& name) {
  return fixture("hostile") / (name + ".onnx");
}

std::string refused(const std::filesystem::path& file) {
  try {
    gen::import_model(gen::read_onnx(file));
  } catch (const std::exception& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("hostile models are refused with a sentence, soon") {
  const auto [name, sentence] = GENERATE(table<const char*, const char*>({
      {"cycle", "depends on itself"},
      {"missing_value", "'w' is neither an input, nor an initializer, nor computed"},
      {"value_twice", "'y' is given or computed twice"},
      {"initializer_twice", "initializer 'w' occurs twice"},
      {"output_twice", "output 'y' occurs twice"},
      {"attribute_twice", "the attribute 'alpha' twice"},
      {"too_few_bytes", "has 4 bytes of data, not 16"},
      {"gigantic_initializer", "has 0 bytes of data, not 536870912"},
      {"overflowing_extents", "elements"},
      {"overflowing_empty", "elements"},
      {"negative_extent", "negative extent"},
      {"many_axes", "1000 axes, of 64 at most"},
      {"gigantic_input", "elements"},
      {"unknown_type", "element type 77"},
      {"outside", "outside of the model's folder"},
      {"absolute", "outside of the model's folder"},
      {"negative_offset", "'-4' is no number"},
      {"past_the_end", "needs 16 bytes at 1000000"},
      {"itself", "functions call each other more than 64 deep"},
      {"calls_without_end", "the model calls functions"},
      {"doubling", "has more than 134217728 elements"},
      {"many_values", "more elements in all than the importer takes"},
      {"constant_of_shape", "has more than 134217728 elements"},
      {"tile", "repeats"},
      {"range", "too long"},
      {"long_product", "more operations than the importer does"},
      {"shape_of_gemm", "does not"},
      {"text_as_number", "an input is text"},
      {"output_not_computed", "is not computed"},
  }));
  INFO(name);
  const auto begin = std::chrono::steady_clock::now();
  CHECK_THAT(refused(hostile(name)), Contains(sentence));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(60));
}

TEST_CASE("every beginning of a model is refused or is a model") {
  const scratch_folder folder;
  const std::string whole = text_of(hostile("shape_of_gemm"));
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK(refused(folder.with("m.onnx", whole.substr(0, size))) != "");
}

TEST_CASE("symbolic links do not lead out of the model's folder") {
  const scratch_folder folder;
  std::filesystem::create_directory(folder / "model");
  folder.with("secret", std::string(16, 'x'));
  std::filesystem::create_symlink("../secret", folder / "model/weights");
  std::string content = text_of(hostile("outside"));
  // The name in the model, of as many bytes as before.
  content.replace(content.find("../secret"), 9, "./weights");
  const auto file = folder.with("model/m.onnx", content);
  CHECK_THAT(refused(file), Contains("outside of the model's folder"));
  std::filesystem::remove(folder / "model/weights");
  folder.with("model/weights", std::string(16, 'x'));
  CHECK(refused(file) == "");
}

TEST_CASE("names of a model do not end the text that they stand in") {
  const gen::model m = gen::read_onnx(hostile("text_in_a_name"));
  gen::header_options o;
  o.name = "net";
  o.file = "net.hpp";
  const auto files = gen::header_files(m, gen::import_model(m), o);
  CHECK_THAT(files[0].content, Contains("g.input(\"a_); } int evil; //_\", tl::shape{4})"));
}
