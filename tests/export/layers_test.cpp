// The export law for layers: branches, shapes, frozen ones, dropout.

#include <export/c_law.hpp>

namespace {

namespace tl = tapeless;

struct branches
    : tl::sequential<tl::input<6>, tl::residual<tl::dense<6>, tl::tanh>,
                     tl::parallel_concat<tl::dense<3>, tl::sequential<tl::dense<4>, tl::tanh>,
                                         tl::residual<tl::tanh>>,
                     tl::parallel_sum<tl::dense<5>, tl::dense<5, tl::bias::off>>> {};
struct shaped : tl::sequential<tl::input<4, 3>, tl::flatten, tl::named<"first", tl::dense<8>>,
                               tl::reshape_to<2, 4>, tl::tanh, tl::flatten,
                               tl::frozen<tl::dense<7>>, tl::tanh, tl::dense<2>> {};
struct dropped : tl::sequential<tl::input<6>, tl::dropout<0.3>, tl::dense<11>, tl::tanh,
                                tl::dropout<0.5>, tl::dense<3>> {};

using samples = tl::lanes_over<tl::lane_axis::samples>;

}  // namespace

TEST_CASE("exported branches and shapes") {
  c_export::law law;
  law.training<double, branches, tl::mse, tl::sgd, tl::batch<3>>();
  law.training<double, branches, tl::mse, tl::adam, tl::batch<9>, samples>();
  law.training<double, shaped, tl::mse, tl::adam, tl::batch<5>>();
  law.check();
}

TEST_CASE("exported dropout draws the numbers of the trainer") {
  c_export::law law;
  law.training<double, dropped, tl::mse, tl::sgd, tl::batch<5>>();
  law.training<double, dropped, tl::mse, tl::sgd, tl::batch<8>, samples>();
  law.check();
}
