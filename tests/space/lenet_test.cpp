// Ten steps of LeNet-5 against PyTorch.

#include <space/training_law.hpp>

TEST_CASE("training of LeNet-5 follows PyTorch") {
  namespace golden = golden::space_training;
  space::compare_losses(space::train<space_nets::lenet, golden::lenet_batch>(10, 10),
                        golden::lenet);
}
