#pragma once
// What all forms of a C loop nest share: loops over indices, pieces of loops, statements.

#include <algorithm>
#include <array>
#include <string>
#include <tapeless/export/lines.hpp>
#include <tapeless/export/options.hpp>
#include <tapeless/export/part.hpp>
#include <tapeless/plan/loop_nest.hpp>
#include <vector>

namespace tapeless::detail {

/// Writes loops and statements of one step.
template <class T>
class c_loops {
 public:
  TAPELESS_NATIVE c_loops(const c_program& program, const step& own, const c_buffers& buffers,
                          c_functions& functions, c_lines& out)
      : s_{own},
        part_{program, own, buffers, functions},
        program_{program},
        out_{out},
        scalar_{c_types_of<T>.number},
        keep_{c_upper(functions.prefix()) + "_KEEP_LOOP"} {}

  /// Elements of the arrays that the step has for itself.
  TAPELESS_NATIVE int local_elements() const { return locals_; }

 protected:
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

  /// Equal pieces of at most `most` out of n.
  TAPELESS_NATIVE static int balanced(int n, int most) { return ceil_div(n, ceil_div(n, most)); }

  TAPELESS_NATIVE static std::string sum_of(int row) { return "s" + std::to_string(row); }
  TAPELESS_NATIVE std::string neutral() const {
    return c_literal(is_maximum(s_.reduction) ? -limits<T>::infinity : T(0));
  }
};

}  // namespace tapeless::detail
