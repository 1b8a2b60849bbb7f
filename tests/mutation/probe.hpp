#pragma once
// What the probes of mutants ask of a network: every call of the engine gives the numbers of the
// reference semantics to rounding, and the gradients of these are slopes of the loss.
//
// Rows end at an inaccessible page and begin behind NaN; the stack is NaN before each call.

#include <cmath>
#include <cstdio>
#include <random/memory.hpp>

namespace mutation {

namespace tl = tapeless;

/// What to ask, as bits.
enum asked : unsigned {
  steps = 1,       ///< two steps of a whole batch
  partial = 2,     ///< a step of some rows
  losses = 4,      ///< the loss of some rows
  outputs = 8,     ///< predictions
  gradients = 16,  ///< value_and_grad of the engine
  slopes = 32,     ///< the reference's gradients against central differences
  accumulated = 64,
};

inline int differences = 0;

/// Compares numbers with those of the reference, relative to the greatest of these.
[[gnu::noinline]] inline void compare(const char* net, const char* call, const double* own,
                                      const double* reference, int count, double tolerance) {
  double largest = 1e-3;
  for (int i = 0; i < count; ++i) largest = std::fmax(largest, std::fabs(reference[i]));
  for (int i = 0; i < count; ++i) {
    if (std::fabs(own[i] - reference[i]) <= tolerance * largest) continue;
    std::printf("%s, %s: number %d of %d is %.17g, should be %.17g\n", net, call, i, count, own[i],
                reference[i]);
    ++differences;
    return;
  }
}

/// A row of numbers for one call: behind it a forbidden page, before it NaN.
class numbers {
 public:
  numbers(int count, unsigned stream) : row_{count, true}, count_{count} {
    fill(stream);
    double* at = row_.data();
    while (reinterpret_cast<std::uintptr_t>(at) % 4096 != 0) *--at = std::nan("");
  }
  void fill(unsigned stream) {
    for (int i = 0; i < count_; ++i)
      row_.data()[i] = random_nets::number(stream, static_cast<unsigned>(i));
  }
  double* data() const { return row_.data(); }

 private:
  random_nets::row<double> row_;
  int count_;
};

/// What the targets of a loss are made to, from numbers between -1 and 1.
enum class targets { any, classes };

template <class Net, class Loss, class Optimizer, class... Options>
class probe {
  using engine = tl::trainer<Net, Loss, Optimizer, tl::scalar_type<double>, Options...>;
  using reference =
      tl::trainer<Net, Loss, Optimizer, tl::scalar_type<double>, tl::by_reference, Options...>;
  using theta_type = tl::parameters<Net, double>;
  static constexpr int batch = engine::batch_size;
  static constexpr int inputs = engine::input_size, results = engine::output_size;
  static constexpr int targets_row = engine::target_size;
  static constexpr double tolerance = 1e-12;

 public:
  template <unsigned Asked>
  static void ask(const char* name, int rows = batch, targets kind = targets::any) {
    probe{name, rows, kind}.template run<Asked>();
  }

 private:
  const char* name_;
  int rows_;
  targets kind_;
  numbers x_, t_;
  random_nets::object<engine> own_;
  random_nets::object<reference> other_;

  probe(const char* name, int rows, targets kind)
      : name_{name},
        rows_{rows},
        kind_{kind},
        x_{batch * inputs, 1},
        t_{batch * targets_row, 2},
        own_{true, start(), typename Optimizer::options{.learning_rate = 0.1}},
        other_{true, start(), typename Optimizer::options{.learning_rate = 0.1}} {
    set_targets(2);
  }

  static theta_type start() {
    theta_type theta{};
    for (int k = 0; k < theta.tensors().count; ++k)
      for (int e = 0; e < theta.tensors().of[k].dims.count(); ++e)
        theta.set(
            k, e,
            0.8 * random_nets::number(static_cast<unsigned>(16 + k), static_cast<unsigned>(e)));
    return theta;
  }
  void set_targets(unsigned stream) {
    t_.fill(stream);
    if (kind_ == targets::classes)
      for (int i = 0; i < batch * targets_row; ++i)
        t_.data()[i] = std::floor((t_.data()[i] + 1) / 2 * results);
  }

  template <unsigned Asked>
  void run() {
    if constexpr ((Asked & outputs) != 0) predict();
    if constexpr ((Asked & gradients) != 0) gradient();
    if constexpr ((Asked & slopes) != 0) slope();
    if constexpr ((Asked & losses) != 0) loss();
    if constexpr ((Asked & steps) != 0)
      train("step", [this](auto& trained) { return trained.step(x_.data(), t_.data()); });
    if constexpr ((Asked & partial) != 0)
      train("step of some rows",
            [this](auto& trained) { return trained.step(x_.data(), t_.data(), rows_); });
    if constexpr ((Asked & accumulated) != 0)
      train("accumulate and apply", [this](auto& trained) {
        const double l = trained.accumulate(x_.data(), t_.data());
        trained.accumulate(x_.data(), t_.data());
        trained.apply();
        return l;
      });
  }

  template <class Call>
  void train(const char* what, Call call) {
    for (unsigned k = 0; k < 2; ++k) {
      x_.fill(100 * k + 3);
      set_targets(100 * k + 4);
      random_nets::spoil_stack();
      const double own = call(*own_), other = call(*other_);
      compare(name_, what, &own, &other, 1, tolerance);
    }
    const auto &a = own_->state(), &b = other_->state();
    compare(name_, what, a.theta.data, b.theta.data, theta_type::size, tolerance);
    if constexpr (Optimizer::states > 0)
      compare(name_, "state of the optimizer", a.slots, b.slots,
              Optimizer::states * theta_type::size, tolerance);
  }
  void predict() {
    const numbers y{rows_ * results, 5}, z{rows_ * results, 6};
    random_nets::spoil_stack();
    own_->predict(x_.data(), y.data(), rows_);
    other_->predict(x_.data(), z.data(), rows_);
    compare(name_, "predict", y.data(), z.data(), rows_ * results, tolerance);
  }
  void loss() {
    random_nets::spoil_stack();
    const double own = own_->loss(x_.data(), t_.data(), rows_);
    const double other = other_->loss(x_.data(), t_.data(), rows_);
    compare(name_, "loss", &own, &other, 1, tolerance);
  }
  auto reference_gradient() const {
    return tl::value_and_grad<Net, Loss, tl::by_reference, Options...>(
        start(), static_cast<const double*>(x_.data()), static_cast<const double*>(t_.data()));
  }
  void gradient() const {
    const random_nets::object<theta_type> theta{true, start()};
    random_nets::spoil_stack();
    const auto own = tl::value_and_grad<Net, Loss, Options...>(
        *theta, static_cast<const double*>(x_.data()), static_cast<const double*>(t_.data()));
    const auto other = reference_gradient();
    compare(name_, "value_and_grad", &own.loss, &other.loss, 1, tolerance);
    compare(name_, "value_and_grad", own.gradient.data, other.gradient.data, theta_type::size,
            tolerance);
  }
  void slope() {
    constexpr double h = 1e-5;
    const auto r = reference_gradient();
    const auto loss_at = [this](int i, double by) {
      theta_type& theta = other_->parameters();
      const double before = theta.data[i];
      theta.data[i] += by;
      const double l = other_->loss(x_.data(), t_.data());
      theta.data[i] = before;
      return l;
    };
    theta_type measured{};
    for (int k = 0; k < theta_type::tensors().count; ++k)
      for (int e = 0; e < theta_type::tensors().of[k].dims.count(); ++e) {
        const int i = theta_type::tensors().of[k].position(e);
        measured.data[i] = (loss_at(i, h) - loss_at(i, -h)) / (2 * h);
      }
    const double l = loss_at(0, 0);
    compare(name_, "loss of value_and_grad", &r.loss, &l, 1, tolerance);
    compare(name_, "gradient beside slopes", r.gradient.data, measured.data, theta_type::size,
            1e-6);
  }
};

/// The end of a probe: 0 if nothing differed.
inline int result() {
  std::printf("%d differences\n", differences);
  return differences == 0 ? 0 : 1;
}

}  // namespace mutation
