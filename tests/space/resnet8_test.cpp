// Ten steps of ResNet-8 with batch normalisation against PyTorch, on a thread with a stack of 256 KB:
// the intermediate values of 32 samples take megabytes, which the trainer owns.

#include <space/training_law.hpp>
#include <pthread.h>

namespace {

std::vector<double> losses;

void* train_resnet8(void*) {
  losses = space::train<space_nets::resnet8<true>, golden::space_training::resnet8_batch>(10, 10);
  return nullptr;
}

}  // namespace

TEST_CASE("training of ResNet-8 follows PyTorch, on a small stack") {
  pthread_attr_t attributes;
  REQUIRE(pthread_attr_init(&attributes) == 0);
  REQUIRE(pthread_attr_setstacksize(&attributes, 256 * 1024) == 0);
  pthread_t thread;
  REQUIRE(pthread_create(&thread, &attributes, train_resnet8, nullptr) == 0);
  REQUIRE(pthread_join(thread, nullptr) == 0);
  pthread_attr_destroy(&attributes);
  // Rounding grows from step to step: PyTorch's own float differs by 4e-5 from its double at the last
  // one, and products without fused additions round twice. In double the losses agree to 1e-15.
#ifdef __FMA__
  constexpr double tolerance = 1e-4;
#else
  constexpr double tolerance = 1e-3;
#endif
  space::compare_losses(losses, golden::space_training::resnet8, tolerance);
}
