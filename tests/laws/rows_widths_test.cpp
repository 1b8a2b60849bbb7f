// The kernel law for rows of a table of every width.

#include <laws/kernel_law.hpp>
#include <laws/row_cases.hpp>

namespace tl = tapeless;
using laws::law_case;
using laws::operand;
using namespace row_cases;

namespace {

using laws::check_kernels;

template <int Width, class T = float>
void check_width() {
  check_kernels<law_case<"rows", rows, table(7, Width), index(5)>, 1, T>();
  check_kernels<law_case<"rows", rows, table(7, Width), index(5)>, 9, T>();
}

}  // namespace

TEST_CASE("rows of a table of every width") {
  check_width<1>();
  check_width<2>();
  check_width<3>();
  check_width<5>();
  check_width<16>();
  check_width<20, double>();
  check_width<33>();
  check_width<150>();
}
