#pragma once
// The kernel for networks of very many different layers: the same loop nest with its extents and
// strides as run-time numbers, so that layers that differ in size alone share one function. Slower
// than a kernel of constant size by a few loads and masks; compiled once instead of hundreds of
// times.

#include <tapeless/kernels/reduction.hpp>

namespace tapeless::kernels {

/// Extents of the loops of a nest, and the strides of its accesses.
template <int Accesses>
struct nest_sizes {
  int extent[max_loops] = {};
  int stride[Accesses > 0 ? Accesses : 1][max_loops] = {};
};

template <const auto& Program, int S>
inline constexpr auto sizes_of = []() consteval {
  constexpr step s = Program.steps[S];
  nest_sizes<s.access_end - s.access_begin> n;
  for (int l = 0; l < s.loops; ++l) n.extent[l] = s.extent[l];
  for (int a = 0; a < s.access_end - s.access_begin; ++a)
    for (int l = 0; l < s.loops; ++l)
      n.stride[a][l] = Program.accesses[s.access_begin + a].stride[l];
  return n;
}
();

/// Lanes below n from x, the others from `other`; n is known at run time.
template <class V>
TAPELESS_INLINE V keep_below(int n, V x, V other) noexcept {
  using T = scalar_of<V>;
  if constexpr (std::is_same_v<V, T>)
    return x;
  else {
    alignas(64) T position[static_cast<std::size_t>(simd::width_of<V>)];
    for (int i = 0; i < static_cast<int>(simd::width_of<V>); ++i) position[i] = static_cast<T>(i);
    return math::select(simd::load<V>(position) < V(static_cast<T>(n)), x, other);
  }
}

template <const auto& Program, int S, class T, class Arch>
struct runtime_nest {
  using n = roles<Program, S>;
  static constexpr step s = Program.steps[S];
  static constexpr int count = s.access_end - s.access_begin;
  static constexpr int width_in = s.width_in, width_out = s.width_out;
  using sizes = nest_sizes<count>;
  using I = simd::lanes<T, static_cast<std::size_t>(width_in), Arch>;
  using O = simd::lanes<T, static_cast<std::size_t>(n::summed ? 1 : width_out), Arch>;

  /// Elements between the start of each access and where the kernel stands.
  struct offsets {
    int at[count > 0 ? count : 1] = {};
  };
  /// In unsigned numbers: where compilers know a stride but no extent, they warn of a loop whose
  /// product would overflow after 2^27 rounds.
  static TAPELESS_INLINE offsets moved(offsets o, const sizes& d, int loop, int by) noexcept {
    if (loop >= 0)
      for (int a = 0; a < count; ++a)
        o.at[a] += static_cast<int>(static_cast<unsigned>(by) *
                                    static_cast<unsigned>(d.stride[a][loop]));
    return o;
  }

  static void run(T* const* p, const sizes& d) noexcept {
    walk<0, s.parallel>(d, offsets{}, [&](const offsets& o) { rows(p, d, o); });
  }

  /// Calls f at every place of the loops From to To - 1 that have no index of their own.
  template <int From, int To, class F>
  static TAPELESS_INLINE void walk(const sizes& d, offsets o, F&& f) noexcept {
    if constexpr (From >= To)
      f(o);
    else if constexpr (n::has_index(From))
      walk<From + 1, To>(d, o, f);
    else
      for (int i = 0; i < d.extent[From]; ++i) {
        walk<From + 1, To>(d, o, f);
        o = moved(o, d, From, 1);
      }
  }

  static TAPELESS_INLINE void rows(T* const* p, const sizes& d, const offsets& o) noexcept {
    const int many = n::row < 0 ? 1 : d.extent[n::row < 0 ? 0 : n::row];
    const int lanes = n::lane < 0 ? 1 : d.extent[n::lane < 0 ? 0 : n::lane];
    constexpr int width = n::summed ? 1 : width_out;
    constexpr int tile_rows = n::row >= 0 && s.reduction != reduction_kind::none ? 4 : 1;
    int r = 0;
    for (; r + tile_rows <= many; r += tile_rows)
      for (int l = 0; l < lanes; l += width)
        tile<tile_rows>(p, d, moved(moved(o, d, n::row, r), d, n::lane, l),
                        lanes - l < width ? lanes - l : width);
    if constexpr (tile_rows > 1)
      for (; r < many; ++r)
        for (int l = 0; l < lanes; l += width)
          tile<1>(p, d, moved(moved(o, d, n::row, r), d, n::lane, l),
                  lanes - l < width ? lanes - l : width);
  }

  template <int Rows>
  static TAPELESS_INLINE void tile(T* const* p, const sizes& d, const offsets& o,
                                   int valid) noexcept {
    I sum[Rows * 4];
    if constexpr (s.reduction != reduction_kind::none) {
      start_all<s.reduction>(sum, indices<Rows * 4>{});
      if constexpr (s.start >= 0) start_from(p, d, o, valid, sum, indices<Rows>{});
      const int extent = n::inner < 0 ? 1 : d.extent[n::inner < 0 ? 0 : n::inner];
      constexpr int step_k = n::summed ? width_in : 1;
      walk<s.parallel, s.loops>(
          d, o, [&](const offsets& q) __attribute__((always_inline)) {
            offsets at = q;
            int k = 0;
            for (; k + 4 * step_k <= extent; k += 4 * step_k) {
#pragma GCC unroll 4
              for (int c = 0; c < 4; ++c) {
                add(p, d, at, n::summed ? width_in : valid, sum + c * Rows, indices<Rows>{});
                at = moved(at, d, n::inner, step_k);
              }
            }
            for (; k < extent; k += step_k) {
              const int left = extent - k;
              add(p, d, at, n::summed ? (left < width_in ? left : width_in) : valid, sum,
                  indices<Rows>{});
              at = moved(at, d, n::inner, step_k);
            }
          });
      add_accumulators<s.reduction, 4, Rows>(sum);
    }
    finish(p, d, o, valid, sum, indices<Rows>{});
  }

  template <std::size_t... R>
  static TAPELESS_INLINE void add(T* const* p, const sizes& d, const offsets& o, int valid, I* sum,
                                  std::index_sequence<R...>) noexcept {
    ((sum[R] = added(p, moved(o, d, n::row, static_cast<int>(R)), d, valid, sum[R])), ...);
  }
  static TAPELESS_INLINE I added(T* const* p, const offsets& o, const sizes& d, int valid,
                                 I sum) noexcept {
    constexpr int along = n::summed ? n::inner : n::lane;
    if constexpr (s.product) {
      constexpr int a = Program.code[s.code_begin].a, b = Program.code[s.code_begin + 1].a;
      const I x = load<a, I, along>(p, o, d, valid), y = load<b, I, along>(p, o, d, valid);
      if (n::summed && valid < width_in) return sum + keep_below(valid, x * y, I(T(0)));
      return math::fma(x, y, sum);
    } else {
      I e = run_part<s.code_begin, s.middle, I, along>(p, o, d, valid, I(T(0)));
      if (n::summed && valid < width_in) e = keep_below(valid, e, start<s.reduction, I>());
      return combine<s.reduction>(sum, e);
    }
  }

  template <std::size_t... R>
  static TAPELESS_INLINE void start_from(T* const* p, const sizes& d, const offsets& o, int valid,
                                         I* sum, std::index_sequence<R...>) noexcept {
    ((sum[R] = start_of(p, moved(o, d, n::row, static_cast<int>(R)), d, valid)), ...);
  }
  static TAPELESS_INLINE I start_of(T* const* p, const offsets& o, const sizes& d,
                                    int valid) noexcept {
    if constexpr (n::summed)
      return simd::load_partial<I, 1>(p[s.start] + o.at[s.start]);
    else
      return load<s.start, I, n::lane>(p, o, d, valid);
  }

  template <std::size_t... R>
  static TAPELESS_INLINE void finish(T* const* p, const sizes& d, const offsets& o, int valid,
                                     I* sum, std::index_sequence<R...>) noexcept {
    (finish_row(p, d, moved(o, d, n::row, static_cast<int>(R)), valid, sum[R]), ...);
  }
  static TAPELESS_INLINE void finish_row(T* const* p, const sizes& d, const offsets& o, int valid,
                                         I sum) noexcept {
    O reduced(T(0));
    if constexpr (s.reduction != reduction_kind::none) {
      if constexpr (!n::summed)
        reduced = sum;
      else
        reduced = reduced_lanes<s.reduction>(sum);
    }
    run_part<s.middle, s.code_end, O, n::summed ? -1 : n::lane>(p, o, d, valid, reduced);
  }

  template <int A, class V, int Along>
  static TAPELESS_INLINE V load(T* const* p, const offsets& o, const sizes& d, int valid) noexcept {
    constexpr lane_walk walk = walk_of<Program, S>(A, Along);
    const T* const from = p[A] + o.at[A];
    constexpr int width = static_cast<int>(lane_width<V>);
    if constexpr (std::is_same_v<V, T> || walk.stride == 0 || (walk.stride == 1 && !walk.exact)) {
      return load_lanes<walk, V, width, T>(from);
    } else {
      if (walk.stride == 1 && valid == width) return simd::load<V>(from);
      alignas(64) T x[static_cast<std::size_t>(width)] = {};
      for (int i = 0; i < valid; ++i) x[i] = from[i * d.stride[A][Along]];
      return simd::load<V>(x);
    }
  }
  template <int A, class V, int Along>
  static TAPELESS_INLINE void store(T* const* p, const offsets& o, int valid, V x) noexcept {
    constexpr lane_walk walk = walk_of<Program, S>(A, Along);
    T* const to = p[A] + o.at[A];
    constexpr int width = static_cast<int>(lane_width<V>);
    if constexpr (std::is_same_v<V, T>) {
      *to = x;
    } else {
      if (walk.exact && valid < width) {
        alignas(64) T out[static_cast<std::size_t>(width)];
        simd::store<V>(out, x);
        for (int i = 0; i < valid; ++i) to[i] = out[i];
      } else {
        simd::store<V>(to, walk.zero_tail && valid < width ? keep_below(valid, x, V(T(0))) : x);
      }
    }
  }

  template <int Begin, int End, class V, int Along>
  static TAPELESS_INLINE V run_part(T* const* p, const offsets& o, const sizes& d, int valid,
                                    V reduced) noexcept {
    return run_all<Begin, End, V, Along>(p, o, d, valid, reduced, indices<End - Begin>{});
  }
  template <int Begin, int End, class V, int Along, std::size_t... J>
  static TAPELESS_INLINE V run_all(T* const* p, const offsets& o, const sizes& d, int valid,
                                   V reduced, std::index_sequence<J...>) noexcept {
    using code = part<Program, S, Begin, End, V, Along, static_cast<int>(lane_width<V>)>;
    typename code::file r;
    (execute<code, V, Along, static_cast<int>(J)>(r, p, o, d, valid, reduced), ...);
    if constexpr (code::code(End - Begin - 1).what == action::store)
      return reduced;
    else
      return number<code::from(End - Begin - 1)>(r);
  }

  template <class Code, class V, int Along, int J>
  static TAPELESS_INLINE void execute(typename Code::file& r, T* const* p, const offsets& o,
                                      const sizes& d, int valid, V reduced) noexcept {
    constexpr action what = Code::code(J).what;
    constexpr int a = Code::code(J).a, b = Code::code(J).b;
    if constexpr (what == action::load)
      r.number[J] = load<a, V, Along>(p, o, d, valid);
    else if constexpr (what == action::store)
      store<b, V, Along>(p, o, valid, number<Code::from(a)>(r));
    else if constexpr (what == action::position || what == action::random)
      Code::template count<J>(r, p, o.at[a], Along < 0 ? 0 : d.stride[a][Along < 0 ? 0 : Along]);
    else
      Code::template execute<J>(r, p, place_in_nest{}, reduced);
  }
};

}  // namespace tapeless::kernels
