// The kernel law for tables of several readers, and tables that are computed.

#include <laws/kernel_law.hpp>
#include <laws/row_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;
using laws::law_case;
using laws::operand;
using namespace row_cases;

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
