// docs/instruction_sets.md
// tagger_avx512.cpp, its flags; tagger_any.cpp is the same without flags and with another name
#include <tapeless/tapeless.hpp>
#include "tagger.hpp"
void tag_avx512(const tl::parameters<tagger>& theta, const float* x, float* y) {
  tl::forward<tagger>(theta, x, y);
}
