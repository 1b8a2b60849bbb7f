#pragma once
// The reference semantics: evaluates a graph node by node in scalar arithmetic, in constant
// expressions as well as at run time. Every kernel is held to it.

#include <limits>
#include <tapeless/graph/strides.hpp>
#include <tapeless/graph/table.hpp>
#include <tapeless/ops/add_rows.hpp>
#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/scan_parts.hpp>
#include <tapeless/ops/sum.hpp>
#include <tapeless/ops/uniform.hpp>
#include <tapeless/ops/write_back.hpp>

namespace tapeless {

namespace detail {

/// One loop of a contraction: its extent and the strides of both operands and the result.
struct contraction_loop {
  int extent = 1, a = 0, b = 0, out = 0;
};

/// Loops of a contraction: the batch, the axes of the result, then the summed axes.
struct contraction_loops {
  contraction_loop loop[1 + axis_labels::most];
  int count = 0;

  constexpr contraction_loops(const node& n, const node& left, const node& right, int batch) {
    const strided sa = row_major(left.dims, left.batched),
                  sb = row_major(right.dims, right.batched);
    const strided so = row_major(n.dims, n.batched);
    const contract::attributes at = attributes_of<contract>(n);
    if (left.batched || right.batched) loop[count++] = {batch, sa.batch, sb.batch, so.batch};
    for (int pass = 0; pass < 2; ++pass) {
      const axis_labels& from = pass == 0 ? at.out : at.left;
      for (int i = 0; i < from.rank(); ++i) {
        if (pass == 1 && at.out.find(from[i]) >= 0) continue;
        const int ia = at.left.find(from[i]), ib = at.right.find(from[i]);
        loop[count++] = {ia >= 0 ? left.dims[ia] : right.dims[ib], ia >= 0 ? sa.stride[ia] : 0,
                         ib >= 0 ? sb.stride[ib] : 0, pass == 0 ? so.stride[i] : 0};
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

/// The nodes of any table: one interpreter serves all graphs.
struct graph_view {
  const node* nodes;
  int node_count;
  int batch;

  template <int Nodes, int Tensors>
  constexpr explicit(false) graph_view(const graph_table<Nodes, Tensors>& g)
      : nodes{g.nodes.first}, node_count{Nodes}, batch{g.batch} {}
  constexpr const node& operator[](int i) const { return nodes[i]; }
  constexpr int elements(int i) const {
    return nodes[i].dims.count() * (nodes[i].batched ? batch : 1);
  }
};

/// All values of a graph, one after the other, row-major, batched ones sample by sample.
template <class T>
class interpreter {
 public:
  constexpr explicit interpreter(const graph_view& graph)
      : g{graph}, offset_{new int[static_cast<std::size_t>(graph.node_count) + 1]{}} {
    for (int i = 0; i < g.node_count; ++i) offset_[i + 1] = offset_[i] + g.elements(i);
    values_ = new T[static_cast<std::size_t>(offset_[g.node_count]) + 1]{};
  }
  constexpr ~interpreter() {
    delete[] offset_;
    delete[] values_;
  }
  interpreter(const interpreter&) = delete;
  interpreter& operator=(const interpreter&) = delete;

  /// Elements of node i.
  constexpr T* of(int i) { return values_ + offset_[i]; }

  /// Evaluates every node. `read(tensor, T*)` fills a named leaf; `write(attributes, const T*)`
  /// receives each stored value, after all reads.
  template <class Read, class Write>
  constexpr void run(Read&& read, Write&& write) {
    for (int i = 0; i < g.node_count; ++i)
      if (g[i].op->kind == family::tensor)
        read(tensor_of(g[i]), of(i));
      else if (g[i].scan != 0)
        i = iterate(i);
      else
        evaluate(g[i], of(i));
    for (int i = 0; i < g.node_count; ++i)
      if (g[i].op->kind == family::assign) write(stored_by(g[i]), of(i));
  }

 private:
  const graph_view g;
  int* offset_;
  T* values_;
  int now_ = 0;    // iteration of the scan that is evaluated
  int inner_ = 0;  // ... and of a scan inside of that one

  /// Evaluates the nodes of a scan from `first` on, which follow one another; the last of them.
  constexpr int iterate(int first, bool inside = false) {
    const auto loop_of = [&](int i) { return inside ? g[i].inner : g[i].scan; };
    const int scan = loop_of(first), trips = inside ? g[first].inner_trips : g[first].trips;
    int& now = inside ? inner_ : now_;
    int end = first;
    while (end < g.node_count && loop_of(end) == scan) ++end;
    int* const leaving = new int[static_cast<std::size_t>(g.node_count) + 1]{};
    int count = 0;
    for (int i = end; i < g.node_count; ++i)
      if (leaves_a_scan(g[i]) && detail::stored_slots(g[i]).scan == scan) leaving[count++] = i;
    for (int l = 0; l < count; ++l)
      if (is<carried_history>(g[leaving[l]].op)) copy_step(g[leaving[l]], 0, 0);
    for (now = 0; now < trips; ++now) {
      for (int i = first; i < end; ++i)
        if (!inside && g[i].inner != 0)
          i = iterate(i, true);
        else if (is<carried>(g[i].op))
          read_carried(i, leaving, count, now);
        else
          evaluate(g[i], of(i));
      for (int l = 0; l < count; ++l) {
        const detail::slots_of_scan to = detail::stored_slots(g[leaving[l]]);
        copy_step(g[leaving[l]], to.operand, to.first + now * to.step);
      }
    }
    delete[] leaving;
    now = 0;
    return end - 1;
  }
  /// Copies an operand of a node to an element of the node's first axis.
  constexpr void copy_step(const node& n, int operand, int slot) {
    const node& x = g[n.in[operand]];
    const int size = x.dims.count();
    T* const to = of(static_cast<int>(&n - g.nodes));
    for (int s = 0; s < samples(n); ++s)
      copy(of(n.in[operand]) + (x.batched ? s * size : 0),
           to + (s * n.dims[0] + slot) * size, size);
  }
  constexpr void read_carried(int c, const int* leaving, int count, int now) {
    for (int l = 0; l < count; ++l) {
      const node& h = g[leaving[l]];
      if (!is<carried_history>(h.op) || h.in[2] != c) continue;
      const int size = g[c].dims.count();
      for (int s = 0; s < samples(g[c]); ++s)
        copy(of(leaving[l]) + (s * h.dims[0] + now) * size, of(c) + s * size, size);
    }
  }

  constexpr void evaluate(const node& n, T* y) {
    switch (n.op->kind) {
      case family::constant:
        return fill(y, count(n), static_cast<T>(number_of(n)));
      case family::index:
        return n.op->arity > 0 ? draw(n, y) : positions(n, y);
      case family::elementwise:
        return elementwise(n, y);
      case family::contraction:
        return contraction(n, y);
      case family::reduction:
        return reduction(n, y);
      case family::rows:
        return adds_rows(n) ? sum_of_rows(n, y) : gather(n, y);
      case family::view:
        return view(n, y);
      case family::join:
        return join(n, y);
      case family::assign:
        copy(of(n.in[0]), y, count(n));
        if (n.op->arity > 1) add_rows(n, n.in[1], n.in[2], 0, y);
        return;
      case family::tensor:
      case family::composite:
        return;
    }
  }

  constexpr int count(const node& n) const { return n.dims.count() * samples(n); }
  constexpr int samples(const node& n) const { return n.batched ? g.batch : 1; }

  static constexpr void copy(const T* from, T* to, int n) {
    for (int i = 0; i < n; ++i) to[i] = from[i];
  }
  static constexpr void fill(T* y, int n, T number) {
    for (int i = 0; i < n; ++i) y[i] = number;
  }

  /// Random numbers, keyed by two scalars.
  constexpr void draw(const node& n, T* y) {
    const int stream = attributes_of<uniform>(n).stream;
    for (int e = 0; e < count(n); ++e)
      y[e] = uniform::draw<T>(static_cast<std::uint32_t>(e), stream, *of(n.in[0]), *of(n.in[1]));
  }
  constexpr void positions(const node& n, T* y) {
    const int axis = attributes_of<iota>(n).axis;
    const int stride = detail::row_major(n.dims, false).stride[axis];
    for (int e = 0; e < n.dims.count(); ++e) y[e] = static_cast<T>(e / stride % n.dims[axis]);
  }

  static constexpr T element(const operation* op, const T* x, const packed_attributes& a) {
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
      const node& o = g[n.in[k]];
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
        y[s * size + e] = element(n.op, x, n.attr);
      }
  }

  constexpr void contraction(const node& n, T* y) {
    fill(y, count(n), T(0));
    detail::contract_rows(detail::contraction_loops{n, g[n.in[0]], g[n.in[1]], g.batch}, 0,
                          static_cast<const T*>(of(n.in[0])), static_cast<const T*>(of(n.in[1])),
                          y);
  }

  constexpr void reduction(const node& n, T* y) {
    const node& x = g[n.in[0]];
    const auto a = unpack<reduced_axes::attributes>(n.attr);
    const bool maximum = is_maximum(n.op->reduces);
    const T* from = of(n.in[0]);
    // The strides of the result along the operand's axes; 0 along those that are reduced.
    const strided own = detail::row_major(n.dims, n.batched && !a.batch);
    strided to{0, own.batch, {}};
    for (int i = 0, k = 0; i < x.dims.rank; ++i) {
      const bool gone = (a.axes >> i & 1) != 0;
      if (!gone) to.stride[i] = own.stride[k];
      if (!gone || a.keep) ++k;
    }
    fill(y, count(n), maximum ? -std::numeric_limits<T>::infinity() : T(0));
    const int size = x.dims.count();
    for (int s = 0; s < samples(x); ++s)
      for (int e = 0; e < size; ++e) {
        T& r = y[detail::offset_of(to, x.dims, s, e)];
        const T v = from[s * size + e];
        r = maximum ? (v > r || v != v ? v : r) : r + v;
      }
  }

  /// Calls f(sample, position, first row of the table that the position looks at, row or -1) for
  /// every position of an index.
  template <class F>
  constexpr void for_each_row(const node& index, int rows, int lead, int sample_count, F f) {
    const T* const from = of(static_cast<int>(&index - g.nodes));
    const int size = index.dims.count();
    int behind = 1;  // positions that share a table
    for (int i = lead; i < index.dims.rank; ++i) behind *= index.dims[i];
    for (int s = 0; s < sample_count; ++s)
      for (int e = 0; e < size; ++e)
        f(s, e, e / behind * rows,
          row_attributes::row(from[(index.batched ? s * size : 0) + e], rows));
  }

  constexpr void gather(const node& n, T* y) {
    const node &table = g[n.in[0]], &index = g[n.in[1]];
    const int lead = attributes_of<tapeless::gather>(n).lead, width = table.dims[lead + 1];
    const T* const from = of(n.in[0]);
    const int size = index.dims.count();
    for_each_row(index, table.dims[lead], lead, samples(n), [&](int s, int e, int first, int row) {
      const T* const t = from + (table.batched ? s * table.dims.count() : 0);
      for (int k = 0; k < width; ++k)
        y[(s * size + e) * width + k] = row < 0 ? T(0) : t[(first + row) * width + k];
    });
  }
  constexpr void sum_of_rows(const node& n, T* y) {
    fill(y, count(n), T(0));
    add_rows(n, n.in[0], n.in[1], attributes_of<tapeless::sum_of_rows>(n).lead, y);
  }
  /// Adds rows of node x to the tables of a node, by index.
  constexpr void add_rows(const node& n, int x, int by, int lead, T* y) {
    const node& index = g[by];
    const int rows = n.dims[lead], width = n.dims[lead + 1], size = index.dims.count();
    const T* const from = of(x);
    const int sample_count = index.batched || g[x].batched ? g.batch : 1;
    for_each_row(index, rows, lead, sample_count, [&](int s, int e, int first, int row) {
      if (row < 0) return;
      T* const t = y + (n.batched ? s * n.dims.count() : 0) + (first + row) * width;
      for (int k = 0; k < width; ++k) t[k] += from[((g[x].batched ? s * size : 0) + e) * width + k];
    });
  }

  constexpr void view(const node& n, T* y) {
    const node& x = g[n.in[0]];
    strided s = detail::row_major(x.dims, x.batched);
    n.op->view(x.dims, n.dims, n.attr, s);
    s.offset += now_ * s.iteration + inner_ * s.inner;
    const int size = n.dims.count();
    for (int k = 0; k < samples(n); ++k)
      for (int e = 0; e < size; ++e)
        y[k * size + e] = of(n.in[0])[detail::offset_of(s, n.dims, k, e)];
  }

  constexpr void join(const node& n, T* y) {
    if (leaves_a_scan(n)) return;  // filled by the scan
    shape dims[max_operands];
    for (int k = 0; k < n.op->arity; ++k) dims[k] = g[n.in[k]].dims;
    const join_layout l = n.op->join(dims, n.attr);
    const strided to = detail::row_major(n.dims, n.batched);
    for (int p = 0; p < l.count; ++p) {
      const join_part& part = l.part[p];
      shape block = n.dims;
      block.extent[l.axis] = part.extent;
      const int size = block.count();
      strided own = to;
      own.offset += part.begin * to.stride[l.axis];
      own.stride[l.axis] *= part.step;
      for (int s = 0; s < samples(n); ++s)
        for (int e = 0; e < size; ++e) {
          T x = static_cast<T>(l.number);
          if (part.operand >= 0) {
            const node& o = g[n.in[part.operand]];
            x = of(n.in[part.operand])[(o.batched ? s * size : 0) + e];
          }
          y[detail::offset_of(own, block, s, e)] = x;
        }
    }
  }
};

}  // namespace tapeless
