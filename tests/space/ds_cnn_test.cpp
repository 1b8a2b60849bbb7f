// Ten steps of DS-CNN with batch normalisation against PyTorch.

#include <space/training_law.hpp>

TEST_CASE("training of DS-CNN with batch normalisation follows PyTorch") {
  namespace golden = golden::space_training;
  space::compare_losses(space::train<space_nets::ds_cnn<true>, golden::ds_cnn_batch>(10, 12),
                        golden::ds_cnn);
}
