#include "measure.hpp"

std::vector<complexity::point> complexity::growing_depth() {
  return {measure<64, 1, 32>(), measure<64, 2, 32>(), measure<64, 4, 32>(), measure<64, 8, 32>()};
}
