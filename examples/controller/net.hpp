#pragma once
// The policy: 22 numbers that are observed, 16 that are remembered, 4 forces. It is declared twice with
// parameters of the same names: over sequences, for training, and as one step with the state as an
// input and an output, for the loop.
#include <functional>
#include <memory>
#include <tapeless/declare.hpp>

#include "controller/plant.hpp"
#include "training/loop.hpp"

namespace controller {

namespace tl = tapeless;

inline constexpr int steps = 64, inputs = observed, hidden = 16, outputs = motors;

struct lesson : tl::sequential<tl::input<steps, inputs>, tl::named<"gru", tl::gru<hidden>>,
                               tl::named<"action", tl::dense_per_step<outputs>>> {};

struct policy : tl::network<policy> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{inputs}), h = g.input("h", tl::shape{hidden});
    g.scope = tl::path{"gru"};
    const tl::recurrent_result next = tl::gru<hidden>::step(g, x, h);
    g.scope = {};
    g.output("h_next", next.h);
    return g.output("action", g.dense("action", next.h, outputs));
  }
};
using parameters = tl::parameters<policy>;

/// A policy at work: its parameters and what it remembers.
class pilot {
 public:
  explicit pilot(const parameters& theta) : theta_(&theta) {}
  forces operator()(const observation& seen);

 private:
  const parameters* theta_;
  alignas(64) float h_[2][hidden] = {};  // before and after a step, by turns
  int turn_ = 0;
};

/// Training on sequences; what is kept between rounds stays in train.cpp.
class imitation {
 public:
  explicit imitation(std::uint32_t seed);
  ~imitation();
  imitation(const imitation&) = delete;
  imitation& operator=(const imitation&) = delete;

  static constexpr int batch = 32;
  void learn(const tl::dataset<float>& data, const training::plan& plan,
             const std::function<void(const training::epoch&)>& report);
  /// The parameters for single steps.
  std::unique_ptr<parameters> learnt() const;

 private:
  struct kept;
  std::unique_ptr<kept> kept_;
};

}  // namespace controller
