#pragma once
// A network for several instruction sets: docs/compiling.md.
#include "tagger.hpp"
template <class Arch> using engine = tl::compiled<tagger, tl::instruction_set<Arch>>;
