#pragma once
// Pictures of training: curves and decision boundaries.

#include <tapeless/train/plot_curves.hpp>
#include <tapeless/train/plot_decision_boundary.hpp>
