// Every problem of a declaration is noted, with the place, what came and what was wanted.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

using G = tl::graph;
using V = tl::value;
using P = tl::problem;

/// What a declaration leaves in its graph.
template <class F>
consteval tl::diagnosis diagnose(F f) {
  tl::detail::graph_storage<64> storage{};
  tl::graph g = storage.open();
  f(g, g.input("x", tl::shape{2, 3}));
  return g.error;
}

/// The diagnosis of a network under a loss and options.
template <class Net, class Loss, class... Options>
constexpr tl::diagnosis of_training =
    tl::freeze<tl::detail::gradient_stage<Net, Loss, 1, tl::detail::options_of<Options...>>>()
        .error;

static_assert(diagnose([](G&, V x) { tl::math::exp(x); }).what == P::none);
static_assert(diagnose([](G& g, V x) {
                x + g.constant(1.0) * g.leaf("w", tl::place::parameters, tl::shape{2}, false);
              }).what == P::shapes_do_not_broadcast);
static_assert(diagnose([](G& g, V x) {
                tl::math::matmul(x, g.leaf("w", tl::place::parameters, tl::shape{4}, false));
              }).what == P::shared_axis_differs);
static_assert(diagnose([](G& g, V x) { tl::math::matmul(x, g.constant(1.0)); }).what ==
              P::shared_axis_differs);
static_assert(diagnose([](G& g, V x) { tl::dense<4>::lower(g, x); }).what ==
              P::layer_needs_a_vector);
static_assert(diagnose([](G& g, V x) { g.dense("fc", x, 4); }).what == P::layer_needs_a_vector);
static_assert(diagnose([](G& g, V) {
                g.parameter("w", tl::shape{2}, {});
                g.parameter("w", tl::shape{3}, {});
              }).what == P::duplicate_parameter_path);
static_assert(diagnose([](G&, V x) { tl::math::reshape(x, tl::shape{5}); }).what ==
              P::reshape_changes_count);
static_assert(diagnose([](G&, V x) { tl::math::sum(x, 2); }).what == P::axis_out_of_range);
static_assert(diagnose([](G&, V x) {
                tl::math::permute(x, tl::shape{0, 0});
              }).what == P::axis_out_of_range);
static_assert(diagnose([](G&, V x) { tl::math::concat(x, tl::math::flatten(x)); }).what ==
              P::axis_out_of_range);
static_assert(diagnose([](G&, V x) { tl::math::softmax(tl::math::sum(x)); }).what ==
              P::axis_out_of_range);
static_assert(diagnose([](G&, V x) { tl::math::slice(x, 1, 2, 2); }).what == P::slice_out_of_range);
static_assert(diagnose([](G& g, V x) { tl::gradient(tl::math::sum(x), g.constant(1.0)); }).what ==
              P::gradient_of_constant);
static_assert(diagnose([](G&, V x) { tl::gradient(tl::math::sum(x), V{2.0}); }).what ==
              P::gradient_of_constant);
static_assert(diagnose([](G&, V x) { tl::math::slice(x, 2, 0, 1); }).what == P::slice_out_of_range);
static_assert(diagnose([](G&, V x) {
                tl::math::expand(x, tl::shape{2, 4});
              }).what == P::shapes_do_not_broadcast);
static_assert(diagnose([](G&, V x) {
                for (int i = 0; i < 100; ++i) x = x + 1.5;
              }).what == P::too_many_nodes);
static_assert(diagnose([](G& g, V) {
                for (int i = 0; i < 100; ++i)
                  g.leaf(tl::path{"t"}.join(i), tl::place::input, tl::shape{i + 1}, true);
              }).what != P::none);

// The first problem stays, and says what came and what was wanted.
constexpr tl::diagnosis first = diagnose([](G&, V x) {
  tl::math::slice(x, 1, 2, 2);
  tl::math::reshape(x, tl::shape{5});
});
static_assert(first.what == P::slice_out_of_range && first.got == tl::shape(2, 2, 1) &&
              first.wanted == tl::shape(2, 3) && first.where.view() == "slice");
constexpr tl::diagnosis nested = diagnose(
    [](G& g, V x) { tl::sequential<tl::relu, tl::named<"head", tl::dense<4>>>::lower(g, x); });
static_assert(nested.where.view() == "head" && nested.got == tl::shape(2, 3));

struct vector_net : tl::sequential<tl::input<3>, tl::dense<2>> {};
struct matrix_net : tl::sequential<tl::input<2, 3>, tl::relu> {};
static_assert(of_training<vector_net, tl::mse>.what == P::none);
static_assert(of_training<matrix_net, tl::cross_entropy>.what == P::loss_needs_logits_of_classes);
static_assert(of_training<vector_net, tl::mse, tl::frozen_paths<"1">>.what ==
              P::unknown_parameter_path);
static_assert(of_training<vector_net, tl::mse, tl::frozen_paths<"0.weight">>.what == P::none);

}  // namespace

TEST_CASE("problems are noted at run time too") {
  static tl::detail::graph_storage<64> storage{};
  tl::graph g = storage.open();
  const tl::value x = g.input("x", tl::shape{2, 3});
  tl::math::reshape(x, tl::shape{4});
  CHECK(g.failed());
  CHECK(g.error.what == P::reshape_changes_count);
  CHECK(g.error.got == tl::shape(2, 3));
  CHECK(g.error.wanted == tl::shape{4});
}
