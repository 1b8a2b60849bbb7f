// The engines of small networks are one straight line: no loop, no call, no branch. Those of larger
// ones are one function with loops of constant trip count, unless a straight line is asked for.
// check: (tapeless::forward<circle,|circle_forward$) --allow-calls tapeless::forward<circle,
// check: tapeless::detail::training<[^>]*circle,.*>::run
// check: tapeless::detail::training<[^>]*tagger,.*tapeless::expansion.*>::run
// check: "tapeless::forward<tagger_probabilities, , float>"
// check: "tapeless::detail::training<[^>]*tagger,.*type_list<> ?>::run" --allow-loops
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct circle : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu, tl::dense<1>, tl::sigmoid> {};
struct tagger : tl::sequential<tl::input<16>, tl::dense<64>, tl::relu, tl::dense<32>, tl::relu,
                               tl::dense<32>, tl::relu, tl::dense<5>> {};
struct tagger_probabilities : tl::sequential<tagger, tl::softmax> {
  static constexpr tl::value define(tl::graph& g) { return tl::math::softmax(tagger::define(g)); }
};

using circle_trainer = tl::trainer<circle, tl::bce, tl::sgd, tl::batch<32>>;
using tagger_trainer = tl::trainer<tagger, tl::cross_entropy, tl::sgd>;
using one_line = tl::expand_as<tl::expansion::full>;
using tagger_line_trainer = tl::trainer<tagger, tl::cross_entropy, tl::sgd, one_line>;

extern "C" {
void circle_forward(const tl::parameters<circle>& p, const float* x, float* y) {
  tl::forward<circle>(p, x, y);
}
float circle_step(circle_trainer& t, const float* xs, const float* ys) { return t.step(xs, ys); }
void tagger_forward(const tl::parameters<tagger_probabilities>& p, const float* x, float* y) {
  tl::forward<tagger_probabilities>(p, x, y);
}
float tagger_step(tagger_trainer& t, const float* xs, const float* ys) { return t.step(xs, ys); }
float tagger_line_step(tagger_line_trainer& t, const float* xs, const float* ys) {
  return t.step(xs, ys);
}
}
