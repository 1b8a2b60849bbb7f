// tagger.cpp: the only source that pays
#include <tapeless/tapeless.hpp>
#include "tagger.hpp"
template struct tl::compiled<tagger>;
template class tl::compiled_trainer<tagger, tl::cross_entropy, tl::sgd, tl::batch<8>>;
