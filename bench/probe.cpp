// What this processor reaches with vectors of one width. Compiled once for each width.
//
// fma            12 independent sums, so that neither latency nor loads are in the way
// fma_latency    one sum
// store_to_load  a vector is stored, one of its elements is loaded into all lanes and stored again
// read_LEVEL     an array is read again and again, 8 loads a turn
// update_LEVEL   each element is read, multiplied and written back
//
// The arrays take half of L1, a quarter of L2, and four times L2 (there "L3" is all that follows).
#include <memory>
#include <utility>

#include "contender.hpp"

namespace {

#ifdef __AVX512F__
constexpr std::size_t width = 64;
#else
constexpr std::size_t width = 32;
#endif
using vector = float __attribute__((vector_size(width)));

constexpr int turns = 1000;
constexpr std::size_t unroll = 8;

/// The compiler must have the value in a register here, and knows nothing of it afterwards.
void touch(vector& v) { asm volatile("" : "+x"(v)); }
void need(const vector& v) { asm volatile("" : : "x"(v)); }

template <std::size_t... I>
void multiply_add(std::index_sequence<I...>) {
  vector sum[sizeof...(I)] = {}, factor{}, term{};
  touch(factor);
  touch(term);
  for (int turn = 0; turn < turns; ++turn) ((sum[I] = sum[I] * factor + term, touch(sum[I])), ...);
}

void store_to_load() {
  alignas(width) static float memory[width / sizeof(float)];
  for (int turn = 0; turn < turns; ++turn) {
    vector v = memory[3] - vector{};
    touch(v);
    *reinterpret_cast<vector*>(memory) = v;
    asm volatile("" : : : "memory");
  }
}

struct array {
  std::size_t count;
  std::shared_ptr<vector[]> of;

  explicit array(std::size_t bytes)
      : count(bytes / width / unroll * unroll), of(new vector[count]()) {}
  double bytes() const { return static_cast<double>(count * width); }
};

template <std::size_t... I>
void read(const array& a, std::index_sequence<I...>) {
  const vector* p = a.of.get();
  for (std::size_t i = 0; i < a.count; i += unroll) (need(p[i + I]), ...);
}

template <std::size_t... I>
void update(const array& a, std::index_sequence<I...>) {
  vector factor{};
  touch(factor);
  vector* p = a.of.get();
  for (std::size_t i = 0; i < a.count; i += unroll) ((p[i + I] *= factor), ...);
  asm volatile("" : : : "memory");
}

}  // namespace

extern "C" void contest_probes(std::size_t l1, std::size_t l2, std::vector<contest::probe>& all) {
  all.push_back({"width", static_cast<double>(width), nullptr});
  constexpr std::size_t sums = 12;
  constexpr auto each = std::make_index_sequence<unroll>{};
  all.push_back({"fma", turns * sums, [] { multiply_add(std::make_index_sequence<sums>{}); }});
  all.push_back({"fma_latency", turns, [] { multiply_add(std::index_sequence<0>{}); }});
  all.push_back({"store_to_load", turns, store_to_load});
  const std::pair<const char*, std::size_t> levels[] = {
      {"L1", l1 / 2}, {"L2", l2 / 4}, {"L3", 4 * l2}};
  for (const auto& [name, bytes] : levels) {
    const array a{bytes};
    all.push_back({std::string("read_") + name, a.bytes(), [a] { read(a, each); }});
    all.push_back({std::string("update_") + name, a.bytes(), [a] { update(a, each); }});
  }
}
