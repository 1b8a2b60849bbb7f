// What nearly every test includes, parsed once for each program (precompiled header).
#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>
