// The gradient law for rows of a table by index, forward mode included.

#include <laws/gradient_law.hpp>
#include <laws/row_cases.hpp>

namespace tl = tapeless;
using laws::check_gradients;
using laws::law_case;
using laws::operand;
using namespace row_cases;

TEST_CASE("gradients of rows") {
  check_gradients<
      law_case<"rows", rows, table(6, 3), index(4)>,
      law_case<"twice", twice, table(7, 3), index(5)>,
      law_case<"tied", tied, table(7, 3), index(5)>,
      law_case<"columns", columns, table(3, 7), index(5)>,
      law_case<"computed", computed, table(7, 2), index(9)>,
      law_case<"added", added, operand{tl::shape{5, 3}, true}, index(5)>,
      law_case<"shared", added, operand{tl::shape{5, 3}}, index(5)>,
      law_case<"leading", leading, operand{tl::shape{3, 7, 2}}, index(tl::shape{3, 5})>,
      law_case<"summed", summed, operand{tl::shape{3, 5, 2}, true}, index(tl::shape{3, 5})>,
      law_case<"places", places, table(7, 2), operand{tl::shape{5, 2}, true}>>();
}
