// The kernel law for rows of a table by index, and sums of rows by index.

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
TEST_CASE("tables of several readers") {
  check_kernels<law_case<"twice", twice, table(7, 12), index(5)>, 3>();
  check_kernels<law_case<"tied", tied, table(7, 12), index(5)>, 9>();
  check_kernels<law_case<"tied", tied, table(9, 16), index(5)>, 9, double>(1e-14);
}
TEST_CASE("tables that are computed") {
  check_kernels<law_case<"columns", columns, table(12, 7), index(5)>, 9>();
  check_kernels<law_case<"computed", computed, table(7, 12), index(9)>, 9>();
  check_kernels<law_case<"joined", joined, table(7, 12), index(5)>, 9>(4e-6);
  check_kernels<law_case<"batched table", rows, table(7, 12, true), index(5)>, 9>();
}
TEST_CASE("sums of rows") {
  check_kernels<law_case<"added", added, operand{tl::shape{5, 12}, true}, index(5)>, 9>();
  check_kernels<law_case<"added", added, operand{tl::shape{5, 12}}, index(5)>, 9>();
  check_kernels<
      law_case<"summed", summed, operand{tl::shape{3, 5, 12}, true}, index(tl::shape{3, 5})>, 9>();
}
TEST_CASE("rows of several tables") {
  check_kernels<law_case<"leading", leading, operand{tl::shape{3, 7, 12}}, index(tl::shape{3, 5})>,
                9>();
  check_kernels<law_case<"added leading", added_leading, operand{tl::shape{3, 5, 12}, true},
                         index(tl::shape{3, 5})>,
                9>();
}
TEST_CASE("rows whose numbers all samples share") {
  check_kernels<law_case<"places", places, table(7, 12), operand{tl::shape{5, 12}, true}>, 9>();
}
