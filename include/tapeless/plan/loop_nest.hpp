#pragma once
// Loop nests: which loops a step has, which of them its lanes run over, and how it is tiled.

#include <tapeless/ops/copy.hpp>
#include <tapeless/plan/program.hpp>

namespace tapeless {

namespace detail {

/// Drops loops of one iteration and merges neighbours that every access walks as one.
constexpr void normalize(step& s, access* first, int count) {
  step r = s;
  int n = 0;
  int parallel = 0;
  for (int l = 0; l < s.loops; ++l) {
    if (s.extent[l] == 1) continue;
    const bool is_parallel = l < s.parallel;
    bool merges = n > 0 && (n - 1 < parallel) == is_parallel;
    for (int i = 0; i < count && merges; ++i)
      merges = first[i].stride[n - 1] == first[i].stride[l] * s.extent[l];
    if (merges) {
      r.extent[n - 1] *= s.extent[l];
      for (int i = 0; i < count; ++i) first[i].stride[n - 1] = first[i].stride[l];
      continue;
    }
    r.extent[n] = s.extent[l];
    for (int i = 0; i < count; ++i) first[i].stride[n] = first[i].stride[l];
    ++n;
    if (is_parallel) parallel = n;
  }
  for (int l = n; l < max_loops; ++l) {
    r.extent[l] = 0;
    for (int i = 0; i < count; ++i) first[i].stride[l] = 0;
  }
  r.loops = n;
  r.parallel = parallel;
  s = r;
}

/// Vector width for a loop of n iterations: the smallest that holds it, or the widest there is; 1
/// where at most half of the narrowest vector would be used.
constexpr int width_for(int n, const target& on) {
  if (on.width <= 1 || 2 * n <= on.narrowest) return 1;
  int w = on.narrowest;
  while (w < n && w < on.width) w *= 2;
  return w;
}

/// What a step does with each of its accesses.
struct access_use {
  bool prologue = false, epilogue = false, stores = false;
  bool number = false;  ///< one number for all lanes
};

struct lane_cost {
  int strided = 0;  ///< accesses that a vector cannot take from one place
  bool possible = true;
};

/// Cost of running the lanes of the prologue, or of the whole step, over loop l.
constexpr lane_cost cost_of_lanes(const access* a, const access_use* use, int count, int l,
                                  bool prologue_only) {
  lane_cost c;
  for (int i = 0; i < count; ++i) {
    if (prologue_only && !use[i].prologue) continue;
    const int s = a[i].stride[l];
    if (s != 0 && use[i].number) c.possible = false;
    if (s == 0 && !use[i].stores) continue;
    if (s == 1) continue;
    if (use[i].stores) c.possible = false;
    ++c.strided;
  }
  return c;
}

/// Chooses lanes and widths. Best are lanes over results, with unit strides; then lanes over what
/// is summed, where both factors have them; then lanes over results with strided loads; else
/// scalars.
constexpr void choose_lanes(step& s, const access* a, const access_use* use, int count,
                            const target& on) {
  int best = -1, best_strided = 1 << 20;
  for (int l = 0; l < s.parallel; ++l) {
    const lane_cost c = cost_of_lanes(a, use, count, l, false);
    if (!c.possible || width_for(s.extent[l], on) == 1) continue;
    if (c.strided < best_strided || (c.strided == best_strided && s.extent[l] > s.extent[best])) {
      best = l;
      best_strided = c.strided;
    }
  }
  if (best >= 0 && best_strided == 0) {
    s.lane_in = s.lane_out = best;
    s.width_in = s.width_out = width_for(s.extent[best], on);
    return;
  }
  if (s.reduction != reduction_kind::none) {
    int sum = -1;
    for (int l = s.parallel; l < s.loops; ++l)
      if (cost_of_lanes(a, use, count, l, true).strided == 0 && width_for(s.extent[l], on) > 1 &&
          (sum < 0 || s.extent[l] > s.extent[sum]))
        sum = l;
    if (sum >= 0) {
      s.lane_in = sum;
      s.width_in = width_for(s.extent[sum], on);
      for (int l = 0; l < s.parallel && s.reduction == reduction_kind::sum; ++l) {
        bool unit = s.extent[l] >= 4;
        for (int i = 0; i < count; ++i) unit = unit && (!use[i].stores || a[i].stride[l] == 1);
        if (unit && (s.lane_out < 0 || s.extent[l] > s.extent[s.lane_out])) s.lane_out = l;
      }
      if (s.lane_out >= 0) {
        s.width_out = width_for(s.extent[s.lane_out], on);
        if (s.width_out > s.width_in) s.width_out = s.width_in;
        if (s.width_out >= 2 * s.extent[s.lane_out]) s.width_out /= 2;
        if (s.width_out < on.narrowest) {
          s.lane_out = -1;
          s.width_out = 1;
        }
      }
      return;
    }
  }
  if (best >= 0) {
    s.lane_in = s.lane_out = best;
    s.width_in = s.width_out = width_for(s.extent[best], on);
  }
}

constexpr int ceil_div(int a, int b) { return (a + b - 1) / b; }

/// Whether all rows along a loop share the vectors of one factor of a product, and all lanes the
/// numbers of the other: then R rows of V vectors take R + V loads instead of more than R V.
constexpr bool shares_factors(const step& s, const access* a, const instruction* code, int row) {
  if (!s.product || s.lane_in < 0) return false;
  const access& x = a[code[s.code_begin].a];
  const access& y = a[code[s.code_begin + 1].a];
  return (x.stride[row] == 0 && y.stride[s.lane_in] == 0) ||
         (y.stride[row] == 0 && x.stride[s.lane_in] == 0);
}

/// The loop that is tiled beside the lanes: the longest, but a long enough one whose rows share
/// factors before one whose rows do not.
constexpr int choose_row(const step& s, const access* a, const instruction* code) {
  constexpr int least = 4;  // fewer rows share too little
  int row = -1;
  bool shared = false;
  for (int l = 0; l < s.parallel; ++l) {
    if (l == s.lane_in) continue;
    const bool shares = s.extent[l] >= least && shares_factors(s, a, code, l);
    if (row >= 0 && (shares == shared ? s.extent[l] < s.extent[row] : shared)) continue;
    row = l;
    shared = shares;
  }
  return row;
}

/// Rows of a tile that hold at most `most` of `rows`, as equal as they can be.
constexpr int balanced_rows(int rows, int most) {
  return most < 1 ? 1 : ceil_div(rows, ceil_div(rows, most));
}

/// Register tile of sums along lanes: rows times results side by side, for products that are summed
/// over positions and samples. Without rows every product loads a vector, from far where values of
/// a batch are long.
constexpr void choose_tile_of_sums(step& s, const access* a, const instruction* code,
                                   const target& on) {
  // One summed loop is that of a dense layer: too short to pay for more than the results of a row.
  if (!s.product || s.lane_in < s.parallel || s.lane_out < 0 || s.loops - s.parallel < 2) return;
  const access& x = a[code[s.code_begin].a];
  const access& y = a[code[s.code_begin + 1].a];
  int row = -1;
  for (int l = 0; l < s.parallel; ++l) {
    if (l == s.lane_out || s.extent[l] < 2) continue;
    const bool shares = (x.stride[l] == 0 && y.stride[s.lane_out] == 0) ||
                        (y.stride[l] == 0 && x.stride[s.lane_out] == 0);
    if (shares && (row < 0 || s.extent[l] >= s.extent[row])) row = l;
  }
  if (row < 0) return;
  const int rows = s.extent[row], results = s.extent[s.lane_out];
  const auto loads = [&](int lanes, int tile_rows) {
    return ceil_div(rows, tile_rows) * results + ceil_div(results, lanes) * rows;
  };
  int best = loads(s.width_out, 1), width = s.width_out;
  for (int lanes = s.width_out; lanes >= on.narrowest && lanes > 1; lanes /= 2) {
    // Sums, a vector of each row, and one that the rows share.
    const int side_by_side = lanes < results ? lanes : results;
    const int most = (on.registers - 1) / (side_by_side + 1);
    const int tile_rows = balanced_rows(rows, most);
    // Fewer results side by side are more additions across lanes.
    if (tile_rows < 2 || 7 * loads(lanes, tile_rows) > 6 * best) continue;
    best = loads(lanes, tile_rows);
    width = lanes;
    s.row = row;
    s.tile_rows = tile_rows;
  }
  s.width_out = width;
}

/// Register tile: rows times vectors of lanes, so that loads are shared and enough sums run in
/// parallel to hide the latency of a fused multiply-add.
constexpr void choose_tile(step& s, const access* a, const instruction* code, const target& on) {
  if (s.lane_in != s.lane_out) return choose_tile_of_sums(s, a, code, on);
  if (s.index >= 0) {  // position by position, in their order
    for (int l = 0; l < s.parallel; ++l)
      if (l != s.lane_out) s.row = l;
    s.tile_lanes = s.lane_out >= 0 ? ceil_div(s.extent[s.lane_out], s.width_out) : 1;
    return;
  }
  s.row = choose_row(s, a, code);
  const int blocks = s.lane_in >= 0 ? ceil_div(s.extent[s.lane_in], s.width_in) : 1;
  const int rows = s.row >= 0 ? s.extent[s.row] : 1;
  if (s.reduction == reduction_kind::none) {
    s.tile_lanes = blocks < 2 ? blocks : 2;
    return;
  }
  // 16 registers hold half of the tile; but of a single row they hold twice as many vectors, which
  // read the second factor without gaps and share each broadcast of the first.
  const bool single = rows == 1 && s.loops > s.parallel;
  int most_lanes = on.registers > 16 ? on.costs.tile_vectors
                   : single          ? 2 * on.costs.tile_vectors
                                     : (on.costs.tile_vectors + 1) / 2;
  if (blocks < most_lanes) most_lanes = blocks;
  s.tile_lanes = ceil_div(blocks, ceil_div(blocks, most_lanes));
  // An outer product has nothing to keep in registers: four rows share a load well enough.
  // Sixteen use all but the load of a vector, and leave pieces for threads.
  int most_rows = s.loops == s.parallel ? 4 : (on.registers - s.tile_lanes - 2) / s.tile_lanes;
  if (most_rows > 16) most_rows = 16;
  s.tile_rows = balanced_rows(rows, most_rows);
  int inner = 1;
  for (int l = s.parallel; l < s.loops; ++l) inner = s.extent[l];
  // A chain of two additions takes as long as two of one, and the addition of those is saved.
  while (s.tile_rows * s.tile_lanes * s.accumulators < on.costs.parallel_sums &&
         s.accumulators * 2 < inner)
    s.accumulators *= 2;
}

/// The row loop of a copy that exchanges the lanes with another loop, -1 if a step is none: source
/// rows along the one, rows of the result along the other.
constexpr int transposed_row(const step& s, const access* a, const instruction* code) {
  if (s.reduction != reduction_kind::none || s.loops != 2 || s.lane_out < 0 ||
      s.access_end - s.access_begin != 2 || s.width_out == 1)
    return -1;
  int from = -1, to = -1;
  for (int i = s.code_begin; i < s.code_end; ++i) {
    const instruction& x = code[i];
    if (x.what == action::load)
      from = x.a;
    else if (x.what == action::store)
      to = x.b;
    else if (x.what != action::apply || !is<copy>(x.op))
      return -1;
  }
  if (from < 0 || to < 0) return -1;
  const int row = 1 - s.lane_out;
  const bool exchanges = a[from].stride[row] == 1 && a[from].stride[s.lane_out] > 1 &&
                         a[to].stride[s.lane_out] == 1 && a[to].stride[row] > 1;
  return exchanges && 2 * s.extent[row] >= s.width_out ? row : -1;
}

/// Operations of vectors of eight, the size that the straight-line form of a step has.
constexpr double vector_operations(const step& s) {
  double results = 1, products = 1;
  for (int l = 0; l < s.loops; ++l) {
    const int lane_in = l == s.lane_in ? ceil_div(s.extent[l], 8) : s.extent[l];
    const int lane_out = l == s.lane_out ? ceil_div(s.extent[l], 8) : s.extent[l];
    products *= lane_in;
    if (l < s.parallel) results *= lane_out;
  }
  const double prologue =
      s.reduction == reduction_kind::none
          ? 0
          : products * (s.middle - s.code_begin - 2 > 1 ? s.middle - s.code_begin - 2 : 1);
  return prologue + results * (s.code_end - s.middle);
}

}  // namespace detail
}  // namespace tapeless
