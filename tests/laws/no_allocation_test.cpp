// The allocation law: evaluation, gradients and training steps take no memory from the heap.
// Sanitizers bring their own malloc, which cannot be counted; this file is empty then.

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>
#include <tapeless/tapeless.hpp>
#include <tapeless/threads.hpp>

#if defined(__GLIBC__) && !defined(TAPELESS_SANITIZED) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)

namespace {
std::atomic<std::size_t> allocations = 0;
}

// glibc lets a program replace its allocator; its own functions remain behind these names.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) noexcept {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
  ++allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) noexcept {
  ++allocations;
  return __libc_realloc(old, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  ++allocations;
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** to, std::size_t alignment, std::size_t size) noexcept {
  ++allocations;
  *to = __libc_memalign(alignment, size);
  return *to == nullptr ? 12 : 0;
}
}

namespace tl = tapeless;

namespace {

struct net : tl::sequential<tl::input<5>, tl::dense<7>, tl::relu, tl::dropout<0.25>, tl::dense<3>> {
};

template <class F>
std::size_t allocations_of(F f) {
  const std::size_t before = allocations;
  f();
  return allocations - before;
}

}  // namespace

TEST_CASE("allocations are counted") {
  constexpr std::align_val_t wide{64};
  CHECK(allocations_of([] { ::operator delete(::operator new(3)); }) == 1);
  CHECK(allocations_of([] { ::operator delete(::operator new(64, wide), wide); }) == 1);
}

TEST_CASE("evaluation and gradients do not allocate") {
  static float x[8 * 5] = {}, y[8 * 3] = {}, labels[8] = {};
  static auto theta = tl::init<net>(tl::seed{1});
  CHECK(allocations_of([] { tl::forward<net, tl::batch<8>>(theta, x, y); }) == 0);
  static tl::loss_and_gradient<net, float> r;
  CHECK(allocations_of([] {
          r = tl::value_and_grad<net, tl::cross_entropy, tl::batch<8>>(theta, x, labels);
        }) == 0);
  CHECK(r.loss > 0);
}

TEST_CASE("derivatives do not allocate") {
  static float x[8 * 5] = {}, v[8 * 5] = {}, u[8 * 3] = {}, y[8 * 3] = {}, d[8 * 3 * 5] = {};
  static float labels[8] = {};
  static auto theta = tl::init<net>(tl::seed{1});
  static tl::parameters<net> product;
  CHECK(allocations_of([] {
          tl::jvp<net, tl::batch<8>>(theta, x, v, y, d);
          tl::vjp<net, tl::batch<8>>(theta, x, u, y, d);
          tl::jacobian<net, tl::batch<8>>(theta, x, y, d);
          tl::hvp<net, tl::cross_entropy, tl::batch<8>>(theta, x, labels, theta, product);
        }) == 0);
}

TEST_CASE("a training step does not allocate") {
  static float x[8 * 5] = {}, labels[8] = {};
  static tl::trainer<net, tl::cross_entropy, tl::adam, tl::batch<8>> t{tl::init<net>(tl::seed{1})};
  CHECK(allocations_of([] { t.step(x, labels); }) == 0);
  CHECK(allocations_of([] { t.step(x, labels, 3); }) == 0);
  CHECK(allocations_of([] { t.loss(x, labels, 8); }) == 0);
  CHECK(t.steps() == 2);
}

TEST_CASE("accumulated steps and predictions do not allocate") {
  static float x[8 * 5] = {}, y[8 * 3] = {}, labels[8] = {};
  static tl::trainer<net, tl::cross_entropy, tl::sgd, tl::batch<8>> t{tl::init<net>(tl::seed{1})};
  CHECK(allocations_of([] {
          t.accumulate(x, labels);
          t.apply();
        }) == 0);
  CHECK(allocations_of([] { t.predict(x, y, 5); }) == 0);
}

TEST_CASE("a training step of several threads does not allocate") {
  static float x[8 * 5] = {}, labels[8] = {};
  using always = tl::costs<tl::cost_model{.share_from = 1}>;
  static tl::trainer<net, tl::cross_entropy, tl::sgd, tl::batch<8>, always, tl::threads<2>> t{
      tl::init<net>(tl::seed{1})};
  CHECK(allocations_of([] {
          for (int i = 0; i < 10; ++i) t.step(x, labels);
        }) == 0);
  CHECK(allocations_of([] { t.step(x, labels, 3); }) == 0);
  CHECK(t.steps() == 11);
}

#endif
