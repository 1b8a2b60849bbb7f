// Street lights: when do people walk? One pattern, six patterns, a hidden layer; in double.
#include "streetlights.hpp"

#include <fmt/format.h>

#include <tapeless/train/table.hpp>

namespace tl = tapeless;
namespace street = streetlights;

namespace {

void one_pattern() {
  street::trainer<street::direct, 1> t{street::direct_weights(), {.learning_rate = 0.1}};
  tl::text_table table{{{"step"}, {"prediction"}, {"error"}}};
  for (int step = 0; step < 40; ++step) {
    const double prediction = tl::forward<street::direct>(t.parameters(), street::lights[0])[0];
    const double error = 2 * t.step(street::lights[0].data(), &street::walked[0]);
    if (step >= 20 && step % 5 == 0)
      table.add(step + 1, fmt::format("{}", prediction), fmt::format("{}", error));
  }
  fmt::print("(a) one pattern\n{}", table.str());
}

void six_patterns() {
  street::trainer<street::direct, 1> t{street::direct_weights(), {.learning_rate = 0.1}};
  tl::text_table table{{{"epoch"}, {"error"}}};
  for (int epoch = 1; epoch <= 35; ++epoch) {
    const double error = street::epoch(t);
    if (epoch > 30) table.add(epoch, fmt::format("{}", error));
  }
  fmt::print("\n(b) six patterns, one at a time\n{}", table.str());
}

/// The hidden layer, updated after every Batch patterns.
template <int Batch>
std::array<double, 6> with_hidden_layer() {
  street::trainer<street::hidden, Batch> t{street::hidden_weights(), {.learning_rate = 0.2}};
  std::array<double, 6> error{};
  for (int epoch = 1; epoch <= 60; ++epoch)
    error[static_cast<std::size_t>((epoch - 1) / 10)] = street::epoch(t);
  return error;
}

}  // namespace

int main() {
  one_pattern();
  six_patterns();

  const auto single = with_hidden_layer<1>(), three = with_hidden_layer<3>(),
             six = with_hidden_layer<6>();
  tl::text_table table{{{"epoch"}, {"(c) one at a time"}, {"(d) three"}, {"all six"}}};
  for (std::size_t i = 0; i < single.size(); ++i)
    table.add(10 * (i + 1), fmt::format("{}", single[i]), fmt::format("{}", three[i]),
              fmt::format("{}", six[i]));
  fmt::print("\nfour hidden units, updated after\n{}", table.str());
}
