#pragma once
// Broadcasting to a given shape, and over the samples of a batch. The operations are in sum.hpp,
// since each is the gradient of the other.

#include <tapeless/ops/sum.hpp>
