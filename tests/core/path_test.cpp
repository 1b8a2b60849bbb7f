// Paths of parameters: how they are joined, compared and cut.

#include <catch2/catch.hpp>
#include <string>
#include <tapeless/core/path.hpp>
#include <type_traits>

namespace tl = tapeless;

namespace {

using tl::path;

static_assert(path{}.view().empty());
static_assert(path{"weight"}.view() == "weight");
static_assert(path{"encoder"}.join("fc1").join("weight").view() == "encoder.fc1.weight");
static_assert(path{}.join("weight").view() == "weight");
static_assert(path{"fc1"}.join("").view() == "fc1");
static_assert(path{"blocks"}.join(0).view() == "blocks.0");
static_assert(path{"blocks"}.join(1203).join("bias").view() == "blocks.1203.bias");
static_assert(path{}.join(7).view() == "7");
static_assert(path{"x"}.join(2147483647).view() == "x.2147483647");

static_assert(path{"a.b"} == path{"a"}.join("b") && path{"a.b"} != path{"a.c"});
static_assert(path{"a"} != path{"a."} && path{} != path{"a"});
static_assert(path{"encoder.fc1"}.starts_with("encoder") && !path{"fc1"}.starts_with("fc10"));

// A path is a template argument, by value.
template <path Where>
struct tag {};
static_assert(std::is_same_v<tag<path{"a.1"}>, tag<path{"a"}.join(1)>>);
static_assert(!std::is_same_v<tag<path{"a"}>, tag<path{"b"}>>);

static_assert(tl::fixed_string{"fc1"}.view() == "fc1" && tl::fixed_string{""}.view().empty());

}  // namespace

TEST_CASE("a path keeps the first 47 characters") {
  const std::string whole(path::capacity, 'a');
  CHECK(path{whole}.view() == whole);
  CHECK(path{whole + "b"}.view() == whole);
  CHECK(path{whole + "b"} == path{whole});
  CHECK(path{whole}.join("weight").view() == whole);
  CHECK(path{whole.substr(3)}.join("weight").view() == whole.substr(3) + ".we");
  CHECK(path{whole}.text[path::capacity] == 0);  // ends as a C string does
}
