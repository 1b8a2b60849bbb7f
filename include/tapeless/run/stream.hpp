#pragma once
// A network over a sequence as a processor of one sample after the other, with a state of constant
// size.

#include <array>
#include <tapeless/core/checks.hpp>
#include <tapeless/core/denormals.hpp>
#include <tapeless/run/forward.hpp>
#include <tapeless/transform/stream.hpp>

namespace tapeless {

namespace detail {
template <int... Sizes>
inline constexpr int block_sizes[sizeof...(Sizes) + 1] = {Sizes..., 0};
template <int... Sizes>
consteval bool block_sizes_fall() {
  for (std::size_t i = 0; i + 1 < sizeof...(Sizes); ++i)
    if (block_sizes<Sizes...>[i] <= block_sizes<Sizes...>[i + 1]) return false;
  return sizeof...(Sizes) > 0 && block_sizes<Sizes...>[sizeof...(Sizes) - 1] == 1;
}
}  // namespace detail

/// Sizes of the blocks that `stream::process` of a number of samples cuts them into, largest first, 1
/// among them; the largest bounds the size of all blocks. Each size that is used is compiled.
template <int... Sizes>
struct blocks {
  static constexpr option_kind kind = option_kind::blocks;
  static constexpr int count = sizeof...(Sizes);
  static constexpr const int* size = detail::block_sizes<Sizes...>;
  static_assert(detail::block_sizes_fall<Sizes...>(),
                "Tapeless: the sizes of blocks fall, and the last of them is 1: "
                "tl::blocks<64, 8, 1>");
  using block_sizes = blocks;
};
/// The axis of time of the input of a stream; the last one unless told.
template <int Axis>
struct time_axis {
  static constexpr option_kind kind = option_kind::time_axis;
  static constexpr int axis_of_time = Axis;
};

namespace detail {

template <class O>
struct blocks_in {
  using type = blocks<64, 8, 1>;
};
template <class O>
requires requires { typename O::block_sizes; }
struct blocks_in<O> {
  using type = typename O::block_sizes;
};
template <class O>
consteval int time_axis_in() {
  if constexpr (requires { O::axis_of_time; })
    return O::axis_of_time;
  else
    return -1;
}

/// The declared graph of one sequence, windows written out.
template <class Net>
struct sequence_stage {
  static constexpr int expected_nodes = 2 * forward_table<Net, 1, false>.node_count;
  static consteval void build(graph& g) { write_windows_out(g, forward_table<Net, 1, false>); }
};
template <class Net>
inline constexpr auto sequence_of = freeze<sequence_stage<Net>, max_nodes_of<Net>() * 8>();

template <class Net, int Axis, int Largest>
inline constexpr auto streamed =
    stream_analysis<sequence_of<Net>.node_count>{sequence_of<Net>, Axis, Largest};

/// The forward pass of a block.
template <class Net, int Axis, int Largest, int Block>
struct stream_stage {
  static constexpr int expected_nodes = 2 * sequence_of<Net>.node_count + 16;
  static consteval void build(graph& g) {
    stream_builder<sequence_of<Net>.node_count, sequence_of<Net>.tensor_count>{
        g, sequence_of<Net>, streamed<Net, Axis, Largest>, Block}
        .run();
  }
};

/// What recurrences carry into the first block.
template <class Net, int Axis, int Largest>
struct stream_starts_stage {
  static constexpr int expected_nodes = sequence_of<Net>.node_count + 16;
  static consteval void build(graph& g) {
    stream_builder<sequence_of<Net>.node_count, sequence_of<Net>.tensor_count>{
        g, sequence_of<Net>, streamed<Net, Axis, Largest>, 1}
        .run_starts();
  }
};

/// What a stream keeps of one value: rows of samples in one of its buffers.
template <class Net, int Axis, int Largest>
struct kept_table {
  static constexpr const auto& known = streamed<Net, Axis, Largest>;
  static constexpr int count = [] {
    int n = 0;
    for (const auto& of : known.kept)
      for (const kept_samples& s : of) n += s.samples > 0;
    return n;
  }();
  kept_samples of[count > 0 ? count : 1] = {};

  consteval kept_table() {
    int n = 0;
    for (const auto& all : known.kept)
      for (const kept_samples& s : all)
        if (s.samples > 0) of[n++] = s;
  }
};
template <class Net, int Axis, int Largest>
inline constexpr kept_table<Net, Axis, Largest> kept_by_stream{};

/// The graph in which a stream that cannot be is explained.
template <class Net, int Axis, int Largest>
inline constexpr auto stream_of_one_sample = freeze<stream_stage<Net, Axis, Largest, 1>,
                                                    max_nodes_of<Net>() * 8>();

}  // namespace detail

/// A network whose output at a sample depends on this sample and those before it, as a processor of
/// samples that come one by one or in blocks:
///
///   struct amp : tl::sequential<tl::input<1, 4096>,
///                               tl::conv1d<8, tl::kernel{.size = 3, .padding = tl::padding::causal}>,
///                               tl::tanh, tl::conv1d<1, 1>> {};
///   tl::stream<amp> s;
///   s.process<64>(theta, in, out);
///
/// Formula: after reset(), output t is output t - `missing` of the network on the whole sequence; the
/// numbers are the same, to rounding, however the samples are cut into blocks.
/// Shapes: the network takes one input with an axis of time, the last one or that of time_axis<A>. A
/// stream takes and yields rows: of each sample all channels, `inputs` and `outputs` scalars.
/// Recurrences that walk forward from numbers or learnt starts carry their state on; of them the
/// network yields all steps.
/// Causal layers are convolutions and pools of stride 1 that look back (causal padding or none),
/// everything element by element, products over other axes than time, sums, joins of channels.
/// What is not causal does not compile; the sentence names the operation.
/// Options: blocks<...>, time_axis<A>, scalar_type<T>, instruction_set<Arch>, expand_as<Policy>,
/// costs<Model>, by_reference.
///
/// A plain struct: trivially copyable, without heap and locks; a copy is a fork. Parameters are given
/// to each call, so that streams share them and calls may exchange them. One thread at a time may
/// use a stream. Denormal numbers count as zeros inside of calls.
template <class Net, class... Options>
class stream {
  using options = detail::options_of<Options...>;
  static_assert(detail::check_options<detail::call::stream, Options...>());
  using sizes = typename detail::blocks_in<options>::type;
  static constexpr int axis = detail::time_axis_in<options>();
  static_assert(detail::check<Net, detail::forward_table<Net, 1, false>>());
  static_assert(
      detail::check<Net, detail::stream_of_one_sample<Net, axis, sizes::size[0]>>());
  static constexpr const auto& known = detail::streamed<Net, axis, sizes::size[0]>;
  static constexpr const auto& kept = detail::kept_by_stream<Net, axis, sizes::size[0]>;
  static constexpr auto memory = known.memory;
  static constexpr auto carries = known.carries;

 public:
  using scalar = typename detail::scalar_in<options>::type;
  using parameters_type = parameters<Net, scalar>;

  /// Scalars of one sample.
  static constexpr int inputs = input_size<Net> / [] {
    constexpr int tensor = known.input > 0 ? known.input : 0;
    const shape& s = declared<Net>.tensors[tensor].dims;
    const int a = axis < 0 ? axis + s.rank : axis;
    return a >= 0 && a < s.rank ? s[a] : 1;
  }();
  static constexpr int outputs =
      known.axis[known.output] < 0
          ? output_size<Net>
          : output_size<Net> / output_shape<Net>[known.axis[known.output]];
  /// Whether there are recurrences, so that an output depends on all samples before.
  static constexpr bool is_recurrent = carries.count > 0;
  /// Samples on which one output depends, recurrences aside.
  static constexpr int receptive_field = known.farthest[known.output] + 1;
  /// Samples from an input to the first output that depends on it.
  static constexpr int latency = known.nearest[known.output];
  /// Outputs before the first one that the network on a sequence has: windows without padding start
  /// there. They are what causal padding would give.
  static constexpr int missing =
      known.missing[known.output] > 0 ? known.missing[known.output] : 0;
  static constexpr int largest_block = sizes::size[0];
  static constexpr long long state_bytes =
      (memory.elements + 2LL * carries.elements) * static_cast<long long>(sizeof(scalar));

  /// As after reset().
  TAPELESS_NATIVE constexpr stream() noexcept { reset(); }

  /// Back to the start of a sequence: in front of the first sample stands what the network pads with.
  TAPELESS_NATIVE constexpr void reset() noexcept {
    for (scalar& x : samples_) x = 0;
    for (int& b : base_) b = 0;
    turn_ = 0;
    has_started_ = !carries.starts_are_computed;
    for (auto& all : carried_)
      for (scalar& x : all) x = 0;
    if constexpr (!carries.starts_are_computed)
      for (int k = 0; k < carries.count; ++k)
        for (int i = 0; i < carries.size[k]; ++i)
          carried_[0][carries.first[k] + i] = static_cast<scalar>(starting.number[k]);
    for (const detail::kept_samples& s : kept.of)
      if (!s.before.any && s.before.number != 0)
        for (int r = 0; r < s.rows; ++r)
          for (int i = 0; i < s.samples; ++i)
            row(s, r)[i] = static_cast<scalar>(s.before.number);
  }
  /// Samples of silence after which a recurrence counts as settled.
  static constexpr int settling = is_recurrent ? 4096 : 0;

  /// The state after silence that has lasted for ever: all inputs 0. Takes as long as
  /// `receptive_field` + `settling` samples in the largest blocks.
  TAPELESS_NATIVE constexpr void prewarm(const parameters_type& theta) noexcept {
    reset();
    const scalar silence[largest_block * inputs] = {};
    scalar rest[largest_block * outputs] = {};
    for (int done = 0; done < receptive_field + settling; done += largest_block)
      process<largest_block>(theta, silence, rest);
  }

  /// A block of so many samples, at most `largest_block`: `in` has Block rows of `inputs` scalars,
  /// `out` Block rows of `outputs`. They do not overlap. No allocation, no lock, no system call.
  template <int Block>
  TAPELESS_NATIVE constexpr void process(const parameters_type& theta, const scalar* in,
                                         scalar* out) noexcept {
    static_assert(Block > 0 && Block <= largest_block,
                  "Tapeless: a block of a stream has at least one sample and at most the largest of "
                  "tl::blocks<...>, 64 unless told");
    check<Block>(theta, in, out);
    detail::constant_or_run([&] { run<Block>(theta, in, out); },
                            [&] {
                              const flush_to_zero scope;
                              run<Block>(theta, in, out);
                            });
  }
  /// Any number of samples, cut into blocks of the sizes of blocks<...>.
  TAPELESS_NATIVE constexpr void process(const parameters_type& theta, const scalar* in, scalar* out,
                                         int count) noexcept {
    detail::checked([&]() __attribute__((always_inline)) {
      detail::require(count >= 0, "stream::process", "the number of samples is negative");
    });
    detail::constant_or_run([&] { run_any(theta, in, out, count); },
                            [&] {
                              const flush_to_zero scope;
                              run_any(theta, in, out, count);
                            });
  }
  /// One sample.
  TAPELESS_NATIVE constexpr void step(const parameters_type& theta, const scalar* in,
                                      scalar* out) noexcept {
    process<1>(theta, in, out);
  }
  TAPELESS_NATIVE constexpr std::array<scalar, static_cast<std::size_t>(outputs)> step(
      const parameters_type& theta,
      const std::array<scalar, static_cast<std::size_t>(inputs)>& in) noexcept {
    std::array<scalar, static_cast<std::size_t>(outputs)> out{};
    process<1>(theta, in.data(), out.data());
    return out;
  }
  /// One sample of one channel, where the output has one too.
  TAPELESS_NATIVE constexpr scalar step(const parameters_type& theta,
                                        scalar in) noexcept requires(inputs == 1 && outputs == 1) {
    scalar out{};
    process<1>(theta, &in, &out);
    return out;
  }

 private:
  /// What is carried in front of the first sample, where these are numbers: a constant, since what
  /// reads nodes has no instruction set in its name.
  struct starting_numbers {
    double number[carries.count > 0 ? carries.count : 1] = {};
  };
  static constexpr starting_numbers starting = [] {
    starting_numbers s;
    if constexpr (!carries.starts_are_computed)
      for (int k = 0; k < carries.count; ++k)
        s.number[k] = number_of(detail::sequence_of<Net>[carries.start[k]]);
    return s;
  }();

  template <class Stage>
  using job_of = detail::compiled<Net, Stage, scalar, typename detail::arch_in<options>::type, options>;
  template <int Block>
  using job = job_of<detail::stream_stage<Net, axis, largest_block, Block>>;

  template <class Job>
  TAPELESS_INLINE static constexpr void call(const detail::call_memory<scalar>& m) noexcept {
    if constexpr (detail::is_by_reference<options>)
      detail::call_job<Job, false>(m, detail::reference_semantics{});
    else
      detail::call_job<Job, false>(m);
  }
  /// Computes what recurrences start from, with the parameters of the first block.
  TAPELESS_NATIVE constexpr void start(const parameters_type& theta) noexcept {
    detail::call_memory<scalar> m;
    m.parameters = const_cast<scalar*>(theta.data);
    m.scalars = detail::no_scalars<scalar>;
    m.output = carried_[0] + carries.first[0];
    for (int k = 1; k < carries.count; ++k)
      m.further_outputs[k - 1] = carried_[0] + carries.first[k];
    call<job_of<detail::stream_starts_stage<Net, axis, largest_block>>>(m);
    has_started_ = true;
  }

  TAPELESS_NATIVE constexpr scalar* row(const detail::kept_samples& s, int r) noexcept {
    return samples_ + memory.first[s.slot] + base_[s.slot] + s.begin + r * s.row;
  }

  template <int Block>
  TAPELESS_INLINE static constexpr void check([[maybe_unused]] const parameters_type& theta,
                                              [[maybe_unused]] const scalar* in,
                                              [[maybe_unused]] const scalar* out) noexcept {
    detail::require_one_network<Net>();
    detail::checked([&]() __attribute__((always_inline)) {
      constexpr const char* where = "stream::process";
      detail::require_aligned(theta, where);
      detail::require(in != nullptr, where, "in is null; pass the first sample of the block");
      detail::require(out != nullptr, where, "out is null; pass memory for the samples of the block");
      const detail::extent_of_memory to{out, std::size_t{Block} * outputs};
      detail::require(!to.overlaps({in, std::size_t{Block} * inputs}), where,
                      "out overlaps in; give the output memory of its own");
      detail::require(!to.overlaps({&theta, 1}), where,
                      "out overlaps the parameters; give the output memory of its own");
    });
  }

  TAPELESS_NATIVE constexpr void run_any(const parameters_type& theta, const scalar* in, scalar* out,
                                         int count) noexcept {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (
          [&] {
            constexpr int size = sizes::size[I];
            for (; count >= size; count -= size, in += size * inputs, out += size * outputs) {
              check<size>(theta, in, out);
              run<size>(theta, in, out);
            }
          }(),
          ...);
    }
    (std::make_index_sequence<static_cast<std::size_t>(sizes::count)>{});
  }

  /// Computes a block and puts it behind the samples that are kept.
  template <int Block>
  TAPELESS_NATIVE constexpr void run(const parameters_type& theta, const scalar* in,
                                     scalar* out) noexcept {
    if constexpr (carries.starts_are_computed)
      if (!has_started_) start(theta);
    detail::call_memory<scalar> m;
    m.parameters = const_cast<scalar*>(theta.data);
    m.scalars = detail::no_scalars<scalar>;
    m.input = in;
    m.output = out;
    for (int k = 0; k < memory.slots; ++k) m.history[k] = samples_ + memory.first[k] + base_[k];
    for (int k = 0; k < carries.count; ++k) {
      m.further_inputs[k] = carried_[turn_] + carries.first[k];
      m.further_outputs[k] = carried_[1 - turn_] + carries.first[k];
    }
    call<job<Block>>(m);
    turn_ = 1 - turn_;
    for (int k = 0; k < kept.count; ++k) repeat_at_front<Block>(kept.of[k]);
    for (int k = 0; k < memory.slots; ++k) {
      base_[k] += Block;
      if (base_[k] >= memory.slack[k]) base_[k] -= memory.slack[k];
    }
  }

  /// Samples that will be read when the base has gone back are stored there too: a third of all at
  /// most, and no call has more to do than others.
  template <int Block>
  TAPELESS_INLINE constexpr void repeat_at_front(const detail::kept_samples& s) noexcept {
    const int slack = memory.slack[s.slot], first_new = base_[s.slot] + s.samples;
    if (first_new + Block <= slack) return;
    const int from = first_new < slack ? slack - first_new : 0;
    for (int r = 0; r < s.rows; ++r) {
      const scalar* const fresh = row(s, r) + s.samples;
      scalar* const to = row(s, r) + s.samples - slack;
      if (from == 0 && !__builtin_is_constant_evaluated())
        __builtin_memcpy(to, fresh, sizeof(scalar) * Block);
      else
        for (int i = from; i < Block; ++i) to[i] = fresh[i];
    }
  }

  alignas(64) scalar samples_[static_cast<std::size_t>(memory.elements > 0 ? memory.elements : 1)];
  /// What recurrences carry, before and after a block by turns.
  alignas(64) scalar carried_[2][static_cast<std::size_t>(carries.elements > 0 ? carries.elements : 1)];
  int base_[memory.slots > 0 ? memory.slots : 1];
  int turn_;
  bool has_started_;  // the carried values are there
};

}  // namespace tapeless
