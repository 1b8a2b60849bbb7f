// The checker of plans on rows by index: it accepts what the planner makes, and finds what would
// read or change other rows, rows too early, or rows twice.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>
#include <utility>

namespace tl = tapeless;
namespace m = tl::math;

namespace {

struct words : tl::network<words> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 5);
    return m::flatten(m::tanh(g.layer<tl::embedding<6, 9>>("table", x)));
  }
};

/// Breaks a plan at one place after another; every change must be found.
template <class Job, class Break>
void check_found(const char* kind, Break break_at, int places) {
  int broken = 0, found = 0;
  for (int i = 0; i < places; ++i) {
    auto p = Job::plan;
    if (!break_at(p, i)) continue;
    ++broken;
    const bool is_found = !tl::plan_is_sound(p, Job::ready);
    if (!is_found) UNSCOPED_INFO("place " << i);
    found += is_found;
  }
  INFO(kind);
  CHECK(broken > 0);
  CHECK(found == broken);
}

template <class Job>
bool stores_by_row(const std::remove_const_t<decltype(Job::plan)>& p, int step) {
  for (int a = p.steps[step].access_begin; a < p.steps[step].access_end; ++a)
    if (p.accesses[a].by_row && p.accesses[a].stores) return true;
  return false;
}

template <class Optimizer>
void check() {
  using job = tl::detail::training_job<words, tl::mse, Optimizer, tl::batch<9>>;
  using plan = std::remove_const_t<decltype(job::plan)>;
  constexpr int steps = job::plan.step_count, accesses = job::plan.access_count;
  static_assert(tl::plan_is_sound(job::plan, job::ready));
  const auto by_index = [](const plan& p, int s) { return p.steps[s].index >= 0; };
  check_found<job>(
      "a row more",
      [&](plan& p, int s) {
        p.steps[s].row_count += 1;
        return by_index(p, s);
      },
      steps);
  check_found<job>(
      "rows further apart",
      [&](plan& p, int s) {
        p.steps[s].row_stride += 1;
        return by_index(p, s);
      },
      steps);
  check_found<job>(
      "a step without its index",
      [&](plan& p, int s) {
        p.steps[s].index = -1;
        return job::plan.steps[s].index >= 0;
      },
      steps);
  check_found<job>(
      "an index for each lane",
      [&](plan& p, int s) {
        if (!by_index(p, s) || p.steps[s].lane_out < 0) return false;
        p.accesses[p.steps[s].access_begin + p.steps[s].index].stride[p.steps[s].lane_out] = 1;
        return true;
      },
      steps);
  check_found<job>(
      "a store that is not by row",
      [&](plan& p, int a) {
        const bool fits = p.accesses[a].by_row && p.accesses[a].stores;
        p.accesses[a].by_row = false;
        return fits;
      },
      accesses);
  check_found<job>(
      "a sum with another row than it is stored to",
      [&](plan& p, int a) {
        const bool fits = p.accesses[a].by_row && p.accesses[a].stores;
        p.accesses[a].offset += 1;
        return fits;
      },
      accesses);
  check_found<job>(
      "what is stored is not the sum of what was there",
      [&](plan& p, int s) {
        if (!stores_by_row<job>(p, s)) return false;
        for (int i = p.steps[s].middle; i < p.steps[s].code_end; ++i)
          if (p.code[i].what == tl::action::apply && tl::is<tl::add>(p.code[i].op))
            p.code[i].op = &tl::description<tl::mul>;
        return true;
      },
      steps);
  if constexpr (Optimizer::states > 0)  // else no zeros come first
    check_found<job>(
        "the rows are added before the zeros, or after they are read",
        [&](plan& p, int s) {
          if (s == 0 || s + 1 == steps || !stores_by_row<job>(p, s)) return false;
          const tl::access& to = p.accesses[p.steps[s].access_end - 1];
          if (to.where != tl::place::arena) return false;
          std::swap(p.steps[s], p.steps[s + 1]);
          return true;
        },
        steps);
}

}  // namespace

TEST_CASE("the checker finds wrong rows: the gradient of a table") { check<tl::adam>(); }
TEST_CASE("the checker finds wrong rows: the update of visited rows") { check<tl::sgd>(); }
