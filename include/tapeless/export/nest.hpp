#pragma once
// The loop nest of a step as C, by its form.

#include <tapeless/export/sums.hpp>
#include <tapeless/export/tiles.hpp>
#include <tapeless/inspect/plan_report.hpp>

namespace tapeless::detail {

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
class c_nest : public c_loops<T> {
  using base = c_loops<T>;
  using base::add;
  using base::extent;
  using base::finish;
  using base::index_of;
  using base::loops;
  using base::open_loop;
  using base::out_;
  using base::part_;
  using base::program_;
  using base::s_;
  using base::scalar_;

 public:
  using base::base;

  /// Without a loop, or with loops of constant trip count.
  TAPELESS_NATIVE void write(bool straight) {
    out_.open();
    out_.line("/* " + text_of_loops(s_) + ": " + text_of_operations(program_, s_) + " */");
    if (s_.index >= 0)
      rows();
    else if (straight)
      unrolled(0, {});
    else if (s_.reduction == reduction_kind::none)
      elementwise();
    else if (s_.lane_in >= s_.parallel)
      delegate<c_sums<T>>();
    else
      delegate<c_tiles<T>>();
    out_.close();
  }

 private:
  template <class Form>
  TAPELESS_NATIVE void delegate() {
    Form form{*this};
    form.write();
    this->locals_ = form.local_elements();
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

  // Rows by index: the row is looked up once per position.

  TAPELESS_NATIVE void rows() {
    bool changes = false;
    for (int a = 0; a < s_.access_end - s_.access_begin; ++a)
      changes = changes || (part_.of(a).by_row && part_.of(a).stores);
    loops(0, s_.parallel, {s_.lane_out, -1, -1}, {}, [&](const c_place& at) {
      out_.open();
      out_.line("const int row = " + part_.row(at) + ";");
      c_place own = at;
      own.row = (s_.row_stride == 1 ? "" : std::to_string(s_.row_stride) + " * ") + "row";
      out_.open("if (row >= 0)");
      along_row(own);
      out_.close();
      if (!changes) {
        own.no_row = true;
        out_.open("else");
        along_row(own);
        out_.close();
      }
      out_.close();
    });
  }
  TAPELESS_NATIVE void along_row(const c_place& at) {
    if (s_.lane_out < 0) return finish(at, "");
    open_loop(index_of(s_.lane_out), 0, extent(s_.lane_out), 1);
    finish(at.by(s_.lane_out, index_of(s_.lane_out)), "");
    out_.close();
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
};

}  // namespace tapeless::detail
