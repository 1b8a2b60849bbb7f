#pragma once
// The loop nest of a step as C.
//
// Compilers vectorise loops whose innermost index walks along unit strides, keep an array of sums
// in registers if its loop has a constant trip count, and add no sum up in another order than
// written. So the tiles of the plan (plan/loop_nest.hpp) become arrays of sums, and lanes become
// innermost loops.

#include <algorithm>
#include <string>
#include <tapeless/export/options.hpp>
#include <tapeless/export/part.hpp>
#include <tapeless/inspect/plan_report.hpp>
#include <tapeless/plan/loop_nest.hpp>

namespace tapeless::detail {

/// Indented lines of C.
class c_lines {
 public:
  TAPELESS_NATIVE explicit c_lines(std::string indent = {}) : indent_{std::move(indent)} {}
  TAPELESS_NATIVE void line(const std::string& text) { out_ += indent_ + text + "\n"; }
  TAPELESS_NATIVE void open(const std::string& text = "") {
    line(text.empty() ? "{" : text + " {");
    indent_ += "  ";
  }
  TAPELESS_NATIVE void close() {
    indent_.resize(indent_.size() - 2);
    line("}");
  }
  TAPELESS_NATIVE void append(const std::string& text) { out_ += text; }
  TAPELESS_NATIVE const std::string& indent() const { return indent_; }
  TAPELESS_NATIVE const std::string& str() const { return out_; }

 private:
  std::string indent_, out_;
};

/// Scalar operations that a step takes: loads and stores count as one, operations by their cost.
TAPELESS_NATIVE inline double c_operation_count(const c_program& p, const step& s) {
  double results = 1, products = 1, prologue = 0, epilogue = 0;
  for (int l = 0; l < s.loops; ++l) (l < s.parallel ? results : products) *= s.extent[l];
  for (int i = s.code_begin; i < s.code_end; ++i)
    (i < s.middle ? prologue : epilogue) +=
        p.code[i].what == action::apply ? std::max(1.0, p.code[i].op->flops) : 1;
  if (s.reduction == reduction_kind::none) prologue = 0;
  return results * (products * (s.product ? 1 : prologue) + epilogue);
}

/// Writes the steps of a program.
template <class T>
class c_nest {
 public:
  TAPELESS_NATIVE c_nest(const c_program& program, const step& own, const c_buffers& buffers,
                         c_functions& functions, c_lines& out)
      : s_{own},
        part_{program, own, buffers, functions},
        program_{program},
        out_{out},
        scalar_{c_types_of<T>.number},
        keep_{c_upper(functions.prefix()) + "_KEEP_LOOP"} {}

  /// Without a loop, or with loops of constant trip count.
  TAPELESS_NATIVE void write(bool straight) {
    out_.open();
    out_.line("/* " + text_of_loops(s_) + ": " + text_of_operations(program_, s_) + " */");
    if (straight)
      unrolled(0, {});
    else if (s_.reduction == reduction_kind::none)
      elementwise();
    else if (s_.lane_in >= s_.parallel)
      summed();
    else
      tiled();
    out_.close();
  }

  /// Elements of the arrays that the step has for itself.
  TAPELESS_NATIVE int local_elements() const { return locals_; }

 private:
  const step& s_;
  c_part<T> part_;
  const c_program& program_;
  c_lines& out_;
  std::string scalar_, keep_;
  int locals_ = 0;

  TAPELESS_NATIVE static std::string index_of(int loop) { return "i" + std::to_string(loop); }
  TAPELESS_NATIVE int extent(int loop) const { return loop < 0 ? 1 : s_.extent[loop]; }

  /// Opens `for (int name = 0; name < end; name += step)`, which must be closed.
  TAPELESS_NATIVE void open_loop(const std::string& name, int begin, int end, int by) {
    out_.open("for (int " + name + " = " + std::to_string(begin) + "; " + name + " < " +
              std::to_string(end) + "; " +
              (by == 1 ? "++" + name : name + " += " + std::to_string(by)) + ")");
  }

  /// Calls f at every place of the loops From to To - 1 without those in `but`, inside of C loops.
  template <class F>
  TAPELESS_NATIVE void loops(int from, int to, std::array<int, 3> but, const c_place& at, F&& f) {
    if (from == to) return f(at);
    if (std::find(but.begin(), but.end(), from) != but.end())
      return loops(from + 1, to, but, at, f);
    open_loop(index_of(from), 0, extent(from), 1);
    loops(from + 1, to, but, at.by(from, index_of(from)), f);
    out_.close();
  }

  /// Calls f(place, count) for pieces of `size` iterations from `begin` on: in a C loop where there
  /// are several; then for what is left.
  template <class F>
  TAPELESS_NATIVE void pieces(int loop, int size, const c_place& at, F&& f, int begin = 0) {
    const int count = extent(loop), end = begin + (count - begin) / size * size;
    if (end - begin > size) {
      open_loop(index_of(loop), begin, end, size);
      f(at.by(loop, index_of(loop)), size);
      out_.close();
    } else if (end > begin) {
      f(at.by(loop, begin), size);
    }
    if (end < count) f(at.by(loop, end), count - end);
  }

  /// Calls f(place, count, is_first) for pieces of the loop `inner` inside of the other reduced
  /// loops. The first call sets the sums, and adds to them where it can: arrays that are only set
  /// become copies by pieces, which a vector that is loaded next has to wait for.
  template <class F>
  TAPELESS_NATIVE void accumulate(int inner, int size, const c_place& at, F&& f) {
    const auto further = [&](const c_place& k, int count) { f(k, count, false); };
    if (s_.loops - s_.parallel <= 1 && size <= extent(inner)) {
      f(at, size, true);
      return pieces(inner, size, at, further, size);
    }
    f(at, 0, true);
    loops(s_.parallel, s_.loops, {inner, -1, -1}, at,
          [&](const c_place& q) { pieces(inner, size, q, further); });
  }

  /// Writes what a block has; in braces where it is one of several with constants of one name.
  TAPELESS_NATIVE void statements(const c_block& block, char letter, bool alone) {
    const std::string text = block.text(out_.indent(), letter);
    if (alone || text.find("const ") == std::string::npos) return out_.append(text);
    out_.open();
    out_.append(block.text(out_.indent(), letter));
    out_.close();
  }
  TAPELESS_NATIVE void finish(const c_place& at, const std::string& reduced, bool alone = true) {
    c_block block{c_types_of<T>};
    part_.finish(block, at, reduced);
    statements(block, 'e', alone);
  }
  TAPELESS_NATIVE void add(const std::vector<c_place>& places, const std::string& sum,
                           const std::string& before, int chains, bool alone) {
    c_block block{c_types_of<T>};
    part_.add(block, places, sum, before, chains);
    statements(block, 'p', alone);
  }

  // Straight-line code.

  TAPELESS_NATIVE void unrolled(int loop, const c_place& at) {
    if (loop < s_.parallel) {
      for (int i = 0; i < s_.extent[loop]; ++i) unrolled(loop + 1, at.by(loop, i));
      return;
    }
    if (s_.reduction == reduction_kind::none) return finish(at, "", false);
    out_.open();
    out_.line(scalar_ + " s = " + part_.start(at) + ";");
    add_unrolled(loop, at);
    finish(at, "s");
    out_.close();
  }
  TAPELESS_NATIVE void add_unrolled(int loop, const c_place& at) {
    if (loop < s_.loops) {
      for (int i = 0; i < s_.extent[loop]; ++i) add_unrolled(loop + 1, at.by(loop, i));
    } else {
      add({at}, "s", "s", 1, false);
    }
  }

  // Loops without a sum: lanes innermost.

  TAPELESS_NATIVE void elementwise() {
    const int lane = s_.lane_out >= 0 ? s_.lane_out : s_.parallel - 1;
    loops(0, s_.parallel, {lane, -1, -1}, {}, [&](const c_place& at) {
      if (lane < 0) return finish(at, "");
      open_loop(index_of(lane), 0, extent(lane), 1);
      finish(at.by(lane, index_of(lane)), "");
      out_.close();
    });
  }

  // Sums of results side by side: arrays of the length of the lanes, one per row.

  struct tile_shape {
    int rows, lanes, valid;
    /// Elements that one pass over the lanes adds, and in how many chains: short rows of lanes
    /// would wait for the addition before.
    int chunk, chains;
  };

  /// Equal pieces of at most `most` out of n.
  TAPELESS_NATIVE static int balanced(int n, int most) { return ceil_div(n, ceil_div(n, most)); }

  /// Three rows of four vectors share their loads and stay within the 16 registers of most
  /// processors; a single row has the vectors of the plan.
  TAPELESS_NATIVE void tiled() {
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
    std::vector<c_place> places;
    for (int c = 0; c < count; ++c)
      places.push_back(at.by(s_.loops > s_.parallel ? s_.loops - 1 : -1, c));
    add(places, sum, before, t.chains, t.rows == 1);
  }

  TAPELESS_NATIVE static std::string sum_of(int row) { return "s" + std::to_string(row); }
  TAPELESS_NATIVE std::string neutral() const {
    return c_literal(is_maximum(s_.reduction) ? -limits<T>::infinity : T(0));
  }

  // Sums along unit strides: an array of partial sums per result, added up at the end.

  TAPELESS_NATIVE int longest_parallel() const {
    int row = -1;
    for (int l = 0; l < s_.parallel; ++l)
      if (row < 0 || extent(l) >= extent(row)) row = l;
    return row;
  }

  TAPELESS_NATIVE void summed() {
    const int row = longest_parallel(), rows = extent(row);
    const int together = balanced(rows, 5);
    loops(0, s_.parallel, {row, -1, -1}, {}, [&](const c_place& outer) {
      pieces(row, together, outer, [&](const c_place& at, int count) {
        if (count < rows) out_.open();
        sum_rows(at, row, count);
        if (count < rows) out_.close();
      });
    });
  }

  TAPELESS_NATIVE void sum_rows(const c_place& at, int row, int rows) {
    const int inner = s_.lane_in, along = extent(inner);
    int lanes = s_.width_in;
    while (lanes * rows < 4 * s_.width_in && 2 * lanes <= along) lanes *= 2;
    std::string names;
    for (int r = 0; r < rows; ++r)
      names += (r > 0 ? ", s" : "s") + std::to_string(r) + "[" + std::to_string(lanes) + "]";
    out_.line(scalar_ + " " + names + ", t[" + std::to_string(rows) + "];");
    accumulate(inner, lanes, at, [&](const c_place& k, int count, bool is_first) {
      over_partial_sums(count > 0 ? count : lanes, [&] {
        for (int r = 0; r < rows; ++r) {
          const std::string sum = sum_of(r) + "[j]";
          if (count == 0)
            out_.line(sum + " = " + neutral() + ";");
          else
            add({k.by(row, r).by(inner, "j")}, sum, is_first ? "" : sum, 1, rows == 1);
        }
      });
    });
    for (int n = lanes / 2; n >= 8; n /= 2)
      over_partial_sums(n, [&] {
        for (int r = 0; r < rows; ++r) {
          const std::string s = sum_of(r);
          out_.line(s + "[j] = " +
                    part_.combined(s + "[j]", s + "[j + " + std::to_string(n) + "]") + ";");
        }
      });
    for (int r = 0; r < rows; ++r) add_up(at, row, r, lanes < 8 ? lanes : 8);
    if (rows == 1) return finish(at, "t[0]");
    open_loop("j", 0, rows, 1);
    finish(at.by(row, "j"), "t[j]");
    out_.close();
  }

  template <class F>
  TAPELESS_NATIVE void over_partial_sums(int count, F&& f) {
    if (count <= 16) out_.line(keep_);
    open_loop("j", 0, count, 1);
    f();
    out_.close();
  }

  /// t[r] = the partial sums of a result as a tree, and what it starts from.
  TAPELESS_NATIVE void add_up(const c_place& at, int row, int r, int lanes) {
    std::vector<std::string> terms;
    for (int j = 0; j < lanes; ++j) terms.push_back(sum_of(r) + "[" + std::to_string(j) + "]");
    for (std::size_t n = terms.size() / 2; n > 0; n /= 2)
      for (std::size_t j = 0; j < n; ++j) {
        terms[j] = part_.combined(terms[j], terms[j + n]);
        if (n > 1) terms[j] = "(" + terms[j] + ")";
      }
    const std::string before = s_.start < 0 ? "" : part_.start(at.by(row, r)) + " + ";
    out_.line("t[" + std::to_string(r) + "] = " + before +
              (before.empty() ? terms[0] : "(" + terms[0] + ")") + ";");
  }
};

}  // namespace tapeless::detail
