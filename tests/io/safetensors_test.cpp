#include <tapeless/io/safetensors.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdlib>
#include <limits>

namespace tl = tapeless;

namespace {

/// A file with this header (its length is put before it) and data of `size` zeros.
std::string assembled(const std::string& header, std::size_t size) {
  std::string text;
  for (int i = 0; i < 8; ++i) text += static_cast<char>((header.size() >> (8 * i)) & 0xff);
  return text + header + std::string(size, '\0');
}

std::string complaint_about(const std::string& content) {
  const scratch_folder folder;
  const auto file = folder.with("bad.safetensors", content);
  return complaint(file, [&] { tl::read_safetensors(file); });
}

tl::tensor_file sample() {
  const std::vector<float> weight{0.1f, -2.0f, 3e-40f, std::numeric_limits<float>::infinity(),
                                  5.0f, 6.0f};
  const std::vector<double> bias{0.1, -1e300};
  const std::vector<float> none;
  return {{{"fc1.weight", tl::make_array<float>({2, 3}, weight)},
           {"state.m", tl::make_array<double>({2}, bias)},
           {"empty", tl::make_array<float>({0, 7}, none)},
           {"gr\xc3\xbc\xc3\x9f", tl::make_array<float>({}, std::span(weight).first(1))}},
          {{"epoch", "3"}, {"text \"q\"", "line\nbreak"}}};
}

}  // namespace

TEST_CASE("a plain file made by the Python package is read", "[io][safetensors]") {
  const auto file = tl::read_safetensors(fixture("plain.safetensors"));
  CHECK(file.metadata.empty());
  REQUIRE(file.tensors.size() == 2);
  REQUIRE(file.find("fc1.weight") != nullptr);
  CHECK(file.find("fc1.weight")->shape == tl::array_shape{2, 3});
  CHECK(file.find("fc1.weight")->values<float>() ==
        std::vector<float>{0.0f, 0.25f, 0.5f, 0.75f, 1.0f, 1.25f});
  CHECK(file.find("fc1.bias")->values<float>() == std::vector<float>{-1.5f, 1e-40f});
  CHECK(file.find("fc1") == nullptr);
}

TEST_CASE("every element type is read as numbers", "[io][safetensors]") {
  const auto file = tl::read_safetensors(fixture("types.safetensors"));
  CHECK(file.tensors.size() == 14);
  CHECK(file.metadata == tl::file_metadata{{"note", "gr\xc3\xbc\xc3\x9f dich"},
                                           {"tapeless.topology", "0123456789abcdef"}});
  const auto values = [&](const char* name) {
    REQUIRE(file.find(name) != nullptr);
    return file.find(name)->values<double>();
  };
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(values("f64") == std::vector<double>{1.0 / 3, -0.0, infinity, 5e-324});
  CHECK(std::signbit(values("f64")[1]));
  CHECK(file.find("f64")->shape == tl::array_shape{2, 2});
  CHECK(values("f32")[0] == static_cast<double>(0.1f));
  CHECK(std::isnan(values("f32")[1]));
  CHECK(values("f16") == std::vector<double>{1.0, -2.5, 65504.0, 0x1p-24, -infinity});
  CHECK(values("bf16")[1] == -0.15625);
  CHECK(values("bf16")[2] == Approx(3e38).epsilon(0.005));
  CHECK(values("i64") == std::vector<double>{-0x1p40});
  CHECK(file.find("i64")->shape.empty());
  CHECK(values("u64") == std::vector<double>{0x1p63});
  CHECK(values("i32") == std::vector<double>{-7.0, 0x1p31 - 1});
  CHECK(values("u32") == std::vector<double>{0x1p32 - 1});
  CHECK(values("i16") == std::vector<double>{-300.0});
  CHECK(values("u16") == std::vector<double>{65535.0});
  CHECK(values("i8") == std::vector<double>{-128.0});
  CHECK(values("u8") == std::vector<double>{255.0});
  CHECK(values("bool") == std::vector<double>{1.0, 0.0});
  CHECK(values("empty").empty());
  CHECK(file.find("empty")->shape == tl::array_shape{0, 3});
}

TEST_CASE("what is written comes back", "[io][safetensors]") {
  const scratch_folder folder;
  const tl::tensor_file written = sample();
  tl::write_safetensors(folder / "a", written);
  const tl::tensor_file read = tl::read_safetensors(folder / "a");
  CHECK(read.metadata == written.metadata);
  CHECK(read.tensors.size() == written.tensors.size());
  for (const auto& tensor : written.tensors) {
    REQUIRE(read.find(tensor.name) != nullptr);
    CHECK(*read.find(tensor.name) == tensor.data);
  }
  // Wider elements first, and the header fills whole 8 bytes: every tensor is aligned.
  CHECK(read.tensors.front().name == "state.m");
  const std::string text = text_of(folder / "a");
  CHECK(static_cast<unsigned char>(text[0]) % 8 == 0);
  CHECK(tl::read_safetensors(folder / "a") == read);
  tl::write_safetensors(folder / "b", read);
  CHECK(text_of(folder / "b") == text);
}

TEST_CASE("a file without tensors is a file", "[io][safetensors]") {
  const scratch_folder folder;
  tl::write_safetensors(folder / "a", {});
  CHECK(tl::read_safetensors(folder / "a") == tl::tensor_file{});
}

TEST_CASE("the Python package reads what is written", "[io][safetensors]") {
  if (std::system("python3 -c 'import safetensors.numpy' 2> /dev/null") != 0) {
    WARN("skipped: python3 has no safetensors and numpy");
    return;
  }
  const scratch_folder folder;
  const tl::tensor_file written = sample();
  tl::write_safetensors(folder / "in", written);
  const std::string command = "python3 '" + fixture("make_safetensors.py").string() + "' '" +
                              (folder / "in").string() + "' '" + (folder / "out").string() + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  const tl::tensor_file read = tl::read_safetensors(folder / "out");
  CHECK(read.metadata == written.metadata);
  CHECK(read.tensors.size() == written.tensors.size());
  for (const auto& tensor : written.tensors) {
    REQUIRE(read.find(tensor.name) != nullptr);
    CHECK(*read.find(tensor.name) == tensor.data);
  }
}

TEST_CASE("a file cut anywhere is an error", "[io][safetensors]") {
  const std::string whole = text_of(fixture("plain.safetensors"));
  CHECK(complaint_about("") == "at byte 0: found 0 bytes, expected 8 bytes of header length");
  CHECK(complaint_about(whole.substr(0, 7)) ==
        "at byte 0: found 7 bytes, expected 8 bytes of header length");
  CHECK(complaint_about(whole.substr(0, 20)) ==
        "at byte 0: found header length 128, expected at most the 12 bytes that follow");
  CHECK_THAT(complaint_about(whole.substr(0, whole.size() - 1)),
             Catch::Contains("expected offsets within the 31 bytes of data in the file"));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    if (complaint_about(whole.substr(0, size)).empty()) FAIL(size);
  }
}

TEST_CASE("a header that is too long or no JSON object is an error", "[io][safetensors]") {
  CHECK(complaint_about("\xff\xff\xff\xff\xff\xff\xff\xff{}") ==
        "at byte 0: found header length 18446744073709551615, expected at most 100000000");
  CHECK(complaint_about(assembled("", 0)) ==
        "at byte 8: found nothing, expected a JSON header that begins with '{'");
  CHECK(complaint_about(assembled("[1]", 0)) ==
        "at byte 8: found '[1]', expected a JSON header that begins with '{'");
  CHECK_THAT(complaint_about(assembled("{\"a\": x}", 0)),
             Catch::StartsWith("at byte 14: found damaged JSON ("));
  CHECK_THAT(complaint_about(assembled("{} {}", 0)), Catch::Contains("damaged JSON"));
  CHECK_THAT(complaint_about(assembled("{\"\xff\": 1}", 0)), Catch::Contains("damaged JSON"));
  CHECK_THAT(complaint_about(assembled("{\"a\":[[[", 0)), Catch::Contains("damaged JSON"));
}

TEST_CASE("what follows a NUL in the header is not passed over", "[io][safetensors]") {
  const auto with = [](const std::string& text) { return complaint_about(assembled(text, 0)); };
  using namespace std::string_literals;
  CHECK(with("{}      ").empty());
  CHECK(with("{}\0"s) ==
        "at byte 10: found a NUL byte in the header, expected JSON, filled up with spaces");
  CHECK(with("{}    \0\0"s) ==
        "at byte 14: found a NUL byte in the header, expected JSON, filled up with spaces");
  CHECK(with("{}\0hidden"s) ==
        "at byte 10: found a NUL byte in the header, expected JSON, filled up with spaces");
  CHECK(with("{\"__metadata__\":{\"a\":\"b\0\"}}"s).starts_with("at byte 31: found a NUL byte"));
  CHECK(with("{\0}"s).starts_with("at byte 9: found a NUL byte"));
  CHECK(with("{}x").starts_with("at byte 10: found damaged JSON"));
}

TEST_CASE("nested brackets are refused wherever they stand", "[io][safetensors]") {
  const auto nested = [](const std::string& open, const std::string& close, bool closed) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += open;
    for (int i = 0; closed && i < 100'000; ++i) text += close;
    return text;
  };
  for (const bool closed : {true, false}) {
    for (const auto& [open, close] : {std::pair{"[", "]"}, std::pair{"{\"a\":", "}"}}) {
      const std::string deep = nested(open, close, closed);
      for (const std::string before :
           {R"({"a":)", R"({"a":{"shape":)", R"({"a":{"data_offsets":)", R"({"__metadata__":)",
            R"({"__metadata__":{"k":)", R"({"a":{"dtype":"F32","more":)"}) {
        CHECK(complaint_about(assembled(before + deep, 0)) ==
              "at byte 8: found brackets within brackets, expected at most three levels");
      }
    }
  }
}

TEST_CASE("keys must be unique and known", "[io][safetensors]") {
  const std::string one = R"("a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]})";
  CHECK(complaint_about(assembled("{" + one + "," + one + "}", 4)) ==
        "at byte 8: found the key 'a' twice, expected unique keys");
  CHECK(complaint_about(assembled(
            R"({"a":{"dtype":"F32","dtype":"F64","shape":[1],"data_offsets":[0,4]}})", 4)) ==
        "at byte 8: found the key 'dtype' twice, expected unique keys");
  CHECK(complaint_about(assembled(R"({"a":{"dtype":"F32","shape":[1]}})", 4)) ==
        "at byte 8: found no data_offsets of tensor 'a', expected dtype, shape and data_offsets");
  CHECK(complaint_about(
            assembled(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}})", 4)) ==
        "at byte 8: found key 'more' of tensor 'a', expected only dtype, shape and data_offsets");
  const std::string deep(1'000'000, '['), closed(1'000'000, ']');
  CHECK(complaint_about(assembled(R"({"a":{"dtype":)" + deep + closed + "}}", 0)) ==
        "at byte 8: found brackets within brackets, expected at most three levels");
  CHECK(complaint_about(assembled(R"({"a":3})", 0)) ==
        "at byte 8: found value '3' of tensor 'a', expected an object");
  CHECK(complaint_about(assembled(R"({"__metadata__":[1]})", 0)) ==
        "at byte 8: found __metadata__ '[1]', expected a map of strings");
  CHECK(complaint_about(assembled(R"({"__metadata__":{"k":1}})", 0)) ==
        "at byte 8: found '1' under __metadata__ key 'k', expected a string");
}

TEST_CASE("types, shapes and offsets are checked", "[io][safetensors]") {
  const auto about = [](const std::string& dtype, const std::string& shape,
                        const std::string& offsets, std::size_t size) {
    return complaint_about(assembled(R"({"a":{"dtype":)" + dtype + R"(,"shape":)" + shape +
                                         R"(,"data_offsets":)" + offsets + "}}",
                                     size));
  };
  CHECK(about("\"F32\"", "[2]", "[0,8]", 8).empty());
  CHECK(about("\"F8_E4M3\"", "[1]", "[0,1]", 1) ==
        "at byte 8: found dtype '\"F8_E4M3\"' of tensor 'a', expected one of F64 F32 F16 BF16 I64 "
        "U64 I32 U32 I16 U16 I8 U8 BOOL");
  CHECK_THAT(about("7", "[1]", "[0,1]", 1), Catch::Contains("found dtype '7' of tensor 'a'"));
  for (const char* shape : {"[-1]", "[1.0]", "3", "[[1]]", "[18446744073709551615]", "[\"1\"]"}) {
    CHECK(about("\"F32\"", shape, "[0,4]", 4) ==
          "at byte 8: found shape " + tl::quote(shape) +
              " of tensor 'a', expected a list of integers from 0 to 2^63 - 1");
  }
  CHECK(about("\"F32\"", "[4294967296,4294967296]", "[0,0]", 0) ==
        "at byte 8: found shape '[4294967296,4294967296]' of tensor 'a', expected fewer than 2^63 "
        "bytes");
  for (const char* offsets : {"[4,0]", "[0]", "[0,4,8]", "[-1,3]", "[0,4.0]", "4"}) {
    CHECK(about("\"F32\"", "[1]", offsets, 4) ==
          "at byte 8: found data_offsets " + tl::quote(offsets) +
              " of tensor 'a', expected two ascending offsets");
  }
  CHECK(
      about("\"F32\"", "[2]", "[0,8]", 7) ==
      "at byte 8: found data_offsets '[0,8]' of tensor 'a', expected offsets within the 7 bytes of "
      "data in the file");
  CHECK(about("\"F32\"", "[3]", "[0,8]", 8) ==
        "at byte 8: found 8 bytes of tensor 'a', expected 12 for shape [3] of F32");
}

TEST_CASE("tensors must tile the data", "[io][safetensors]") {
  const auto two = [](const std::string& b, std::size_t size) {
    return assembled(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8",)"
                     R"("shape":[4],"data_offsets":)" +
                         b + "}}",
                     size);
  };
  CHECK(complaint_about(two("[4,8]", 8)).empty());
  CHECK_THAT(
      complaint_about(two("[2,6]", 6)),
      Catch::EndsWith(
          "found tensor 'b' at data offset 2, expected 4, where the tensor before it ends (an "
          "overlap)"));
  CHECK_THAT(
      complaint_about(two("[5,9]", 9)),
      Catch::EndsWith(
          "found tensor 'b' at data offset 5, expected 4, where the tensor before it ends (a "
          "hole)"));
  CHECK_THAT(
      complaint_about(two("[4,8]", 11)),
      Catch::EndsWith("found 3 bytes that belong to no tensor, expected the end of the file"));
}

TEST_CASE("what cannot be a safetensors file is not written", "[io][safetensors]") {
  const scratch_folder folder;
  const auto file = folder.with("a", "old");
  const auto refused = [&](const tl::tensor_file& content) {
    const std::string text = complaint(file, [&] { tl::write_safetensors(file, content); });
    CHECK(text_of(file) == "old");
    CHECK(folder.file_count() == 1);
    return text;
  };
  const std::vector<float> one{1.0f};
  const auto data = tl::make_array<float>({1}, one);
  CHECK(refused({{{"a", data}, {"a", data}}, {}}) ==
        "cannot be written: the tensor name 'a' is taken");
  CHECK(refused({{{"__metadata__", data}}, {}}) ==
        "cannot be written: the tensor name '__metadata__' is taken");
  auto wrong = data;
  wrong.shape = {2};
  CHECK(refused({{{"a", wrong}}, {}}) ==
        "cannot be written: tensor 'a' has 4 bytes, which is not shape [2] of f32");
  CHECK_THAT(refused({{{"\xff", data}}, {}}), Catch::Contains("names and metadata must be UTF-8"));
  CHECK_THAT(refused({{}, {{"k", "\xc3"}}}), Catch::Contains("names and metadata must be UTF-8"));
}
