// The export law for scans and recurrent layers.

#include <export/c_law.hpp>

namespace {

namespace tl = tapeless;

struct short_lstm : tl::sequential<tl::input<4, 3>, tl::lstm<5>, tl::flatten> {};
struct both_ways
    : tl::sequential<tl::input<6, 2>,
                     tl::gru<4, tl::recurrent{.bidirectional = true, .yield = tl::yields::last}>,
                     tl::dense<3>> {};

}  // namespace

TEST_CASE("exported recurrent layers") {
  c_export::law law;
  law.training<double, short_lstm, tl::mse, tl::adam, tl::batch<3>>();
  law.training<double, both_ways, tl::mse, tl::sgd, tl::batch<9>,
               tl::lanes_over<tl::lane_axis::samples>>();
  law.forward<float, both_ways>();
  law.check();
}
