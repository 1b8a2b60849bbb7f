#pragma once
// The reference semantics: evaluates a graph node by node in scalar arithmetic, in constant
// expressions as well as at run time. Every kernel is held to it.

#include <tapeless/graph/table.hpp>
#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/uniform.hpp>

namespace tapeless {

namespace detail {

/// Row-major strides of a value of that shape with one sample behind the other.
constexpr strided row_major(const shape& s, bool batched) {
  strided r;
  int n = 1;
  for (int i = s.rank - 1; i >= 0; --i) {
    r.stride[i] = n;
    n *= s[i];
  }
  r.batch = batched ? n : 0;
  return r;
}

/// The same with stride 0 along axes that are broadcast to `wide`.
constexpr strided broadcast_strides(const strided& from, const shape& narrow, const shape& wide) {
  strided r{from.offset, from.batch, {}};
  for (int i = 1; i <= narrow.rank; ++i)
    if (narrow[narrow.rank - i] != 1) r.stride[wide.rank - i] = from.stride[narrow.rank - i];
  return r;
}

/// Offset of element `flat` (row-major) of sample `sample`.
constexpr int offset_of(const strided& s, const shape& dims, int sample, int flat) {
  int o = s.offset + sample * s.batch;
  for (int i = dims.rank - 1; i > 0; --i) {
    o += flat % dims[i] * s.stride[i];
    flat /= dims[i];
  }
  return dims.rank > 0 ? o + flat * s.stride[0] : o;
}

/// One loop of a contraction: its extent and the strides of both operands and the result.
struct contraction_loop {
  int extent = 1, a = 0, b = 0, out = 0;
};

/// Loops of a contraction: the batch, the axes of the result, then the summed axes.
struct contraction_loops {
  contraction_loop loop[1 + 2 * max_rank];
  int count = 0;

  constexpr contraction_loops(const node& n, const node& left, const node& right, int batch) {
    const strided sa = row_major(left.dims, left.batched),
                  sb = row_major(right.dims, right.batched);
    const strided so = row_major(n.dims, n.batched);
    const axes a = axes::unpack(n.attr.index[0]), b = axes::unpack(n.attr.index[1]);
    const axes out = axes::unpack(n.attr.index[2]);
    if (left.batched || right.batched) loop[count++] = {batch, sa.batch, sb.batch, so.batch};
    for (int pass = 0; pass < 3; ++pass) {
      const axes& from = pass == 0 ? out : pass == 1 ? a : b;
      for (int i = 0; i < from.rank; ++i) {
        const char c = from.label[i];
        if (pass > 0 && out.find(c) >= 0) continue;
        if (pass == 2 && a.find(c) >= 0) continue;
        const int ia = a.find(c), ib = b.find(c), io = out.find(c);
        loop[count++] = {ia >= 0 ? left.dims[ia] : right.dims[ib], ia >= 0 ? sa.stride[ia] : 0,
                         ib >= 0 ? sb.stride[ib] : 0, io >= 0 ? so.stride[io] : 0};
      }
    }
    if (count == 0) count = 1;
  }
};

template <class T>
constexpr void contract_rows(const contraction_loops& l, int depth, const T* a, const T* b,
                             T* out) {
  const contraction_loop& c = l.loop[depth];
  if (depth + 1 < l.count) {
    for (int i = 0; i < c.extent; ++i)
      contract_rows(l, depth + 1, a + i * c.a, b + i * c.b, out + i * c.out);
  } else if (c.out == 0) {
    T sum = *out;
    for (int i = 0; i < c.extent; ++i) sum += a[i * c.a] * b[i * c.b];
    *out = sum;
  } else {
    for (int i = 0; i < c.extent; ++i) out[i * c.out] += a[i * c.a] * b[i * c.b];
  }
}

}  // namespace detail

/// All values of a graph, one after the other, row-major, batched ones sample by sample.
template <const auto& Graph, class T>
class interpreter {
  static constexpr int nodes = std::remove_cvref_t<decltype(Graph)>::node_count;

  struct layout {
    int offset[nodes + 1] = {};
    consteval layout() {
      for (int i = 0; i < nodes; ++i)
        offset[i + 1] = offset[i] + Graph[i].dims.count() * (Graph[i].batched ? Graph.batch : 1);
    }
  };
  static constexpr layout at{};

 public:
  T values[at.offset[nodes]];

  /// Elements of node i.
  constexpr T* of(int i) { return values + at.offset[i]; }

  /// Evaluates every node. `read(tensor, T*)` fills a named leaf; `write(attributes, const T*)`
  /// receives each stored value, after all reads.
  template <class Read, class Write>
  constexpr void run(Read&& read, Write&& write) {
    for (int i = 0; i < nodes; ++i) {
      const node& n = Graph.nodes[i];
      switch (n.op->kind) {
        case family::tensor:
          read(n.attr.index[0], of(i));
          break;
        case family::constant:
          fill(of(i), count(n), static_cast<T>(n.attr.number));
          break;
        case family::index:
          fill_index(n, of(i));
          break;
        case family::elementwise:
          elementwise(n, of(i));
          break;
        case family::contraction:
          contraction(n, of(i));
          break;
        case family::reduction:
          reduction(n, of(i));
          break;
        case family::view:
          view(n, of(i));
          break;
        case family::join:
          join(n, of(i));
          break;
        case family::assign:
          copy(of(n.in[0]), of(i), count(n));
          break;
        case family::composite:
          break;
      }
    }
    for (int i = 0; i < nodes; ++i)
      if (Graph[i].op->kind == family::assign) write(Graph[i].attr, of(i));
  }

 private:
  static constexpr int count(const node& n) { return n.dims.count() * samples(n); }
  static constexpr int samples(const node& n) { return n.batched ? Graph.batch : 1; }

  static constexpr void copy(const T* from, T* to, int n) {
    for (int i = 0; i < n; ++i) to[i] = from[i];
  }

  static constexpr void fill(T* y, int n, T number) {
    for (int i = 0; i < n; ++i) y[i] = number;
  }

  constexpr void fill_index(const node& n, T* y) {
    if (n.op->arity > 0) {  // random numbers, keyed by two scalars
      for (int e = 0; e < count(n); ++e)
        y[e] = uniform::draw<T>(static_cast<std::uint32_t>(e), -1 - n.attr.index[5], *of(n.in[0]),
                                *of(n.in[1]));
      return;
    }
    const strided s = detail::row_major(n.dims, false);
    const int axis = n.attr.index[5];
    for (int e = 0; e < n.dims.count(); ++e)
      y[e] = static_cast<T>(e / s.stride[axis] % n.dims[axis]);
  }

  static constexpr T evaluate(const operation* op, const T* x, const attributes& a) {
    if constexpr (sizeof(T) == sizeof(float))
      return op->evaluate_float(x, a);
    else
      return op->evaluate_double(x, a);
  }

  constexpr void elementwise(const node& n, T* y) {
    T x[max_operands] = {};
    const T* from[max_operands] = {};
    strided step[max_operands];
    bool same[max_operands] = {};
    for (int k = 0; k < n.op->arity; ++k) {
      const node& o = Graph.nodes[n.in[k]];
      from[k] = of(n.in[k]);
      same[k] = o.dims == n.dims;
      step[k] = detail::broadcast_strides(detail::row_major(o.dims, o.batched), o.dims, n.dims);
    }
    const int size = n.dims.count();
    for (int s = 0; s < samples(n); ++s)
      for (int e = 0; e < size; ++e) {
        for (int k = 0; k < n.op->arity; ++k)
          x[k] =
              from[k][same[k] ? s * step[k].batch + e : detail::offset_of(step[k], n.dims, s, e)];
        y[s * size + e] = evaluate(n.op, x, n.attr);
      }
  }

  constexpr void contraction(const node& n, T* y) {
    for (int i = 0; i < count(n); ++i) y[i] = T(0);
    const node &a = Graph.nodes[n.in[0]], &b = Graph.nodes[n.in[1]];
    detail::contract_rows(detail::contraction_loops{n, a, b, Graph.batch}, 0,
                          static_cast<const T*>(of(n.in[0])), static_cast<const T*>(of(n.in[1])),
                          y);
  }

  constexpr void reduction(const node& n, T* y) {
    const node& x = Graph.nodes[n.in[0]];
    const bool maximum = n.attr.index[3] != 0;
    const T* from = of(n.in[0]);
    strided to = detail::row_major(n.dims, n.batched);
    if (n.attr.index[1] == 0) {  // spread the strides of the result over the operand's axes
      strided wide{0, to.batch, {}};
      for (int i = 0, k = 0; i < x.dims.rank; ++i)
        if ((n.attr.index[0] >> i & 1) == 0) wide.stride[i] = to.stride[k++];
      to = wide;
    } else {
      for (int i = 0; i < x.dims.rank; ++i)
        if ((n.attr.index[0] >> i & 1) != 0) to.stride[i] = 0;
    }
    if (n.attr.index[2] != 0) to.batch = 0;
    for (int i = 0; i < count(n); ++i) y[i] = maximum ? -std::numeric_limits<T>::infinity() : T(0);
    const int size = x.dims.count();
    for (int s = 0; s < samples(x); ++s)
      for (int e = 0; e < size; ++e) {
        T& r = y[detail::offset_of(to, x.dims, s, e)];
        const T v = from[s * size + e];
        r = maximum ? (v > r || v != v ? v : r) : r + v;
      }
  }

  constexpr void view(const node& n, T* y) {
    const node& x = Graph.nodes[n.in[0]];
    strided s = detail::row_major(x.dims, x.batched);
    n.op->view(x.dims, n.dims, n.attr, s);
    const int size = n.dims.count();
    for (int k = 0; k < samples(n); ++k)
      for (int e = 0; e < size; ++e)
        y[k * size + e] = of(n.in[0])[detail::offset_of(s, n.dims, k, e)];
  }

  constexpr void join(const node& n, T* y) {
    const int axis = n.attr.index[0];
    int inner = 1, outer = samples(n);
    for (int i = axis + 1; i < n.dims.rank; ++i) inner *= n.dims[i];
    for (int i = 0; i < axis; ++i) outer *= n.dims[i];
    const int rows = n.dims[axis];
    const node& a = Graph.nodes[n.in[0]];
    const node& b = Graph.nodes[n.in[1]];
    const int left = n.attr.index[1] > 0   ? n.attr.index[1]
                     : n.attr.index[2] > 0 ? rows - n.attr.index[2]
                                           : a.dims[axis];
    const int per_sample = samples(n) > 0 ? outer / samples(n) : 0;
    for (int o = 0; o < outer; ++o)
      for (int r = 0; r < rows; ++r)
        for (int i = 0; i < inner; ++i) {
          const bool first = r < left;
          const node& x = first ? a : b;
          const int width = first ? left : rows - left;
          const int block = x.batched || x.op->kind == family::constant ? o : o % per_sample;
          const T* from = of(n.in[first ? 0 : 1]);
          y[(o * rows + r) * inner + i] =
              x.dims.rank == 0 ? *from : from[(block * width + (first ? r : r - left)) * inner + i];
        }
  }
};

}  // namespace tapeless
