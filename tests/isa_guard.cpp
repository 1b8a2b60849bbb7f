// Runs a test program if this processor has the instruction set it was built for, else exits with
// 77, which Meson counts as skipped. A check inside the program itself would come too late: its
// static initialisers already use the instructions. It also limits the program's memory, so that a
// test that reads without end fails by itself and takes nothing else down.
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

namespace {

bool processor_has(std::string_view isa) {
#if defined(__x86_64__)
  if (isa == "avx2") return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (isa == "avx512") {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  }
#endif
  return isa == "baseline" || isa == "native";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: isa_guard baseline|avx2|avx512|native PROGRAM [ARGUMENT...]\n");
    return 2;
  }
  if (!processor_has(argv[1])) {
    std::printf("skipped: this processor lacks %s\n", argv[1]);
    return 77;
  }
#if !defined(TAPELESS_SANITIZED)  // a sanitizer reserves terabytes of addresses
  const rlimit memory{rlim_t{8} << 30, rlim_t{8} << 30};
  setrlimit(RLIMIT_AS, &memory);
#endif
  execv(argv[2], argv + 2);
  std::perror(argv[2]);
  return 1;
}
