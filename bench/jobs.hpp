#pragma once
// The rows of the benchmark: one line each.
#include <string>
#include <vector>

namespace contest {

enum class activation { relu, tanh };
enum class head { identity, sigmoid, softmax };
enum class optimizer { sgd, momentum, adam };
enum class mode { independent, dependent, step };

/// A stack of dense layers. Training takes binary cross-entropy after a sigmoid, and cross-entropy
/// of the softmax of the last layer else.
struct network {
  std::vector<int> sizes;
  activation hidden = activation::relu;
  head last = head::identity;
};

inline const network net_a{{2, 8, 1}, activation::relu, head::sigmoid};
inline const network net_b{{16, 64, 32, 32, 5}, activation::relu, head::softmax};
inline const network net_c{{784, 128, 64, 10}, activation::relu, head::identity};
inline const network net_d{{24, 64, 64, 4}, activation::tanh, head::identity};

/// One row. Rows that differ in what is timed only share an engine.
struct job {
  std::string name;
  const network* net;
  mode how = mode::independent;
  int batch = 1;
  optimizer update = optimizer::sgd;
  std::string engine = {};    ///< the name under which contenders offer it; `name` if empty
  std::string peers_as = {};  ///< the name under which peers offer it, if that differs
  bool histogram = false;     ///< real time: the distribution of single calls is of interest
  int epoch = 0;              ///< rows of a pass over a data set; 0: the same rows each time
  double approximation = 0;   ///< what its engine may be wrong by in any precision
  bool wall_time = false;     ///< several threads work: processor time says nothing
  std::string alone_as = {};  ///< the row of the same work in one thread; peers have no other

  const std::string& offered_as() const { return engine.empty() ? name : engine; }
  const std::string& offered_by_peers_as() const {
    return peers_as.empty() ? offered_as() : peers_as;
  }
  /// Whether it needs a worker of its own.
  bool distinct() const { return engine.empty() && peers_as.empty() && alone_as.empty(); }
  bool trains() const { return how == mode::step; }
};

/// Every row in float; each is run in double too, as NAME_double, by Tapeless alone.
inline const std::vector<job>& jobs() {
  using enum mode;
  using enum optimizer;
  static const std::vector<job> all{
      {.name = "A_forward", .net = &net_a, .histogram = true},
      {.name = "A_forward_dependent", .net = &net_a, .how = dependent, .engine = "A_forward"},
      {.name = "B_forward", .net = &net_b, .histogram = true},
      {.name = "B_forward_dependent", .net = &net_b, .how = dependent, .engine = "B_forward"},
      {.name = "C_forward", .net = &net_c, .histogram = true},
      {.name = "D_forward", .net = &net_d, .histogram = true},
      {.name = "D_forward_dependent", .net = &net_d, .how = dependent, .engine = "D_forward"},
      {.name = "D_forward_fast_tanh",
       .net = &net_d,
       .peers_as = "D_forward",
       .approximation = 5e-4},
      {.name = "A_step_32", .net = &net_a, .how = step, .batch = 32},
      {.name = "B_step_1", .net = &net_b, .how = step, .histogram = true},
      {.name = "B_step_128", .net = &net_b, .how = step, .batch = 128},
      {.name = "C_step_64_sgd", .net = &net_c, .how = step, .batch = 64},
      {.name = "C_step_64_momentum", .net = &net_c, .how = step, .batch = 64, .update = momentum},
      {.name = "C_step_64_adam", .net = &net_c, .how = step, .batch = 64, .update = adam},
      {.name = "C_step_256_momentum",
       .net = &net_c,
       .how = step,
       .batch = 256,
       .update = momentum,
       .wall_time = true},
      {.name = "C_step_256_momentum_threads_2",
       .net = &net_c,
       .how = step,
       .batch = 256,
       .update = momentum,
       .wall_time = true,
       .alone_as = "C_step_256_momentum"},
      {.name = "C_epoch",
       .net = &net_c,
       .how = step,
       .batch = 64,
       .update = momentum,
       .engine = "C_step_64_momentum",
       .epoch = 60000},
  };
  return all;
}

}  // namespace contest
