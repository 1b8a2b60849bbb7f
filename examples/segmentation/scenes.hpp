#pragma once
// Synthetic pictures of shapes, and where in them the discs and the triangles are.
#include <tapeless/core/mt19937.hpp>
#include <tapeless/io/dataset.hpp>

namespace segmentation {

namespace tl = tapeless;

inline constexpr int side = 32, pixels = side * side, kinds = 2;
inline constexpr const char* names[kinds] = {"disc", "triangle"};

/// Grey pictures with a disc, a triangle, a rectangle and lines of random places, sizes and shades,
/// each there or not, one over the other, on an uneven background with noise. Inputs: pixels around
/// 0. Targets: a mask of the visible discs, then one of the visible triangles.
tl::dataset<float> scenes(tl::mt19937& random, int count);

}  // namespace segmentation
