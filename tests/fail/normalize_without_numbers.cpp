// expect: Tapeless: tl::normalize takes the mean and the deviation,
// within: 20
#include <tapeless/io/scaling.hpp>

namespace tl = tapeless;

void scale(tl::dataset<float>& data) {
#ifdef TAPELESS_FAIL
  data = tl::normalize(data);
#else
  data = tl::standardize(data)(data);
#endif
}
