#include "measure.hpp"

std::vector<complexity::point> complexity::growing_width() {
  return {measure<8, 2, 32>(),  measure<16, 2, 32>(),  measure<32, 2, 32>(),
          measure<64, 2, 32>(), measure<128, 2, 32>(), measure<256, 2, 32>()};
}
