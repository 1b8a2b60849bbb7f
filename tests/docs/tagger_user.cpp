// any other source
#include "tagger.hpp"
void use(const tl::parameters<tagger>& theta, const float* x, float* y, const float* xs,
         const float* ys);
void use(const tl::parameters<tagger>& theta, const float* x, float* y, const float* xs,
         const float* ys) {
  tagger_engine::forward(theta, x, y);  // pointers to rows, or std::array for one sample
  tagger_trainer t{tl::init<tagger>(tl::seed{1}), {.learning_rate = 0.1}};
  t.step(xs, ys);
}
