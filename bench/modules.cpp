#include "modules.hpp"

#include <dlfcn.h>
#include <unistd.h>
#include <xmmintrin.h>

#include <stdexcept>

namespace contest {

modules open_modules(const std::vector<module_path>& paths, std::size_t l1, std::size_t l2) {
  modules all;
  const unsigned rounding = _mm_getcsr();
  for (const module_path& m : paths) {
    // Never closed: workers and probes stay in use. Local: modules share nothing.
    void* library = dlopen(m.path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(m.label + ": " + dlerror());
    void* door = dlsym(library, "contest_contenders");
    if (door != nullptr) {
      std::vector<contender> offered;
      reinterpret_cast<decltype(&contest_contenders)>(door)(offered);
      for (contender& c : offered) all.contenders.push_back({m.label, std::move(c)});
      continue;
    }
    door = dlsym(library, "contest_probes");
    if (door == nullptr) throw std::runtime_error(m.path + " holds neither contenders nor probes");
    std::vector<probe> probes;
    reinterpret_cast<decltype(&contest_probes)>(door)(l1, l2, probes);
    const auto width =
        std::to_string(static_cast<int>(probes.front().amount));  // the entry "width"
    for (std::size_t i = 1; i < probes.size(); ++i) {
      probes[i].name = width + "/" + probes[i].name;
      all.probes.push_back(std::move(probes[i]));
    }
  }
  _mm_setcsr(rounding);  // a library may have set flush-to-zero for everybody
  return all;
}

std::size_t cache_bytes(int level) {
  const long bytes = sysconf(level == 1 ? _SC_LEVEL1_DCACHE_SIZE : _SC_LEVEL2_CACHE_SIZE);
  if (bytes > 0) return static_cast<std::size_t>(bytes);
  return level == 1 ? 32u << 10 : 1u << 20;
}

}  // namespace contest
