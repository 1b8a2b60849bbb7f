#pragma once
// The kernel: one loop nest, for every elementwise step, reduction and matrix product. Its shape is
// in the plan; here it becomes register tiles, unrolled or inside loops of constant trip count.

#include <tapeless/kernels/part.hpp>

namespace tapeless::kernels {

/// Whether the part before the fold is a product of two loads, which is accumulated by FMA.
template <const auto& Program, int S>
constexpr bool is_product() {
  constexpr step s = Program.steps[S];
  if constexpr (s.fold != folding::sum || s.middle - s.code_begin != 3) return false;
  else {
    constexpr instruction a = Program.code[s.code_begin], b = Program.code[s.code_begin + 1];
    constexpr instruction m = Program.code[s.code_begin + 2];
    return a.what == action::load && b.what == action::load && m.what == action::apply &&
           m.op->arity == 2 && m.op->name[0] == 'm' && m.op->name[1] == 'u' && m.a == 0 && m.b == 1;
  }
}

/// What both forms of the kernel share: loops, cursors, folding.
template <const auto& Program, int S, class T, class Arch, bool Unroll>
struct nest_base {
  static constexpr step s = Program.steps[S];
  static constexpr bool product = is_product<Program, S>();

  template <class V>
  static TAPELESS_INLINE V start() noexcept {
    if constexpr (s.fold == folding::maximum) return V(-std::numeric_limits<T>::infinity());
    else return V(T(0));
  }
  template <class V>
  static TAPELESS_INLINE V combine(V a, V b) noexcept {
    if constexpr (s.fold == folding::maximum) return math::max(a, b);
    else return a + b;
  }

  /// Walks loops From to To - 1 except two, then calls f.
  template <int From, int To, int Skip1, int Skip2, class F>
  static TAPELESS_INLINE void walk(const cursor& c, F&& f) noexcept {
    if constexpr (From >= To) f(c);
    else if constexpr (From == Skip1 || From == Skip2) walk<From + 1, To, Skip1, Skip2>(c, f);
    else
      repeat<Unroll, s.extent[From]>([&](int i) __attribute__((always_inline)) {
        cursor next = c;
        next.at[From] = i;
        walk<From + 1, To, Skip1, Skip2>(next, f);
      });
  }

  template <class V, int Lane, int Valid>
  using before = part<Program, s.access_begin, s.code_begin, s.middle, V, Lane, Valid>;
  template <class V, int Lane, int Valid>
  using after = part<Program, s.access_begin, s.middle, s.code_end, V, Lane, Valid>;
};

/// Lanes over results, or scalars: tiles of rows times vectors, each with its own sum.
template <const auto& Program, int S, class T, class Arch, bool Unroll>
struct tiled_nest : nest_base<Program, S, T, Arch, Unroll> {
  using base = nest_base<Program, S, T, Arch, Unroll>;
  using base::s;
  using V = simd::lanes<T, static_cast<std::size_t>(s.width_out), Arch>;
  static constexpr int width = s.width_out, lane = s.lane_out;
  static constexpr int lane_extent = lane < 0 ? 1 : s.extent[lane < 0 ? 0 : lane];
  static constexpr int row_extent = s.row < 0 ? 1 : s.extent[s.row < 0 ? 0 : s.row];

  static TAPELESS_INLINE void run(T* const* p) noexcept {
    base::template walk<0, s.kept, s.row, lane>(
        cursor{}, [&](const cursor& c) __attribute__((always_inline)) { rows(p, c); });
  }

  static TAPELESS_INLINE void rows(T* const* p, const cursor& c) noexcept {
    constexpr int full = row_extent / s.tile_rows, rest = row_extent % s.tile_rows;
    if constexpr (full > 0)
      repeat<Unroll, full>([&](int i) __attribute__((always_inline)) {
        vectors<s.tile_rows>(p, shifted<s.row>(c, i * s.tile_rows));
      });
    if constexpr (rest > 0) vectors<rest>(p, shifted<s.row>(c, full * s.tile_rows));
  }

  template <int Rows>
  static TAPELESS_INLINE void vectors(T* const* p, const cursor& c) noexcept {
    constexpr int blocks = lane_extent / width, tail = lane_extent % width;
    constexpr int full = blocks / s.tile_lanes, rest = blocks % s.tile_lanes + (tail > 0);
    if constexpr (full > 0)
      repeat<Unroll, full>([&](int i) __attribute__((always_inline)) {
        tile<Rows, s.tile_lanes, width>(p, shifted<lane>(c, i * s.tile_lanes * width));
      });
    if constexpr (rest > 0)
      tile<Rows, rest, (tail > 0 ? tail : width)>(p, shifted<lane>(c, full * s.tile_lanes * width));
  }

  template <int Loop>
  static TAPELESS_INLINE cursor shifted(cursor c, int by) noexcept {
    if constexpr (Loop >= 0) c.at[Loop] += by;
    return c;
  }

  template <int Rows, int Vectors, int Valid>
  static TAPELESS_INLINE void tile(T* const* p, const cursor& c) noexcept {
    V sum[s.chains][Rows][Vectors];
    if constexpr (s.fold != folding::none) {
      repeat<true, s.chains>([&](int k) __attribute__((always_inline)) {
        repeat<true, Rows>([&](int r) __attribute__((always_inline)) {
          repeat<true, Vectors>([&](int v) __attribute__((always_inline)) {
            sum[k][r][v] = base::template start<V>();
          });
        });
      });
      reduce<Rows, Vectors, Valid>(p, c, sum);
    }
    repeat<true, Rows>([&](int r) __attribute__((always_inline)) {
      repeat<true, Vectors>([&](int v) __attribute__((always_inline)) {
        const cursor here = shifted<lane>(shifted<s.row>(c, r), v * width);
        V folded(T(0));
        if constexpr (s.fold != folding::none) folded = sum[0][r][v];
        if constexpr (Valid == width) {
          base::template after<V, lane, width>::run(p, here, folded);
        } else {
          if (v + 1 < Vectors) base::template after<V, lane, width>::run(p, here, folded);
          else base::template after<V, lane, Valid>::run(p, here, folded);
        }
      });
    });
  }

  template <int Rows, int Vectors, int Valid>
  static TAPELESS_INLINE void reduce(T* const* p, const cursor& c,
                                     V (&sum)[s.chains][Rows][Vectors]) noexcept {
    constexpr int inner = s.loops - 1;  // the last reduced loop is split among the chains
    base::template walk<s.kept, s.loops, inner, -1>(c, [&](const cursor& o)
                                                           __attribute__((always_inline)) {
      constexpr int extent = s.loops > s.kept ? s.extent[inner] : 1;
      constexpr int full = extent / s.chains, rest = extent % s.chains;
      repeat<Unroll, full>([&](int i) __attribute__((always_inline)) {
        repeat<true, s.chains>([&](int k) __attribute__((always_inline)) {
          accumulate<Rows, Vectors, Valid>(p, shifted<(s.loops > s.kept ? inner : -1)>(o, i * s.chains + k),
                                           sum[k]);
        });
      });
      if constexpr (rest > 0)
        repeat<true, rest>([&](int k) __attribute__((always_inline)) {
          accumulate<Rows, Vectors, Valid>(p, shifted<inner>(o, full * s.chains + k), sum[k]);
        });
    });
    for_chains<Rows, Vectors>(sum);
  }

  /// Adds the chains up as a tree.
  template <int Rows, int Vectors>
  static TAPELESS_INLINE void for_chains(V (&sum)[s.chains][Rows][Vectors]) noexcept {
    for_stride<s.chains / 2, Rows, Vectors>(sum);
  }
  template <int Stride, int Rows, int Vectors>
  static TAPELESS_INLINE void for_stride(V (&sum)[s.chains][Rows][Vectors]) noexcept {
    if constexpr (Stride > 0) {
      repeat<true, Stride>([&](int k) __attribute__((always_inline)) {
        repeat<true, Rows>([&](int r) __attribute__((always_inline)) {
          repeat<true, Vectors>([&](int v) __attribute__((always_inline)) {
            sum[k][r][v] = base::combine(sum[k][r][v], sum[k + Stride][r][v]);
          });
        });
      });
      for_stride<Stride / 2, Rows, Vectors>(sum);
    }
  }

  template <int Rows, int Vectors, int Valid>
  static TAPELESS_INLINE void accumulate(T* const* p, const cursor& c, V (&sum)[Rows][Vectors]) noexcept {
    if constexpr (base::product) {
      multiply<Rows, Vectors, Valid>(p, c, sum);
    } else {
      repeat<true, Rows>([&](int r) __attribute__((always_inline)) {
        repeat<true, Vectors>([&](int v) __attribute__((always_inline)) {
          const cursor here = shifted<lane>(shifted<s.row>(c, r), v * width);
          V e;
          if constexpr (Valid == width) {
            e = base::template before<V, lane, width>::run(p, here, V(T(0)));
          } else {
            if (v + 1 < Vectors) e = base::template before<V, lane, width>::run(p, here, V(T(0)));
            else e = base::template before<V, lane, Valid>::run(p, here, V(T(0)));
          }
          sum[r][v] = base::combine(sum[r][v], e);
        });
      });
    }
  }

  /// One rank-1 update of the tile. What does not change with the row is loaded once, what does not
  /// change with the lane is broadcast from memory once a row.
  template <int Rows, int Vectors, int Valid>
  static TAPELESS_INLINE void multiply(T* const* p, const cursor& c, V (&sum)[Rows][Vectors]) noexcept {
    constexpr int a = Program.code[s.code_begin].a, b = Program.code[s.code_begin + 1].a;
    const T* const pa = p[a] + distance<Program, s.access_begin + a>(c);
    const T* const pb = p[b] + distance<Program, s.access_begin + b>(c);
    V fixed_a[Vectors], fixed_b[Vectors];
    if constexpr (!varies<a>(s.row)) load_row<a, Vectors, Valid>(pa, fixed_a);
    if constexpr (!varies<b>(s.row)) load_row<b, Vectors, Valid>(pb, fixed_b);
    repeat<true, Rows>([&](int r) __attribute__((always_inline)) {
      V row_a[Vectors], row_b[Vectors];
      if constexpr (varies<a>(s.row)) load_row<a, Vectors, Valid>(pa + r * along<a>(s.row), row_a);
      if constexpr (varies<b>(s.row)) load_row<b, Vectors, Valid>(pb + r * along<b>(s.row), row_b);
      repeat<true, Vectors>([&](int v) __attribute__((always_inline)) {
        sum[r][v] = math::fma(varies<a>(s.row) ? row_a[v] : fixed_a[v],
                              varies<b>(s.row) ? row_b[v] : fixed_b[v], sum[r][v]);
      });
    });
  }

  template <int A>
  static constexpr int along(int loop) {
    return loop < 0 ? 0 : Program.accesses[s.access_begin + A].stride[loop];
  }
  template <int A>
  static constexpr bool varies(int loop) {
    return along<A>(loop) != 0;
  }

  template <int A, int Vectors, int Valid>
  static TAPELESS_INLINE void load_row(const T* q, V (&x)[Vectors]) noexcept {
    constexpr int id = s.access_begin + A;
    if constexpr (!varies<A>(lane)) {
      const V one = load_lanes<Program, id, V, lane, width>(q);
      repeat<true, Vectors>([&](int v) __attribute__((always_inline)) { x[v] = one; });
    } else {
      repeat<true, Vectors>([&](int v) __attribute__((always_inline)) {
        const T* const at = q + v * width * along<A>(lane);
        if constexpr (Valid == width) x[v] = load_lanes<Program, id, V, lane, width>(at);
        else if (v + 1 < Vectors) x[v] = load_lanes<Program, id, V, lane, width>(at);
        else x[v] = load_lanes<Program, id, V, lane, Valid>(at);
      });
    }
  }
};

/// Lanes over what is summed: one vector of partial sums per result, added up across lanes at the
/// end, several results at once where they lie side by side.
template <const auto& Program, int S, class T, class Arch, bool Unroll>
struct summed_nest : nest_base<Program, S, T, Arch, Unroll> {
  using base = nest_base<Program, S, T, Arch, Unroll>;
  using base::s;
  using V = simd::lanes<T, static_cast<std::size_t>(s.width_in), Arch>;
  static constexpr int width = s.width_in, lane = s.lane_in, results = s.lane_out;

  static TAPELESS_INLINE void run(T* const* p) noexcept {
    base::template walk<0, s.kept, results, -1>(
        cursor{}, [&](const cursor& c) __attribute__((always_inline)) {
          if constexpr (results < 0) group<1>(p, c);
          else groups<s.width_out, 0>(p, c);
        });
  }

  /// Results From and on, Rows at a time, then the rest with fewer.
  template <int Rows, int From>
  static TAPELESS_INLINE void groups(T* const* p, const cursor& c) noexcept {
    constexpr int extent = s.extent[results < 0 ? 0 : results];
    constexpr int full = (extent - From) / Rows, reached = From + full * Rows;
    if constexpr (full > 0)
      repeat<Unroll, full>([&](int i) __attribute__((always_inline)) {
        cursor next = c;
        next.at[results] = From + i * Rows;
        group<Rows>(p, next);
      });
    if constexpr (reached < extent) {
      constexpr int half = Rows / 2;
      groups<(half >= Program.on.narrowest ? half : 1), reached>(p, c);
    }
  }

  /// Sums that run in parallel: at least eight, if there is as much to add.
  template <int Rows>
  static constexpr int chains() {
    constexpr int blocks = s.extent[lane] / width;
    int k = 1;
    while (k * Rows < 8 && k * 2 <= blocks) k *= 2;
    return k;
  }

  template <int Rows>
  static TAPELESS_INLINE void group(T* const* p, const cursor& c) noexcept {
    constexpr int parallel = chains<Rows>();
    V sum[parallel][Rows];
    repeat<true, parallel>([&](int k) __attribute__((always_inline)) {
      repeat<true, Rows>([&](int r) __attribute__((always_inline)) { sum[k][r] = base::template start<V>(); });
    });
    base::template walk<s.kept, s.loops, lane, -1>(c, [&](const cursor& o)
                                                          __attribute__((always_inline)) {
      constexpr int blocks = s.extent[lane] / width, tail = s.extent[lane] % width;
      constexpr int full = blocks / parallel, rest = blocks % parallel;
      repeat<Unroll, full>([&](int i) __attribute__((always_inline)) {
        repeat<true, parallel>([&](int k) __attribute__((always_inline)) {
          accumulate<Rows, width>(p, shifted(o, (i * parallel + k) * width), sum[k]);
        });
      });
      if constexpr (rest > 0)
        repeat<true, rest>([&](int k) __attribute__((always_inline)) {
          accumulate<Rows, width>(p, shifted(o, (full * parallel + k) * width), sum[k]);
        });
      if constexpr (tail > 0) accumulate<Rows, tail>(p, shifted(o, blocks * width), sum[parallel - 1]);
    });
    add_chains<parallel / 2, Rows>(sum);
    finish<Rows>(p, c, sum[0]);
  }

  static TAPELESS_INLINE cursor shifted(cursor c, int by) noexcept {
    c.at[lane] += by;
    return c;
  }

  template <int Stride, int Rows, int Parallel>
  static TAPELESS_INLINE void add_chains(V (&sum)[Parallel][Rows]) noexcept {
    if constexpr (Stride > 0) {
      repeat<true, Stride>([&](int k) __attribute__((always_inline)) {
        repeat<true, Rows>([&](int r) __attribute__((always_inline)) {
          sum[k][r] = base::combine(sum[k][r], sum[k + Stride][r]);
        });
      });
      add_chains<Stride / 2, Rows>(sum);
    }
  }

  template <int Rows>
  static TAPELESS_INLINE void finish(T* const* p, const cursor& c, V (&sum)[Rows]) noexcept {
    if constexpr (Rows > 1) {
      using W = simd::lanes<T, static_cast<std::size_t>(Rows), Arch>;
      base::template after<W, results, Rows>::run(p, c, simd::reduce_add_each(sum));
    } else if constexpr (s.fold == folding::maximum) {
      base::template after<T, -1, 1>::run(p, c, simd::reduce_max(sum[0]));
    } else {
      base::template after<T, -1, 1>::run(p, c, simd::reduce_add(sum[0]));
    }
  }

  template <int Rows, int Valid>
  static TAPELESS_INLINE void accumulate(T* const* p, const cursor& c, V (&sum)[Rows]) noexcept {
    repeat<true, Rows>([&](int r) __attribute__((always_inline)) {
      cursor here = c;
      if constexpr (Rows > 1) here.at[results] += r;
      if constexpr (base::product && Valid == width) {
        constexpr int a = Program.code[s.code_begin].a, b = Program.code[s.code_begin + 1].a;
        sum[r] = math::fma(load<a>(p, here), load<b>(p, here), sum[r]);
      } else {
        V e = base::template before<V, lane, Valid>::run(p, here, V(T(0)));
        if constexpr (Valid < width)
          e = simd::keep_first<static_cast<std::size_t>(Valid)>(e, base::template start<V>());
        sum[r] = base::combine(sum[r], e);
      }
    });
  }

  template <int A>
  static TAPELESS_INLINE V load(T* const* p, const cursor& c) noexcept {
    constexpr int id = s.access_begin + A;
    return load_lanes<Program, id, V, lane, width>(static_cast<const T*>(p[A] + distance<Program, id>(c)));
  }
};

/// The kernel of step S, inlined into the caller.
template <const auto& Program, int S, class T, class Arch, bool Unroll>
TAPELESS_INLINE void run_nest(T* const* p) noexcept {
  constexpr step s = Program.steps[S];
  if constexpr (s.lane_in >= s.kept) summed_nest<Program, S, T, Arch, Unroll>::run(p);
  else tiled_nest<Program, S, T, Arch, Unroll>::run(p);
}

}  // namespace tapeless::kernels
