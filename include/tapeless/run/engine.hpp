#pragma once
// Runs a plan: one kernel after the other on buffers of the caller.

#include <tapeless/kernels/general_nest.hpp>
#include <tapeless/kernels/nest.hpp>

namespace tapeless {

/// How a plan becomes code. All give the same numbers, to rounding.
enum class expansion : std::uint8_t {
  automatic,  ///< full up to straight_line_budget, loops beyond
  full,       ///< one straight line: no loop, no call, no branch
  loops,      ///< register tiles inside loops of constant trip count, one function per kernel
  shared,     ///< loops whose trip counts are arguments, one function for layers of all sizes
};

/// Most operations on vectors of eight that `automatic` writes out as one straight line. Beyond it
/// code no longer fits the instruction caches, and compile time grows faster than speed.
inline constexpr double straight_line_budget = 6000;

/// Most different kernels of constant size that a plan in loops gets; one with more, such as a net
/// of fifty different widths, shares kernels whose sizes are run-time numbers.
inline constexpr int most_kernels = 40;

/// The caller's memory, by place.
template <class T>
struct buffers {
  T* base[place_count] = {};
  int state_stride = 0;  ///< elements between two state slots

  TAPELESS_INLINE constexpr T*& operator[](place p) noexcept { return base[static_cast<int>(p)]; }
};

namespace detail {

/// How a step becomes code.
enum class kernel_form : std::uint8_t { straight, loops, general };

template <const auto& Program, class T, class Arch, kernel_form Form>
struct engine {
  static constexpr int width = Program.on.width;
  static_assert(static_cast<int>(simd::max_width<T, Arch>) >= width,
                "the plan is for wider vectors than this instruction set has");

  template <int Kernel>
  [[gnu::noinline]] static void call(T* const* p) noexcept {
    kernels::run_nest<Program, Kernel, T, Arch, false>(p);
  }

  /// Sizes in a function argument: steps of one kind share the code.
  template <int Kind>
  [[gnu::noinline]] static void call_general(
      T* const* p,
      const typename kernels::general_nest<Program, Kind, T, Arch>::sizes& d) noexcept {
    kernels::general_nest<Program, Kind, T, Arch>::run(p, d);
  }

  template <int S>
  static TAPELESS_INLINE void execute(const buffers<T>& memory) noexcept {
    constexpr step s = Program.steps[S];
    T* p[s.access_end - s.access_begin + 1];
    [&]<std::size_t... A>(std::index_sequence<A...>) __attribute__((always_inline)) {
      ((p[A] = base<s.access_begin + static_cast<int>(A)>(memory)), ...);
    }
    (std::make_index_sequence<static_cast<std::size_t>(s.access_end - s.access_begin)>{});
    if constexpr (Form == kernel_form::general) {
      static constexpr auto sizes = kernels::sizes_of<Program, S>();
      call_general<s.kind_as>(p, sizes);
    } else if constexpr (Form == kernel_form::straight) {
      kernels::run_nest<Program, s.same_as, T, Arch, true>(p);
      // What one step stores the next loads from memory: a broadcast of a lane that the compiler
      // still has in a register costs a shuffle on a port that the arithmetic needs.
      asm volatile("" ::: "memory");
    } else {
      call<s.same_as>(p);
    }
  }

  template <int A>
  static TAPELESS_INLINE T* base(const buffers<T>& memory) noexcept {
    constexpr access a = Program.accesses[A];
    T* const b = memory.base[static_cast<int>(a.where)];
    if constexpr (a.where == place::state)
      return b + a.slot * memory.state_stride + a.offset;
    else
      return b + a.offset;
  }

  template <int Begin, int End>
  static TAPELESS_INLINE void range(const buffers<T>& memory) noexcept {
    if constexpr (End - Begin == 1) {
      execute<Begin>(memory);
    } else if constexpr (End > Begin) {
      range<Begin, (Begin + End) / 2>(memory);
      range<(Begin + End) / 2, End>(memory);
    }
  }
};

}  // namespace detail

/// Executes every step of a plan. `memory[place::arena]` has room for `Program.memory.arena`
/// elements, aligned to 64 bytes.
template <const auto& Program, class T, class Arch, expansion Policy>
TAPELESS_INLINE void execute(const buffers<T>& memory) noexcept {
  using form = detail::kernel_form;
  constexpr bool small = Program.vector_operations <= straight_line_budget;
  constexpr form chosen =
      Policy == expansion::full || (Policy == expansion::automatic && small) ? form::straight
      : Policy == expansion::shared || Program.kernels > most_kernels        ? form::general
                                                                             : form::loops;
  detail::engine<Program, T, Arch, chosen>::template range<0, Program.step_count>(memory);
}

}  // namespace tapeless
