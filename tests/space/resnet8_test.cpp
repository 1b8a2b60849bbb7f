// Ten steps of ResNet-8 with batch normalisation against PyTorch, on a thread with a stack of 256
// KB: the intermediate values of 32 samples take megabytes, which the trainer owns.

#include <pthread.h>
#include <space/training_law.hpp>

namespace {

// Rounding grows from step to step: PyTorch's own float is 4e-5 away from its double after ten, and
// products without fused additions round twice. Their step is held to the losses in double.
#ifdef __FMA__
using scalar = float;
#else
using scalar = double;
#endif
std::vector<double> losses;

void* train_resnet8(void*) {
  losses = space::train<space_nets::resnet8<true>, golden::space_training::resnet8_batch, scalar>(
      10, 10);
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
  space::compare_losses(losses, golden::space_training::resnet8);
}
