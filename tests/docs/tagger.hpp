#pragma once
// A network whose code is made in one source: docs/compiling.md.
// tagger.hpp
#include <tapeless/declare.hpp>
namespace tl = tapeless;
struct tagger : tl::sequential<tl::input<16>, tl::dense<64>, tl::relu, tl::dense<5>> {};
using tagger_engine = tl::compiled<tagger>;
using tagger_trainer = tl::compiled_trainer<tagger, tl::cross_entropy, tl::sgd, tl::batch<8>>;
