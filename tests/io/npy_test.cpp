#include <tapeless/io/npy.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <numeric>

namespace tl = tapeless;

namespace {

std::string header_of(const std::string& dict) {
  return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(dict.size() & 0xff) +
         static_cast<char>(dict.size() >> 8) + dict;
}

std::string complaint_about(const std::string& content) {
  const scratch_folder folder;
  const auto file = folder.with("bad.npy", content);
  return complaint(file, [&] { tl::read_npy(file); });
}

std::vector<double> eighths() {
  std::vector<double> values(24);
  for (int i = 0; i < 24; ++i) values[static_cast<std::size_t>(i)] = i / 8.0;
  return values;
}

}  // namespace

TEST_CASE("files made by NumPy are read", "[io][npy]") {
  const auto f4 = tl::read_npy(fixture("f4.npy"));
  CHECK(f4.type == tl::element_type::f32);
  CHECK(f4.shape == tl::array_shape{2, 3, 4});
  CHECK(f4.values<double>() == eighths());
  const auto i8 = tl::read_npy(fixture("i8_scalar.npy"));
  CHECK(i8.type == tl::element_type::i64);
  CHECK(i8.shape.empty());
  CHECK(i8.values<double>() == std::vector<double>{-0x1p40});
  CHECK(tl::read_npy(fixture("u1.npy")).values<float>() ==
        std::vector<float>{250, 251, 252, 253, 254, 255});
  CHECK(tl::read_npy(fixture("bool.npy")).values<float>() == std::vector<float>{1, 0, 1});
  const auto version2 = tl::read_npy(fixture("f8_version2.npy"));
  CHECK(version2.values<double>() ==
        std::vector<double>{0.1, -std::numeric_limits<double>::infinity()});
}

TEST_CASE("column-major and big-endian arrays are converted", "[io][npy]") {
  const auto fortran = tl::read_npy(fixture("f8_fortran.npy"));
  CHECK(fortran.shape == tl::array_shape{2, 3, 4});
  CHECK(fortran.values<double>() == eighths());
  CHECK(tl::read_npy(fixture("i4_big_endian.npy")).values<double>() ==
        std::vector<double>{1, -2, 3, 70000});
}

TEST_CASE("what is written is what NumPy writes", "[io][npy]") {
  const scratch_folder folder;
  for (const char* name : {"f4.npy", "i8_scalar.npy", "u1.npy", "bool.npy"}) {
    tl::write_npy(folder / name, tl::read_npy(fixture(name)));
    CHECK(text_of(folder / name) == text_of(fixture(name)));
  }
}

TEST_CASE("an array has as many axes as in NumPy, 64", "[io][npy]") {
  const scratch_folder folder;
  const std::vector<double> one{3.5};
  const auto array = tl::make_array<double>(tl::array_shape(64, 1), one);
  tl::write_npy(folder / "deep", array);
  CHECK(tl::read_npy(folder / "deep") == array);
  CHECK(complaint(folder / "deeper", [&] {
          tl::write_npy(folder / "deeper", tl::make_array<double>(tl::array_shape(65, 1), one));
        }) == "cannot be written: 65 axes, NumPy reads at most 64");
  std::string ones;
  for (int i = 0; i < 65; ++i) ones += "1,";
  CHECK(complaint_about(header_of("{'descr': '|u1', 'fortran_order': True, 'shape': (" + ones +
                                  ")}") +
                        "x") == "at byte 59: found 65 axes, expected at most 64, NumPy's limit");
}

TEST_CASE("a .npy file cut anywhere is an error", "[io][npy]") {
  const std::string whole = text_of(fixture("f4.npy"));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    if (complaint_about(whole.substr(0, size)).empty()) FAIL(size);
  }
  CHECK(complaint_about("") == "at byte 0: found nothing, expected the .npy magic '\\x93NUMPY'");
  CHECK_THAT(complaint_about("PK\x03\x04zipped"), Catch::StartsWith("at byte 0: found 'PK"));
  CHECK(complaint_about(whole.substr(0, 8)) ==
        "at byte 8: found the end of the file, expected the header length");
  CHECK(complaint_about(whole.substr(0, 50)) ==
        "at byte 8: found header length 118, expected at most the 40 bytes that follow");
  CHECK(complaint_about(whole.substr(0, 200)) ==
        "at byte 128: found 72 bytes of elements, expected 96 for shape [2, 3, 4] of f32");
  CHECK(complaint_about(whole + "x") ==
        "at byte 128: found 97 bytes of elements, expected 96 for shape [2, 3, 4] of f32");
  CHECK(complaint_about(std::string("\x93NUMPY\x04\x00", 8)) ==
        "at byte 6: found version 4, expected 1, 2 or 3");
}

TEST_CASE("a .npy header that is not understood is an error", "[io][npy]") {
  const auto about = [](const std::string& dict) { return complaint_about(header_of(dict)); };
  CHECK(about("{'descr': '|u1', 'fortran_order': False, 'shape': (0,)}").empty());
  CHECK(about("{\"shape\":(0,1), \"descr\":\"<i2\",\"fortran_order\":True,}  \n").empty());
  CHECK(about("[]") == "at byte 10: found '[]', expected '{' in the .npy header");
  CHECK(
      about("{'descr': '<c8'") ==
      "at byte 19: found element type '<c8', expected a number such as '<f4', '<f8', '<i4', '<i8', "
      "'|u1' or '|b1'");
  CHECK_THAT(about("{'descr': ''"), Catch::Contains("found element type '', expected a number"));
  CHECK_THAT(about("{'descr': '<'"), Catch::Contains("found element type '<', expected a number"));
  CHECK_THAT(about("{'descr': '<float32'"),
             Catch::Contains("found element type '<float32', expected a number"));
  CHECK_THAT(about("{'descr': '<f4"), Catch::Contains("expected a quoted word in the .npy header"));
  CHECK_THAT(about("{'descr' '<f4'"), Catch::Contains("expected ':' in the .npy header"));
  CHECK_THAT(about("{'fortran_order': 1"), Catch::Contains("found '1', expected True or False"));
  CHECK_THAT(about("{'shape': (-1,)"),
             Catch::Contains("found '-1,)', expected an extent from 0 to 2^63 - 1"));
  CHECK_THAT(about("{'shape': (9223372036854775808,)"),
             Catch::Contains("expected an extent from 0"));
  CHECK_THAT(about("{'shape': (1 2)"), Catch::Contains("found '2)', expected ')'"));
  CHECK_THAT(about("{'shape': (1,), 'Shape': (1,)}"),
             Catch::Contains("found key 'Shape', expected descr, fortran_order and shape alone"));
  CHECK_THAT(about("{'shape': (1,)}"), Catch::Contains("expected all of descr, fortran_order and"));
  CHECK_THAT(about("{'shape': (1,)} x"),
             Catch::Contains("found 'x', expected the end of the header"));
  CHECK_THAT(about("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}"),
             Catch::Contains("found 0 bytes of elements, expected 2^63 or more for shape"));
  const auto structured = fixture("structured.npy");
  CHECK_THAT(complaint(structured, [&] { tl::read_npy(structured); }),
             Catch::Contains("expected a quoted word in the .npy header"));
}

TEST_CASE("a .npy header is read as NumPy reads it, as a Python literal", "[io][npy]") {
  const scratch_folder folder;
  // The version, the text, what is read. NumPy 2.4 reads and refuses the same texts.
  const auto shape_of = [&](char version, const std::string& dict) {
    std::string content = header_of(dict);
    content[6] = version;
    if (version > 1) content.insert(10, 2, '\0');
    const auto file = folder.with("a.npy", content + std::string(8, '\1'));
    try {
      const auto array = tl::read_npy(file);
      return std::string(tl::element_name(array.type)) + tl::shape_text(array.shape);
    } catch (const tl::file_error& e) {
      return std::string("refused");
    }
  };
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"{'descr': 'f4', 'fortran_order': False, 'shape': (2,)}", "f32[2]"},
      {"{'descr': '=f4', 'fortran_order': False, 'shape': (2,)}", "f32[2]"},
      {"{'descr': '|f8', 'fortran_order': False, 'shape': ()}", "f64[]"},
      {"{'descr': 'float32', 'fortran_order': False, 'shape': (2,)}", "f32[2]"},
      {"{'descr': '<d', 'fortran_order': False, 'shape': (1,)}", "f64[1]"},
      {"{'descr': '?', 'fortran_order': False, 'shape': (2, 4)}", "bool[2, 4]"},
      {"{'descr': '<float32', 'fortran_order': False, 'shape': (2,)}", "refused"},
      {"{'descr': ' <f4', 'fortran_order': False, 'shape': (2,)}", "refused"},
      {"{'descr': b'<f4', 'fortran_order': False, 'shape': (2,)}", "refused"},
      {"{u'descr': r'<f4', 'fortran' '_order': False, '\\x73hape': (2,)}", "f32[2]"},
      {"\t{'descr': \"\"\"<f4\"\"\", 'fortran_order': False,\n# c\n'shape': \\\n(2,)}\f", "f32[2]"},
      {"\n {'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", "refused"},
      {"({'descr': ('<f4'), 'fortran_order': (False), 'shape': ((2),)})", "f32[2]"},
      {"{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", "f64[1]"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (0x1, 0b10, +1, 0_1_)}", "refused"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (0x1, 0b10, +1, 00, 1_0)}", "refused"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (0x1, 0b10, +1)}", "f32[1, 2, 1]"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (02,)}", "refused"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2.0,)}", "refused"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2)}", "refused"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': ((2,),)}", "refused"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': [2]}", "refused"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,,)}", "refused"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (True, 2)}", "refused"},
      {"{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}", "refused"},
      {"{'descr': '<f4', 'fortran_order': Falsehood, 'shape': (2,)}", "refused"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}", "refused"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)},", "refused"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} # end", "f32[2]"},
      {std::string("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}\0", 56), "refused"},
  }));
  INFO(text);
  for (const char version : {'\1', '\2', '\3'}) CHECK(shape_of(version, text) == expected);
}

TEST_CASE("long integers of Python 2 are read in the versions that it wrote", "[io][npy]") {
  const scratch_folder folder;
  const std::string dict = "{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 1 L)}";
  const auto first = folder.with("1.npy", header_of(dict) + "ab");
  CHECK(tl::read_npy(first).shape == tl::array_shape{2, 1});
  std::string third = header_of(dict) + "ab";
  third[6] = 3;
  third.insert(10, 2, '\0');
  CHECK_THAT(complaint_about(third), Catch::Contains("expected an extent from 0 to 2^63 - 1"));
}

TEST_CASE("a header beyond NumPy's limit of 10,000 bytes is an error", "[io][npy]") {
  const std::string dict = "{'descr': '|u1', 'fortran_order': False, 'shape': (0,)}";
  CHECK(complaint_about(header_of(dict + std::string(10000 - dict.size(), ' '))).empty());
  CHECK(complaint_about(header_of(dict + std::string(10001 - dict.size(), ' '))) ==
        "at byte 10: found a header of 10001 bytes, expected at most 10000, NumPy's limit");
  CHECK_THAT(complaint_about(header_of("{'shape': " + std::string(5000, '('))),
             Catch::Contains("found brackets within brackets"));
}

TEST_CASE("what cannot be a .npy file is not written", "[io][npy]") {
  const scratch_folder folder;
  const auto file = folder / "a.npy";
  CHECK(complaint(file, [&] {
          tl::write_npy(file, {tl::element_type::f32, {2}, {}});
        }) == "cannot be written: 0 bytes as shape [2] of f32");
  CHECK(complaint(file, [&] {
          tl::write_npy(file, {tl::element_type::bf16, {0}, {}});
        }) == "cannot be written: 0 bytes as shape [0] of bf16");
  CHECK(folder.file_count() == 0);
}
