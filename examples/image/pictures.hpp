#pragma once
// Synthetic colour pictures of ten kinds of shapes and textures.
#include <tapeless/core/mt19937.hpp>
#include <tapeless/io/dataset.hpp>

namespace image {

namespace tl = tapeless;

inline constexpr int side = 32, pixels = side * side, inputs = 3 * pixels, classes = 10;

/// disc, ring, square, triangle, cross, star, stripes, checks, dots, waves.
const std::vector<std::string>& names();

/// Pictures of random classes: red, green and blue planes around 0, and the class. What is shown
/// has a random place, size, angle and colour, on a background of two other colours, with noise and
/// a bar across. Textures fill a square as large as a shape.
tl::dataset<float> pictures(tl::mt19937& random, int count);

}  // namespace image
