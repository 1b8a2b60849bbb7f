// Embeddings, batch normalisation and a hidden layer.
#include "training.hpp"

namespace tabular {

namespace {

/// Categories become learnt vectors. The first batch_norm brings the numbers to a common scale:
/// they come in as they were measured.
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value sex = g.input_of<std::uint8_t>("sex", {});
    const tl::value band = g.input_of<std::uint8_t>("band", {});
    const tl::value x = g.input("numbers", tl::shape{numbers});
    const tl::value known = tl::math::concat({g.layer<tl::embedding<2, 2>>("sex", sex),
                                              g.layer<tl::embedding<bands, 3>>("age", band),
                                              g.layer<tl::batch_norm<>>("scale", x)});
    using hidden = tl::sequential<tl::dense<16, tl::bias::off>, tl::batch_norm<>, tl::relu,
                                  tl::dropout<0.3>, tl::dense<1>>;
    return g.layer<hidden>("hidden", known);
  }
};

}  // namespace

trained train_net(const tl::train_test<float>& data, const settings& s) {
  return train<net>(data, s);
}

}  // namespace tabular
