// The list of plain variants; PLAIN_VARIANTS is X(name) for each, given by bench/meson.build.
#include "../plain.hpp"

#define X(name) extern const plain::variant name;
PLAIN_VARIANTS
#undef X

std::span<const plain::variant> plain::variants() {
#define X(name) name,
  static const variant all[] = {PLAIN_VARIANTS};
#undef X
  return all;
}
