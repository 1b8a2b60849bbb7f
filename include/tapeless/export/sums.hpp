#pragma once
// Sums along unit strides as C: lanes run over what is summed.

#include <tapeless/export/loops.hpp>

namespace tapeless::detail {

/// Writes a step whose lanes run over what is reduced: an array of partial sums per result, added
/// up at the end.
template <class T>
class c_sums : public c_loops<T> {
  using base = c_loops<T>;
  using base::accumulate;
  using base::add;
  using base::balanced;
  using base::extent;
  using base::finish;
  using base::keep_;
  using base::locals_;
  using base::loops;
  using base::neutral;
  using base::open_loop;
  using base::out_;
  using base::part_;
  using base::pieces;
  using base::s_;
  using base::scalar_;
  using base::sum_of;

 public:
  TAPELESS_NATIVE explicit c_sums(const base& of) : base{of} {}

  TAPELESS_NATIVE int longest_parallel() const {
    int row = -1;
    for (int l = 0; l < s_.parallel; ++l)
      if (row < 0 || extent(l) >= extent(row)) row = l;
    return row;
  }

  TAPELESS_NATIVE void write() {
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
