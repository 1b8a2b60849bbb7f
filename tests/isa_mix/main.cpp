// Prints the numbers of the entries named in ENTRIES, a list of PRINTED(name) and LINKED(name): of
// PRINTED ones the numbers, of LINKED ones nothing, but they are part of the program.
#include <cstdio>

#include "report.hpp"

#define PRINTED(name) extern "C" int name(double* numbers);
#define LINKED(name) PRINTED(name)
ENTRIES
#undef PRINTED
#undef LINKED

namespace {

using entry = int (*)(double*);
#define PRINTED(name) name,
#define LINKED(name)
constexpr entry printed[] = {ENTRIES};
#undef PRINTED
#undef LINKED
#define PRINTED(name)
#define LINKED(name) name,
constexpr entry linked[] = {ENTRIES nullptr};

double numbers[isa_mix::most_numbers];

}  // namespace

int main(int argc, char**) {
  // Never true, which the compiler cannot know: the linker must keep them.
  if (argc > 1000)
    for (const entry e : linked)
      if (e != nullptr) e(numbers);
  for (const entry e : printed) {
    const int count = e(numbers);
    if (count > isa_mix::most_numbers) return 1;
    for (int i = 0; i < count; ++i) std::printf("%.17g\n", numbers[i]);
  }
}
