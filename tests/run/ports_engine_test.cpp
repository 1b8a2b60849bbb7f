// The one source that compiles the network of two_heads.hpp; run/ports_test.cpp calls it.

#include <catch2/catch.hpp>
#include <run/two_heads.hpp>
#include <tapeless/tapeless.hpp>

template struct tapeless::compiled<two_heads::net, tapeless::batch<two_heads::rows>>;
template class tapeless::compiled_trainer<two_heads::net, two_heads::loss, tapeless::adam,
                                          tapeless::batch<two_heads::rows>>;
