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
// Everything else is derived here. A structured operation names its `kind` and gives `infer`,
// `backward` as graph nodes, and for a composite `decompose`.

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

/// FNV-1a over the name of the type. Operations are told apart by it and not by their addresses,
/// which compilers do not compare in constant expressions while they check for null pointers.
template <class Op>
consteval std::uint64_t identity_of() {
  std::uint64_t h = 14695981039346656037ull;
  for (const char* c = __PRETTY_FUNCTION__; *c != 0; ++c)
    h = (h ^ static_cast<unsigned char>(*c)) * 1099511628211ull;
  return h;
}
template <class Op>
inline constexpr std::uint64_t operation_id = identity_of<Op>();

template <class Op>
constexpr double flops_of() {
  if constexpr (requires { Op::flops; })
    return Op::flops;
  else
    return 1;
}

template <class Op, class V, std::size_t... I>
constexpr auto forward(const V* in, const attributes& attr, std::index_sequence<I...>) {
  if constexpr (requires { Op::forward(in[I]..., attr); })
    return Op::forward(in[I]..., attr);
  else
    return Op::forward(in[I]...);
}

/// One element in scalar arithmetic; masks are 1 and 0.
template <class Op, class T>
constexpr T evaluate(const T* in, const attributes& attr) {
  if constexpr (requires { Op::takes_mask; })
    return in[0] != T(0) ? in[1] : in[2];
  else
    return static_cast<T>(forward<Op>(in, attr, std::make_index_sequence<arity_of<Op>()>{}));
}

template <class Op>
constexpr result_type infer_elementwise(graph& g, const int* in, attributes&) {
  result_type r{g[in[0]].dims, g[in[0]].batched};
  for (int i = 1; i < arity_of<Op>(); ++i) {
    const broadcast_result b = broadcast(r.dims, g[in[i]].dims);
    if (!b.fits) g.fail(problem::shapes_do_not_broadcast, path{Op::name}, g[in[i]].dims, r.dims);
    r.dims = b.dims;
    r.batched = r.batched || g[in[i]].batched;
  }
  return r;
}

template <class Op, std::size_t... I>
constexpr void backward_elementwise(graph& g, int id, value dy, value* dx,
                                    std::index_sequence<I...>) {
  const node n = g[id];
  const value y{g, id};
  if constexpr (requires { Op::backward(dy, value{g, n.in[I]}..., y, n.attr).d; }) {
    const auto r = Op::backward(dy, value{g, n.in[I]}..., y, n.attr);
    ((dx[I] = r.d[I]), ...);
  } else if constexpr (requires { Op::backward(dy, value{g, n.in[I]}..., y, n.attr); }) {
    dx[0] = Op::backward(dy, value{g, n.in[I]}..., y, n.attr);
  } else if constexpr (requires { Op::backward(dy, value{g, n.in[I]}..., y).d; }) {
    const auto r = Op::backward(dy, value{g, n.in[I]}..., y);
    ((dx[I] = r.d[I]), ...);
  } else {
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

template <class Op>
constexpr operation describe() {
  operation o{};
  o.name = Op::name;
  o.id = operation_id<Op>;
  o.arity = arity_of<Op>();
  o.flops = flops_of<Op>();
  if constexpr (requires { Op::kind; }) {
    o.kind = Op::kind;
    o.infer = &Op::infer;
  } else {
    o.kind = family::elementwise;
    o.infer = &infer_elementwise<Op>;
    o.evaluate_float = &evaluate<Op, float>;
    o.evaluate_double = &evaluate<Op, double>;
    o.mask = requires { Op::mask; };
    o.takes_mask = requires { Op::takes_mask; };
  }
  if constexpr (!requires { Op::no_gradient; }) {
    o.backward = &backward_of<Op>;
    o.differentiable = true;
  }
  if constexpr (requires { &Op::simplify; }) {
    o.simplify = &Op::simplify;
    o.simplifies = true;
  }
  if constexpr (requires { &Op::decompose; }) {
    o.decompose = &Op::decompose;
    o.composite = true;
  }
  if constexpr (requires { &Op::view; }) o.view = &Op::view;
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
  return op->id == detail::operation_id<Op>;
}

/// The operation type that a description belongs to.
template <const operation* Description>
using operation_type = typename decltype(operation_behind(operation_key<Description>{}))::type;

/// Records an operation, the library's or a user's, in the graph of its operands. Plain numbers
/// alone are computed at once.
template <class Op, class... Values>
constexpr value apply_with(const attributes& attr, Values... operands) {
  const value in[] = {value(operands)...};
  for (const value& v : in)
    if (v.recorded()) return v.owner->add(&description<Op>, in, attr);
  double numbers[] = {in[0].literal, 0, 0};
  for (int i = 0; i < static_cast<int>(sizeof...(Values)); ++i) numbers[i] = in[i].literal;
  return value{description<Op>.evaluate_double(numbers, attr)};
}

template <class Op, class... Values>
constexpr value apply(Values... operands) {
  return apply_with<Op>(attributes{}, operands...);
}

}  // namespace tapeless
