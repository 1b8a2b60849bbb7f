// Values that are computed again instead of stored, and borders around values that others read.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

constexpr tl::kernel three{.size = 3, .padding = 1};

/// The plan of a training step for eight lanes.
template <class Net, int Batch>
struct step_of {
  static constexpr tl::target on{8, 4, 16, tl::lane_axis::features};
  using stage =
      tl::detail::step_stage<Net, tl::mse, tl::sgd, Batch, tl::detail::options_of<>,
                             tl::detail::sharing::equal, tl::detail::gradient_source::samples>;
  static constexpr auto built = tl::freeze<stage>();
  struct rebuilt {
    static consteval void build(tl::graph& g) { tl::rebuild(g, built); }
  };
  static constexpr auto pruned = tl::freeze<rebuilt>();
  struct legalized {
    static consteval void build(tl::graph& g) { tl::legalize(g, pruned, on); }
  };
  static constexpr auto ready = tl::freeze<legalized>();
  static constexpr auto plan = tl::make_program<ready, on>();
};

/// Elements of a step's results.
constexpr int results_of(const tl::step& s) {
  int n = 1;
  for (int l = 0; l < s.parallel; ++l) n *= s.extent[l];
  return n;
}
/// Values of at least so many elements that are stored in the arena; of those, copies.
struct stored_values {
  int all = 0, copies = 0;
};
template <class Program>
constexpr stored_values stored(const Program& p, int least) {
  stored_values r;
  for (const tl::step& s : p.steps) {
    if (results_of(s) < least) continue;
    bool computes = s.reduction != tl::reduction_kind::none;
    for (int i = s.code_begin; i < s.code_end; ++i)
      computes = computes || p.code[i].what == tl::action::apply;
    for (int i = s.code_begin; i < s.code_end; ++i)
      if (p.code[i].what == tl::action::store &&
          p.accesses[s.access_begin + p.code[i].b].where == tl::place::arena) {
        ++r.all;
        r.copies += !computes;
      }
  }
  return r;
}

/// Of a normalisation that trains the difference from the mean, the standardized values and the
/// gradient behind the weight are no values of their own; and what the convolution reads and the
/// activation's derivative too lies inside the padding from the start.
struct normalized
    : tl::sequential<tl::input<2, 5, 6>, tl::conv2d<8, three, tl::bias::off>, tl::batch_norm<>,
                     tl::relu, tl::conv2d<8, three, tl::bias::off>, tl::batch_norm<>, tl::relu> {};
constexpr int whole = 4 * 8 * 5 * 6;
// Forward the results of each convolution and of each activation; the difference from the target;
// backward the gradient behind each normalisation and in front of it.
static_assert(stored(step_of<normalized, 4>::plan, whole).all == 9);
static_assert(stored(step_of<normalized, 4>::plan, whole).copies == 0);

/// Two borders around a value that others read.
struct two_borders : tl::network<two_borders> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{5, 6}), w = g.parameter("w", tl::shape{5, 6});
    const tl::value y = m::tanh(x * w);
    const tl::value inside = m::pad(m::pad(y, 0, 1, 2), 1, 2, 1);
    return m::square(inside) * m::sum(m::exp(y));
  }
};
static_assert(stored(step_of<two_borders, 2>::plan, 2 * 5 * 6).copies == 0);

/// Differences that four readers compute again: a sum, products, a matrix product and a join. Two
/// of these need them in memory.
struct differences : tl::network<differences> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 7}), w = g.parameter("w", tl::shape{7, 7});
    const tl::value y = m::tanh(m::matmul(x, w));
    const tl::value away = y - m::mean(y, 0, true);
    const tl::value scaled = away * g.parameter("s", tl::shape{7});
    const tl::value power = m::sum(m::square(scaled), 1, true);
    return m::concat({m::sigmoid(scaled), m::matmul(scaled, w), scaled / (power + 1.0)}, 0);
  }
};
/// The same of three operations in a row, whose last two are repeated with the first one stored.
struct chain : tl::network<chain> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 7});
    const tl::value a = g.parameter("a", tl::shape{7}), b = g.parameter("b", tl::shape{4, 1});
    const tl::value y = m::exp(x * 0.3), first = y - a, second = first * b, third = second + a;
    return m::sum(m::tanh(y), 0) * m::sum(m::sigmoid(first), 0) + m::sum(m::tanh(second), 0) +
           m::sum(m::exp(third), 0) / (1.0 + m::sum(m::square(third)));
  }
};
/// Masks and choices that several sums take.
struct choices : tl::network<choices> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 7}), w = g.parameter("w", tl::shape{7});
    const tl::value y = m::sin(x * w), mask = y > 0.1;
    return m::sum(m::select(mask, y, w), 0) * m::sum(m::select(mask, m::exp(y), 0.5), 0) +
           m::sum(mask, 0);
  }
};
/// Repeated where a scan reads the same values.
struct beside_a_scan : tl::network<beside_a_scan> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value xs = g.input("x", tl::shape{5, 8}), a = g.parameter("a", tl::shape{8});
    const tl::value y = m::tanh(xs), away = y - a;
    const auto r = tl::scan(away, a, [&](tl::value x, tl::value s) {
      return tl::stepped{m::sigmoid(s * a + x), x * (s - a)};
    });
    return m::sum(m::square(away), 0) + m::sum(m::exp(away * y), 0) * r.last + m::sum(r.all, 0);
  }
};

template <class Net, int Batch, class... Options>
void check() {
  laws::check_steps<laws::three_steps, double, Net, tl::mse, tl::sgd, tl::batch<Batch>,
                    Options...>();
}
template <class Net>
void check_lanes() {
  check<Net, 3>();
  check<Net, 9, tl::lanes_over<tl::lane_axis::samples>>();
}

}  // namespace

TEST_CASE("normalised convolutions", "[plan]") { check_lanes<normalized>(); }
TEST_CASE("borders around a value of others", "[plan]") { check_lanes<two_borders>(); }
TEST_CASE("differences that several readers take", "[plan]") { check_lanes<differences>(); }
TEST_CASE("operations in a row that are repeated", "[plan]") { check_lanes<chain>(); }
TEST_CASE("masks that several readers take", "[plan]") { check_lanes<choices>(); }
TEST_CASE("values repeated beside a scan", "[plan]") { check_lanes<beside_a_scan>(); }
