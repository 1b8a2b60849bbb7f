#pragma once
// Memory for the intermediate values of a call: on the stack up to a limit, beyond it owned by a
// trainer, or lent by the caller.

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <tapeless/core/config.hpp>
#include <tapeless/run/targets.hpp>
#include <tapeless/run/option_list.hpp>
#include <tapeless/run/parameters.hpp>

namespace tapeless {

/// Memory that a caller lends to `forward` or `value_and_grad` for intermediate values.
template <class T, long long Elements>
struct workspace {
  static constexpr long long elements = Elements;
  alignas(64) T data[static_cast<std::size_t>(Elements)];
};

namespace detail {

/// Named in what the compiler prints of a call whose intermediate values do not fit.
template <call Call, long long Bytes, long long Limit>
struct call_on_the_stack {
  static constexpr bool fits = Bytes <= Limit;
};

/// Bytes of intermediate values that a trainer keeps on the stack without an option.
inline constexpr long long default_stack_limit = 32 * 1024;

template <class O>
consteval long long stack_limit_in() {
  if constexpr (requires { O::most_stack; })
    return O::most_stack;
  else
    return default_stack_limit;
}

TAPELESS_NATIVE [[gnu::cold, gnu::noinline, noreturn]] inline void no_memory(
    std::size_t bytes) noexcept {
  std::fprintf(stderr,
               "Tapeless: a trainer needs %zu bytes for intermediate values, and the system has "
               "none left; use a smaller batch\n",
               bytes);
  std::abort();
}

/// One block of the heap, kept between calls. A call takes the block and puts it back, so that two
/// threads in const calls never share one: the second takes a block of its own.
class owned_memory {
 public:
  static constexpr bool owns = true;

  TAPELESS_NATIVE constexpr owned_memory() noexcept {}
  // A copy computes in a block of its own.
  TAPELESS_NATIVE constexpr owned_memory(const owned_memory&) noexcept {}
  TAPELESS_NATIVE constexpr owned_memory& operator=(const owned_memory&) noexcept { return *this; }
  TAPELESS_NATIVE constexpr ~owned_memory() {
    if (kept_ != nullptr) release(kept_);
  }

  /// A block of at least so many bytes, aligned to 64. Ends the program where there is no memory.
  TAPELESS_NATIVE std::byte* take(std::size_t bytes) const noexcept {
    block* b = __atomic_exchange_n(&kept_, nullptr, __ATOMIC_ACQ_REL);
    if (b == nullptr || b->bytes < bytes) {
      if (b != nullptr) release(b);
      void* const fresh =
          ::operator new (bytes + sizeof(block), std::align_val_t{64}, std::nothrow);
      if (fresh == nullptr) no_memory(bytes);
      b = ::new (fresh) block;
      b->bytes = bytes;
    }
    return reinterpret_cast<std::byte*>(b + 1);
  }
  TAPELESS_NATIVE void put_back(std::byte* memory) const noexcept {
    block* const b = reinterpret_cast<block*>(memory) - 1;
    block* const other = __atomic_exchange_n(&kept_, b, __ATOMIC_ACQ_REL);
    if (other != nullptr) release(other);
  }

 private:
  struct alignas(64) block {
    std::size_t bytes;
  };
  TAPELESS_NATIVE static void release(block* b) noexcept {
    ::operator delete (static_cast<void*>(b), std::align_val_t{64});
  }
  mutable block* kept_ = nullptr;
};

/// Of trainers whose intermediate values fit the stack: they stay trivially copyable.
struct no_owned_memory {
  static constexpr bool owns = false;
};

/// Bytes that a call of a trainer needs at most, from the declaration alone, since a header that
/// declares a trainer has no plan: values of forward and backward, of all iterations of a scan, a copy
/// of the rows, and weights that a plan transposes for a batch.
template <class Net, class Loss, class T, int Batch>
consteval long long bytes_in_flight() {
  long long values = input_size<Net> + target_size<Net, Loss> + output_size<Net> + 1, weights = 0;
  for (const node& n : declared<Net>.nodes) {
    if (n.op->kind == family::contraction || n.op->kind == family::composite) {
      values += 3LL * n.dims.count() * n.trips * n.inner_trips;
    } else if (n.batched && n.op->kind != family::tensor && n.op->kind != family::view) {
      values += static_cast<long long>(n.dims.count()) * n.trips * n.inner_trips;
    } else if (n.op->kind == family::tensor && n.dims.rank > 1 && Batch > 1) {
      weights += n.dims.count();
    }
    // The gradient of a table.
    if (n.op->kind == family::rows) weights += declared<Net>.nodes[n.in[0]].dims.count();
  }
  return (values * Batch + weights) * static_cast<long long>(sizeof(T));
}

/// Bytes of the gradients that the pieces of a batch add up in, where an option asks for pieces:
/// those that the planner chooses take less than the batch would.
template <class Net, class T, class O>
consteval long long bytes_of_pieces() {
  if constexpr (requires { O::samples_of_a_piece; }) {
    if (O::samples_of_a_piece > 0) return static_cast<long long>(sizeof(parameters<Net, T>));
  }
  return 0;
}

/// What a trainer owns beside its state.
template <class Net, class Loss, class T, int Batch, class O>
struct memory_in {
  static constexpr bool is_large =
      bytes_in_flight<Net, Loss, T, Batch>() + bytes_of_pieces<Net, T, O>() > stack_limit_in<O>();
  using type = std::conditional_t<is_large, owned_memory, no_owned_memory>;
};

/// Calls f(T*) with memory for `count` elements, at most Most. The memory lies on the stack if Most
/// elements take no more than Limit bytes, or if the owner owns none; else it is a block of the
/// owner.
template <class T, long long Most, long long Limit, class Owner, class F>
TAPELESS_INLINE constexpr auto with_memory([[maybe_unused]] const Owner& owner,
                                           [[maybe_unused]] long long count, F&& f) noexcept {
  if constexpr (Owner::owns && Most * static_cast<long long>(sizeof(T)) > Limit) {
    if (__builtin_is_constant_evaluated()) {
      T* const memory = new T[static_cast<std::size_t>(count)];
      const auto result = f(memory);
      delete[] memory;
      return result;
    }
    std::byte* const memory = owner.take(static_cast<std::size_t>(count) * sizeof(T));
    const auto result = f(reinterpret_cast<T*>(memory));
    owner.put_back(memory);
    return result;
  } else {
    alignas(64) T memory[static_cast<std::size_t>(Most > 0 ? Most : 1)];
    return f(memory);
  }
}

}  // namespace detail
}  // namespace tapeless
