// A straight line through four points, from a gradient by hand to a model from the shelf: y = w x.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

/// y = w x with one weight, as a formula; its parameters start at 0.
struct line : tl::network<line> {
  static consteval tl::value define(tl::graph& g) {
    return g.parameter("w", tl::shape{}, {}) * g.input("x", tl::shape{});
  }
};

/// The same from the shelf.
struct linear_layer : tl::sequential<tl::input<1>, tl::dense<1, tl::bias::off>> {};

/// A loss of one's own: the squared distance from output to target, its mean taken over samples.
struct squared_distance {
  static constexpr tl::shape target(tl::shape output) { return output; }
  static constexpr double terms(tl::shape output) { return output.count(); }
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    return (t - y) * (t - y);
  }
};

constexpr std::array<float, 4> xs{1, 2, 3, 4}, doubled{2, 4, 6, 8};
constexpr double learning_rate = 0.01;

void print_row(int epoch, double w, float loss) {
  fmt::print("epoch {}: w = {:.3f}, loss = {:.8f}\n", epoch, w, loss);
}

template <class Net>
void print_prediction(const char* when, const tl::parameters<Net>& theta) {
  fmt::print("Prediction {} training: f(5) = {:.3f}\n", when,
             tl::forward<Net>(theta, std::array{5.0f})[0]);
}

/// The update by hand: w in double, the gradient 2 x (w x - y) summed over the samples and rounded
/// to float once. The compiler runs it and rounds every product: fused multiply-adds would show in
/// the sixth digit of such small losses.
struct descent_by_hand {
  tl::parameters<line> theta;
  std::array<double, 20> w{};
  std::array<float, 20> loss{};

  constexpr descent_by_hand() {
    double now = 0;
    for (std::size_t epoch = 0; epoch < w.size(); ++epoch) {
      double dw = 0;
      for (std::size_t i = 0; i < xs.size(); ++i) {
        const auto s = tl::value_and_grad<line, tl::mse>(theta, {xs[i]}, {doubled[i]});
        loss[epoch] += s.loss / xs.size();
        dw += static_cast<double>(s.gradient.view<"w">()());
      }
      now -= learning_rate * static_cast<double>(static_cast<float>(dw));
      w[epoch] = now;
      theta.view<"w">()() = static_cast<float>(now);
    }
  }
};

/// The update by the library: a hundred steps, every tenth printed.
template <class Loss, class Net>
void descend(const tl::parameters<Net>& start, const std::array<float, 4>& ys) {
  tl::trainer<Net, Loss, tl::sgd, tl::batch<4>> trainer{start, {learning_rate}};
  print_prediction("before", trainer.parameters());
  for (int epoch = 1; epoch <= 100; ++epoch) {
    const float loss = trainer.step(xs.data(), ys.data());
    if (epoch % 10 == 1)
      print_row(epoch, static_cast<double>(trainer.parameters().get(0, 0)), loss);
  }
  print_prediction("after", trainer.parameters());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Fits y = w x to four points by gradient descent, in four ways."};
  float weight = 1;
  app.add_option("--weight", weight, "weight that way (d) starts from")->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  fmt::print("(a) gradient of the summed squares, update by hand\n");
  constexpr descent_by_hand descent;
  print_prediction("before", tl::parameters<line>{});
  for (std::size_t i = 0; i < 20; ++i)
    print_row(static_cast<int>(i) + 1, descent.w[i], descent.loss[i]);
  print_prediction("after", descent.theta);
  fmt::print("\n(b) a loss of one's own\n");
  descend<squared_distance>(tl::parameters<line>{}, xs);
  fmt::print("\n(c) mse from the library\n");
  descend<tl::mse>(tl::parameters<line>{}, xs);
  fmt::print("\n(d) the model from the library, too\n");
  tl::parameters<linear_layer> theta;
  theta.view<"0.weight">()(0, 0) = weight;
  descend<tl::mse>(theta, doubled);
}
