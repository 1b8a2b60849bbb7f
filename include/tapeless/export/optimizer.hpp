#pragma once
// The numbers of an optimizer that change from step to step, as C.
//
// The update itself is part of the plan; what `advance` computes before it is ordinary C++ on
// numbers, which a C file has to say in its own words.

#include <fmt/format.h>

#include <string>
#include <tapeless/export/lane.hpp>
#include <tapeless/optimizers/adadelta.hpp>
#include <tapeless/optimizers/adagrad.hpp>
#include <tapeless/optimizers/adam.hpp>
#include <tapeless/optimizers/adamax.hpp>
#include <tapeless/optimizers/lion.hpp>
#include <tapeless/optimizers/nadam.hpp>
#include <tapeless/optimizers/rmsprop.hpp>
#include <tapeless/optimizers/sgd.hpp>
#include <type_traits>

namespace tapeless {

/// How a C file computes the numbers that an optimizer's `advance` gives. An optimizer whose
/// numbers change from step to step needs a specialisation with the same members:
///   fields   members of the C struct `trainer`
///   start    statements that set them, in which `trainer` is a pointer to it
///   advance  statements that set `scalars[0]`, `scalars[1]`, ... and the members
template <class Optimizer>
struct c_optimizer {
  static_assert(std::is_empty_v<typename Optimizer::progress>,
                "Tapeless: the numbers of this optimizer change from step to step; say how in C by "
                "a specialisation of tapeless::c_optimizer");
  TAPELESS_NATIVE static std::string fields() {
    return Optimizer::scalars == 0
               ? ""
               : fmt::format(
                     "double scalars[{}];  /* of the optimizer; as its defaults make them */\n",
                     Optimizer::scalars);
  }
  TAPELESS_NATIVE static std::string start() {
    double numbers[6] = {};
    typename Optimizer::progress progress{};
    Optimizer::advance(typename Optimizer::options{}, progress, numbers);
    std::string text;
    for (int i = 0; i < Optimizer::scalars; ++i)
      text += fmt::format("trainer->scalars[{}] = {};\n", i, detail::c_literal(numbers[i]));
    return text;
  }
  TAPELESS_NATIVE static std::string advance() {
    std::string text;
    for (int i = 0; i < Optimizer::scalars; ++i)
      text += fmt::format("scalars[{0}] = trainer->scalars[{0}];\n", i);
    return text;
  }
};

namespace detail {

/// Optimizers whose only number is the learning rate.
template <class Optimizer>
struct c_learning_rate {
  TAPELESS_NATIVE static std::string fields() { return "double learning_rate;\n"; }
  TAPELESS_NATIVE static std::string start() {
    return fmt::format("trainer->learning_rate = {};\n",
                       c_literal(typename Optimizer::options{}.learning_rate));
  }
  TAPELESS_NATIVE static std::string advance() { return "scalars[0] = trainer->learning_rate;\n"; }
};

}  // namespace detail

template <rmsprop_settings S>
struct c_optimizer<rmsprop_with<S>> : detail::c_learning_rate<rmsprop_with<S>> {};
template <adadelta_settings S>
struct c_optimizer<adadelta_with<S>> : detail::c_learning_rate<adadelta_with<S>> {};

namespace detail {

/// What is left of the weights after a decay that acts on them.
template <class Optimizer>
struct c_decaying : c_learning_rate<Optimizer> {
  TAPELESS_NATIVE static std::string decay(int scalar, double weight_decay) {
    return fmt::format("scalars[{}] = 1.0 - trainer->learning_rate * {};\n", scalar,
                       c_literal(weight_decay));
  }
};

}  // namespace detail

template <sgd_settings S>
struct c_optimizer<sgd_with<S>> : detail::c_decaying<sgd_with<S>> {
  using base = detail::c_decaying<sgd_with<S>>;
  TAPELESS_NATIVE static std::string advance() {
    return base::advance() + (sgd_with<S>::shrinks ? base::decay(1, sgd_with<S>::decay) : "");
  }
};
template <lion_settings S>
struct c_optimizer<lion_with<S>> : detail::c_decaying<lion_with<S>> {
  using base = detail::c_decaying<lion_with<S>>;
  TAPELESS_NATIVE static std::string advance() {
    return base::advance() + base::decay(1, S.weight_decay);
  }
};

template <adagrad_settings S>
struct c_optimizer<adagrad_with<S>> {
  using rate = detail::c_learning_rate<adagrad_with<S>>;
  TAPELESS_NATIVE static std::string fields() { return rate::fields() + "double steps_before;\n"; }
  TAPELESS_NATIVE static std::string start() {
    return rate::start() + "trainer->steps_before = 0.0;\n";
  }
  TAPELESS_NATIVE static std::string advance() {
    return fmt::format(
        "scalars[0] = trainer->learning_rate / (1.0 + trainer->steps_before * {});\n"
        "trainer->steps_before += 1.0;\n",
        detail::c_literal(S.learning_rate_decay));
  }
};

template <adam_settings S>
struct c_optimizer<adam_with<S>> {
  using rate = detail::c_learning_rate<adam_with<S>>;
  TAPELESS_NATIVE static std::string fields() {
    return rate::fields() + "double beta1_power;\ndouble beta2_power;\n";
  }
  TAPELESS_NATIVE static std::string start() {
    return rate::start() + "trainer->beta1_power = 1.0;\ntrainer->beta2_power = 1.0;\n";
  }
  TAPELESS_NATIVE static std::string advance() {
    return fmt::format(
        "trainer->beta1_power *= {};\ntrainer->beta2_power *= {};\n"
        "scalars[0] = trainer->learning_rate / (1.0 - trainer->beta1_power);\n"
        "scalars[1] = 1.0 / sqrt(1.0 - trainer->beta2_power);\n"
        "scalars[2] = 1.0 - trainer->learning_rate * {};\n",
        detail::c_literal(S.beta1), detail::c_literal(S.beta2), detail::c_literal(S.weight_decay));
  }
};

template <adamax_settings S>
struct c_optimizer<adamax_with<S>> {
  using rate = detail::c_learning_rate<adamax_with<S>>;
  TAPELESS_NATIVE static std::string fields() { return rate::fields() + "double beta1_power;\n"; }
  TAPELESS_NATIVE static std::string start() {
    return rate::start() + "trainer->beta1_power = 1.0;\n";
  }
  TAPELESS_NATIVE static std::string advance() {
    return fmt::format(
        "trainer->beta1_power *= {};\n"
        "scalars[0] = trainer->learning_rate / (1.0 - trainer->beta1_power);\n",
        detail::c_literal(S.beta1));
  }
};

template <nadam_settings S>
struct c_optimizer<nadam_with<S>> {
  using rate = detail::c_learning_rate<nadam_with<S>>;
  TAPELESS_NATIVE static std::string fields() {
    return rate::fields() + "double beta2_power;\ndouble decay_power;\ndouble product;\n";
  }
  TAPELESS_NATIVE static std::string start() {
    return rate::start() +
           "trainer->beta2_power = 1.0;\ntrainer->decay_power = 1.0;\ntrainer->product = 1.0;\n";
  }
  TAPELESS_NATIVE static std::string advance() {
    const std::string beta1 = detail::c_literal(S.beta1),
                      decay = detail::c_literal(nadam_with<S>::decay);
    return fmt::format(
        "trainer->beta2_power *= {0};\ntrainer->decay_power *= {1};\n"
        "const double mu = {2} * (1.0 - 0.5 * trainer->decay_power);\n"
        "const double next = {2} * (1.0 - 0.5 * trainer->decay_power * {1});\n"
        "trainer->product *= mu;\n"
        "scalars[0] = trainer->learning_rate * (1.0 - mu) / (1.0 - trainer->product);\n"
        "scalars[1] = trainer->learning_rate * next / (1.0 - trainer->product * next);\n"
        "scalars[2] = 1.0 / (1.0 - trainer->beta2_power);\n"
        "scalars[3] = 1.0 - trainer->learning_rate * {3};\n",
        detail::c_literal(S.beta2), decay, beta1, detail::c_literal(S.weight_decay));
  }
};

}  // namespace tapeless
