// The kernel law for sums of rows by index, for several tables, and for indices that samples share.

#include <laws/kernel_law.hpp>
#include <laws/row_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;
using laws::law_case;
using laws::operand;
using namespace row_cases;

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
