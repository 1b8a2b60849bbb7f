// What a source pays and gets that only declares a network: no vectors, no kernels, the same bits.

#include <catch2/catch.hpp>
#include <cstring>
#include <checks/tagger.hpp>
#include <tapeless/io/weights.hpp>
#include <tapeless/train/fit.hpp>
#include <type_traits>

#if defined(XSIMD_HPP) || defined(XSIMD_VERSION_MAJOR)
#error "a header above includes xsimd"
#endif

using namespace compiled_once;

static_assert(one::batch_size == 1 && one::input_size == 7 && one::output_size == 5);
static_assert(several::batch_size == 6 && std::is_same_v<several::scalar, double>);
static_assert(in_loops::batch_size == 2 && std::is_same_v<in_loops::scalar, float>);
static_assert(tagger_trainer::batch_size == 8 && tagger_trainer::target_size == 1);
static_assert(tagger_trainer::topology_hash == tl::topology_hash<logits>);
static_assert(std::is_trivially_copyable_v<tagger_trainer>);
static_assert(sizeof(tagger_trainer) == sizeof(tagger_trainer::state_type));
static_assert(tl::trainable<tagger_trainer> && tl::trainable<pair_trainer>);
static_assert(tl::described_parameters<tagger_trainer::parameters_type>);

namespace {

template <class T, std::size_t N>
std::array<T, N> numbers() {
  std::array<T, N> x;
  for (std::size_t i = 0; i < N; ++i) x[i] = static_cast<T>((i * 37) % 21) / 10 - 1;
  return x;
}

bool same_bits(const auto& a, const auto& b) { return std::memcmp(&a, &b, sizeof(a)) == 0; }

}  // namespace

TEST_CASE("an engine of another source computes what forward computes") {
  const auto theta = tl::init<tagger>(tl::seed{1});
  const auto x = numbers<float, 7>();
  const auto y = one::forward(theta, x);
  std::array<float, 5> wanted{};
  forward_here(theta, x.data(), wanted.data());
  CHECK(same_bits(y, wanted));
  CHECK(y[0] + y[1] + y[2] + y[3] + y[4] == Approx(1));
}

TEST_CASE("so does one of a batch in double precision") {
  const auto theta = tl::init<tagger, tl::as_declared, double>(tl::seed{2});
  const auto x = numbers<double, 42>();
  std::array<double, 30> y{}, wanted{};
  several::forward(theta, x.data(), y.data());
  forward_here(theta, x.data(), wanted.data());
  CHECK(same_bits(y, wanted));
  CHECK(y[29] > 0);
}

TEST_CASE("so does one whose options say loops, and a batch that derives from batch<2>") {
  const auto theta = tl::init<tagger>(tl::seed{6});
  const auto x = numbers<float, 14>();
  std::array<float, 10> y{}, wanted{};
  in_loops::forward(theta, x.data(), y.data());
  forward_here_in_loops(theta, x.data(), wanted.data());
  CHECK(same_bits(y, wanted));
  CHECK(y[5] + y[6] + y[7] + y[8] + y[9] == Approx(1));
}

TEST_CASE("a trainer of another source trains as trainer does, with threads too") {
  const auto start = tl::init<logits>(tl::seed{4});
  const auto xs = numbers<float, 8 * 7>();
  const std::array<float, 8> ys{0, 4, 2, 1, 3, 3, 0, 2};
  auto check = [](const outcome& got, const outcome& wanted) {
    CHECK(same_bits(got.state.theta, wanted.state.theta));
    CHECK(same_bits(got.state.slots, wanted.state.slots));
    CHECK(same_bits(got.losses, wanted.losses));
    CHECK(same_bits(got.outputs, wanted.outputs));
    CHECK(got.state.steps == 3);
  };
  const outcome got = train<tagger_trainer>(start, xs.data(), ys.data());
  check(got, train_here(start, xs.data(), ys.data()));
  CHECK(!same_bits(got.state.theta, start));
  CHECK(got.state.theta.get(1, 0) == start.get(1, 0));  // frozen
  check(train<pair_trainer>(start, xs.data(), ys.data()),
        train_here_in_pair(start, xs.data(), ys.data()));
}

TEST_CASE("fit trains a trainer of another source") {
  tl::dataset<float> rows;
  rows.inputs = 7;
  rows.targets = 1;
  const auto xs = numbers<float, 20 * 7>();
  rows.xs.assign(xs.begin(), xs.end());
  for (int i = 0; i < 20; ++i) rows.ys.push_back(static_cast<float>(i % 3));  // as the rows repeat
  tl::fit_options<float> options{.epochs = 40};
  options.progress = tl::show::never;
  options.table = nullptr;
  tagger_trainer t{tl::init<logits>(tl::seed{5}), {.learning_rate = 0.01}};
  const tl::history h = tl::fit(t, rows, options);
  CHECK(t.steps() == 40 * 3);
  CHECK(h.epochs.back().train_loss < 0.7 * h.epochs.front().train_loss);
}
