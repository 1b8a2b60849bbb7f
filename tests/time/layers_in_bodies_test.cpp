// Bodies that declare parameters and draw random numbers: each is one for all steps, also where the
// loop is written out or its body is recorded once more for steps that are left over.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// The cell of a body, which declares its layers itself.
template <bool Declares>
struct cell {
  tl::graph& g;
  tl::value w, b, u;

  constexpr explicit cell(tl::graph& graph) : g{graph} {
    if constexpr (!Declares) {
      w = g.parameter("d.weight", tl::shape{3, 3}, {}, true);
      b = g.parameter("d.bias", tl::shape{3});
      u = g.parameter("u", tl::shape{3});
    }
  }
  constexpr tl::value operator()(tl::value x, tl::value h) const {
    const tl::value z = Declares ? g.dense("d", x, 3) : m::matmul(w, x) + b;
    return m::tanh(z + h * (Declares ? g.parameter("u", tl::shape{3}) : u));
  }
};

/// Steps that are left over; loops in the body, written out at both lengths; a map at a third
/// level.
template <int Kind, bool Declares>
struct net : tl::network<net<Kind, Declares>> {
  static constexpr tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{5, 3, 2, 3});
    const cell<Declares> own{g};
    const tl::value start = g.constant(0.25, tl::shape{3});
    const auto over_rows = [&](tl::value rows, tl::value h) {
      return tl::scan(rows, h,
                      [&](tl::value pair, tl::value k) {
                        if (Kind == 0) return own(pair[0] - pair[1], k);
                        return k + m::sum(tl::map(pair, [&](tl::value e) { return own(e, k); }), 0);
                      })
          .last;
    };
    if (Kind == 2) {
      const auto flat = [&](tl::value rows, tl::value h) {
        return own(rows[0][1] * rows[2][0], h);
      };
      return tl::scan(x, start, flat, tl::scan_options{.recompute = 2}).last;
    }
    return tl::scan(x, start, over_rows).last;
  }
};

template <int Kind>
void check_declared_inside() {
  laws::check_same_steps<net<Kind, true>, net<Kind, false>, 2>();
}

/// Dropout in a body, whose steps are left over or not.
template <int Recompute>
struct dropped : tl::network<dropped<Recompute>> {
  static constexpr tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{5, 3}), w = g.parameter("w", tl::shape{3});
    return tl::scan(
               x, w,
               [&](tl::value now, tl::value h) {
                 return g.layer<tl::dropout<0.4>>("d", m::tanh(now * w) + 0.5 * h);
               },
               tl::scan_options{.recompute = Recompute})
        .last;
  }
};

}  // namespace

TEST_CASE("layers in the body of a loop in a body that is written out", "[scan]") {
  check_declared_inside<0>();
}
TEST_CASE("layers in a map at the third level", "[scan]") { check_declared_inside<1>(); }
TEST_CASE("layers in a body whose last steps are recorded once more", "[scan]") {
  check_declared_inside<2>();
}
TEST_CASE("random numbers of a body are those of all steps", "[scan]") {
  laws::check_same_steps<dropped<2>, dropped<0>, 2>();
}
