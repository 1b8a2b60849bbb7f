// Einstein's notation: every form for one and two operands against loops over all labels, with
// gradients; forms that numpy refuses are refused.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <map>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

/// einsum(a, b) of parameters of those shapes, with subscripts as text.
template <tl::fixed_string Text, tl::shape A, tl::shape B>
struct einsum_net : tl::network<einsum_net<Text, A, B>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{});
    const tl::value y = tl::einsum(Text.text, g.parameter("a", A), g.parameter("b", B));
    return y * x;
  }
};

double element(int tensor, int i) { return std::sin(0.7 * i + 1.9 * tensor + 0.3); }

struct operand {
  std::string labels;
  tl::shape dims;
  int tensor;
};

/// The sum by loops over all labels, numpy's way: extents of 1 are repeated.
struct by_loops {
  std::vector<operand> in;
  std::string out;
  std::map<char, int> extent;

  by_loops(std::vector<operand> operands, std::string result) : in{operands}, out{result} {
    for (const operand& o : in)
      for (std::size_t i = 0; i < o.labels.size(); ++i)
        extent[o.labels[i]] = std::max(extent[o.labels[i]], o.dims[static_cast<int>(i)]);
  }
  int position(const std::string& labels, const tl::shape* dims, std::map<char, int>& at) const {
    int p = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const int n = dims != nullptr ? (*dims)[static_cast<int>(i)] : extent.at(labels[i]);
      p = p * n + (n == 1 ? 0 : at[labels[i]]);
    }
    return p;
  }
  /// Calls f(position in each operand ..., position in the result).
  template <class F>
  void for_each(F f) const {
    std::map<char, int> at;
    for (const auto& [c, n] : extent) at[c] = 0;
    for (;;) {
      std::vector<int> p;
      for (const operand& o : in) p.push_back(position(o.labels, &o.dims, at));
      f(p, position(out, nullptr, at));
      auto c = extent.begin();
      while (c != extent.end() && ++at[c->first] == c->second) at[(c++)->first] = 0;
      if (c == extent.end()) return;
    }
  }
};

/// Values and gradients of one case, in double, for a batch of one and of three.
template <tl::fixed_string Text, tl::shape A, tl::shape B>
void check(const char* left, const char* right, const char* out) {
  using net = einsum_net<Text, A, B>;
  INFO(std::string(Text.view()));
  tl::parameters<net, double> theta{};
  for (int t = 0; t < 2; ++t)
    for (int e = 0; e < theta.tensors().of[t].dims.count(); ++e) theta.set(t, e, element(t, e));
  const by_loops loops{{{left, A, 0}, {right, B, 1}}, out};
  constexpr int n = tl::output_size<net>;
  std::vector<double> y(n), da(static_cast<std::size_t>(A.count())),
      db(static_cast<std::size_t>(B.count()));
  loops.for_each([&](const std::vector<int>& p, int o) {
    y[static_cast<std::size_t>(o)] += element(0, p[0]) * element(1, p[1]);
  });
  const double x[3] = {1.0, 0.5, -2.0};
  double got[3 * n], target[3 * n] = {};
  tl::forward<net, tl::batch<3>>(theta, static_cast<const double*>(x), got);
  for (int s = 0; s < 3; ++s)
    for (int i = 0; i < n; ++i)
      CHECK(got[s * n + i] == Approx(x[s] * y[static_cast<std::size_t>(i)]).margin(1e-13));
  // Of the sum of squares of all outputs.
  const double squares = 1 + 0.25 + 4;
  loops.for_each([&](const std::vector<int>& p, int o) {
    const double dy = 2 * squares * y[static_cast<std::size_t>(o)];
    da[static_cast<std::size_t>(p[0])] += dy * element(1, p[1]);
    db[static_cast<std::size_t>(p[1])] += dy * element(0, p[0]);
  });
  const auto r = tl::value_and_grad<net, tl::summed<tl::mse>, tl::batch<3>>(
      theta, static_cast<const double*>(x), static_cast<const double*>(target));
  for (int e = 0; e < A.count(); ++e)
    CHECK(r.gradient.get(0, e) == Approx(da[static_cast<std::size_t>(e)]).margin(1e-12));
  for (int e = 0; e < B.count(); ++e)
    CHECK(r.gradient.get(1, e) == Approx(db[static_cast<std::size_t>(e)]).margin(1e-12));
}

/// The trace of a matrix, then the matrix transposed.
struct one_operand_net : tl::network<one_operand_net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3, 3});
    const tl::value trace = tl::einsum("ii", x), transposed = tl::einsum("ab->ba", x);
    return tl::math::concat(tl::math::reshape(trace, 1), tl::math::flatten(transposed)) +
           tl::math::sum(tl::einsum("ii->i", x)) * tl::value{0.0};
  }
};

/// The first problem of a declaration with two operands of rank 2.
template <tl::fixed_string Text>
constexpr tl::problem problem_of() {
  struct stage {
    static consteval void build(tl::graph& g) {
      tl::einsum(Text.text, g.parameter("a", tl::shape{2, 2}), g.parameter("b", tl::shape{2, 2}));
    }
  };
  return tl::freeze<stage>().error.what;
}
template <tl::fixed_string Text>
constexpr tl::problem problem_of_one() {
  struct stage {
    static consteval void build(tl::graph& g) {
      tl::einsum(Text.text, g.parameter("a", tl::shape{2, 2}));
    }
  };
  return tl::freeze<stage>().error.what;
}

static_assert(problem_of<"ij,jk->ik">() == tl::problem::none);
static_assert(problem_of<"ij,jk->iik">() == tl::problem::label_twice_in_result);
static_assert(problem_of<"ij,jk->iz">() == tl::problem::label_of_no_operand);
static_assert(problem_of<"ij,j->i">() == tl::problem::labels_do_not_match_rank);
static_assert(problem_of<"ijk,jk->i">() == tl::problem::labels_do_not_match_rank);
static_assert(problem_of<"i1,1k->ik">() == tl::problem::label_is_no_letter);
static_assert(problem_of<"ij">() == tl::problem::labels_do_not_match_rank);
static_assert(problem_of<"...i,jk->ik">() == tl::problem::labels_do_not_match_rank);
// One arrow, and no comma behind it.
static_assert(problem_of<"ij->ij,jk">() == tl::problem::labels_do_not_match_rank);
static_assert(problem_of<"ij,jk->ik->ki">() == tl::problem::label_is_no_letter);
static_assert(problem_of_one<"ij->ij->ji">() == tl::problem::label_is_no_letter);
static_assert(problem_of_one<"ij - > ji">() == tl::problem::label_is_no_letter);
static_assert(
    problem_of_one<"                                                             ij->ji">() ==
    tl::problem::none);
static_assert(problem_of_one<"ij->ji">() == tl::problem::none);
static_assert(problem_of_one<"ij->jj">() == tl::problem::label_twice_in_result);
static_assert(problem_of_one<"ij,jk->ik">() == tl::problem::labels_do_not_match_rank);

constexpr tl::shape s(int a) { return tl::shape{a}; }
constexpr tl::shape s(int a, int b) { return {a, b}; }
constexpr tl::shape s(int a, int b, int c) { return {a, b, c}; }
constexpr tl::shape s(int a, int b, int c, int d) { return {a, b, c, d}; }

}  // namespace

TEST_CASE("any letter of either case") {
  check<"qd,kd->qk", s(3, 4), s(5, 4)>("qd", "kd", "qk");
  check<"zA,Ap->zp", s(3, 4), s(4, 17)>("zA", "Ap", "zp");
  check<"Zz,zy->yZ", s(3, 4), s(4, 5)>("Zz", "zy", "yZ");
  check<" o p , p q -> q o ", s(3, 4), s(4, 5)>("op", "pq", "qo");
}

TEST_CASE("diagonals and lone labels") {
  check<"ii,i->i", s(4, 4), s(4)>("ii", "i", "i");
  check<"ii,ij->j", s(4, 4), s(4, 3)>("ii", "ij", "j");
  check<"iji,jk->k", s(3, 2, 3), s(2, 5)>("iji", "jk", "k");
  check<"iii,j->j", s(3, 3, 3), s(5)>("iii", "j", "j");
  check<"ab,cd->ac", s(3, 4), s(5, 6)>("ab", "cd", "ac");
  check<"ab,c->", s(3, 4), s(5)>("ab", "c", "");
  check<"ii,jj->ij", s(3, 3), s(4, 4)>("ii", "jj", "ij");
}

TEST_CASE("extents of 1 and ellipses broadcast") {
  check<"ij,jk->ik", s(3, 1), s(4, 5)>("ij", "jk", "ik");
  check<"ij,ij->ij", s(1, 4), s(3, 1)>("ij", "ij", "ij");
  check<"...ij,...jk->...ik", s(2, 3, 4), s(4, 5)>("bij", "jk", "bik");
  check<"...ij,...jk->...ik", s(2, 1, 3, 4), s(6, 4, 5)>("abij", "bjk", "abik");
  check<"i...,i->...", s(3, 2, 2), s(3)>("iab", "i", "ab");
}

TEST_CASE("the result that numpy infers") {
  check<"ij,jk", s(3, 4), s(4, 5)>("ij", "jk", "ik");
  check<"ba,bC", s(3, 4), s(3, 2)>("ba", "bC", "Ca");
  check<"ij,ij", s(3, 4), s(3, 4)>("ij", "ij", "");
}

TEST_CASE("as many labels as four axes allow") {
  check<"abcd,efcd->abef", s(2, 3, 2, 3), s(3, 2, 2, 3)>("abcd", "efcd", "abef");
  check<"abcd,dcef->faeb", s(2, 3, 2, 3), s(3, 2, 2, 2)>("abcd", "dcef", "faeb");
  check<"abcd,abcd->abcd", s(2, 3, 2, 5), s(2, 3, 2, 5)>("abcd", "abcd", "abcd");
}

TEST_CASE("one operand") {
  using net = one_operand_net;
  const auto y =
      tl::forward<net>(tl::parameters<net>{}, std::array<float, 9>{1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(y[0] == 15);
  CHECK(y[2] == 4);
  CHECK(y[4] == 2);
}

TEST_CASE("matmul of all ranks, with leading axes that broadcast") {
  struct stage {
    static consteval void build(tl::graph& g) {
      const auto product = [&](tl::shape a, tl::shape b) {
        g.yield(tl::math::matmul(g.leaf("a", tl::place::input, a, true),
                                 g.leaf("b", tl::place::input, b, true)));
      };
      product(s(4), s(2, 4, 5));
      product(s(2, 1, 3, 4), s(6, 4, 5));
      product(s(3, 4), s(4));
      product(s(6, 3, 4), s(4));
    }
  };
  static constexpr auto g = tl::freeze<stage>();
  static_assert(g.error.what == tl::problem::none);
  CHECK(g.result(0).dims == s(2, 5));
  CHECK(g.result(1).dims == s(2, 6, 3, 5));
  CHECK(g.result(2).dims == s(3));
  CHECK(g.result(3).dims == s(6, 3));
}
