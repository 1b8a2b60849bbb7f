// The checker of plans on loops inside loops: it accepts what the planner makes, and finds plans
// whose inner loops run otherwise, lie in others' places, or are read before they are done.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>
#include <utility>

namespace tl = tapeless;
namespace m = tl::math;

namespace {

struct nest : tl::network<nest> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value xs = g.input("x", tl::shape{5, 7, 3}), w = g.parameter("w", tl::shape{4, 3});
    const tl::value u = g.parameter("u", tl::shape{4, 4}),
                    start = g.parameter("start", tl::shape{4});
    const auto r = tl::scan(xs, start, [&](tl::value x, tl::value h) {
      const auto inner = tl::scan(x, tl::values{h, 0.5 * h}, [&](tl::value row, tl::values<2> s) {
        const tl::value gate = m::sigmoid(m::matmul(u, s[1]) + h);
        const tl::value next = m::tanh(m::matmul(w, row) + m::matmul(u, gate * s[0]));
        return tl::stepped{tl::values{next, s[1] * gate}, next * gate};
      });
      return tl::stepped{inner.last[0] + m::mean(inner.all[0], 0), inner.last[1]};
    });
    return m::concat(m::flatten(r.all), r.last);
  }
};

using job = tl::detail::training_job<nest, tl::mse, tl::sgd, tl::batch<3>>;
using plan = std::remove_const_t<decltype(job::plan)>;
constexpr int steps = job::plan.step_count, accesses = job::plan.access_count;
static_assert(tl::plan_is_sound(job::plan, job::ready));

template <class Break>
void check_found(const char* kind, Break break_at, int places) {
  int broken = 0, found = 0;
  for (int i = 0; i < places; ++i) {
    auto p = job::plan;
    if (!break_at(p, i)) continue;
    ++broken;
    const bool is_found = !tl::plan_is_sound(p, job::ready);
    if (!is_found) UNSCOPED_INFO("place " << i);
    found += is_found;
  }
  INFO(kind);
  CHECK(broken > 0);
  CHECK(found == broken);
}

bool begins_inner_loop(const plan& p, int s) {
  return p.steps[s].inner != 0 && (s == 0 || p.steps[s - 1].inner != p.steps[s].inner);
}
int step_of(int a) {
  for (int s = 0; s < steps; ++s)
    if (a >= job::plan.steps[s].access_begin && a < job::plan.steps[s].access_end) return s;
  return -1;
}
bool in_arena(const tl::access& x) { return x.where == tl::place::arena && x.storage >= 0; }
/// Whether a step of the same inner loop stores parts of what an access reads, turn by turn.
bool reads_what_its_loop_fills(int a) {
  const tl::step& s = job::plan.steps[step_of(a)];
  for (int b = 0; b < accesses; ++b) {
    const tl::access& y = job::plan.accesses[b];
    if (y.stores && in_arena(y) && y.inner != 0 && y.storage == job::plan.accesses[a].storage &&
        job::plan.steps[step_of(b)].inner == s.inner)
      return s.inner != 0 && !job::plan.accesses[a].stores;
  }
  return false;
}

}  // namespace

TEST_CASE("plans of loops inside loops have both", "[plan]") {
  int inside = 0, loops = 0;
  for (int s = 0; s < steps; ++s) {
    inside += job::plan.steps[s].inner != 0;
    loops += begins_inner_loop(job::plan, s);
  }
  CHECK(loops == 2);  // forward and back
  CHECK(inside > 6);
}
TEST_CASE("the checker finds inner loops that run otherwise", "[plan]") {
  check_found(
      "one turn more or less",
      [&](plan& p, int i) {
        const int s = i / 2;
        if (!begins_inner_loop(p, s)) return false;
        const int inner = p.steps[s].inner;
        for (tl::step& other : p.steps)
          if (other.inner == inner) other.inner_trips += i % 2 == 0 ? 1 : -1;
        return true;
      },
      2 * steps);
  check_found(
      "one step that does not know of the others' turns",
      [&](plan& p, int s) {
        if (p.steps[s].inner == 0) return false;
        p.steps[s].inner_trips += 1;
        return true;
      },
      steps);
  check_found(
      "a step between those of an inner loop that does not belong to it",
      [&](plan& p, int s) {
        if (s == 0 || s + 1 == steps || p.steps[s].inner == 0 ||
            p.steps[s - 1].inner != p.steps[s].inner || p.steps[s + 1].inner != p.steps[s].inner)
          return false;
        p.steps[s].inner = 0;
        p.steps[s].inner_trips = 1;
        return true;
      },
      steps);
  check_found(
      "all turns store in one place",
      [&](plan& p, int a) {
        const bool fits = p.accesses[a].stores && p.accesses[a].inner != 0;
        p.accesses[a].inner = 0;
        return fits;
      },
      accesses);
  check_found(
      "stores further apart, or in the other direction",
      [&](plan& p, int i) {
        tl::access& x = p.accesses[i / 2];
        const bool fits = x.stores && x.inner != 0;
        x.inner = i % 2 == 0 ? x.inner + 1 : -x.inner;
        return fits;
      },
      2 * accesses);
  check_found(
      "a store that goes on with both loops",
      [&](plan& p, int a) {
        const bool fits = p.accesses[a].stores && p.accesses[a].inner != 0;
        p.accesses[a].iteration = p.accesses[a].inner;
        return fits;
      },
      accesses);
}
TEST_CASE("the checker finds inner loops that read too early", "[plan]") {
  check_found(
      "what a later turn stores, or what no turn of this iteration stored",
      [&](plan& p, int i) {
        tl::access& x = p.accesses[i / 2];
        if (!reads_what_its_loop_fills(i / 2)) return false;
        if (i % 2 == 0)
          x.offset += x.inner;
        else
          x.iteration = x.inner;
        return true;
      },
      2 * accesses);
  check_found(
      "another distance than it is stored by",
      [&](plan& p, int a) {
        p.accesses[a].inner += 1;
        return reads_what_its_loop_fills(a);
      },
      accesses);
  check_found(
      "a step of the outer loop before the inner loop that it reads",
      [&](plan& p, int s) {
        if (!begins_inner_loop(p, s)) return false;
        int end = s;
        while (end < steps && p.steps[end].inner == p.steps[s].inner) ++end;
        for (int later = end; later < steps && p.steps[later].scan == p.steps[s].scan; ++later)
          for (int a = p.steps[later].access_begin; a < p.steps[later].access_end; ++a)
            for (int b = p.steps[s].access_begin; b < p.steps[end - 1].access_end; ++b)
              if (!p.accesses[a].stores && p.accesses[b].stores && in_arena(p.accesses[b]) &&
                  p.accesses[a].storage == p.accesses[b].storage && in_arena(p.accesses[a])) {
                const tl::step moved = p.steps[later];
                for (int k = later; k > s; --k) p.steps[k] = p.steps[k - 1];
                p.steps[s] = moved;
                return true;
              }
        return false;
      },
      steps);
}
TEST_CASE("the checker finds values of inner loops in the places of others", "[plan]") {
  // What every turn reads and no turn stores, in the place of what a turn stores.
  check_found(
      "a place that every turn takes",
      [&](plan& p, int i) {
        const int a = i / accesses, b = i % accesses;
        const tl::access x = p.accesses[a], y = p.accesses[b];
        const tl::step &s = p.steps[step_of(a)], &t = p.steps[step_of(b)];
        if (x.stores || !y.stores || !in_arena(x) || !in_arena(y) || s.inner == 0 ||
            s.inner != t.inner || x.storage == y.storage)
          return false;
        for (int c = 0; c < accesses; ++c)
          if (p.accesses[c].stores && p.accesses[c].storage == x.storage &&
              in_arena(p.accesses[c]) && p.steps[step_of(c)].inner == s.inner)
            return false;
        const int by = y.offset - x.offset;
        for (tl::access& other : p.accesses)
          if (in_arena(other) && other.storage == x.storage) other.offset += by;
        return true;
      },
      accesses * accesses);
}
