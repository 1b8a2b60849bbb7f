// The kernel law for rows of a table by index.

#include <laws/kernel_law.hpp>
#include <laws/row_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;
using laws::check_shared_kernels;
using laws::law_case;
using laws::operand;
using namespace row_cases;

TEST_CASE("rows of a table in every batch") {
  check_kernels<law_case<"rows", rows, table(6, 8), index(4)>, 3>();
  check_kernels<law_case<"rows", rows, table(6, 8), index(4)>, 33>();
  check_kernels<law_case<"rows", rows, table(6, 8), index(tl::shape{})>, 9>();
  check_kernels<law_case<"rows", rows, table(6, 8), index(tl::shape{2, 3})>, 9>(1e-5);
  check_kernels<law_case<"rows", rows, table(1, 8), index(3)>, 3>();
  check_shared_kernels<law_case<"rows", rows, table(7, 20), index(5)>, 9,
                       tl::lane_axis::features>();
  check_shared_kernels<law_case<"rows", rows, table(7, 20), index(5)>, 9, tl::lane_axis::samples>();
}
