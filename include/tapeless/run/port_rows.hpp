#pragma once
// The buffers of a call by name as rows: integers converted, rows counted, overlaps refused. Light:
// compiled.hpp includes it.

#include <tapeless/core/checks.hpp>
#include <tapeless/run/port_check.hpp>

namespace tapeless {

namespace detail {

/// The buffers of a call by kind and slot.
template <class T>
struct port_rows {
  const T* inputs[max_ports] = {};
  T* outputs[max_ports] = {};
  const T* targets[max_ports] = {};

  /// convert(rows, elements of a sample): rows of integers as scalars.
  template <class Net, class Loss, class Convert, class... Ports>
  TAPELESS_NATIVE static constexpr port_rows of([[maybe_unused]] Convert&& convert,
                                                const Ports&... ports) noexcept {
    port_rows r;
    constexpr const auto& table = ports_of<Net, Loss>;
    (
        [&] {
          if constexpr (Ports::kind != port_kind::row_count) {
            constexpr int i = table.find(Ports::kind, Ports::name.view());
            if constexpr (Ports::kind == port_kind::input &&
                          table.element[i] != storage_type::scalar)
              r.inputs[i] = convert(ports.rows, table.size_of(port_kind::input, i));
            else if constexpr (Ports::kind == port_kind::input)
              r.inputs[i] = ports.rows;
            else if constexpr (Ports::kind == port_kind::output)
              r.outputs[i] = ports.rows;
            else
              r.targets[i] = ports.rows;
          }
        }(),
        ...);
    return r;
  }
};

/// Scalars of a sample that are integers in the buffers of calls by name.
template <class Net>
inline constexpr int integers_of = [] {
  int n = 0;
  for (const tensor& t : declared<Net>.tensors)
    if (t.where == place::input && t.element != storage_type::scalar) n += t.dims.count();
  return n;
}();

/// Of trainers whose converted integers fit the stack.
struct no_memory_for_integers {
  static constexpr bool owns = false;
};

/// Memory for the integers of a batch as scalars: a block of the trainer's beyond the limit.
template <class Net, class T, int Batch, class O>
using memory_for_integers = std::conditional_t<(static_cast<long long>(integers_of<Net>) * Batch *
                                                    static_cast<long long>(sizeof(T)) >
                                                stack_limit_in<O>()),
                                               owned_memory, no_memory_for_integers>;

/// The number of rows among the arguments of a call, or `otherwise`.
template <class Port>
TAPELESS_INLINE constexpr int rows_or(int otherwise, const Port& p) noexcept {
  if constexpr (Port::kind == port_kind::row_count)
    return p.rows;
  else
    return otherwise;
}

/// Moves all buffers but those of converted integers on by some rows.
template <class Net, class Loss, class T>
TAPELESS_NATIVE constexpr void move_rows(port_rows<T>& p, int rows) noexcept {
  constexpr const auto& table = ports_of<Net, Loss>;
  const auto by = [&](port_kind k, int i) { return std::ptrdiff_t{rows} * table.size_of(k, i); };
  for (int i = 0; i < table.count_of(port_kind::input); ++i)
    if (table.element[i] == storage_type::scalar) p.inputs[i] += by(port_kind::input, i);
  for (int i = 0; i < table.count_of(port_kind::output); ++i)
    if (p.outputs[i] != nullptr) p.outputs[i] += by(port_kind::output, i);
  for (int i = 0; i < table.count_of(port_kind::target); ++i)
    p.targets[i] += by(port_kind::target, i);
}

/// How a call treats more rows than a batch.
enum class more_rows : std::uint8_t {
  refused,   ///< steps take a batch at most
  summed,    ///< a summed loss; outputs
  averaged,  ///< a mean loss
};

/// How much the result of a part of the rows counts.
template <class Net, class Loss, more_rows More, class T>
TAPELESS_NATIVE constexpr double rows_that_count(const port_rows<T>& p, int rows) noexcept {
  if constexpr (More == more_rows::averaged)
    return counted_share<Net, Loss>(p.targets[0], rows);
  else
    return 1;
}

/// Calls f<mask of outputs>(buffers, rows) with the buffers among the arguments of a call, where
/// they are right, and returns what f does. Integers are converted to scalars first, `Batch` rows
/// at a time: of more rows f is called several times.
template <class Net, class Loss, class T, int Batch, outputs_taken Outputs, more_rows More,
          class Owner, class F, class... Arguments>
TAPELESS_INLINE constexpr T with_ports_of(const Owner& owner, F&& f,
                                          const Arguments&... arguments) noexcept {
  using check = port_check<Net, Loss, T, port_of_argument<Arguments>...>;
  T result = 0;
  if constexpr (check::template check_all<Batch, Outputs>()) {
    constexpr unsigned outputs = check::mask(port_kind::output);
    int count = Batch;
    ((count = rows_or(count, as_port(arguments))), ...);
    if constexpr (integers_of<Net> == 0) {
      const auto none = [](const auto*, int) { return static_cast<const T*>(nullptr); };
      result = f.template operator()<outputs>(
          port_rows<T>::template of<Net, Loss>(none, as_port(arguments)...), count);
    } else {
      constexpr long long elements = static_cast<long long>(integers_of<Net>) * Batch;
      result = with_memory<T, elements, 0>(owner, elements, [&](T* room) {
        double sum = 0, counted = 0;
        for (int done = 0;;) {
          const int rest = count - done, rows = rest < Batch ? rest : Batch;
          T* to = room;
          const auto convert = [&](const auto* from, int size) {
            T* const first = to;
            to += std::ptrdiff_t{size} * Batch;
            if (from == nullptr) return static_cast<const T*>(nullptr);
            from += std::ptrdiff_t{done} * size;
            for (int i = 0; i < rows * size; ++i) first[i] = static_cast<T>(from[i]);
            return static_cast<const T*>(first);
          };
          port_rows<T> p = port_rows<T>::template of<Net, Loss>(convert, as_port(arguments)...);
          if (done > 0) move_rows<Net, Loss>(p, done);
          const int taken = More == more_rows::refused ? count : rows;
          const T own = f.template operator()<outputs>(p, taken);
          if (taken == count) return own;
          const double weight = rows_that_count<Net, Loss, More>(p, rows);
          if (weight > 0) sum += static_cast<double>(own) * weight;
          counted += weight;
          done += rows;
          if (done == count)
            return static_cast<T>(More == more_rows::averaged ? sum / counted : sum);
        }
      });
    }
  }
  return result;
}

/// Null pointers, and results that overlap something. Own: what results, or with Changes operands,
/// must not overlap besides.
template <class Net, class Loss, class T>
TAPELESS_INLINE void require_ports(const port_rows<T>& p, unsigned outputs, int count,
                                   const extent_of_memory& own, bool changes_own,
                                   const char* where) noexcept {
  constexpr const auto& table = ports_of<Net, Loss>;
  const auto rows = static_cast<std::size_t>(count);
  const auto size = [&](port_kind k, int i) {
    return rows * static_cast<std::size_t>(table.size_of(k, i));
  };
  const auto check_operand = [&](const T* x, std::size_t n) {
    require(x != nullptr, where, "a pointer is null; pass the first row of every input and target");
    require(!changes_own || !own.overlaps({x, n}), where,
            "an input or a target overlaps the trainer, which the call changes; pass a copy");
    for (int k = 0; k < table.count_of(port_kind::output); ++k)
      if ((outputs >> k & 1) != 0)
        require(!extent_of_memory(x, n).overlaps({p.outputs[k], size(port_kind::output, k)}), where,
                "an output overlaps an input; give the output memory of its own");
  };
  for (int i = 0; i < table.count_of(port_kind::input); ++i)
    check_operand(p.inputs[i], size(port_kind::input, i));
  if constexpr (!std::is_same_v<Loss, without_loss>)
    for (int i = 0; i < table.count_of(port_kind::target); ++i)
      check_operand(p.targets[i], size(port_kind::target, i));
  for (int k = 0; k < table.count_of(port_kind::output); ++k) {
    if ((outputs >> k & 1) == 0) continue;
    const extent_of_memory out{p.outputs[k], size(port_kind::output, k)};
    require(p.outputs[k] != nullptr, where, "an output is null; pass memory for its rows");
    require(!out.overlaps(own), where,
            "an output overlaps the parameters; give the output memory of its own");
    for (int j = 0; j < k; ++j)
      if ((outputs >> j & 1) != 0)
        require(!out.overlaps({p.outputs[j], size(port_kind::output, j)}), where,
                "two outputs overlap; give each memory of its own");
  }
}

/// Labels of all targets.
template <class Net, class Loss, class T>
TAPELESS_INLINE void require_labels_of_ports(const port_rows<T>& p, int count,
                                             const char* where) noexcept {
  for_each_target<Net, Loss>([&]<class Part, int Index, int Output>(int) {
    require_labels<Net, Part, Output>(p.targets[Index], count, where,
                                      targets_of<Net, Loss>.size[Index]);
  });
}

/// Gives every input and every target of a finished graph a buffer of its own.
constexpr void separate_ports(graph& g) {
  int inputs = 0, targets = 0;
  for (int i = 0; i < g.tensor_count; ++i) {
    tensor& t = g.tensors[i];
    if (t.where == place::input) t.slot = inputs++;
    if (t.where == place::target) t.slot = targets++;
  }
}

/// A stage whose inputs and targets have buffers of their own.
template <class Stage>
struct with_ports {
  static constexpr int expected_nodes = [] {
    if constexpr (requires { Stage::expected_nodes; })
      return Stage::expected_nodes;
    else
      return 128;
  }();
  static consteval void build(graph& g) {
    Stage::build(g);
    if (!g.failed()) separate_ports(g);
  }
};

}  // namespace detail
}  // namespace tapeless
