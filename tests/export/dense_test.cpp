// The export law for dense networks: sizes around the widths of vectors, batches, both lane axes.

#include <export/c_law.hpp>

namespace {

namespace tl = tapeless;

template <int Inputs, int Hidden, int Outputs>
struct net : tl::sequential<tl::input<Inputs>, tl::dense<Hidden>, tl::relu, tl::dense<Outputs>> {};
struct classifier : tl::sequential<tl::input<16>, tl::dense<64>, tl::relu, tl::dense<32>, tl::relu,
                                   tl::dense<32>, tl::relu, tl::dense<5>, tl::softmax> {};

}  // namespace

TEST_CASE("exported dense networks, one sample") {
  c_export::law law;
  law.forward<float, net<1, 1, 1>>();
  law.forward<float, net<2, 3, 1>>();
  law.forward<float, net<7, 9, 5>>();
  law.forward<float, net<17, 33, 8>>();
  law.forward<float, net<40, 70, 10>>();
  law.forward<double, net<5, 100, 3>>();
  law.forward<float, classifier>();
  law.check();
}

TEST_CASE("exported dense networks, batches") {
  c_export::law law;
  law.forward<double, net<7, 9, 5>, tl::batch<3>>();
  law.forward<float, net<17, 33, 8>, tl::batch<13>>();
  law.forward<double, net<17, 33, 8>, tl::batch<9>, tl::lanes_over<tl::lane_axis::samples>>();
  law.forward<float, classifier, tl::batch<32>>();
  law.check();
}

TEST_CASE("exported training of a dense network") {
  c_export::law law;
  law.training<double, net<5, 9, 3>, tl::mse, tl::adam, tl::batch<4>>();
  law.training<float, net<5, 9, 3>, tl::mse, tl::sgd>();
  law.check();
}
