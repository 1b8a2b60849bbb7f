// The export law for scans and recurrent layers.

#include <export/c_law.hpp>

namespace {

namespace tl = tapeless;

struct short_lstm : tl::sequential<tl::input<4, 3>, tl::lstm<5>, tl::flatten> {};
struct both_ways
    : tl::sequential<tl::input<6, 2>,
                     tl::gru<4, tl::recurrent{.bidirectional = true, .yield = tl::yields::last}>,
                     tl::dense<3>> {};
struct in_pieces
    : tl::sequential<tl::input<7, 8>,
                     tl::multi_head_attention<
                         8, 2, tl::attention_settings{.causal = true, .queries_at_once = 3}>,
                     tl::flatten> {};

}  // namespace

TEST_CASE("exported recurrent layers") {
  c_export::law law;
  law.training<double, short_lstm, tl::mse, tl::adam, tl::batch<3>>();
  law.training<double, both_ways, tl::mse, tl::sgd, tl::batch<9>,
               tl::lanes_over<tl::lane_axis::samples>>();
  law.forward<float, both_ways>();
  law.check();
}
TEST_CASE("exported attention in pieces") {
  c_export::law law;
  law.training<double, in_pieces, tl::mse, tl::sgd, tl::batch<3>>();
  law.forward<float, in_pieces>();
  law.check();
}
