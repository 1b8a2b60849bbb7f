#pragma once
// Inference: one sample or a fixed batch, at run time or in a constant expression.

#include <array>
#include <tapeless/core/checks.hpp>
#include <tapeless/run/constant.hpp>
#include <tapeless/run/memory.hpp>
#include <tapeless/run/one_definition.hpp>
#include <tapeless/run/parameters.hpp>
#include <tapeless/run/pieces.hpp>
#include <tapeless/run/rows.hpp>
#include <tapeless/run/target.hpp>

namespace tapeless {

namespace detail {

/// Forward pass that stores the output.
template <class Net, int Batch>
struct forward_stage {
  static constexpr int expected_nodes = forward_table<Net, Batch, false>.node_count + 1;
  static consteval void build(graph& g) {
    load(g, forward_table<Net, Batch, false>);
    if (g.failed()) return;
    keep_results(g, 1);
    store(g.result(0), place::output);
  }
};

/// Samples that run at once in a call of forward.
template <class Net, class T, class... Options>
inline constexpr int forward_piece =
    piece_of<Net, T, typename arch_in<options_of<Options...>>::type, options_of<Options...>,
             false>();

/// The code of a batch, or of each piece of it.
template <class Net, class T, class... Options>
using forward_job =
    compiled<Net, forward_stage<Net, forward_piece<Net, T, Options...>>, T,
             typename arch_in<options_of<Options...>>::type, options_of<Options...>>;

/// The options of a call that owns no memory, for parameters of type T and a job with such options.
template <call Call, class Job, class T, class... Options>
consteval bool check_call() {
  using O = options_of<Options...>;
  constexpr long long bytes = Job::arena_elements * static_cast<long long>(sizeof(T));
  if constexpr (requires { O::most_stack; })
    static_assert(call_on_the_stack<Call, bytes, O::most_stack>::fits,
                  "Tapeless: a call needs more stack for its intermediate values than stack_limit "
                  "allows; lend it a workspace, or take a smaller batch");
  return check_options<Call, Options...>() && check_scalar_option<T, O>();
}

template <class Net, class T, int Batch>
TAPELESS_INLINE constexpr void check_forward(const parameters<Net, T>& theta, const T* x,
                                             const T* y) noexcept {
  require_one_network<Net>();
  checked([&]() __attribute__((always_inline)) {
    const extent_of_memory in{x, std::size_t{Batch} * input_size<Net>};
    const extent_of_memory out{y, std::size_t{Batch} * output_size<Net>};
    require_aligned(theta, "forward");
    require(x != nullptr, "forward", "x is null; pass the first row of the input");
    require(y != nullptr, "forward", "y is null; pass the first row for the output");
    require(!out.overlaps(in), "forward", "y overlaps x; give the output memory of its own");
    require(!out.overlaps({&theta, 1}), "forward",
            "y overlaps the parameters; give the output memory of its own");
  });
}

/// Calls a forward job on rows. HasArena: intermediate values lie in `arena`.
template <class Job, bool ByReference, bool HasArena, class Net, class T>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE constexpr void call_forward(
    const parameters<Net, T>& theta, const T* x, T* y, [[maybe_unused]] T* arena) noexcept {
  call_memory<T> m;
  m.parameters = const_cast<T*>(theta.data);
  m.input = x;
  m.output = y;
  m.scalars = no_scalars<T>;
  m.arena = arena;
  if constexpr (ByReference)
    call_job<Job, false, HasArena>(m, reference_semantics{});
  else
    call_job<Job, false, HasArena>(m);
}

/// Calls it for the batch of a call, piece by piece where the batch is cut.
template <class Job, int Piece, class Choices, bool HasArena, class Net, class T>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE constexpr void forward_batch(
    const parameters<Net, T>& theta, const T* x, T* y, T* arena) noexcept {
  constexpr int batch = batch_in<Choices>();
  if constexpr (Piece == batch) {
    call_forward<Job, is_by_reference<Choices>, HasArena>(theta, x, y, arena);
  } else {
    constexpr std::ptrdiff_t inputs = input_size<Net>, outputs = output_size<Net>;
#pragma GCC unroll 1
    for (int first = 0; first < batch; first += Piece)
      call_forward<Job, is_by_reference<Choices>, HasArena>(theta, x + first * inputs,
                                                            y + first * outputs, arena);
  }
}

/// The output of one sample; a class, so that nothing of a network is asked of a type that is none.
template <class Net, class T>
struct outputs_of {
  using type = std::array<T, static_cast<std::size_t>(output_size<Net>)>;
};

}  // namespace detail

/// Memory for the intermediate values of `forward<Net, Options...>` with parameters of type T.
template <class Net, class T, class... Options>
using forward_workspace = workspace<T, detail::forward_job<Net, T, Options...>::arena_elements>;

/// y = network(x) for `batch` rows of `input_size` scalars into rows of `output_size` scalars.
/// Options: batch<N>, pieces_of<N>, instruction_set<Arch>, expand_as<Policy>, lanes_over<Axis>,
/// costs<Model>, stack_limit<Bytes>, by_reference; scalar_type<T> if it is that of the parameters.
/// y overlaps neither x nor the parameters: it is written before all of x has been read. x and the
/// parameters, which are only read, may overlap. Rows need no alignment; parameters have that of
/// their type. Checked where TAPELESS_CHECKS is 1.
/// Neither allocates nor throws; usable in constant expressions. Intermediate values lie on the
/// stack, `cost<Net, Options...>.peak_bytes` of them.
template <class Net, class... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr void forward(const parameters<Net, T>& theta, const T* x,
                                                        T* y) noexcept {
  using job = detail::forward_job<Net, T, Options...>;
  using choices = detail::options_of<Options...>;
  static_assert(detail::check_call<detail::call::forward, job, T, Options...>());
  detail::check_forward<Net, T, detail::batch_in<choices>()>(theta, x, y);
  detail::forward_batch<job, detail::forward_piece<Net, T, Options...>, choices, false>(
      theta, x, y, static_cast<T*>(nullptr));
}

/// The same with intermediate values in memory that the caller lends, for calls that need more than
/// their stack has. One call at a time may use it; what it holds before and after has no meaning.
///
///   auto room = std::make_unique<tl::forward_workspace<net, float, tl::batch<4096>>>();
///   tl::forward<net, tl::batch<4096>>(theta, x, y, *room);
template <class Net, class... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr void forward(
    const parameters<Net, T>& theta, const T* x, T* y,
    forward_workspace<Net, T, Options...>& room) noexcept {
  using job = detail::forward_job<Net, T, Options...>;
  using choices = detail::options_of<Options...>;
  static_assert(detail::check_options<detail::call::forward, Options...>());
  static_assert(detail::check_scalar_option<T, choices>());
  detail::check_forward<Net, T, detail::batch_in<choices>()>(theta, x, y);
  detail::forward_batch<job, detail::forward_piece<Net, T, Options...>, choices, true>(
      theta, x, y, room.data);
}

/// The output of one sample. The result is memory of its own, whatever it is assigned to.
template <class Net, class... Options, class T>
TAPELESS_NATIVE constexpr std::array<T, static_cast<std::size_t>(output_size<Net>)> forward(
    const parameters<Net, T>& theta,
    const std::array<T, static_cast<std::size_t>(input_size<Net>)>& x) noexcept {
  detail::check_one_sample<Options...>();
  std::array<T, static_cast<std::size_t>(output_size<Net>)> y{};
  forward<Net, Options...>(theta, x.data(), y.data());
  return y;
}

/// The outputs of a batch: one row per sample.
template <class Net, class... Options, class T, std::size_t N>
TAPELESS_NATIVE constexpr auto forward(
    const parameters<Net, T>& theta,
    const std::array<std::array<T, static_cast<std::size_t>(input_size<Net>)>, N>& xs) noexcept {
  std::array<std::array<T, static_cast<std::size_t>(output_size<Net>)>, N> ys{};
  detail::constant_or_run(
      [&] {
        for (std::size_t i = 0; i < N; ++i) ys[i] = forward<Net>(theta, xs[i]);
      },
      [&]() __attribute__((always_inline)) {
        forward<Net, batch<static_cast<int>(N)>, Options...>(theta, xs.data()->data(),
                                                             ys.data()->data());
      });
  return ys;
}

/// Refuses a vector or a span, in a sentence: its length is not known when the call is compiled.
template <class Net, class... Options, class T, detail::holds_rows Rows, class... Outputs>
constexpr typename detail::outputs_of<Net, T>::type forward(const parameters<Net, T>&, const Rows&,
                                                            Outputs&&...) noexcept {
  static_assert(never<Rows>,
                "Tapeless: forward takes a std::array, or pointers: "
                "tl::forward<net>(theta, x.data(), y.data())");
  return {};
}

/// Refuses an array of C, which is no row to return one for.
template <class Net, class... Options, class T, std::size_t N>
constexpr typename detail::outputs_of<Net, T>::type forward(const parameters<Net, T>&,
                                                            const T (&)[N]) noexcept {
  static_assert(never<Net>,
                "Tapeless: forward takes a std::array, or pointers to input and output: "
                "tl::forward<net>(theta, x, y)");
  return {};
}

/// Refuses a sample of another length or scalar type, in a sentence.
template <class Net, class... Options, class T, class U, std::size_t N>
requires(std::is_arithmetic_v<U> &&
         !detail::is_row<std::array<U, N>, T, input_size<Net>>) constexpr std::
    array<T, static_cast<std::size_t>(output_size<Net>)> forward(const parameters<Net, T>&,
                                                                 const std::array<U, N>&) noexcept {
  detail::check_input<Net, T, U, N>();
  return {};
}

/// Refuses a batch whose rows have another length or scalar type.
template <class Net, class... Options, class T, class U, std::size_t M, std::size_t N>
requires(!detail::is_row<std::array<U, M>, T, input_size<Net>>) constexpr std::array<
    std::array<T, static_cast<std::size_t>(output_size<Net>)>,
    N> forward(const parameters<Net, T>&, const std::array<std::array<U, M>, N>&) noexcept {
  detail::check_input<Net, T, U, M>();
  return {};
}

}  // namespace tapeless
