#pragma once
// Runs a function in a thread whose stack has 64 KB, the least that many systems give.

#include <pthread.h>

#include <catch2/catch.hpp>
#include <cstddef>

namespace fixture {

inline constexpr std::size_t small_stack_bytes = 64 * 1024;

template <class F>
void on_a_small_stack(F f) {
  pthread_attr_t attributes;
  REQUIRE(pthread_attr_init(&attributes) == 0);
  REQUIRE(pthread_attr_setstacksize(&attributes, small_stack_bytes) == 0);
  pthread_t thread;
  REQUIRE(pthread_create(
              &thread, &attributes,
              [](void* call) -> void* { return (*static_cast<F*>(call))(), nullptr; }, &f) == 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

}  // namespace fixture
