#pragma once
// Inputs, outputs and targets as buffers of their own, by name. Light: compiled.hpp includes it.

#include <array>
#include <tapeless/core/checks.hpp>
#include <tapeless/run/labels.hpp>
#include <tapeless/run/memory.hpp>

namespace tapeless {

namespace detail {

enum class port_kind : std::uint8_t { input, output, target, row_count };

/// A buffer that a caller gives to a call; count is that of an array, 0 of a pointer.
template <port_kind Kind, fixed_string Name, class T, std::size_t Count = 0>
struct port {
  static constexpr port_kind kind = Kind;
  static constexpr auto name = Name;
  using scalar = T;
  static constexpr std::size_t count = Count;
  T* rows;
};

/// The number of rows among the ports of a call.
struct row_count {
  static constexpr port_kind kind = port_kind::row_count;
  int rows;
};

template <class Type>
inline constexpr bool is_port_type = false;
template <port_kind Kind, fixed_string Name, class T, std::size_t Count>
inline constexpr bool is_port_type<port<Kind, Name, T, Count>> = true;
template <class Type>
concept is_port = is_port_type<std::remove_cvref_t<Type>>;

template <is_port Port>
TAPELESS_INLINE constexpr const Port& as_port(const Port& p) noexcept {
  return p;
}
TAPELESS_INLINE constexpr row_count as_port(int count) noexcept { return {count}; }
template <class Argument>
using port_of_argument = std::remove_cvref_t<decltype(as_port(std::declval<const Argument&>()))>;

template <class Rows>
constexpr void refuse_as_rows() {
  static_assert(never<Rows>,
                "Tapeless: in<...>, out<...> and target_of<...> take a pointer to the "
                "first row, or a std::array: tl::in<\"x\">(x.data())");
}
template <class Rows>
concept is_no_rows = !std::is_pointer_v<Rows> && !std::is_array_v<Rows> && !requires {
  std::tuple_size<Rows>::value;
};

}  // namespace detail

/// The rows of the input of that name, in a buffer of their own: tl::in<"x">(pointer).
template <fixed_string Name, class T>
TAPELESS_NATIVE constexpr detail::port<detail::port_kind::input, Name, const T> in(
    const T* rows) noexcept {
  return {rows};
}
template <fixed_string Name, class T, std::size_t N>
TAPELESS_NATIVE constexpr detail::port<detail::port_kind::input, Name, const T, N> in(
    const std::array<T, N>& rows) noexcept {
  return {rows.data()};
}
template <fixed_string Name, detail::is_no_rows Rows>
constexpr detail::port<detail::port_kind::input, Name, const float> in(const Rows&) noexcept {
  detail::refuse_as_rows<Rows>();
  return {nullptr};
}

/// The rows of the output of that name: what `define` returns is "y" unless it has another name.
template <fixed_string Name, class T>
TAPELESS_NATIVE constexpr detail::port<detail::port_kind::output, Name, T> out(T* rows) noexcept {
  return {rows};
}
template <fixed_string Name, class T, std::size_t N>
TAPELESS_NATIVE constexpr detail::port<detail::port_kind::output, Name, T, N> out(
    std::array<T, N>& rows) noexcept {
  return {rows.data()};
}
template <fixed_string Name, detail::is_no_rows Rows>
constexpr detail::port<detail::port_kind::output, Name, float> out(Rows&&) noexcept {
  detail::refuse_as_rows<Rows>();
  return {nullptr};
}

/// The rows of the target that the output of that name is compared with.
template <fixed_string Name, class T>
TAPELESS_NATIVE constexpr detail::port<detail::port_kind::target, Name, const T> target_of(
    const T* rows) noexcept {
  return {rows};
}
template <fixed_string Name, class T, std::size_t N>
TAPELESS_NATIVE constexpr detail::port<detail::port_kind::target, Name, const T, N> target_of(
    const std::array<T, N>& rows) noexcept {
  return {rows.data()};
}
template <fixed_string Name, detail::is_no_rows Rows>
constexpr detail::port<detail::port_kind::target, Name, const float> target_of(
    const Rows&) noexcept {
  detail::refuse_as_rows<Rows>();
  return {nullptr};
}

namespace detail {

template <class Type>
constexpr bool is_integer_of(storage_type wanted) {
  if constexpr (std::is_integral_v<Type>)
    return storage_type_of<Type>() == wanted;
  else
    return false;
}

/// The loss of a call without one.
struct without_loss {};

/// Which outputs a call takes.
enum class outputs_taken : std::uint8_t { none, some, all };

/// Inputs, outputs and targets of a network and a loss, in the order of their slots.
template <class Net, class Loss>
struct port_table {
  int count[3] = {};
  int size[3][max_ports] = {};
  storage_type element[max_ports] = {};  ///< of inputs
  path name[3][max_ports] = {};
  bool too_many = false;

  consteval port_table() {
    const auto& g = declared<Net>;
    for (const tensor& t : g.tensors)
      if (t.where == place::input) {
        if (count[0] < max_ports) element[count[0]] = t.element;
        add(port_kind::input, t.name, t.dims.count());
      }
    for (int k = 0; k < g.result_count; ++k)
      add(port_kind::output, name_of_output(k), g.result(k).dims.count());
    if constexpr (!std::is_same_v<Loss, without_loss>) {
      const auto& targets = targets_of<Net, Loss>;
      for (int i = 0; i < targets.count; ++i)
        add(port_kind::target, name_of_output(targets.output[i]), targets.size[i]);
    }
  }
  constexpr int find(port_kind k, std::string_view wanted) const {
    for (int i = 0; i < count[index(k)]; ++i)
      if (name[index(k)][i].view() == wanted) return i;
    return -1;
  }
  constexpr int count_of(port_kind k) const { return count[index(k)]; }
  constexpr int size_of(port_kind k, int i) const { return size[index(k)][i]; }
  /// Elements of a sample in front of port i, where all of a kind lie in rows.
  constexpr int begin_of(port_kind k, int i) const {
    int n = 0;
    for (int j = 0; j < i; ++j) n += size[index(k)][j];
    return n;
  }

 private:
  static constexpr int index(port_kind k) { return static_cast<int>(k); }
  constexpr void add(port_kind k, const path& own, int scalars) {
    int& n = count[index(k)];
    if (n == max_ports) {
      too_many = true;
      return;
    }
    size[index(k)][n] = scalars;
    name[index(k)][n++] = own;
  }
  static constexpr path name_of_output(int k) {
    for (const tensor& t : declared<Net>.tensors)
      if (t.where == place::output && t.slot == k) return t.name;
    return path{default_output};
  }
};
template <class Net, class Loss = without_loss>
inline constexpr port_table<Net, Loss> ports_of{};

// Named in what the compiler prints of a refused port: the network, the name, the call.

template <class Net, class Name>
struct port_error {
  template <bool Fine>
  static constexpr bool is_fine = Fine;
};

/// Which of the ports of a call are those of a kind, and whether they are right.
template <class Net, class Loss, class T, class... Ports>
struct port_check {
  static constexpr const auto& table = ports_of<Net, Loss>;

  /// How often port i of a kind is given.
  static consteval int times(port_kind k, int i) {
    return (0 + ... + [&] {
      if constexpr (Ports::kind == port_kind::row_count)
        return 0;
      else
        return Ports::kind == k && table.find(k, Ports::name.view()) == i ? 1 : 0;
    }());
  }
  /// How often a number of rows is given.
  static constexpr int counts = (0 + ... + (Ports::kind == port_kind::row_count ? 1 : 0));
  static consteval unsigned mask(port_kind k) {
    unsigned m = 0;
    for (int i = 0; i < table.count_of(k); ++i)
      if (times(k, i) > 0) m |= 1u << i;
    return m;
  }

  template <port_kind K, bool All>
  static consteval bool check_kind() {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return (true && ... && check_one<K, static_cast<int>(I), All>());
    }
    (std::make_index_sequence<static_cast<std::size_t>(table.count_of(K))>{});
  }
  template <port_kind K, int I, bool All>
  static consteval bool check_one() {
    constexpr auto where = [] { return ports_of<Net, Loss>.name[static_cast<int>(K)][I]; };
    using error = port_error<Net, spelled<std::remove_const_t<decltype(where)>>>;
    constexpr int n = times(K, I);
    static_assert(
        K != port_kind::input || error::template is_fine<n != 0>,
        "Tapeless: an input of this network is missing among the arguments of a call; add "
        "tl::in<\"name\">(rows) for the name that stands in port_error");
    static_assert(K != port_kind::target || error::template is_fine<n != 0>,
                  "Tapeless: a target is missing among the arguments of a call; add "
                  "tl::target_of<\"name\">(rows) for the output that stands in port_error");
    static_assert(
        K != port_kind::output || !All || error::template is_fine<n != 0>,
        "Tapeless: an output of this network is missing among the arguments of a compiled "
        "call, which computes all; add tl::out<\"name\">(rows) for the name that stands in "
        "port_error");
    static_assert(error::template is_fine<n <= 1>,
                  "Tapeless: an input, an output or a target stands twice among the arguments of a "
                  "call; its name stands in port_error");
    return n == 1 || (n == 0 && K == port_kind::output && !All);
  }

  template <class Port, int Batch, outputs_taken Outputs>
  static consteval bool check_argument() {
    if constexpr (Port::kind == port_kind::row_count)
      return true;
    else
      return check_port<Port, Batch, Outputs>();
  }
  template <class Port, int Batch, outputs_taken Outputs>
  static consteval bool check_port() {
    constexpr auto where = [] { return path{Port::name.view()}; };
    using error = port_error<Net, spelled<std::remove_const_t<decltype(where)>>>;
    constexpr int i = table.find(Port::kind, Port::name.view());
    static_assert(Port::kind != port_kind::input || error::template is_fine<i >= 0>,
                  "Tapeless: tl::in<\"name\"> names no input of this network");
    static_assert(Port::kind != port_kind::output || error::template is_fine<i >= 0>,
                  "Tapeless: tl::out<\"name\"> names no output of this network; outputs are what "
                  "'define' returns, \"y\", and what g.output names");
    static_assert(Port::kind != port_kind::target || error::template is_fine<i >= 0>,
                  "Tapeless: tl::target_of<\"name\"> names no output that the loss of this call "
                  "compares with a target");
    static_assert(
        Port::kind != port_kind::output || Outputs != outputs_taken::none,
        "Tapeless: value_and_grad, step, accumulate and loss write no output; tl::out<...> "
        "is for forward and predict");
    static_assert(Port::kind != port_kind::output || !std::is_const_v<typename Port::scalar>,
                  "Tapeless: tl::out<\"name\"> takes memory that can be written");
    using given = std::remove_const_t<typename Port::scalar>;
    constexpr storage_type wanted = Port::kind == port_kind::input && i >= 0
                                        ? table.element[i < 0 ? 0 : i]
                                        : storage_type::scalar;
    constexpr bool same =
        wanted == storage_type::scalar ? std::is_same_v<given, T> : is_integer_of<given>(wanted);
    static_assert(error::template is_fine<same>,
                  "Tapeless: an input, an output or a target has another scalar type than the "
                  "parameters of the call, or an input of integers another one than it is declared "
                  "with; its name stands in port_error");
    if constexpr (i >= 0 && Port::count > 0 && Batch > 0)
      static_assert(
          error::template is_fine<Port::count ==
                                  static_cast<std::size_t>(Batch * table.size_of(Port::kind, i))>,
          "Tapeless: an array has another number of scalars than the rows of its input, output or "
          "target; the name stands in port_error");
    return i >= 0 && same;
  }

  /// Batch: rows that an array has, 0 for any number.
  template <int Batch, outputs_taken Outputs>
  static consteval bool check_all() {
    static_assert(!table.too_many,
                  "Tapeless: a call takes at most eight inputs, eight outputs and "
                  "eight targets with buffers of their own; join some of them");
    static_assert(distinct_inputs(),
                  "Tapeless: two inputs of this network have the same name, so "
                  "that no buffer can be given to one by name");
    static_assert(counts <= 1, "Tapeless: a call takes one number of rows, behind its buffers");
    constexpr bool known =
        (true && ... && check_argument<Ports, (counts > 0 ? 0 : Batch), Outputs>());
    if constexpr (known) {
      static_assert(Outputs != outputs_taken::some || mask(port_kind::output) != 0,
                    "Tapeless: a call writes one output at least; add tl::out<\"name\">(rows)");
      return check_kind<port_kind::input, true>() && check_kind<port_kind::target, true>() &&
             check_kind<port_kind::output, Outputs == outputs_taken::all>();
    } else {
      return false;
    }
  }
  static consteval bool distinct_inputs() {
    for (int i = 0; i < table.count_of(port_kind::input); ++i)
      if (table.find(port_kind::input, table.name[0][i].view()) != i) return false;
    return true;
  }
};

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
