// expect: Tapeless: each of two sets of parameters has paths that the other lacks; name the part
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct a : tl::sequential<tl::input<2>, tl::named<"encoder", tl::dense<3>>, tl::named<"x", tl::dense<2>>> {};
struct b : tl::sequential<tl::input<2>, tl::named<"encoder", tl::dense<3>>, tl::named<"y", tl::dense<2>>> {};

constexpr int copied = [] {
  tl::parameters<b> to;
#ifdef TAPELESS_FAIL
  return tl::copy_parameters(tl::init<a>(tl::seed{1}), to);
#else
  const auto from = tl::init<a>(tl::seed{1});
  return tl::copy_parameters(tl::part<"encoder">(from), tl::part<"encoder">(to));
#endif
}();
static_assert(copied == 2);
