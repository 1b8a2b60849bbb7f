#pragma once
// Checks of a plan that concern the code of its steps: loops, registers, shared kernels.

#include <tapeless/ops/mul.hpp>
#include <tapeless/plan/checker_state.hpp>

namespace tapeless::checker {

template <class Program, class Graph>
class code_checks : public checks<Program, Graph> {
  using base = checks<Program, Graph>;

 public:
  using base::base;

 protected:
  using base::fail;
  using base::known_;
  using base::now_;
  using base::program_;

  constexpr void check_shape(const step& s) {
    bool fine = s.loops >= 0 && s.loops <= max_loops && s.parallel <= s.loops &&
                s.lane_out < s.parallel && s.lane_in < s.loops && s.row < s.parallel &&
                (s.lane_in == s.lane_out || s.lane_in >= s.parallel || s.lane_in < 0) &&
                (s.reduction != reduction_kind::none) == (s.middle > s.code_begin) &&
                (s.reduction != reduction_kind::none || s.parallel == s.loops);
    for (const int w : {s.width_in, s.width_out})
      fine = fine && w >= 1 && w <= program_.on.width && (w & (w - 1)) == 0;
    for (int l = 0; l < s.loops; ++l) fine = fine && s.extent[l] > 0;
    fine = fine && s.tile_rows > 0 && s.tile_lanes >= 0 && s.accumulators > 0;
    if (s.form == kernel_form::rows) fine = fine && rows_are_fine(s);
    fine = fine && (s.form == kernel_form::rows) == (s.index >= 0);
    for (int a = s.access_begin; a < s.access_end; ++a)
      fine = fine && (!program_.accesses[a].by_row || s.form == kernel_form::rows);
    if (!fine) fail(flaw::malformed_step);
  }
  /// One number for all lanes names a row; nothing is reduced.
  constexpr bool rows_are_fine(const step& s) const {
    if (s.index < 0 || s.index >= s.access_end - s.access_begin || s.row_count < 1 ||
        s.reduction != reduction_kind::none)
      return false;
    const access& x = program_.accesses[s.access_begin + s.index];
    return !x.stores && !x.by_row && (s.lane_out < 0 || x.stride[s.lane_out] == 0);
  }

  /// Registers are set before they are used; stores come last. Notes for each access whether it is
  /// used and how far vectors go beyond its last element.
  constexpr void check_code(const step& s, bool* used, int* reach) {
    const int accesses = s.access_end - s.access_begin;
    bool stored = false;
    const auto use = [&](int a, bool prologue, bool number, bool stores) {
      if (a < 0 || a >= accesses) return fail(flaw::malformed_code);
      const access& x = program_.accesses[s.access_begin + a];
      if (x.stores != stores) return fail(flaw::malformed_code, s.access_begin + a);
      used[a] = true;
      const int n = number     ? 0
                    : prologue ? excess(s, x, s.lane_in, s.width_in)
                               : excess(s, x, s.lane_out, s.width_out);
      if (n > reach[a]) reach[a] = n;
    };
    for (int i = s.code_begin; i < s.code_end && known_.found; ++i) {
      const instruction& x = program_.code[i];
      const bool prologue = i < s.middle;
      const int own = i - (prologue ? s.code_begin : s.middle);
      if (x.what == action::store) {
        stored = true;
        if (prologue || x.a < 0 || x.a >= own) fail(flaw::malformed_code);
        if (known_.found) use(x.b, prologue, false, true);
        continue;
      }
      if (stored) fail(flaw::malformed_code);
      if (x.what == action::load) use(x.a, prologue, false, false);
      if (x.what == action::position && (x.a < 0 || x.a >= accesses)) fail(flaw::malformed_code);
      if (x.what == action::reduced && (prologue || s.reduction == reduction_kind::none))
        fail(flaw::malformed_code);
      if (x.what == action::random) {
        use(x.b, prologue, true, false);
        if (known_.found) use(x.c, prologue, true, false);
      }
      if (x.what == action::apply) {
        const int in[] = {x.a, x.b, x.c};
        for (int k = 0; k < x.op->arity; ++k)
          if (in[k] < 0 || in[k] >= own) fail(flaw::malformed_code);
      }
    }
    if (known_.found && s.index >= 0) use(s.index, false, true, false);
    if (known_.found && s.start >= 0) use(s.start, false, s.lane_in != s.lane_out, false);
    if (known_.found && s.start >= 0 && s.reduction != reduction_kind::sum)
      fail(flaw::malformed_code);
    const instruction* c = program_.code + s.code_begin;
    if (known_.found && s.product &&
        (s.reduction != reduction_kind::sum || s.middle - s.code_begin != 3 ||
         c[0].what != action::load || c[1].what != action::load || c[2].what != action::apply ||
         !is<mul>(c[2].op) || c[2].a != 0 || c[2].b != 1))
      fail(flaw::malformed_code);
  }

  /// A step runs the kernel of another one only if it is the same.
  constexpr void check_sharing(const step& s) {
    if (!known_.found) return;
    if (s.same_as < 0 || s.same_as > now_ || s.kind_as < 0 || s.kind_as > now_)
      return fail(flaw::shares_another_kernel);
    if (s.same_as != now_ && !agree(s, program_.steps[s.same_as], true))
      fail(flaw::shares_another_kernel);
    if (s.kind_as != now_ && !agree(s, program_.steps[s.kind_as], false))
      fail(flaw::shares_another_kernel);
  }
  constexpr bool agree(const step& a, const step& b, bool sizes) const {
    if (a.loops != b.loops || a.parallel != b.parallel || a.reduction != b.reduction ||
        a.product != b.product || a.lane_in != b.lane_in || a.lane_out != b.lane_out ||
        a.width_in != b.width_in || a.width_out != b.width_out || a.row != b.row ||
        a.start != b.start || a.index != b.index || a.row_stride != b.row_stride ||
        a.row_count != b.row_count || a.code_end - a.code_begin != b.code_end - b.code_begin ||
        a.middle - a.code_begin != b.middle - b.code_begin ||
        a.access_end - a.access_begin != b.access_end - b.access_begin)
      return false;
    for (int l = 0; l < a.loops && sizes; ++l)
      if (a.extent[l] != b.extent[l]) return false;
    for (int i = 0; i < a.access_end - a.access_begin; ++i)
      if (!agree(a, program_.accesses[a.access_begin + i], program_.accesses[b.access_begin + i],
                 sizes))
        return false;
    for (int i = 0; i < a.code_end - a.code_begin; ++i) {
      const instruction &x = program_.code[a.code_begin + i], &y = program_.code[b.code_begin + i];
      if (x.what != y.what || x.a != y.a || x.b != y.b || x.c != y.c || !(x.attr == y.attr))
        return false;
      const bool has_op = x.what == action::apply || x.what == action::random;
      if (has_op && !same_operation(x.op, y.op)) return false;
    }
    return true;
  }
  static constexpr bool agree(const step& s, const access& x, const access& y, bool sizes) {
    if (x.exact != y.exact || x.zero_tail != y.zero_tail || x.stores != y.stores ||
        x.by_row != y.by_row)
      return false;
    for (int l = 0; l < s.loops; ++l) {
      if (sizes && x.stride[l] != y.stride[l]) return false;
      const bool lane = l == s.lane_in || l == s.lane_out;
      if (!sizes && lane && (x.stride[l] == 1) != (y.stride[l] == 1)) return false;
      if (!sizes && lane && (x.stride[l] == 0) != (y.stride[l] == 0)) return false;
    }
    return true;
  }
};

}  // namespace tapeless::checker
