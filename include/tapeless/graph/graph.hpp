#pragma once
// The builder: appends nodes, infers shapes, folds constants and shares equal subexpressions.

#include <concepts>
#include <tapeless/graph/node.hpp>
#include <type_traits>

namespace tapeless {

namespace detail {
class scan_gradients;
}

/// A node of a graph under construction, or a plain number that has not met a graph yet. The third
/// kind of lane beside scalars and batches: operation bodies run on it record nodes.
struct value {
  graph* owner = nullptr;
  int id = -1;
  double literal = 0;

  constexpr value() = default;
  constexpr explicit(false) value(double number) : literal{number} {}
  constexpr value(graph& g, int node) : owner{&g}, id{node} {}

  constexpr bool recorded() const { return owner != nullptr; }
  constexpr bool is(double number) const;  ///< a constant of that value
  /// A plain number, which has no shape that could matter.
  constexpr bool is_plain(double number) const { return !recorded() && literal == number; }
  constexpr const shape& dims() const;
  constexpr bool batched() const;
  /// Element i of axis 0, without that axis; a negative i counts from the end (ops/shapes.hpp).
  constexpr value operator[](int i) const;

  /// Refuses `if (x > 0)` and `x > 0 ? a : b` in a sentence.
  template <std::same_as<bool> Truth>
  constexpr explicit operator Truth() const {
    static_assert(!std::same_as<Truth, bool>,
                  "Tapeless: a value of the graph is not known where a network is declared and "
                  "decides no 'if' and no '?:'; tl::math::select(x > 0.0, a, b) chooses in every "
                  "sample");
    return false;
  }
};

/// A graph under construction over storage that belongs to the caller (see table.hpp).
///
/// Equal nodes are shared as they are added (hash consing), constants are folded and each
/// operation's own simplifications run at once, so no later pass has to search for them.
struct graph {
  node* nodes = nullptr;
  int capacity = 0;
  int count = 0;
  tensor* tensors = nullptr;
  int tensor_capacity = 0;
  int tensor_count = 0;
  int* buckets = nullptr;  ///< open addressing, node index + 1; its size is a power of two
  int bucket_count = 0;
  int batch = 1;          ///< samples per call
  bool training = false;  ///< dropout is active, normalisation follows the batch
  bool weighted = false;  ///< each sample has a share of the loss, 0 for one that does not exist
  bool folds = false;     ///< weights take up a normalisation by fixed statistics behind them
  bool crosses_samples = false;  ///< a value of one sample depends on others, while training
  path scope;             ///< prefix of parameter paths
  static constexpr int max_results = max_ports;
  int results[max_results] = {};  ///< nodes the declaration returns: the output first
  int result_count = 0;
  int random_count = 0;  ///< streams of random numbers that were given out
  int scan_count = 0;    ///< scans so far
  int open_scans = 0;    ///< bodies of scans that are being recorded, one inside the other
  int open_scan = 0;     ///< the outermost of these, ...
  int open_trips = 1;    ///< ... and its iterations
  int mirrored_scan = 0;  ///< while gradients are recorded: the scan whose values are read ...
  int mirror_scan = 0;    ///< ... by this one, which runs backwards ...
  int mirrored_outer = 0;  ///< ... the scan around it, if that is read in a mirror too ...
  int mirror_outer = 0;    ///< ... which is this one ...
  detail::scan_gradients* scans = nullptr;  ///< ... by what is known of all scans ...
  value (*in_mirror)(graph&, value) = nullptr;  ///< ... and sees them so (transform/scan_gradient.hpp)
  int again_first = 0;  ///< while the body of a loop is recorded once more: the tensors from here ...
  int again_end = 0;    ///< ... to here were declared by the first recording
  int shared_use = 0;    ///< which use of a shared layer is being recorded; 0 outside of one
  int shared_count = 0;  ///< uses of shared layers so far
  bool freezes = false;  ///< whether a `frozen` layer is being recorded
  diagnosis error;

  constexpr const node& operator[](int id) const { return nodes[id]; }
  constexpr bool failed() const { return error.what != problem::none; }

  /// Notes the first problem; later ones follow from it and are dropped.
  constexpr void fail(problem what, path where = {}, shape got = {}, shape wanted = {}) {
    if (!failed()) error = {what, where.size > 0 ? where : scope, got, wanted};
  }

  /// Appends an operation on existing values, or finds the node that already says the same.
  constexpr value add(const operation* op, const value* in, const packed_attributes& attr = {});

  /// A number, in any shape; nothing is stored for it.
  constexpr value constant(double number, shape dims = {}, bool batched = false);

  /// A named leaf. Parameters need distinct paths.
  constexpr value leaf(path name, place where, shape dims, bool batched, int slot = 0);

  /// A trainable parameter under the current scope. Inside a shared layer that stands for a further
  /// time, and in the body of a loop that is recorded once more, it is the parameter that the first
  /// one declared.
  constexpr value parameter(std::string_view name, shape dims, initializer init = {},
                            bool transposed = false, int lane_axis = 0) {
    if (shared_use > 0)
      if (const int i = find(scope.join(name).view(), place::parameters);
          i >= 0 && tensors[i].shared_by > 0 && tensors[i].shared_by != shared_use)
        return parameter_again(tensors[i], dims);
    if (again_first < again_end)
      if (const int i = find(scope.join(name).view(), place::parameters);
          i >= again_first && i < again_end)
        return parameter_again(tensors[i], dims);
    if (scope.size + 1 + static_cast<int>(name.size()) > path::capacity)
      fail(problem::path_too_long, scope.join(name));
    const value v = leaf(scope.join(name), place::parameters, dims, false);
    if (failed()) return v;
    tensor& t = tensors[tensor_count - 1];
    t.init = init;
    t.transposed = transposed;
    t.lane_axis = lane_axis;
    t.shared_by = shared_use;
    return v;
  }

  /// The parameter of a full path that was declared before, for weights that are tied by hand.
  constexpr value existing(std::string_view full_path) {
    const int i = find(full_path, place::parameters);
    if (i < 0) fail(problem::unknown_parameter_path, path{full_path});
    return i < 0 ? value{*this, 0} : value{*this, tensors[i].node};
  }

  /// Notes a value as a result of the graph.
  constexpr void yield(value v) {
    if (result_count == max_results)
      fail(problem::too_many_results, {}, shape{max_results + 1}, shape{max_results});
    else
      results[result_count++] = v.id;
  }
  constexpr value result(int i) { return {*this, results[i]}; }

  /// The samples' input.
  constexpr value input(std::string_view name, shape dims) {
    return leaf(path{name}, place::input, dims, true);
  }

  /// An input of integers, such as pixels, class or token ids, times a scale: its buffer holds
  /// elements of that type where it has one of its own (run/ports.hpp). Calls on rows take the same
  /// numbers as scalars. It has no derivative. Scalars hold them exactly up to 2^24 in float, 2^53
  /// in double. Defined in layers/input.hpp.
  template <class Integer>
  constexpr value input_of(std::string_view name, shape dims, double scale = 1);

  /// Notes a value as a further output of the network, with a name by which calls give it memory of
  /// its own. What `define` returns is the first output, "y" unless it has a name too.
  constexpr value output(std::string_view name, value v) {
    if (failed()) return v;
    if (find(name, place::output) >= 0) fail(problem::duplicate_output, path{name});
    if (!v.recorded()) v = constant(v.literal);
    if (tensor_count == tensor_capacity) {
      fail(problem::too_many_tensors, path{name}, shape{tensor_count + 1}, shape{tensor_capacity});
      return v;
    }
    // No node of its own: the name, and the node that is meant.
    tensor t{};
    t.name = path{name};
    t.where = place::output;
    t.node = v.id;
    t.dims = v.dims();
    t.key = detail::key_of(name);
    t.batched = true;
    tensors[tensor_count++] = t;
    return v;
  }

  /// Index of the tensor of that name and place, or -1.
  constexpr int find(std::string_view name, place where) const {
    return detail::find_tensor(tensors, tensor_count, name, where);
  }

  /// Fully connected layer: y = W x + b, W of shape {outputs, inputs}; declared in
  /// layers/dense.hpp.
  constexpr value dense(std::string_view name, value x, int outputs, bool bias = true);

  /// A layer or a whole network as a part of this one: its parameters have paths under `name`. A
  /// network takes one value per input, in the order of their declaration; declared in
  /// layers/inner.hpp.
  template <class Layer, class... More>
  constexpr value layer(std::string_view name, value x, More... more);

  /// The same, where several calls of one name share the parameters: the first declares them.
  template <class Layer, class... More>
  constexpr value shared(std::string_view name, value x, More... more);

  /// A shared parameter where it stands for a further time. One place that is frozen freezes it.
  constexpr value parameter_again(tensor& t, const shape& dims) {
    if (t.dims != dims) fail(problem::shared_parameter_of_another_shape, t.name, dims, t.dims);
    if (freezes) t.trainable = false;
    t.shared_by = shared_use;
    return {*this, t.node};
  }
  /// Appends a node as it is, or finds its equal.
  constexpr value intern(const node& n);
  /// Appends a node that is known to have no equal.
  constexpr value append(const node& n);
  /// The same into a free bucket.
  constexpr value put(const node& n, int bucket);
  /// Whether gradients that are being recorded read values of this node in a mirror.
  constexpr bool is_mirrored(const node& n) const {
    return mirrored_scan != 0 && n.scan != 0 &&
           (innermost_scan(n) == mirrored_scan || innermost_scan(n) == mirrored_outer);
  }
  /// Notes the scan that a node belongs to: that of its operands, which can be one at most, and one
  /// inside of it.
  constexpr void join_scan(node& n, const result_type& type);
};

constexpr const shape& value::dims() const { return owner->nodes[id].dims; }
constexpr bool value::batched() const { return owner->nodes[id].batched; }

/// The leaf operations: what they mean is said by family and attributes alone.
inline constexpr operation tensor_leaf{.name = "tensor", .kind = family::tensor};
inline constexpr operation constant_leaf{.name = "constant", .kind = family::constant};

constexpr bool value::is(double number) const {
  if (!recorded()) return literal == number;
  const node& n = owner->nodes[id];
  return n.op->kind == family::constant && number_of(n) == number;
}

namespace detail {

template <int>
inline constexpr char probe = 0;
template <const char* A, const char* B>
concept addresses_can_be_compared = requires {
  typename std::bool_constant<(A == B)>;
};

/// g++ compares no addresses in constant expressions where null pointers may be dereferenced
/// (-fsanitize=undefined, -fno-delete-null-pointer-checks).
inline constexpr bool has_addresses = addresses_can_be_compared<&probe<0>, &probe<1>>;

}  // namespace detail

/// Whether two descriptions are one operation. Only where compilers refuse to compare addresses,
/// operations of the same printed type count as one.
constexpr bool same_operation(const operation* a, const operation* b) {
  if constexpr (detail::has_addresses)
    return a == b;
  else
    return a->look == b->look;
}

namespace detail {

constexpr std::uint64_t mixed(std::uint64_t h, std::uint64_t x) {
  return (h ^ x ^ (h >> 29)) * 0x9E3779B97F4A7C15ull;
}

/// 32 bits of a hash that all its bits had a part in.
constexpr std::uint32_t folded(std::uint64_t h) {
  return static_cast<std::uint32_t>(((h ^ (h >> 32)) * 0x9E3779B97F4A7C15ull) >> 32);
}

constexpr std::uint32_t hash_of(const node& n) {
  return folded(mixed(mixed(mixed(static_cast<unsigned char>(n.op->name[0]) * 256u +
                                      static_cast<unsigned char>(n.op->name[1]),
                                  static_cast<std::uint64_t>(n.in[0] + 1) |
                                      static_cast<std::uint64_t>(n.in[1] + 1) << 21 |
                                      static_cast<std::uint64_t>(n.in[2] + 1) << 42),
                            n.attr.word[0]),
                      n.attr.word[1] ^ n.attr.word[2] << 7 ^ n.attr.word[3] << 13));
}

constexpr bool same_node(const node& a, const node& b) {
  return same_operation(a.op, b.op) && a.in[0] == b.in[0] && a.in[1] == b.in[1] &&
         a.in[2] == b.in[2] && a.attr == b.attr && a.dims == b.dims && a.batched == b.batched;
}

}  // namespace detail

constexpr value graph::intern(const node& n) {
  const int mask = bucket_count - 1;
  int at = static_cast<int>(detail::hash_of(n)) & mask;
  for (; buckets[at] != 0; at = (at + 1) & mask)
    if (detail::same_node(nodes[buckets[at] - 1], n)) return {*this, buckets[at] - 1};
  return put(n, at);
}

constexpr value graph::append(const node& n) {
  const int mask = bucket_count - 1;
  int at = static_cast<int>(detail::hash_of(n)) & mask;
  while (buckets[at] != 0) at = (at + 1) & mask;
  return put(n, at);
}

constexpr value graph::put(const node& n, int bucket) {
  if (count == capacity) {
    fail(problem::too_many_nodes, scope, shape{count + 1}, shape{capacity});
    return {*this, 0};
  }
  nodes[count] = n;
  buckets[bucket] = ++count;
  return {*this, count - 1};
}

constexpr value graph::constant(double number, shape dims, bool is_batched) {
  return intern(
      node{&constant_leaf, {-1, -1, -1}, dims, is_batched, pack(constant_attributes{number})});
}

constexpr value graph::leaf(path name, place where, shape dims, bool is_batched, int slot) {
  if (where == place::parameters && find(name.view(), where) >= 0)
    fail(problem::duplicate_parameter_path, name);
  if (where == place::weight)
    if (const int known = find(name.view(), where); known >= 0)
      return intern({&tensor_leaf,
                     {-1, -1, -1},
                     tensors[known].dims,
                     is_batched,
                     pack(tensor_attributes{known})});
  if (tensor_count == tensor_capacity) {
    fail(problem::too_many_tensors, name, shape{tensor_count + 1}, shape{tensor_capacity});
    return {*this, 0};
  }
  const packed_attributes attr = pack(tensor_attributes{tensor_count});
  const value v = intern(node{&tensor_leaf, {-1, -1, -1}, dims, is_batched, attr});
  tensors[tensor_count++] = tensor{name,
                                   where,
                                   slot,
                                   v.id,
                                   dims,
                                   false,
                                   0,
                                   where == place::parameters && !freezes,
                                   {},
                                   detail::key_of(name.view()),
                                   is_batched};
  return v;
}

constexpr void graph::join_scan(node& n, const result_type& type) {
  if (type.scan != result_type::of_operands) {
    n.scan = type.scan;
    n.trips = type.trips;
    n.inner = type.inner;
    n.inner_trips = type.inner_trips;
    return;
  }
  for (int i = 0; i < n.op->arity; ++i) {
    const node& o = nodes[n.in[i]];
    if (o.scan == 0 || (o.scan == n.scan && (o.inner == 0 || o.inner == n.inner))) continue;
    if (n.scan != 0 && (o.scan != n.scan || n.inner != 0))
      return fail(problem::values_of_two_scans, path{n.op->name}, o.dims, n.dims);
    n.scan = o.scan;
    n.trips = o.trips;
    n.inner = o.inner;
    n.inner_trips = o.inner_trips;
  }
}

constexpr value graph::add(const operation* op, const value* in, const packed_attributes& attr) {
  node n{op, {-1, -1, -1}, {}, false, attr};
  bool constants = op->arity > 0 && (op->kind == family::elementwise || op->kind == family::view);
  for (int i = 0; i < op->arity; ++i) {
    n.in[i] = in[i].recorded() ? in[i].id : constant(in[i].literal).id;
    if (is_mirrored(nodes[n.in[i]])) n.in[i] = in_mirror(*this, {*this, n.in[i]}).id;
    constants = constants && nodes[n.in[i]].op->kind == family::constant;
  }
  if (failed()) return {*this, 0};
  const result_type type = op->infer(*this, n.in, n.attr);
  if (failed()) return {*this, 0};
  n.dims = type.dims;
  n.batched = type.batched;
  join_scan(n, type);
  if (failed()) return {*this, 0};
  if (type.scan != result_type::of_operands) constants = false;  // may change in a scan
  if (constants && op->kind == family::view)
    return constant(number_of(nodes[n.in[0]]), n.dims, n.batched);
  if (constants) {
    double args[max_operands] = {};
    for (int i = 0; i < op->arity; ++i) args[i] = number_of(nodes[n.in[i]]);
    return constant(op->evaluate_double(args, n.attr), n.dims, n.batched);
  }
  if (op->simplifies) {
    const value s = op->simplify(*this, n.in, n.attr);
    if (s.recorded() && s.dims() == n.dims && s.batched() == n.batched) return s;
  }
  return intern(n);
}

}  // namespace tapeless
