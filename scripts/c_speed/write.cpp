// Writes the C file of scripts/c_speed.sh: every network for one sample and for 32, and trained.

#include <networks.hpp>
#include <tapeless/export/source.hpp>

template <class Net>
std::string all(const std::string& name) {
  using loss = tl::mse;
  return tl::c_source<Net>({.prefix = name}) +
         tl::c_source<Net, tl::batch<32>>({.prefix = name + "_batch"}) +
         tl::c_training_source<Net, loss, tl::sgd, tl::batch<32>>(
             {.prefix = name + "_sgd", .forward = false, .loss = false, .gradient = false});
}

int main() {
  tl::write_c("networks.c",
              all<circle>("circle") + all<classifier>("classifier") + all<digits>("digits"));
}
