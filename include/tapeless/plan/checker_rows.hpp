#pragma once
// What the checker of plans knows of steps that go by the rows of a table.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/gather.hpp>
#include <tapeless/plan/checker_code.hpp>

namespace tapeless::checker {

template <class Program, class Graph>
class row_checks : public code_checks<Program, Graph> {
  using base = code_checks<Program, Graph>;

 public:
  using base::base;

 protected:
  using base::call_;
  using base::program_;

  /// Whether a value is a sum of rows by index: zeros first, then the rows that are added.
  constexpr bool is_sum_of_rows(int v) const {
    return call_.g[v].op->kind == family::rows && adds_rows(call_.g[v]);
  }
  /// The access that stores where access a loads, row by row; -1 if there is none.
  constexpr int store_like(const step& s, int a) const {
    const access& x = program_.accesses[a];
    for (int b = s.access_begin; b < s.access_end; ++b) {
      const access& y = program_.accesses[b];
      bool same = y.stores && y.by_row && x.by_row && y.where == x.where && y.slot == x.slot &&
                  y.storage == x.storage && y.offset == x.offset && y.iteration == x.iteration &&
                  y.inner == x.inner;
      for (int l = 0; l < s.loops && same; ++l) same = y.stride[l] == x.stride[l];
      if (same) return b;
    }
    return -1;
  }
  /// Whether a step stores by an access the sum of what was there and something else.
  constexpr bool adds_to_what_is_there(const step& s, int a) const {
    for (int i = s.middle; i < s.code_end; ++i) {
      if (program_.code[i].what != action::store || program_.code[i].b != a - s.access_begin)
        continue;
      const instruction& sum = program_.code[s.middle + program_.code[i].a];
      if (sum.what != action::apply || !is<add>(sum.op) || sum.a == sum.b) return false;
      const instruction& before = program_.code[s.middle + sum.a];
      return before.what == action::load && store_like(s, s.access_begin + before.a) == a;
    }
    return false;
  }
};

}  // namespace tapeless::checker
