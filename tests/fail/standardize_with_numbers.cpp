// expect: Tapeless: tl::standardize(data) finds mean and deviation itself;
// within: 20
#include <tapeless/io/scaling.hpp>

namespace tl = tapeless;

void scale(tl::dataset<float>& data) {
#ifdef TAPELESS_FAIL
  data = tl::standardize(data, 0.5, 0.5);
#else
  data = tl::normalize(data, 0.5f, 0.5f);
#endif
}
