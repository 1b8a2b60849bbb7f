// Joins inside of joins where others read what lies inside: no step may wait for itself.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// A border around a value inside a concatenation, whose other part depends on the value.
struct border_in_concat : tl::network<border_in_concat> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, 3}), w = g.parameter("w", tl::shape{2, 2});
    const tl::value y = m::tanh(x);
    return m::flatten(m::concat(m::pad(y, 1, 1, 1), m::tanh(m::matmul(w, y)), 1));
  }
};
/// Two borders, one around the other, in a concatenation.
struct two_borders : tl::network<two_borders> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, 3}), w = g.parameter("w", tl::shape{4, 2});
    const tl::value y = m::sigmoid(x * 2.0);
    const tl::value inside = m::pad(m::pad(y, 1, 1, 0), 0, 1, 1);
    return m::flatten(m::concat(inside, m::matmul(w, y) * m::sum(inside), 1));
  }
};
/// What a scan carries last beside what its steps yielded, which the steps read too.
struct last_and_all : tl::network<last_and_all> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value xs = g.input("x", tl::shape{4, 3}), a = g.parameter("a", tl::shape{3});
    const auto r = tl::scan(xs, a, [&](tl::value x, tl::value s) {
      const tl::value y = m::sum(m::tanh(x + s));
      return tl::stepped{m::sigmoid(y * a), y};
    });
    return m::concat(r.last, r.all);
  }
};
/// The same by rows, with a border around it, behind a second scan over it.
struct rows_of_two_scans : tl::network<rows_of_two_scans> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value xs = g.input("x", tl::shape{4, 3}), a = g.parameter("a", tl::shape{3});
    const auto r = tl::scan(xs, a, [&](tl::value x, tl::value s) {
      const tl::value y = m::tanh(x + m::sum(s));
      return tl::stepped{m::sigmoid(m::sum(y) + a), y};
    });
    const tl::value all = m::pad(m::concat(m::unsqueeze(r.last, 0), r.all, 0), 0, 1, 0);
    const auto s = tl::scan(all, 0.5, [](tl::value x, tl::value h) {
      const tl::value y = x * h;
      return tl::stepped{m::sum(m::tanh(y)), y};
    });
    return m::flatten(m::concat(s.all, all, 1)) * s.last;
  }
};

/// What the steps of two scans yielded and read, one behind the other.
struct all_of_two_scans : tl::network<all_of_two_scans> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value xs = g.input("x", tl::shape{4, 3}), a = g.parameter("a", tl::shape{3});
    const auto walk = [&](tl::value x, tl::value s) {
      const tl::value y = m::tanh(x + m::sum(s) * a);
      return tl::stepped{y * m::sum(y), y};
    };
    const auto first = tl::scan(xs, a, walk), second = tl::scan(first.all, first.last, walk);
    return m::flatten(m::concat(second.all, first.all, 1));
  }
};
/// What the steps of a scan yielded and read, in columns beside what depends on the last of them.
struct beside_its_last : tl::network<beside_its_last> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value xs = g.input("x", tl::shape{4, 3}), a = g.parameter("a", tl::shape{3});
    const tl::value w = g.parameter("w", tl::shape{4, 1});
    const auto r = tl::scan(xs, a, [&](tl::value x, tl::value s) {
      const tl::value y = m::tanh(x + m::sum(s) * a);
      return tl::stepped{y * m::sum(y), y};
    });
    return m::flatten(m::concat(r.all, w * m::unsqueeze(r.last, 0), 1));
  }
};

template <class Net, int Batch, class... Options>
void check() {
  laws::check_steps<laws::three_steps, double, Net, tl::mse, tl::sgd, tl::batch<Batch>,
                    Options...>();
}

}  // namespace

/// A forward pass, which stores other values than a step.
template <class Net>
void check_forward() {
  const auto theta = tl::init<Net, tl::as_declared, double>(tl::seed{5});
  std::array<double, 12> x{};
  for (int i = 0; i < 12; ++i) x[static_cast<std::size_t>(i)] = 0.1 * i - 0.5;
  const auto run = tl::forward<Net>(theta, x);
  const auto reference = tl::forward<Net, tl::by_reference>(theta, x);
  for (std::size_t i = 0; i < run.size(); ++i) CHECK(run[i] == Approx(reference[i]).margin(1e-12));
}

TEST_CASE("a border inside a concatenation", "[plan]") {
  check<border_in_concat, 3>();
  check<border_in_concat, 9, tl::lanes_over<tl::lane_axis::samples>>();
  check<two_borders, 2>();
}
TEST_CASE("a scan inside a concatenation", "[plan]") {
  check<last_and_all, 3>();
  check<last_and_all, 9, tl::lanes_over<tl::lane_axis::samples>>();
  check<rows_of_two_scans, 2>();
  check<beside_its_last, 3>();
  check_forward<beside_its_last>();
  check_forward<all_of_two_scans>();
}
