// Broken promises end the program with a sentence; kept ones do not.
#undef TAPELESS_CHECKS
#define TAPELESS_CHECKS 1
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <limits>
#include <string>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct net : tl::sequential<tl::input<3>, tl::dense<4>, tl::tanh, tl::dense<3>> {};
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::batch<4>>;

constexpr bool is_constant_too() {
  trainer t{tl::init<net>(tl::seed{1})};
  const float rows[12] = {1, 2, 3};
  return t.step(rows, rows) > 0;
}
static_assert(is_constant_too());

/// What a call says on stderr before it aborts; empty if it returns.
template <class Call>
std::string said(Call call) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);  // Catch2 has a report of its own
    dup2(ends[1], 2);
    call();
    _exit(0);
  }
  close(ends[1]);
  std::string text;
  char part[256];
  for (ssize_t n; (n = read(ends[0], part, sizeof part)) > 0;)
    text.append(part, static_cast<std::size_t>(n));
  close(ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK((text.empty() ? WIFEXITED(status) : WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT));
  return text;
}

struct fixture {
  tl::parameters<net> theta = tl::init<net>(tl::seed{1});
  trainer t{theta};
  float x[12] = {1, 2, 3}, y[12] = {4, 5, 6}, out[24] = {};
  float* none = nullptr;
};

using Catch::StartsWith;

}  // namespace

TEST_CASE_METHOD(fixture, "forward checks its buffers", "[checks]") {
  using four = tl::batch<4>;
  CHECK(said([&] { tl::forward<net, four>(theta, x, out); }).empty());
  CHECK(said([&] { tl::forward<net, four>(theta, theta.data, out); }).empty());
  CHECK(said([&] { tl::forward<net>(theta, out, out + 3); }).empty());
  CHECK_THAT(said([&] { tl::forward<net>(theta, out, out + 2); }),
             StartsWith("Tapeless: forward: y overlaps x; "));
  CHECK_THAT(said([&] { tl::forward<net, four>(theta, out + 11, out); }),
             StartsWith("Tapeless: forward: y overlaps x; "));
  CHECK_THAT(said([&] { tl::forward<net>(theta, x, theta.data + 1); }),
             StartsWith("Tapeless: forward: y overlaps the parameters; "));
  CHECK_THAT(said([&] { tl::forward<net>(theta, none, out); }),
             StartsWith("Tapeless: forward: x is null; "));
  CHECK_THAT(said([&] { tl::forward<net>(theta, x, none); }),
             StartsWith("Tapeless: forward: y is null; "));
}

TEST_CASE_METHOD(fixture, "parameters must be aligned", "[checks]") {
  alignas(64) static std::byte memory[sizeof(theta) + 64];
  const auto* low = reinterpret_cast<const tl::parameters<net>*>(memory + 16);
  CHECK_THAT(said([&] { tl::forward<net>(*low, x, out); }),
             StartsWith("Tapeless: forward: the parameters are not aligned to 64 bytes; "));
  CHECK_THAT(said([&] { tl::value_and_grad<net, tl::mse>(*low, x, y); }),
             StartsWith("Tapeless: value_and_grad: the parameters are not aligned "));
}

TEST_CASE_METHOD(fixture, "value_and_grad checks its buffers", "[checks]") {
  CHECK(said([&] { tl::value_and_grad<net, tl::mse>(theta, x, x); }).empty());
  CHECK_THAT(said([&] { tl::value_and_grad<net, tl::mse>(theta, none, y); }),
             StartsWith("Tapeless: value_and_grad: x is null; "));
  CHECK_THAT(said([&] { tl::value_and_grad<net, tl::mse>(theta, x, none); }),
             StartsWith("Tapeless: value_and_grad: t is null; "));
}

TEST_CASE_METHOD(fixture, "counts of calls without a trainer are checked", "[checks]") {
  using four = tl::batch<4>;
  const auto& start = theta;
  tl::parameters<net> gradient;
  const auto forward = [&](const float* in, float* to, int count) {
    return said([&] { tl::forward<net, four>(start, in, to, count); });
  };
  const auto value = [&](int count) {
    return said([&] { tl::value_and_grad<net, tl::mse, four>(start, x, y, gradient, count); });
  };
  for (const int count : {1, 3, 4}) {
    CHECK(forward(x, out, count).empty());
    CHECK(value(count).empty());
  }
  CHECK_THAT(forward(x, out, 0), StartsWith("Tapeless: forward: count is 0, but a call takes 1 row"));
  CHECK_THAT(forward(none, out, 2), StartsWith("Tapeless: forward: x is null"));
  CHECK_THAT(forward(x, none, 2), StartsWith("Tapeless: forward: y is null"));
  CHECK_THAT(forward(out + 4, out, 2), StartsWith("Tapeless: forward: y overlaps x; "));
  CHECK(forward(out + 6, out, 2).empty());
  CHECK_THAT(value(0), StartsWith("Tapeless: value_and_grad: count is 0, but a call takes 1 to 4"));
  CHECK_THAT(value(5), StartsWith("Tapeless: value_and_grad: count is 5, but a call takes 1 to 4"));
  CHECK_THAT(said([&] { tl::value_and_grad<net, tl::mse, four>(start, x, y, theta, 2); }),
             StartsWith("Tapeless: value_and_grad: the gradient overlaps the parameters"));
  CHECK_THAT(said([] { tl::weight_average<net>{1.5}; }),
             StartsWith("Tapeless: weight_average: the decay is from 0 to 1"));
}

TEST_CASE_METHOD(fixture, "counts of rows are checked", "[checks]") {
  for (int count = 1; count <= 4; ++count) {
    CHECK(said([&] { t.step(x, y, count); }).empty());
    CHECK(said([&] { t.predict(x, out, count); }).empty());
    CHECK(said([&] { t.loss(x, x, count); }).empty());
  }
  for (const int count : {-1, 0, 5, std::numeric_limits<int>::min()}) {
    const std::string begin = ": count is " + std::to_string(count) + ", but a call takes 1 ";
    CHECK_THAT(said([&] { t.step(x, y, count); }),
               StartsWith("Tapeless: trainer::step" + begin + "to 4 rows"));
    CHECK_THAT(said([&] { t.accumulate(x, y, count); }),
               StartsWith("Tapeless: trainer::accumulate" + begin + "to 4 rows"));
    if (count > 0) continue;
    CHECK_THAT(said([&] { t.loss(x, y, count); }),
               StartsWith("Tapeless: trainer::loss" + begin + "row or more"));
    CHECK_THAT(said([&] { t.predict(x, out, count); }),
               StartsWith("Tapeless: trainer::predict" + begin + "row or more"));
  }
}

TEST_CASE_METHOD(fixture, "labels are checked", "[checks]") {
  using classes = tl::trainer<net, tl::summed<tl::cross_entropy>, tl::sgd, tl::batch<4>>;
  using ignoring = tl::trainer<net, tl::ignore_index<tl::nll, -1>, tl::sgd, tl::batch<4>>;
  classes c{theta};
  ignoring some{theta};
  const float good[4] = {0, 2, 1, 0}, ignored[4] = {0, -1, 1, 2};
  CHECK(said([&] { c.step(x, good), c.loss(x, good, 3), c.accumulate(x, good, 2); }).empty());
  CHECK(said([&] { some.step(x, ignored), some.loss(x, ignored); }).empty());
  const std::string end = ", which is none of the 3 classes 0 to 2";
  CHECK_THAT(said([&] { c.step(x, ignored); }),
             StartsWith("Tapeless: trainer::step: the target of row 1 is -1" + end));
  for (const auto& [label, text] : {std::pair{3.0f, "3"}, {1.5f, "1.5"}, {NAN, "nan"}}) {
    const float bad[4] = {0, 1, label, 2};
    const std::string wrong = ": the target of row 2 is " + std::string(text) + end;
    CHECK(said([&] { c.step(x, bad, 2); }).empty());
    CHECK_THAT(said([&] { c.step(x, bad, 3); }), StartsWith("Tapeless: trainer::step" + wrong));
    CHECK_THAT(said([&] { c.loss(x, bad); }), StartsWith("Tapeless: trainer::loss" + wrong));
    CHECK_THAT(said([&] { some.accumulate(x, bad); }),
               StartsWith("Tapeless: trainer::accumulate" + wrong));
    CHECK_THAT(said([&] { tl::value_and_grad<net, tl::nll, tl::batch<4>>(theta, x, bad); }),
               StartsWith("Tapeless: value_and_grad" + wrong));
  }
}

TEST_CASE_METHOD(fixture, "a gradient has memory of its own", "[checks]") {
  CHECK_THAT(said([&] { tl::value_and_grad<net, tl::mse>(theta, x, y, theta); }),
             StartsWith("Tapeless: value_and_grad: the gradient overlaps the parameters; "));
}

TEST_CASE_METHOD(fixture, "trainers check their buffers", "[checks]") {
  const float* own = t.parameters().data;
  CHECK(said([&] { t.accumulate(x, x), t.apply(); }).empty());
  CHECK(said([&] { t.loss(own, own, 2); }).empty());
  CHECK_THAT(said([&] { t.step(own, y); }), StartsWith("Tapeless: trainer::step: xs overlaps"));
  CHECK_THAT(said([&] { t.step(x, own, 2); }), StartsWith("Tapeless: trainer::step: ys overlaps"));
  CHECK_THAT(said([&] { t.accumulate(own, y); }),
             StartsWith("Tapeless: trainer::accumulate: xs overlaps the trainer"));
  CHECK_THAT(said([&] { t.step(nullptr, y); }),
             StartsWith("Tapeless: trainer::step: xs is null; "));
  CHECK_THAT(said([&] { t.loss(x, nullptr, 1); }),
             StartsWith("Tapeless: trainer::loss: ys is null; "));
  CHECK_THAT(said([&] { t.predict(out, out + 11); }),
             StartsWith("Tapeless: trainer::predict: outputs overlap xs; "));
  CHECK(said([&] { t.predict(out, out + 3, 1); }).empty());
  CHECK_THAT(said([&] { t.predict(x, t.parameters().data, 1); }),
             StartsWith("Tapeless: trainer::predict: outputs overlap the trainer; "));
  CHECK_THAT(said([&] { t.predict(x, nullptr, 1); }),
             StartsWith("Tapeless: trainer::predict: outputs is null; "));
}
