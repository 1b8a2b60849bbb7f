// The checker of plans: it accepts what the planner makes, and finds every way in which a finished
// plan can be broken that would change a result.

#include <catch2/catch.hpp>
#include <string>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct deep : tl::sequential<tl::input<6>, tl::dense<24>, tl::gelu,
                             tl::residual<tl::dense<24>, tl::tanh>, tl::dense<5>> {};

/// Parameters that are read in several places, a join, a gradient of slices, a reduction.
struct entangled : tl::network<entangled> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 6), w = g.parameter("w", 11), v = g.parameter("v", 6);
    const tl::value m = g.parameter("m", tl::shape{6, 6});
    const tl::value joined =
        tl::math::concat(tl::math::slice(w, 0, 0, 4) * tl::value{2.0}, tl::math::slice(w, 0, 9, 2));
    const tl::value y = tl::math::matmul(tl::math::matmul(m, tl::math::transpose(m)), x * joined);
    return tl::math::softmax((y + v) * v + tl::math::slice(w, 0, 3, 6));
  }
};

template <class Net, class Loss, class Optimizer, int Batch, tl::lane_axis Axis>
using job = tl::detail::training_job<Net, Loss, Optimizer, tl::batch<Batch>, tl::lanes_over<Axis>>;

/// Breaks a copy of a plan at one place after another; counts how often the checker sees it.
struct counts {
  int broken = 0, found = 0;
};

template <class Job, class Break>
counts count_found(Break break_at, int places) {
  counts c;
  for (int i = 0; i < places; ++i) {
    auto p = Job::plan;
    if (!break_at(p, i)) continue;
    ++c.broken;
    const bool found = !tl::plan_is_sound(p, Job::ready);
    if (!found) UNSCOPED_INFO("place " << i);
    c.found += found;
  }
  return c;
}

/// Every single change of a kind must be found.
template <class Job, class Break>
void check_all_found(const std::string& kind, Break break_at, int places) {
  const counts c = count_found<Job>(break_at, places);
  INFO(kind);
  CHECK(c.broken > 0);
  CHECK(c.found == c.broken);
}

template <class Job>
void check_job() {
  constexpr int steps = Job::plan.step_count, accesses = Job::plan.access_count;
  constexpr int instructions = sizeof(Job::plan.code) / sizeof(Job::plan.code[0]);
  using plan = std::remove_const_t<decltype(Job::plan)>;
  static_assert(tl::plan_is_sound(Job::plan, Job::ready));
  const auto stores = [](const plan& p, int a) { return p.accesses[a].stores; };

  check_all_found<Job>(
      "a store one element later",
      [&](plan& p, int a) {
        p.accesses[a].offset += 1;
        return stores(p, a);
      },
      accesses);
  check_all_found<Job>(
      "a store one row later",
      [&](plan& p, int a) {
        p.accesses[a].offset += 16;
        return stores(p, a) && p.accesses[a].where != tl::place::arena;
      },
      accesses);
  check_all_found<Job>(
      "a store that is missing",
      [&](plan& p, int i) {
        const bool is_store = p.code[i].what == tl::action::store;
        p.code[i] = {.what = tl::action::constant};
        return is_store;
      },
      instructions);
  check_all_found<Job>(
      "a store to another parameter",
      [&](plan& p, int a) {
        if (!stores(p, a) || p.accesses[a].where != tl::place::parameters) return false;
        p.accesses[a].storage += 1;
        return true;
      },
      accesses);
  check_all_found<Job>(
      "a store to what is only read",
      [&](plan& p, int a) {
        if (!stores(p, a)) return false;
        p.accesses[a].where = tl::place::input;
        return true;
      },
      accesses);
  check_all_found<Job>(
      "a load of another value",
      [&](plan& p, int a) {
        if (stores(p, a) || p.accesses[a].where != tl::place::arena || p.accesses[a].storage < 0)
          return false;
        p.accesses[a].storage = std::remove_cvref_t<decltype(Job::ready)>::node_count - 1;
        return true;
      },
      accesses);
  check_all_found<Job>(
      "a load that starts before its value",
      [&](plan& p, int a) {
        tl::access& x = p.accesses[a];
        if (stores(p, a) || x.where != tl::place::arena || x.storage < 0) return false;
        bool from_start = false;  // a slice may start later
        for (const tl::access& w : p.accesses)
          from_start = from_start || (w.stores && w.where == x.where && w.storage == x.storage &&
                                      w.offset == x.offset);
        x.offset -= 1;
        return from_start;
      },
      accesses);
  check_all_found<Job>(
      "a load beyond the caller's rows",
      [&](plan& p, int a) {
        if (stores(p, a) || p.accesses[a].where != tl::place::target) return false;
        p.accesses[a].offset += 1;
        return true;
      },
      accesses);
  check_all_found<Job>(
      "a register that is not set yet",
      [&](plan& p, int i) {
        if (p.code[i].what != tl::action::apply || p.code[i].op->arity == 0) return false;
        p.code[i].a = 99;
        return true;
      },
      instructions);
  check_all_found<Job>(
      "a loop too long",
      [&](plan& p, int k) {
        if (p.steps[k].loops == 0) return false;
        p.steps[k].extent[0] += 1;
        return true;
      },
      steps);
  check_all_found<Job>(
      "a result loop too short",
      [&](plan& p, int k) {
        tl::step& s = p.steps[k];
        if (s.parallel == 0 || s.extent[0] == 1) return false;
        s.extent[0] -= 1;
        return true;
      },
      steps);
  check_all_found<Job>(
      "a kernel of another step",
      [&](plan& p, int k) {
        if (k == 0 || p.steps[k].same_as != k) return false;
        p.steps[k].same_as = k - 1;
        return true;
      },
      steps);
  check_all_found<Job>(
      "zeros that padding lacks",
      [&](plan& p, int a) {
        const bool had = p.accesses[a].zero_tail;
        p.accesses[a].zero_tail = false;
        if (!had) return false;
        for (const tl::step& s : p.steps)
          if (s.access_begin <= a && a < s.access_end)
            return tl::checker::excess(s, p.accesses[a], s.lane_out, s.width_out) > 0 &&
                   !p.accesses[a].exact;
        return false;
      },
      accesses);
}

/// Two steps exchanged: a plan stays right only if neither needs what the other does.
template <class Job>
int wrong_orders() {
  int wrong = 0;
  for (int k = 0; k + 1 < Job::plan.step_count; ++k) {
    auto p = Job::plan;
    for (tl::step& s : p.steps) s.same_as = s.kind_as = 0;
    std::swap(p.steps[k], p.steps[k + 1]);
    for (int i = 0; i < Job::plan.step_count; ++i) p.steps[i].same_as = p.steps[i].kind_as = i;
    wrong += !tl::plan_is_sound(p, Job::ready);
  }
  return wrong;
}

constexpr auto features = tl::lane_axis::features, samples = tl::lane_axis::samples;
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

}  // namespace

TEST_CASE("broken plans are found: layers") {
  check_job<job<deep, tl::cross_entropy, tl::adam, 5, features>>();
  check_job<job<deep, tl::mse, momentum, 16, samples>>();
}

TEST_CASE("broken plans are found: parameters that are read in several places") {
  check_job<job<entangled, tl::mse, tl::sgd, 1, features>>();
  check_job<job<entangled, tl::mse, momentum, 9, samples>>();
}

TEST_CASE("vectors beyond the caller's rows are found") {
  using own = tl::detail::forward_job<deep, float, tl::batch<3>>;
  using plan = std::remove_const_t<decltype(own::plan)>;
  check_all_found<own>(
      "a whole vector at the end of the outputs",
      [](plan& p, int a) {
        p.accesses[a].exact = false;
        return p.accesses[a].where == tl::place::output;
      },
      own::plan.access_count);
}

namespace {

/// Two inputs and two outputs, of other sizes, in buffers of their own.
struct two_heads : tl::network<two_heads> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = g.input("a", 7), b = g.input("b", 3);
    const tl::value h = tl::math::tanh(g.dense("body", tl::math::concat(a, b), 9));
    g.output("z", g.dense("z", h, 2));
    return g.dense("y", h, 5);
  }
};
template <int Batch>
using ports_job =
    tl::detail::compiled<two_heads, tl::detail::forward_ports_stage<two_heads, Batch, 3>, float,
                         tl::simd::native, tl::detail::default_options>;

}  // namespace

TEST_CASE("accesses to other buffers of the caller, and beyond them, are found") {
  using own = ports_job<3>;
  using plan = std::remove_const_t<decltype(own::plan)>;
  CHECK(tl::plan_is_sound(own::plan, own::ready));
  constexpr int accesses = own::plan.access_count;
  check_all_found<own>(
      "another buffer, or an element beyond",
      [](plan& p, int i) {
        tl::access& a = p.accesses[i % accesses];
        const bool is_output = a.where == tl::place::output;
        switch (i / accesses) {
          case 0:  // the other output's
            a.slot = 1 - a.slot;
            return is_output;
          case 1:  // a slot that the call does not have
            a.slot = 5;
            return is_output;
          case 2:  // the longer input from the buffer of the shorter one
            if (a.where != tl::place::input || a.slot != 0) return false;
            a.slot = 1;
            return true;
          case 3:
          case 4:
            a.offset += i / accesses == 3 ? 1 : -1;
            return is_output || a.where == tl::place::input;
          default:  // a whole vector at the end of 15 numbers
            a.exact = false;
            return is_output && a.slot == 0;
        }
      },
      6 * accesses);
}

TEST_CASE("steps out of order are found") {
  CHECK(wrong_orders<job<deep, tl::cross_entropy, tl::sgd, 1, features>>() >= 5);
  CHECK(wrong_orders<job<entangled, tl::mse, tl::sgd, 1, features>>() >= 5);
}

TEST_CASE("values that take each other's place are found") {
  using own = job<deep, tl::cross_entropy, tl::sgd, 5, features>;
  auto p = own::plan;
  for (tl::access& a : p.accesses)
    if (a.where == tl::place::arena && a.storage >= 0) a.offset %= 64;
  CHECK_FALSE(tl::plan_is_sound(p, own::ready));
}

TEST_CASE("regions") {
  using tl::checker::region;
  region rows;  // 4 rows of 5, 16 apart
  rows.add(4, 16);
  rows.add(5, 1);
  rows.finish();
  region column;
  column.first = 3;
  column.add(4, 16);
  column.finish();
  region all;
  all.add(20, 1);
  all.finish();
  CHECK(contains(rows, rows));
  CHECK(contains(rows, column));
  column.first = 5;
  CHECK_FALSE(contains(rows, column));
  CHECK_FALSE(contains(rows, all));
  CHECK(contains(all, all));
  CHECK(rows.count() == 20);
  CHECK(rows.last() == 52);
  CHECK(rows.distinct);
  region twice;
  twice.add(4, 2);
  twice.add(5, 1);
  twice.finish();
  CHECK_FALSE(twice.distinct);
}
