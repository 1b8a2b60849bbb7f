#pragma once
// The step law: a trainer that runs kernels gives the losses, parameters, states, gradients and
// predictions of one that runs the reference semantics in double.
//
// Numbers may differ by `tolerance` of the greatest of their kind: 1e-12 in double, 2e-4 in float,
// where an optimizer may divide a small gradient by its own size. Padding is compared too.

#include <catch2/catch.hpp>
#include <cmath>
#include <laws/check_numbers.hpp>
#include <laws/law_case.hpp>
#include <string>
#include <vector>

namespace laws {

/// What the targets of a loss are.
enum class target_kind { any, unit, classes };

/// Calls of a trainer, as bits.
enum calls : unsigned {
  one_step = 1,
  three_steps = 2,
  partial_steps = 4,  ///< of one row, of all but one, and of all
  accumulation = 8,   ///< two batches and an update, twice
  evaluation = 16,    ///< losses and predictions of some rows
};

/// Numbers in double, whatever they are.
template <class T>
[[gnu::noinline]] std::vector<double> widened(const T* from, int count) {
  return {from, from + count};
}

/// Rows of numbers that are the same in T and in double.
template <class T>
class law_rows {
 public:
  law_rows(int rows, int row) : own_(static_cast<std::size_t>(rows * row + 1)) {}

  void fill(target_kind kind, int classes, int stream) {
    const numbers drawn = kind == target_kind::any ? numbers::any : numbers::unit;
    for (std::size_t i = 0; i < own_.size(); ++i) {
      const double x = number(drawn, stream, static_cast<int>(i));
      own_[i] = static_cast<T>(kind == target_kind::classes ? std::floor(x * classes) : x);
    }
    reference_.assign(own_.begin(), own_.end());
  }
  const T* own() const { return own_.data(); }
  const double* reference() const { return reference_.data(); }

 private:
  std::vector<T> own_;
  std::vector<double> reference_;
};

template <class T, class Net, class Loss, class Optimizer, class... Options>
class step_law {
  using engine = tl::trainer<Net, Loss, Optimizer, tl::scalar_type<T>, Options...>;
  using reference =
      tl::trainer<Net, Loss, Optimizer, tl::scalar_type<double>, tl::by_reference, Options...>;
  static constexpr int batch = engine::batch_size;
  static constexpr int inputs = engine::input_size, outputs = engine::output_size;
  static constexpr int target_row = engine::target_size;
  static constexpr int size = engine::parameters_type::size;
  static constexpr double tolerance = sizeof(T) == sizeof(float) ? 2e-4 : 1e-12;

 public:
  explicit step_law(target_kind kind) : kind_{kind} { next(0); }

  template <unsigned Calls>
  void check() {
    if constexpr ((Calls & one_step) != 0) steps("a step", 1);
    if constexpr ((Calls & three_steps) != 0) steps("three steps", 3);
    if constexpr ((Calls & partial_steps) != 0)
      for (const int count : {1, batch - 1, batch})
        if (count > 0) partial(count);
    if constexpr ((Calls & accumulation) != 0) accumulate();
    if constexpr ((Calls & evaluation) != 0) evaluate();
  }

 private:
  target_kind kind_;
  law_rows<T> x_{batch, inputs}, t_{batch, target_row};

  void next(int call) {
    x_.fill(target_kind::any, 0, 2 * call);
    t_.fill(kind_, outputs, 2 * call + 1);
  }

  /// A trainer at the start that all have.
  template <class Trainer>
  static Trainer fresh() {
    typename Trainer::parameters_type theta{};
    for (int k = 0; k < theta.tensors().count; ++k) {
      const tl::parameter_info& own = theta.tensors().of[k];
      const double more = own.name.view().ends_with("running_var") ? 1 : 0;
      for (int e = 0; e < own.dims.count(); ++e)
        theta.set(k, e,
                  static_cast<typename Trainer::scalar>(
                      static_cast<float>(number(numbers::any, 50 + k, e) / 4 + more)));
    }
    return Trainer{theta, {.learning_rate = 0.05}, 7};
  }

  void steps(const char* what, int count) {
    train(what, count, [](auto& trained, auto x, auto t) { return trained.step(x, t); });
  }
  void partial(int count) {
    train("steps of some rows", 2,
          [count](auto& trained, auto x, auto t) { return trained.step(x, t, count); });
  }
  void accumulate() {
    train("accumulated batches", 3,
          [](auto& trained, auto x, auto t) { return trained.accumulate(x, t); });
    train("accumulated batches and an update", 4, [](auto& trained, auto x, auto t) {
      const auto l = trained.accumulate(x, t);
      if (trained.state().calls % 2 == 0) trained.apply();
      return l;
    });
  }

  template <class Call>
  void train(const char* what, int count, Call call) {
    auto own = fresh<engine>();
    auto other = fresh<reference>();
    std::vector<double> losses, expected;
    for (int k = 0; k < count; ++k) {
      next(k);
      losses.push_back(static_cast<double>(call(own, x_.own(), t_.own())));
      expected.push_back(call(other, x_.reference(), t_.reference()));
    }
    check_numbers((std::string{what} + ": losses").c_str(), losses, expected, tolerance);
    compare(what, own.state(), other.state());
  }
  template <class Own, class Other>
  static void compare(const std::string& what, const Own& a, const Other& b) {
    check_numbers((what + ": parameters").c_str(), widened(a.theta.data, size),
                  widened(b.theta.data, size), tolerance);
    check_numbers((what + ": gradients").c_str(), widened(a.gradient.data, size),
                  widened(b.gradient.data, size), tolerance);
    for (int k = 0; k < Optimizer::states; ++k)
      check_numbers((what + ": states").c_str(), widened(a.slots + k * size, size),
                    widened(b.slots + k * size, size), tolerance);
  }

  void evaluate() {
    const auto own = fresh<engine>();
    const auto other = fresh<reference>();
    next(0);
    for (const int count : {1, batch}) {
      check_numbers("loss", {static_cast<double>(own.loss(x_.own(), t_.own(), count))},
                    {other.loss(x_.reference(), t_.reference(), count)}, tolerance);
      std::vector<T> y(static_cast<std::size_t>(count * outputs));
      std::vector<double> z(y.size());
      own.predict(x_.own(), y.data(), count);
      other.predict(x_.reference(), z.data(), count);
      check_numbers("predictions", widened(y.data(), count * outputs), z, tolerance);
    }
  }
};

/// Puts one combination through the calls.
template <unsigned Calls, class T, class Net, class Loss, class Optimizer, class... Options>
void check_steps(target_kind kind = target_kind::any) {
  step_law<T, Net, Loss, Optimizer, Options...>{kind}.template check<Calls>();
}

}  // namespace laws
