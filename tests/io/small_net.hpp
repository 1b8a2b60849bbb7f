#pragma once
// The network of weights_header_test.cpp and of the header that it writes.

#include <tapeless/declare.hpp>

namespace written {

struct small_net : tapeless::sequential<tapeless::input<3>, tapeless::dense<2>, tapeless::tanh,
                                        tapeless::named<"out", tapeless::dense<1>>> {};

}  // namespace written
