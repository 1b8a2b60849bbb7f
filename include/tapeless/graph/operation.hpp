#pragma once
// From an operation struct to its entry in the graph, and back to the struct for the kernels.
//
// An elementwise operation is a struct with a name, an arity and two bodies over any lane:
//
//   struct square {
//     static constexpr const char* name = "square";
//     template <class V> static constexpr V forward(V x) { return x * x; }
//     template <class V> static constexpr V backward(V dy, V x, V /*y*/) { return dy * (x + x); }
//   };
//
// Everything else is derived here. An operation with constants names a struct `attributes` of them,
// which its bodies take as last argument. A structured operation names its `kind` and gives
// `infer`, `backward` as graph nodes, and for a composite `decompose`.

#include <tapeless/core/lane.hpp>
#include <tapeless/graph/graph.hpp>
#include <type_traits>
#include <utility>

namespace tapeless {

/// Gradients of an operation of several operands, in their order. A literal 0 means none.
template <class V, int N>
struct gradients {
  V d[N];
};

// The planner knows an operation by the address of its description, the kernels need its type. A
// friend function, declared for every address and defined by the operation that lives there, leads
// from one to the other, so that a user's operation needs no registration.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-template-friend"
#endif
template <const operation* Description>
struct operation_key {
  friend constexpr auto operation_behind(operation_key);
};
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
template <class Op>
struct operation_entry;

namespace detail {

template <class Op>
constexpr int arity_of() {
  if constexpr (requires { Op::arity; })
    return Op::arity;
  else
    return 1;
}

/// The attributes that an operation takes.
template <class Op>
struct attributes_in {
  using type = tapeless::attributes;
};
template <class Op>
requires requires { typename Op::attributes; }
struct attributes_in<Op> {
  using type = typename Op::attributes;
};

template <class Op>
constexpr double flops_of() {
  if constexpr (requires { Op::flops; })
    return Op::flops;
  else
    return 1;
}

/// Whether the body of an elementwise operation takes attributes behind its operands.
template <class Op, class... V>
concept takes_attributes = requires(V... in, const typename attributes_in<Op>::type& attr) {
  Op::forward(in..., attr);
};

template <class Op, std::size_t... I>
consteval bool reads_attributes(std::index_sequence<I...>) {
  return takes_attributes<Op, decltype(double(I))...>;
}

/// Whether an elementwise operation has a body for its number of operands.
template <class Op, std::size_t... I>
consteval bool has_forward(std::index_sequence<I...>) {
  return requires { Op::forward(decltype(double(I)){}...); } ||
         takes_attributes<Op, decltype(double(I))...> || requires { Op::takes_mask; };
}

template <class Op, class V, std::size_t... I>
constexpr auto forward(const V* in, const packed_attributes& words, std::index_sequence<I...>) {
  if constexpr (takes_attributes<Op, decltype(in[I])...>)
    return Op::forward(in[I]..., unpack<typename attributes_in<Op>::type>(words));
  else
    return Op::forward(in[I]...);
}

/// One element in scalar arithmetic; masks are 1 and 0.
template <class Op, class T>
constexpr T evaluate(const T* in, const packed_attributes& words) {
  if constexpr (requires { Op::takes_mask; })
    return in[0] != T(0) ? in[1] : in[2];
  else
    return static_cast<T>(forward<Op>(in, words, std::make_index_sequence<arity_of<Op>()>{}));
}

template <class Op>
constexpr result_type infer_elementwise(graph& g, const int* in, const packed_attributes&) {
  result_type r{g[in[0]].dims, g[in[0]].batched};
  for (int i = 1; i < arity_of<Op>(); ++i) {
    const broadcast_result b = broadcast(r.dims, g[in[i]].dims);
    if (!b.fits) g.fail(problem::shapes_do_not_broadcast, path{Op::name}, g[in[i]].dims, r.dims);
    r.dims = b.dims;
    r.batched = r.batched || g[in[i]].batched;
  }
  return r;
}

// The typed functions of an operation behind the one signature that nodes can call.

template <class Op>
constexpr result_type infer_of(graph& g, const int* in, const packed_attributes& words) {
  auto attr = unpack<typename attributes_in<Op>::type>(words);
  return Op::infer(g, in, attr);
}
template <class Op>
constexpr value simplify_of(graph& g, const int* in, const packed_attributes& words) {
  return Op::simplify(g, in, unpack<typename attributes_in<Op>::type>(words));
}
template <class Op>
constexpr value decompose_of(graph& g, const value* in, const packed_attributes& words) {
  return Op::decompose(g, in, unpack<typename attributes_in<Op>::type>(words));
}
template <class Op>
constexpr bool view_of(const shape& in, const shape& out, const packed_attributes& words,
                       strided& s) {
  return Op::view(in, out, unpack<typename attributes_in<Op>::type>(words), s);
}
template <class Op>
constexpr join_layout join_of(const shape* in, const packed_attributes& words) {
  return Op::join(in, unpack<typename attributes_in<Op>::type>(words));
}

template <class Op, std::size_t... I>
constexpr void backward_elementwise(graph& g, int id, value dy, value* dx,
                                    std::index_sequence<I...>) {
  const node n = g[id];
  const value y{g, id};
  const auto attr = unpack<typename attributes_in<Op>::type>(n.attr);
  if constexpr (requires { Op::backward(dy, value{g, n.in[I]}..., y, attr).d; }) {
    const auto r = Op::backward(dy, value{g, n.in[I]}..., y, attr);
    ((dx[I] = r.d[I]), ...);
  } else if constexpr (requires { Op::backward(dy, value{g, n.in[I]}..., y, attr); }) {
    dx[0] = Op::backward(dy, value{g, n.in[I]}..., y, attr);
  } else if constexpr (requires { Op::backward(dy, value{g, n.in[I]}..., y).d; }) {
    const auto r = Op::backward(dy, value{g, n.in[I]}..., y);
    ((dx[I] = r.d[I]), ...);
  } else {
    static_assert(
        requires {
          Op::backward(dy, value{g, n.in[I]}..., y);
        },
        "Tapeless: this operation has no 'backward' that takes dy, its operands and its "
        "result; write one, or say 'static constexpr bool no_gradient = true'");
    dx[0] = Op::backward(dy, value{g, n.in[I]}..., y);
  }
}

template <class Op>
constexpr void backward_of(graph& g, int id, value dy, value* dx) {
  if constexpr (requires { Op::kind; })
    Op::backward(g, id, dy, dx);
  else
    backward_elementwise<Op>(g, id, dy, dx, std::make_index_sequence<arity_of<Op>()>{});
}

/// Hash of how an operation looks: its printed type, and what its body makes of some numbers.
template <class Op>
consteval std::uint64_t look_of() {
  std::uint64_t h = 14695981039346656037ull;
  for (const char* c = __PRETTY_FUNCTION__; *c != 0; ++c)
    h = (h ^ static_cast<unsigned char>(*c)) * 1099511628211ull;
  return h;
}

/// Hash of the numbers that an operation has as template arguments, alike on every compiler: what
/// tells thresholds apart between which no argument lies that a body is tried with. An integer
/// counts as its value. 0 for other templates.
template <class Op>
struct template_numbers {
  static constexpr std::uint64_t hash = 0;
};
template <class Number>
constexpr std::uint64_t bits_of_argument([[maybe_unused]] const Number& x) {
  if constexpr (std::is_arithmetic_v<Number> || std::is_enum_v<Number>)
    return __builtin_bit_cast(std::uint64_t, static_cast<double>(x));
  else
    return 0;
}
template <template <auto...> class Op, auto... Arguments>
requires(sizeof...(Arguments) > 0) struct template_numbers<Op<Arguments...>> {
  static constexpr std::uint64_t hash = [] {
    std::uint64_t h = 14695981039346656037ull;
    for (const std::uint64_t bits : {bits_of_argument(Arguments)...})
      for (int i = 0; i < 64; i += 8) h = (h ^ (bits >> i & 255u)) * 1099511628211ull;
    return h;
  }();
};

template <class Op>
constexpr operation describe() {
  static_assert(arity_of<Op>() <= max_operands,
                "Tapeless: an operation has at most three operands; compose it of smaller ones");
  operation o{};
  o.name = Op::name;
  o.look = look_of<Op>();
  o.arguments = template_numbers<Op>::hash;
  o.arity = arity_of<Op>();
  o.flops = flops_of<Op>();
  if constexpr (requires { Op::kind; }) {
    o.kind = Op::kind;
    o.infer = &infer_of<Op>;
  } else {
    o.kind = family::elementwise;
    o.infer = &infer_elementwise<Op>;
    o.evaluate_float = &evaluate<Op, float>;
    o.evaluate_double = &evaluate<Op, double>;
    o.mask = requires { Op::mask; };
    o.takes_mask = requires { Op::takes_mask; };
    o.reads_attributes = reads_attributes<Op>(std::make_index_sequence<arity_of<Op>()>{});
  }
  if constexpr (requires { Op::reduces; }) o.reduces = Op::reduces;
  if constexpr (!requires { Op::no_gradient; }) {
    o.backward = &backward_of<Op>;
    o.differentiable = true;
  }
  if constexpr (requires { &Op::simplify; }) {
    o.simplify = &simplify_of<Op>;
    o.simplifies = true;
  }
  if constexpr (requires { &Op::decompose; }) {
    o.decompose = &decompose_of<Op>;
    o.composite = true;
  }
  if constexpr (requires { &Op::summed; }) o.summed = &Op::summed;
  if constexpr (requires { &Op::view; }) o.view = &view_of<Op>;
  if constexpr (requires { &Op::join; }) o.join = &join_of<Op>;
  return o;
}

}  // namespace detail

/// The description of an operation type.
template <class Op>
inline constexpr operation description = (sizeof(operation_entry<Op>), detail::describe<Op>());

template <class Op>
struct operation_entry {
  friend constexpr auto operation_behind(operation_key<&description<Op>>) {
    return std::type_identity<Op>{};
  }
};

/// Whether a description is that of an operation type.
template <class Op>
constexpr bool is(const operation* op) {
  return same_operation(op, &description<Op>);
}

/// The attributes of a node that is known to be of an operation type.
template <class Op>
constexpr auto attributes_of(const node& n) {
  return unpack<typename detail::attributes_in<Op>::type>(n.attr);
}

/// The operation type that a description belongs to.
template <const operation* Description>
using operation_type = typename decltype(operation_behind(operation_key<Description>{}))::type;

/// False for every type, but only where a template is instantiated.
template <class...>
inline constexpr bool never = false;

namespace detail {
/// A deduced result instantiates the body, and so prints the sentence, where the call is written.
template <class First>
constexpr auto explain_call() {
  static_assert(never<First>,
                "Tapeless: this is the type of an operation, for layers; the function of a value "
                "is in tl::math: write tl::math::relu(x), not tl::relu(x)");
}
}  // namespace detail

/// Base of the library's operations. `tl::relu` is a type, which layers are made of; the function of
/// a value is `tl::math::relu`. Calling the type gives a sentence, and a value so that no other
/// error follows.
struct operation_base {
  constexpr operation_base() = default;
  // Explicit: whether a value converts to an operation is asked in overload resolution.
  template <class First, class... Rest>
  requires(!std::is_base_of_v<operation_base, First> &&
           std::is_void_v<decltype(detail::explain_call<First>())>)
      constexpr explicit operation_base(const First&, const Rest&...) {}
  template <class Value>
  requires std::is_same_v<Value, value> constexpr operator Value() const { return value{0.0}; }
};

namespace detail {
/// Not constant: compilers name the function where they refuse to evaluate a call.
inline void this_operation_needs_a_value_of_a_graph_not_plain_numbers_alone() {}
}  // namespace detail

namespace detail {
/// Whether a type is an operation of Count operands, with a sentence for what it lacks.
template <class Op, int Count>
consteval bool check_operation() {
  constexpr bool named = requires { Op::name; }, counted = Count == arity_of<Op>();
  constexpr bool has_body = requires { Op::kind; } ||
                            has_forward<Op>(std::make_index_sequence<arity_of<Op>()>{});
  static_assert(named,
                "Tapeless: this operation has no 'name' for reports; add 'static constexpr const "
                "char* name = \"...\"'");
  static_assert(has_body,
                "Tapeless: this operation has no 'forward' that takes its operands; add 'template "
                "<class V> static constexpr V forward(V x)', or say how many operands it has with "
                "'static constexpr int arity'");
  static_assert(counted,
                "Tapeless: an operation was applied to another number of operands than its arity");
  return named && counted && has_body;
}
}  // namespace detail

/// Records an operation, the library's or a user's, in the graph of its operands. Plain numbers
/// alone are computed at once.
template <class Op, class... Values>
constexpr value apply_with(const typename detail::attributes_in<Op>::type& attr,
                           Values... operands) {
  const value in[] = {value(operands)...};
  if constexpr (!detail::check_operation<Op, static_cast<int>(sizeof...(Values))>()) {
    return in[0];
  } else {
    const packed_attributes words = pack(attr);
    for (const value& v : in)
      if (v.recorded()) return v.owner->add(&description<Op>, in, words);
    if constexpr (requires { Op::kind; }) {
      detail::this_operation_needs_a_value_of_a_graph_not_plain_numbers_alone();
      return {};
    } else {
      double numbers[sizeof...(Values)] = {};
      for (int i = 0; i < static_cast<int>(sizeof...(Values)); ++i) numbers[i] = in[i].literal;
      return value{description<Op>.evaluate_double(numbers, words)};
    }
  }
}

template <class Op, class... Values>
constexpr value apply(Values... operands) {
  return apply_with<Op>({}, operands...);
}

/// An axis of x counted from the front, where a negative one counts from behind: -1 is the last.
constexpr int axis_of(value x, int axis) { return axis < 0 ? axis + x.dims().rank : axis; }

}  // namespace tapeless
