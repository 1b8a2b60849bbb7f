#pragma once
// A network with two inputs and two outputs, a loss on both, and data for it.

#include <array>
#include <tapeless/declare.hpp>

namespace two_heads {

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto board = g.input("board", tl::shape{7}), clock = g.input("clock", tl::shape{2});
    const auto h = tl::math::tanh(g.dense("body", tl::math::concat(board, clock), 9));
    g.output("value", tl::math::tanh(g.dense("value", h, 1)));
    return g.output("policy", g.dense("policy", h, 5));
  }
};
using loss = tl::losses<tl::on<"policy", tl::cross_entropy>, tl::on<"value", tl::mse, 0.5>>;

inline constexpr int rows = 6;

/// The same numbers as buffers of their own and as rows.
template <class T>
struct data {
  std::array<T, rows * 7> board{};
  std::array<T, rows * 2> clock{};
  std::array<T, rows> policy{}, value{};
  std::array<T, rows * 9> x{};
  std::array<T, rows * 2> t{};

  constexpr data() {
    for (std::size_t s = 0; s < rows; ++s) {
      for (std::size_t i = 0; i < 7; ++i)
        x[s * 9 + i] = board[s * 7 + i] = static_cast<T>((s * 37 + i * 11) % 21) / 10 - 1;
      for (std::size_t i = 0; i < 2; ++i)
        x[s * 9 + 7 + i] = clock[s * 2 + i] = static_cast<T>((s * 5 + i * 7) % 9) / 4 - 1;
      t[s * 2] = policy[s] = static_cast<T>(s * 3 % 5);
      t[s * 2 + 1] = value[s] = static_cast<T>(s % 3) - 1;
    }
  }
};

using engine = tl::compiled<net, tl::batch<rows>>;
using trainer = tl::compiled_trainer<net, loss, tl::adam, tl::batch<rows>>;

}  // namespace two_heads
