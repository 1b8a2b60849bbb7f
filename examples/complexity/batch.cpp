#include "measure.hpp"

std::vector<complexity::point> complexity::growing_batch() {
  return {measure<64, 2, 1>(),  measure<64, 2, 2>(),  measure<64, 2, 4>(),  measure<64, 2, 8>(),
          measure<64, 2, 16>(), measure<64, 2, 32>(), measure<64, 2, 64>(), measure<64, 2, 128>()};
}
