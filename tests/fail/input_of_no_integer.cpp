// expect: Tapeless: input_of<Type> is for integers of 8 to 64 bits, such as std::uint8_t; an input
// of the scalar type of the network is g.input(name, shape)
#include <cstdint>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using element = float;
#else
using element = std::uint8_t;
#endif

struct net : tl::sequential<tl::input_of<element, 1.0, 3>, tl::dense<2>> {};

static_assert(tl::input_size<net> == 3);
