#pragma once
// Finds, when a program starts, networks and optimizers of one name with two definitions: two
// sources of one program that each declare a global `struct net`. The linker keeps the functions of
// one of them for both. Where TAPELESS_CHECKS is 1.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <tapeless/core/config.hpp>
#include <tapeless/run/topology.hpp>

namespace tapeless::detail {

/// The hash that the first source with a type of this name has noted; 0 before. Types in unnamed
/// namespaces are different types in each source, with a number each.
template <class Type>
inline std::uint64_t noted_hash = 0;

/// The type as the compiler prints it.
template <class Type>
consteval const char* printed_name() {
  return __PRETTY_FUNCTION__;
}

/// Notes a hash, or ends the program where another one is noted.
TAPELESS_NATIVE inline bool note_definition(std::uint64_t& noted, std::uint64_t own,
                                            const char* name) noexcept {
  if (noted == 0) noted = own;
  if (noted == own) return true;
  std::fprintf(
      stderr,
      "Tapeless: two sources of this program define one type in two ways, and would run "
      "each other's code; put each into an unnamed namespace, or give them different names: "
      "%s\n",
      name);
  std::abort();
}

// One object per source, since it is static: its initializer, which is no function that sources
// share, holds the hash of this source's definition.
template <class Type, std::uint64_t Hash>
[[gnu::used]] static const bool is_one_definition = note_definition(noted_hash<Type>, Hash,
                                                                    printed_name<Type>());

/// Has the type checked in this source.
template <class Net>
TAPELESS_INLINE constexpr void require_one_network() noexcept {
#if TAPELESS_CHECKS
  if (!__builtin_is_constant_evaluated()) {
    [[maybe_unused]] const bool* const touched = &is_one_definition<Net, topology_hash<Net>>;
  }
#endif
}
template <class Optimizer>
TAPELESS_INLINE constexpr void require_one_optimizer() noexcept {
#if TAPELESS_CHECKS
  if (!__builtin_is_constant_evaluated()) {
    [[maybe_unused]] const bool* const touched =
        &is_one_definition<Optimizer, optimizer_hash<Optimizer>>;
  }
#endif
}

}  // namespace tapeless::detail
