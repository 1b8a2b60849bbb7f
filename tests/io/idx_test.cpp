#include <tapeless/io/idx.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>

namespace tl = tapeless;

namespace {

std::string complaint_about(std::string_view content) {
  const scratch_folder folder;
  const auto file = folder.with("bad-idx", content);
  return complaint(file, [&] { tl::read_idx(file); });
}

}  // namespace

TEST_CASE("IDX files are read, packed or not", "[io][idx]") {
  const auto images = tl::read_idx(fixture("images-idx3-ubyte.gz"));
  CHECK(images.type == tl::element_type::u8);
  CHECK(images.shape == tl::array_shape{3, 2, 2});
  CHECK(images.values<float>() == std::vector<float>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  const auto labels = tl::read_idx(fixture("labels-idx1-ubyte"));
  CHECK(labels.shape == tl::array_shape{3});
  CHECK(labels.values<float>() == std::vector<float>{2, 0, 1});
}

TEST_CASE("all element types of IDX are big-endian numbers", "[io][idx]") {
  using namespace std::string_view_literals;
  const scratch_folder folder;
  const auto values = [&](std::string_view content) {
    return tl::read_idx(folder.with("a", content)).values<double>();
  };
  CHECK(values("\0\0\x09\1\0\0\0\2\xff\x7f"sv) == std::vector<double>{-1, 127});
  CHECK(values("\0\0\x0b\1\0\0\0\1\xff\xfe"sv) == std::vector<double>{-2});
  CHECK(values("\0\0\x0c\1\0\0\0\1\0\1\0\0"sv) == std::vector<double>{65536});
  CHECK(values("\0\0\x0d\1\0\0\0\1\x3f\xc0\0\0"sv) == std::vector<double>{1.5});
  CHECK(values("\0\0\x0e\1\0\0\0\1\xbf\xf0\0\0\0\0\0\0"sv) == std::vector<double>{-1.0});
  CHECK(values("\0\0\x08\2\0\0\0\0\0\0\0\7"sv).empty());
}

TEST_CASE("a wrong IDX file says what is wrong", "[io][idx]") {
  using namespace std::string_view_literals;
  CHECK(complaint_about("\0\0\x08"sv) ==
        "at byte 0: found 3 bytes, expected 4 bytes of IDX magic "
        "number");
  CHECK(complaint_about("PNG\1"sv) ==
        "at byte 0: found 50 4e, expected 00 00, the beginning of an IDX file");
  CHECK(complaint_about("\0\0\x0a\1\0\0\0\0"sv) ==
        "at byte 2: found element type 0a, expected one of 08 09 0b 0c 0d 0e");
  CHECK(complaint_about("\0\0\x08\0"sv) == "at byte 3: found no axes, expected at least one");
  CHECK(complaint_about("\0\0\x08\3\0\0\0\1\0\0\0\1\0\0"sv) ==
        "at byte 14: found the end of the file, expected 3 extents, up to byte 16");
  CHECK(complaint_about("\0\0\x08\1\0\0\0\3ab"sv) ==
        "at byte 8: found 2 bytes of elements, expected 3 for shape [3] of u8");
  CHECK(complaint_about("\0\0\x0c\1\0\0\0\1abcde"sv) ==
        "at byte 8: found 5 bytes of elements, expected 4 for shape [1] of i32");
  CHECK(complaint_about("\0\0\x08\3\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"sv) ==
        "at byte 16: found 0 bytes of elements, expected 2^63 or more for shape [4294967295, "
        "4294967295, 4294967295] of u8");
}
