#pragma once
// Runs a plan: one kernel after the other on buffers of the caller.

#include <tapeless/kernels/effect.hpp>
#include <tapeless/kernels/move.hpp>
#include <tapeless/kernels/nest.hpp>
#include <tapeless/kernels/runtime_nest.hpp>
#include <tapeless/run/options.hpp>

namespace tapeless {

/// The caller's memory, by place. Behind the first buffers of all places are further slots: two of
/// the optimizer's state, then those of inputs, targets, outputs and histories.
template <class T>
struct buffers {
  static constexpr int further_slots = 2, further_ports = max_ports - 1;
  static constexpr int count = place_count + further_slots + 4 * further_ports;
  T* base[count] = {};

  /// Index of the buffer of a slot.
  static TAPELESS_INLINE constexpr int index(place p, int slot) noexcept {
    if (slot == 0) return static_cast<int>(p);
    if (p == place::state) return place_count + slot - 1;
    const int kind = p == place::input ? 0 : p == place::target ? 1 : p == place::output ? 2 : 3;
    return place_count + further_slots + kind * further_ports + slot - 1;
  }
  TAPELESS_INLINE constexpr T*& operator[](place p) noexcept { return base[static_cast<int>(p)]; }
  TAPELESS_INLINE constexpr T*& at(place p, int slot) noexcept { return base[index(p, slot)]; }
  /// Slots of `stride` elements one behind the other.
  TAPELESS_INLINE constexpr void set_state(T* first, int stride) noexcept {
    base[static_cast<int>(place::state)] = first;
    for (int i = 0; i < further_slots; ++i) base[place_count + i] = first + (i + 1) * stride;
  }
};

namespace detail {

/// Where an operand of a step starts: which base of `buffers`, and how many elements behind it.
struct operand {
  int base = 0;
  int offset = 0;
  int iteration = 0;  ///< elements from one iteration of the step's scan to the next
  int inner = 0;      ///< the same of the loop inside of that one
};

/// Where the loops around a step stand: outside of all, in one scan, in one inside of another.
struct no_loop {
  TAPELESS_INLINE constexpr int distance(const operand& of) const noexcept { return of.offset; }
};
struct one_loop {
  int t;
  TAPELESS_INLINE constexpr int distance(const operand& of) const noexcept {
    return of.offset + t * of.iteration;
  }
};
struct two_loops {
  int t, u;
  TAPELESS_INLINE constexpr int distance(const operand& of) const noexcept {
    return of.offset + t * of.iteration + u * of.inner;
  }
};

constexpr operand operand_of(const access& a) {
  const bool has_slots = a.where == place::state || a.where == place::input ||
                         a.where == place::target || a.where == place::output ||
                         a.where == place::history;
  return {buffers<float>::index(a.where, has_slots ? a.slot : 0), a.offset, a.iteration, a.inner};
}

/// The operands of a whole plan: what a kernel that is a function is told of its step.
template <const auto& Program>
struct operand_table {
  operand of[Program.access_count + 1] = {};

  consteval operand_table() {
    for (int i = 0; i < Program.access_count; ++i) of[i] = operand_of(Program.accesses[i]);
  }
};
template <const auto& Program>
inline constexpr operand_table<Program> operands_of{};

template <const auto& Program, class T, class Arch>
struct engine {
  static_assert(static_cast<int>(simd::max_width<T, Arch>) >= Program.on.width,
                "the plan is for wider vectors than this instruction set has");
  template <int S>
  using accesses = std::make_index_sequence<static_cast<std::size_t>(
      Program.steps[S].access_end - Program.steps[S].access_begin)>;
  using all_steps = std::make_index_sequence<static_cast<std::size_t>(Program.step_count)>;

  /// A list runs any number of steps one after the other; folds are bounded (clang: 256).
  using in_order = int[];

  // A scan is a loop around its steps, which follow one another, and may have loops around some of
  // them inside. What is done for one step is told as a type with a function
  // `run<S>(memory, where the loops stand, more...)`.

  static constexpr bool begins(int s, int step::* loop) {
    return s == 0 || Program.steps[s - 1].*loop != Program.steps[s].*loop;
  }
  template <int S>
  static consteval int steps_of(int step::* loop) {
    int end = S;
    while (end < Program.step_count && Program.steps[end].*loop == Program.steps[S].*loop) ++end;
    return end - S;
  }
  template <int S, int step::* Loop>
  using steps_of_loop = std::make_index_sequence<static_cast<std::size_t>(steps_of<S>(Loop))>;

  template <class Step, int S, class... More>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void run_from(const buffers<T>& memory,
                                                             const More&... more) noexcept {
    if constexpr (Program.steps[S].scan == 0)
      Step::template run<S>(memory, no_loop{}, more...);
    else if constexpr (begins(S, &step::scan))
      iterate<Step, S>(memory, steps_of_loop<S, &step::scan>{}, more...);
  }
  template <class Step, int First, std::size_t... S, class... More>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void iterate(const buffers<T>& memory,
                                                            std::index_sequence<S...>,
                                                            const More&... more) noexcept {
    constexpr int trips = Program.steps[First].trips;
#pragma GCC unroll 1
    for (int t = 0; t < trips; ++t)
      (void)in_order{(run_in_scan<Step, First + static_cast<int>(S)>(memory, t, more...), 0)...};
  }
  template <class Step, int S, class... More>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void run_in_scan(const buffers<T>& memory, int t,
                                                                const More&... more) noexcept {
    if constexpr (Program.steps[S].inner == 0)
      Step::template run<S>(memory, one_loop{t}, more...);
    else if constexpr (begins(S, &step::inner))
      iterate_inside<Step, S>(memory, t, steps_of_loop<S, &step::inner>{}, more...);
  }
  template <class Step, int First, std::size_t... S, class... More>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void iterate_inside(const buffers<T>& memory, int t,
                                                                   std::index_sequence<S...>,
                                                                   const More&... more) noexcept {
    constexpr int trips = Program.steps[First].inner_trips;
#pragma GCC unroll 1
    for (int u = 0; u < trips; ++u)
      (void)in_order{(
          Step::template run<First + static_cast<int>(S)>(memory, two_loops{t, u}, more...), 0)...};
  }
  template <class Step, std::size_t... S, class... More>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void run_all(const buffers<T>& memory,
                                                            std::index_sequence<S...>,
                                                            const More&... more) noexcept {
    (void)in_order{(run_from<Step, static_cast<int>(S)>(memory, more...), 0)...};
  }

  /// Where an operand starts.
  template <class At>
  static TAPELESS_INLINE T* address(const buffers<T>& memory, const operand& of, At at) noexcept {
    return memory.base[of.base] + at.distance(of);
  }

  // One function without calls.

  template <int S, bool Full, class At, std::size_t... A>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void execute(const buffers<T>& memory, At at,
                                                            std::index_sequence<A...>) noexcept {
    constexpr step s = Program.steps[S];
    constexpr operand of[] = {operand_of(Program.accesses[s.access_begin + A])..., {}};
    T* const p[] = {address(memory, of[A], at)..., nullptr};
    // A product broadcasts from memory what an earlier step stored there: the broadcast of a lane
    // that the compiler still has in a register takes a shuffle, on a port that arithmetic needs.
    if constexpr (s.broadcasts_results)
      asm volatile("" : : "r"(memory.base[static_cast<int>(place::arena)]) : "memory");
    constexpr bool unroll = Full || s.vector_operations <= Program.on.costs.unroll_budget;
    kernels::kernel_of<Program, s.same_as, T, Arch, unroll>::run(p);
  }
  template <bool Full>
  struct step_in_line {
    template <int S, class At>
    TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void run(const buffers<T>& memory,
                                                          At at) noexcept {
      execute<S, Full>(memory, at, accesses<S>{});
    }
  };

  // One function per kernel, which steps share.

  template <int Kernel, class At>
  TAPELESS_NATIVE [[gnu::noinline, gnu::flatten]] static void call(const buffers<T>& memory,
                                                                   const operand* of,
                                                                   At at) noexcept {
    run_kernel<Kernel>(memory, of, at, accesses<Kernel>{});
    has_effect();
  }
  template <int Kernel, class At, std::size_t... A>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void run_kernel(const buffers<T>& memory,
                                                               const operand* of, At at,
                                                               std::index_sequence<A...>) noexcept {
    T* const p[] = {address(memory, of[A], at)..., nullptr};
    kernels::kernel_of<Program, Kernel, T, Arch, false>::run(p);
  }
  struct step_by_call {
    template <int S, class At>
    static TAPELESS_INLINE void run(const buffers<T>& memory, At at) noexcept {
      constexpr step s = Program.steps[S];
      call<s.same_as>(memory, operands_of<Program>.of + s.access_begin, at);
    }
  };

  // One function per kernel, whose work several threads divide. A scan runs in one thread: its steps
  // are short, and every one waits for the one before.

  template <int S>
  static constexpr bool is_partitioned =
      Program.steps[S].scan == 0 &&
      Program.steps[S].vector_operations >= Program.on.costs.share_from &&
      kernels::pieces_of<Program, S, T, Arch> > 1;

  template <int Kernel>
  TAPELESS_NATIVE [[gnu::noinline, gnu::flatten]] static void call_partition(
      const buffers<T>& memory, const operand* of, kernels::partition own) noexcept {
    run_kernel_partition<Kernel>(memory, of, own, accesses<Kernel>{});
    has_effect();
  }
  template <int Kernel, std::size_t... A>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void run_kernel_partition(
      const buffers<T>& memory, const operand* of, kernels::partition own,
      std::index_sequence<A...>) noexcept {
    T* const p[] = {address(memory, of[A], no_loop{})..., nullptr};
    kernels::kernel_of<Program, Kernel, T, Arch, false>::run(p, own);
  }

  /// Step S in one of several threads, with a barrier where the next step depends on this one.
  template <int S, class Barrier>
  static TAPELESS_INLINE void take_part(const buffers<T>& memory, kernels::partition own,
                                        Barrier& barrier) noexcept {
    constexpr step s = Program.steps[S];
    if constexpr (is_partitioned<S>)
      call_partition<s.same_as>(memory, operands_of<Program>.of + s.access_begin, own);
    else if (own.part == 0)
      run_from<step_by_call, S>(memory);
    if constexpr (S + 1 == Program.step_count)
      barrier();
    else if constexpr (is_partitioned<S> || is_partitioned<S + 1>)
      barrier();
  }
  template <class Barrier, std::size_t... S>
  TAPELESS_NATIVE static void by_partitions(const buffers<T>& memory, kernels::partition own,
                                            Barrier& barrier, std::index_sequence<S...>) noexcept {
    (void)in_order{(take_part<static_cast<int>(S)>(memory, own, barrier), 0)...};
  }

  // One function per kind of kernel.

  /// Sizes in a function argument: steps of one kind share the code.
  template <int Kind, class At>
  TAPELESS_NATIVE [[gnu::noinline]] static void call_general(
      const buffers<T>& memory, const operand* of, At at,
      const typename kernels::runtime_nest<Program, Kind, T, Arch>::sizes& d) noexcept {
    run_general<Kind>(memory, of, at, d, accesses<Kind>{});
    has_effect();
  }
  template <int Kind, class At, std::size_t... A>
  static TAPELESS_INLINE void run_general(
      const buffers<T>& memory, const operand* of, At at,
      const typename kernels::runtime_nest<Program, Kind, T, Arch>::sizes& d,
      std::index_sequence<A...>) noexcept {
    T* const p[] = {address(memory, of[A], at)..., nullptr};
    kernels::runtime_nest<Program, Kind, T, Arch>::run(p, d);
  }

  /// A step that moves elements, by the function that all such steps share.
  template <int S, class At>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void move(const buffers<T>& memory, At at) noexcept {
    constexpr const auto& moves = kernels::moves_of<Program>;
    constexpr int index = moves.of_step[S];
    constexpr int target = moves.move[index].target, source = moves.move[index].source;
    const operand* const of = operands_of<Program>.of + Program.steps[S].access_begin;
    kernels::move_elements<T, Arch>(
        address(memory, of[target], at),
        source < 0 ? nullptr : address(memory, of[source < 0 ? 0 : source], at), moves.move[index]);
  }

  /// A step by a kernel of its own where the work pays for the code, else by one of its kind.
  template <bool AllShared>
  struct step_by_own_or_general {
    template <int S, class At>
    TAPELESS_NATIVE static TAPELESS_INLINE void run(const buffers<T>& memory, At at) noexcept {
      constexpr step s = Program.steps[S];
      const operand* const of = operands_of<Program>.of + s.access_begin;
      constexpr bool own = !AllShared && s.vector_operations >= Program.on.costs.own_kernel_from;
      if constexpr (kernels::moves_of<Program>.of_step[S] >= 0)
        move<S>(memory, at);
      else if constexpr (own || s.form == kernel_form::rows)
        call<s.same_as>(memory, of, at);
      else
        call_general<s.kind_as>(memory, of, at, kernels::sizes_of<Program, S>);
    }
  };
};

/// How a plan of some size becomes code under a policy.
enum class code_form : std::uint8_t { straight, in_line, calls, general_calls };

template <class Program>
constexpr code_form form_of(const Program& p, expansion policy) {
  if (policy == expansion::full ||
      (policy == expansion::automatic && p.vector_operations <= p.on.costs.straight_budget))
    return code_form::straight;
  if (policy == expansion::automatic && p.vector_operations <= p.on.costs.inline_budget)
    return code_form::in_line;
  return policy == expansion::shared || p.kernels > p.on.costs.most_kernels
             ? code_form::general_calls
             : code_form::calls;
}

/// Whether every kernel of a plan is short enough to be written out without a loop.
template <class Program>
constexpr bool all_unrolled(const Program& p) {
  for (const step& s : p.steps)
    if (s.vector_operations > p.on.costs.unroll_budget) return false;
  return true;
}

}  // namespace detail

/// Executes every step of a plan. `memory[place::arena]` has room for `Program.memory.arena`
/// elements, aligned to 64 bytes.
template <const auto& Program, class T, class Arch, expansion Policy>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE inline void execute(const buffers<T>& memory) noexcept {
  using run = detail::engine<Program, T, Arch>;
  constexpr detail::code_form form = detail::form_of(Program, Policy);
  constexpr typename run::all_steps all;
  if constexpr (form == detail::code_form::straight || form == detail::code_form::in_line)
    run::template run_all<typename run::template step_in_line<form == detail::code_form::straight>>(
        memory, all);
  else if constexpr (form == detail::code_form::calls)
    run::template run_all<typename run::step_by_call>(memory, all);
  else
    run::template run_all<
        typename run::template step_by_own_or_general<Policy == expansion::shared>>(memory, all);
}

/// One thread's part in executing a plan: every thread calls it with the same memory and its own
/// partition. `barrier()` returns when all threads have called it.
template <const auto& Program, class T, class Arch, class Barrier>
TAPELESS_NATIVE void execute_partition(const buffers<T>& memory, kernels::partition own,
                                       Barrier& barrier) noexcept {
  using run = detail::engine<Program, T, Arch>;
  run::by_partitions(memory, own, barrier, typename run::all_steps{});
}

}  // namespace tapeless
