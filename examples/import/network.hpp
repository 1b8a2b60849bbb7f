#pragma once
// A classifier of 8 x 8 digits.

#include <tapeless/tapeless.hpp>

struct digits : tapeless::sequential<tapeless::input<64>, tapeless::dense<64>, tapeless::relu,
                                     tapeless::dense<32>, tapeless::tanh, tapeless::dense<10>> {};
