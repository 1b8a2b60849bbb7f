#pragma once
// Hyperbolic cosine. The operation is in sinh.hpp, since each is in the gradient of the other.

#include <tapeless/ops/sinh.hpp>
