#pragma once
// Which buffers a call has by name, and a sentence for each that is missing, twice or of another
// type.

#include <tapeless/run/labels.hpp>
#include <tapeless/run/memory.hpp>
#include <tapeless/run/ports.hpp>

namespace tapeless {

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
    }(std::make_index_sequence<static_cast<std::size_t>(table.count_of(K))>{});
  }
  template <port_kind K, int I, bool All>
  static consteval bool check_one() {
    constexpr auto where = [] { return ports_of<Net, Loss>.name[static_cast<int>(K)][I]; };
    using error = port_error<Net, spelled<std::remove_const_t<decltype(where)>>>;
    constexpr int n = times(K, I);
    static_assert(
        K != port_kind::input || error::template is_fine < n != 0 >,
        "Tapeless: an input of this network is missing among the arguments of a call; add "
        "tl::in<\"name\">(rows) for the name that stands in port_error");
    static_assert(K != port_kind::target || error::template is_fine < n != 0 >,
                  "Tapeless: a target is missing among the arguments of a call; add "
                  "tl::target_of<\"name\">(rows) for the output that stands in port_error");
    static_assert(
        K != port_kind::output || !All || error::template is_fine < n != 0 >,
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
          error::template is_fine < Port::count ==
              static_cast<std::size_t>(Batch * table.size_of(Port::kind, i)) >,
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

}  // namespace detail
}  // namespace tapeless
