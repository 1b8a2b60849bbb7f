#pragma once
// Cosine. The operation is in sin.hpp, since each is in the gradient of the other.

#include <tapeless/ops/sin.hpp>
