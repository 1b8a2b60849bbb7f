// The one main of every Catch2 program here; compiled once and linked to all of them.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
