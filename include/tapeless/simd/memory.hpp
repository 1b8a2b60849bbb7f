#pragma once
// Loads and stores of whole and partial vectors. Pointers need no alignment.

#include <cstddef>
#include <tapeless/simd/batch.hpp>
#include <tapeless/simd/intrinsics.hpp>
#include <tapeless/simd/partial.hpp>
#include <tapeless/simd/shuffle.hpp>

namespace tapeless::simd {
namespace detail {

template <class V>
using partial_of = partial<scalar_of<V>, sizeof(V), family_of<V>>;

}  // namespace detail

// What intrinsics for loads and stores do inside, without the calls around it: compilers would take
// them in thousands of times.

/// All lanes from consecutive memory.
template <class V>
TAPELESS_INLINE V load(const scalar_of<V>* p) noexcept {
  if constexpr (vector<V>) {
    struct __attribute__((packed, may_alias)) unaligned {
      typename V::register_type data;
    };
    V x;
    x.data = reinterpret_cast<const unaligned*>(p)->data;
    return x;
  } else {
    return *p;
  }
}

/// All lanes to consecutive memory.
template <class V>
TAPELESS_INLINE void store(scalar_of<V>* p, V x) noexcept {
  if constexpr (vector<V>) {
    struct __attribute__((packed, may_alias)) unaligned {
      typename V::register_type data;
    };
    reinterpret_cast<unaligned*>(p)->data = x.data;
  } else {
    *p = x;
  }
}

/// Every second value from the first on, for all lanes. Reads no further than the last of them.
template <class V>
TAPELESS_INLINE V load_every_second(const scalar_of<V>* p) noexcept {
  if constexpr (vector<V>)
    return V(detail::even_then_odd(simd::load<V>(p).data, simd::load<V>(p + width_of<V> - 1).data));
  else
    return *p;
}

/// The first N lanes from memory and zero in the rest. Reads exactly N values.
template <class V, std::size_t N>
TAPELESS_INLINE V load_partial(const scalar_of<V>* p) noexcept {
  static_assert(N <= width_of<V>, "a vector has no more lanes than its width");
  if constexpr (N == 0)
    return V(scalar_of<V>(0));
  else if constexpr (N == width_of<V>)
    return simd::load<V>(p);
  else
    return detail::partial_of<V>::template load<N>(p);
}

/// The first N lanes to memory. Writes exactly N values.
template <std::size_t N, class V>
TAPELESS_INLINE void store_partial(scalar_of<V>* p, V x) noexcept {
  static_assert(N <= width_of<V>, "a vector has no more lanes than its width");
  if constexpr (N == width_of<V>)
    simd::store(p, x);
  else if constexpr (N != 0)
    detail::partial_of<V>::template store<N>(p, x.data);
}

/// The same value in every lane. clang writes an intrinsic for it out lane by lane.
template <class V>
TAPELESS_INLINE V broadcast(scalar_of<V> value) noexcept {
#if defined(__clang__)
  if constexpr (vector<V>) {
    typedef scalar_of<V> all __attribute__((ext_vector_type(width_of<V>)));
    V x;
    x.data = (typename V::register_type)(all)(value);
    return x;
  } else {
    return value;
  }
#else
  return V(value);
#endif
}

/// The same value from memory in every lane.
template <class V>
TAPELESS_INLINE V broadcast_load(const scalar_of<V>* p) noexcept {
  return simd::broadcast<V>(*p);
}

/// 0 in every lane.
template <class V>
TAPELESS_INLINE V zero() noexcept {
  if constexpr (vector<V>) {
    V x;
    x.data = typename V::register_type{};
    return x;
  } else {
    return V(0);
  }
}

/// Lanes below N from x, the others from `other`.
template <std::size_t N, class V>
TAPELESS_INLINE V keep_first(V x, V other) noexcept {
  static_assert(N <= width_of<V>, "a vector has no more lanes than its width");
  if constexpr (N == 0)
    return other;
  else if constexpr (N == width_of<V>)
    return x;
  else
    return detail::partial_of<V>::template keep<N>(x.data, other.data);
}

/// Makes what the compiler computes from x from here on wait, in its order of instructions, for all
/// that was stored before. A scheduler that mixes several long computations spills registers.
template <class V>
TAPELESS_INLINE void start_here(V& x) noexcept {
  if constexpr (vector<V>)
    detail::forget(x.data);
  else
    asm volatile("" : : : "memory");
}

}  // namespace tapeless::simd
