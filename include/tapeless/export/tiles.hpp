#pragma once
// Sums of results side by side as C: the loop nest of a matrix product.
//
// Compilers vectorise loops whose innermost index walks along unit strides, keep an array of sums
// in registers if its loop has a constant trip count, and add no sum up in another order than
// written. So the tiles of the plan (plan/loop_nest.hpp) become arrays of sums, and lanes become
// innermost loops.

#include <tapeless/export/loops.hpp>

namespace tapeless::detail {

/// Writes a step whose lanes run over results: an array of sums per row.
template <class T>
class c_tiles : public c_loops<T> {
  using base = c_loops<T>;
  using base::accumulate;
  using base::add;
  using base::balanced;
  using base::extent;
  using base::finish;
  using base::keep_;
  using base::locals_;
  using base::loops;
  using base::open_loop;
  using base::out_;
  using base::part_;
  using base::pieces;
  using base::program_;
  using base::s_;
  using base::scalar_;
  using base::sum_of;

 public:
  TAPELESS_NATIVE explicit c_tiles(const base& of) : base{of} {}

  struct tile_shape {
    int rows, lanes, valid;
    /// Elements that one pass over the lanes adds, and in how many chains: short rows of lanes
    /// would wait for the addition before.
    int chunk, chains;
  };

  /// Three rows of four vectors share their loads and stay within the 16 registers of most
  /// processors; a single row has the vectors of the plan.
  TAPELESS_NATIVE void write() {
    const int rows = extent(s_.row), vectors = ceil_div(extent(s_.lane_in), s_.width_in);
    const int width = s_.width_in * (rows > 1 ? balanced(vectors, 4) : s_.tile_lanes);
    loops(0, s_.parallel, {s_.row, s_.lane_in, -1}, {}, [&](const c_place& outer) {
      pieces(s_.row, balanced(rows, 3), outer, [&](const c_place& row, int count) {
        pieces(s_.lane_in, s_.lane_in >= 0 ? width : 1, row, [&](const c_place& at, int lanes) {
          const bool alone = count == rows && lanes == extent(s_.lane_in);
          if (!alone) out_.open();
          tile(at, shape_of(count, lanes));
          if (!alone) out_.close();
        });
      });
    });
  }

  TAPELESS_NATIVE tile_shape shape_of(int rows, int lanes) const {
    tile_shape t{rows, rounded_lanes(lanes), lanes, 1, 1};
    if (s_.loops == s_.parallel) return t;
    const int inner = extent(s_.loops - 1), vectors = ceil_div(t.lanes, s_.width_in);
    const int most = s_.product && s_.lane_in >= 0 && rows == 1 && vectors < 8 ? 8 : 4;
    t.chunk = inner < most ? inner : most;
    t.chains = rows > 1 || vectors >= 8 ? 1 : vectors > 1 || s_.lane_in < 0 ? 2 : 4;
    return t;
  }

  /// Lanes of sums that are computed: whole vectors, where what is read beyond the last lane are
  /// the zeros behind the rows of parameters.
  TAPELESS_NATIVE int rounded_lanes(int lanes) const {
    const int whole = ceil_div(lanes, s_.width_in) * s_.width_in;
    if (s_.lane_in < 0 || !s_.product) return lanes;
    const auto allows = [&](int a) {
      const access& x = part_.of(a);
      return x.stride[s_.lane_in] == 0 ||
             (x.stride[s_.lane_in] == 1 && x.where == place::parameters && !x.exact);
    };
    const instruction* code = program_.code + s_.code_begin;
    return allows(code[0].a) && allows(code[1].a) && (s_.start < 0 || allows(s_.start)) ? whole
                                                                                        : lanes;
  }

  /// A loop over the lanes of a tile.
  template <class F>
  TAPELESS_NATIVE void over_lanes(int lanes, const c_place& at, F&& f) {
    if (s_.lane_in < 0) return f(at, "");
    if (lanes <= 16) out_.line(keep_);
    open_loop("j", 0, lanes, 1);
    f(at.by(s_.lane_in, "j"), "[j]");
    out_.close();
  }

  TAPELESS_NATIVE void tile(const c_place& at, const tile_shape& t) {
    std::string names;
    for (int r = 0; r < t.rows; ++r)
      names += (r > 0 ? ", " : "") + sum_of(r) +
               (s_.lane_in >= 0 ? "[" + std::to_string(t.lanes) + "]" : "");
    out_.line(scalar_ + " " + names + ";");
    locals_ = std::max(locals_, t.rows * t.lanes);
    accumulate(s_.loops > s_.parallel ? s_.loops - 1 : -1, t.chunk, at,
               [&](const c_place& k, int count, bool is_first) {
                 over_lanes(t.lanes, k, [&](const c_place& lane, const std::string& j) {
                   for (int r = 0; r < t.rows; ++r)
                     add_chunk(lane.by(s_.row, r), sum_of(r) + j, count, t, is_first);
                 });
               });
    over_lanes(t.valid, at, [&](const c_place& lane, const std::string& j) {
      for (int r = 0; r < t.rows; ++r) finish(lane.by(s_.row, r), sum_of(r) + j, t.rows == 1);
    });
  }
  TAPELESS_NATIVE void add_chunk(const c_place& at, const std::string& sum, int count,
                                 const tile_shape& t, bool is_first) {
    const std::string before = is_first ? part_.start(at) : sum;
    if (count == 0) return out_.line(sum + " = " + before + ";");
    const int inner = s_.loops > s_.parallel ? s_.loops - 1 : -1;
    std::vector<c_place> places;
    for (int c = 0; c < count; ++c) places.push_back(at.by(inner, c));
    // Without a loop over lanes, what is left of the inner loop stands beside the whole chunks.
    const bool has_neighbours = s_.lane_in < 0 && extent(inner) > t.chunk;
    add(places, sum, before, t.chains, t.rows == 1 && !has_neighbours);
  }
};

}  // namespace tapeless::detail
