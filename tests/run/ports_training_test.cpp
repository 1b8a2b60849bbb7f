// Trainers that take inputs, outputs and targets in buffers of their own.

#include <catch2/catch.hpp>
#include <cstring>
#include <run/two_heads.hpp>
#include <tapeless/tapeless.hpp>

using namespace two_heads;
using tl::in;
using tl::out;
using tl::target_of;

namespace {

using six = tl::batch<rows>;

bool same_bits(const auto& a, const auto& b) { return std::memcmp(&a, &b, sizeof(a)) == 0; }

template <class T>
tl::parameters<net, T> start() {
  return tl::init<net, tl::as_declared, T>(tl::seed{5});
}

}  // namespace

TEST_CASE("a trainer takes buffers by name, of whole and of smaller batches") {
  const data<float> d;
  using in_this_source = tl::trainer<net, loss, tl::adam, six>;
  in_this_source by_name{start<float>()}, in_rows{start<float>()};
  const auto inputs = [&](auto call, auto... rest) {
    return call(in<"board">(d.board.data()), in<"clock">(d.clock.data()), rest...);
  };
  const auto all = [&](auto call, auto... rest) {
    return inputs(call, target_of<"policy">(d.policy.data()), target_of<"value">(d.value.data()),
                  rest...);
  };
  const auto step = [&](auto... p) { return by_name.step(p...); };
  const auto accumulate = [&](auto... p) { return by_name.accumulate(p...); };
  const auto loss_of = [&](auto... p) { return by_name.loss(p...); };
  CHECK(all(step) == in_rows.step(d.x.data(), d.t.data()));
  CHECK(all(step, 1) == in_rows.step(d.x.data(), d.t.data(), 1));
  CHECK(all(step, rows - 1) == in_rows.step(d.x.data(), d.t.data(), rows - 1));
  CHECK(all(step, rows) == in_rows.step(d.x.data(), d.t.data(), rows));
  CHECK(all(accumulate) == in_rows.accumulate(d.x.data(), d.t.data()));
  CHECK(all(accumulate, 2) == in_rows.accumulate(d.x.data(), d.t.data(), 2));
  by_name.apply();
  in_rows.apply();
  CHECK(same_bits(by_name.parameters().data, in_rows.parameters().data));
  CHECK(by_name.steps() == in_rows.steps());
  for (const int count : {1, 4, rows}) {
    CHECK(all(loss_of, count) == in_rows.loss(d.x.data(), d.t.data(), count));
    std::array<float, rows * 5> y{}, policy{};
    std::array<float, rows> value{};
    in_rows.predict(d.x.data(), y.data(), count);
    inputs(
        [&](auto... p) {
          by_name.predict(p...);
          return 0;
        },
        out<"policy">(policy.data()), out<"value">(value.data()), count);
    CHECK(same_bits(policy, y));
    CHECK((value[0] != 0 && value[static_cast<std::size_t>(count) - 1] != 0));
    CHECK((count == rows || value[static_cast<std::size_t>(count)] == 0));
  }
}

TEST_CASE("more rows than a batch are evaluated and predicted batch by batch") {
  const data<double> d;
  using of_four = tl::trainer<net, loss, tl::sgd, tl::batch<4>, tl::scalar_type<double>>;
  const of_four t{start<double>()};
  CHECK(t.loss(in<"board">(d.board.data()), in<"clock">(d.clock.data()),
               target_of<"policy">(d.policy.data()), target_of<"value">(d.value.data()),
               rows) == Approx(t.loss(d.x.data(), d.t.data(), rows)).epsilon(1e-13));
  std::array<double, rows> value{}, whole{};
  t.predict(in<"board">(d.board.data()), in<"clock">(d.clock.data()), out<"value">(value.data()),
            rows);
  tl::forward<net, six>(t.parameters(), in<"board">(d.board), in<"clock">(d.clock),
                        out<"value">(whole));
  for (std::size_t s = 0; s < rows; ++s) CHECK(value[s] == Approx(whole[s]).epsilon(1e-13));
}

TEST_CASE("an engine of another source takes buffers by name") {
  const data<float> d;
  const auto theta = start<float>();
  std::array<float, rows * 5> policy{}, wanted{};
  std::array<float, rows> value{}, wanted_value{};
  tl::forward<net, six>(theta, in<"board">(d.board), in<"clock">(d.clock), out<"policy">(wanted),
                        out<"value">(wanted_value));
  engine::forward(theta, in<"board">(d.board), in<"clock">(d.clock), out<"policy">(policy),
                  out<"value">(value));
  CHECK(same_bits(policy, wanted));
  CHECK(same_bits(value, wanted_value));
  two_heads::trainer own{theta};
  tl::trainer<net, loss, tl::adam, six> here{theta};
  CHECK(own.step(in<"board">(d.board), in<"clock">(d.clock), target_of<"policy">(d.policy),
                 target_of<"value">(d.value)) == here.step(d.x.data(), d.t.data()));
  CHECK(own.step(in<"board">(d.board), in<"clock">(d.clock), target_of<"policy">(d.policy),
                 target_of<"value">(d.value), 3) == here.step(d.x.data(), d.t.data(), 3));
  CHECK(same_bits(own.parameters().data, here.parameters().data));
  own.predict(in<"board">(d.board), in<"clock">(d.clock), out<"policy">(policy),
              out<"value">(value), 2);
}
