// A network, a loss, an optimizer and operations with names that two sources define, each as its
// macros say.
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#if !defined(SLOPE)
#define SLOPE 0.5
#endif
#if !defined(FACTOR)
#define FACTOR 2.0
#endif
#if !defined(POWER)
#define POWER 1.0
#endif
#if !defined(WEIGHT)
#define WEIGHT 1.0
#endif
#if !defined(RATE)
#define RATE 1.0
#endif

struct bent {  // an operation: max(x, SLOPE x)
  static constexpr const char* name = "bent";
  template <class V>
  static constexpr V forward(V x) {
    return tl::math::max(x, tl::rounded<V>(SLOPE) * x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy * tl::math::select(x > V(0), V(1), tl::rounded<V>(SLOPE * POWER));
  }
};
struct weighed {  // a loss
  static constexpr tl::shape target(tl::shape output) { return output; }
  static constexpr double terms(tl::shape output) { return output.count() * WEIGHT; }
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    return tl::math::sum(tl::math::square(y - t) * tl::value{FACTOR});
  }
};
struct slow {  // an optimizer
  struct options {
    double learning_rate = 0.1;
  };
  struct progress {};
  static constexpr int states = 0, scalars = 1;
  static constexpr void advance(const options& o, progress&, double* scalar) {
    scalar[0] = o.learning_rate;
  }
  static constexpr tl::update step(tl::value w, tl::value g, const tl::value*,
                                   const tl::value* scalar) {
    return {w - scalar[0] * tl::value{RATE} * g, {}};
  }
};

// The networks of the two sources are different ones, which share what is defined above.
namespace {
struct net : tl::sequential<tl::input<2>, tl::dense<2>, bent> {};
}  // namespace

#if defined(FIRST)
float other();
int main() {
#else
float other() {
#endif
  tl::trainer<net, weighed, slow> t{tl::seed{1}};
  const float x[] = {1, 2}, y[] = {0, 1};
  const float loss = t.step(x, y);
#if defined(FIRST)
  return loss + other() > 0 ? 0 : 1;
#else
  return loss;
#endif
}
