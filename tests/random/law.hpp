#pragma once
// The law of random networks: every call gives the numbers of the reference semantics and touches
// no memory but its own. Setting is a struct that scripts/random_nets.py writes.

#include <array>
#include <memory>
#include <random/reference.hpp>

namespace random_nets {

/// What the targets of a loss are.
enum class targets { any, unit, unit_with_ends, classes };

template <class Setting, class... Options>
class law {
  using net = typename Setting::net;
  using scalar = typename Setting::scalar;
  using loss_type = typename Setting::loss;
  using optimizer = typename Setting::optimizer;
  using theta_type = tl::parameters<net, scalar>;
  using trainer = tl::trainer<net, loss_type, optimizer, Options...>;
  using reference = reference_trainer<net, loss_type, optimizer, Options...>;
  static constexpr int batch = tl::detail::batch_in<tl::detail::options_of<Options...>>();
  static constexpr int inputs = tl::input_size<net>, outputs = tl::output_size<net>;
  static constexpr bool at_end = Setting::at_end;
  static constexpr perturbed exact{}, nearby{1e-7, 1000}, rounded{4e-15, 2000};
  static constexpr int target_row() { return tl::target_size<net, loss_type>; }

 public:
  explicit law(results& out) : out_{out} {}

  void forward() {
    const object<theta_type> theta{at_end, start<scalar>(exact)};
    const row<scalar> x{batch * inputs, at_end}, y{batch * outputs, at_end};
    fill_inputs(x.data(), 0, batch, exact);
    spoil_stack();
    tl::forward<net, Options...>(*theta, static_cast<const scalar*>(x.data()), y.data());
    compare("forward", copy(y.data(), batch * outputs),
            [](perturbed p) { return interpreted_outputs(p); });
  }

  /// The output of the first `count` rows, by a trainer.
  void predict(int count) {
    const object<trainer> own{at_end, start<scalar>(exact)};
    const row<scalar> x{count * inputs, at_end}, y{count * outputs, at_end};
    fill_inputs(x.data(), 0, count, exact);
    spoil_stack();
    own->predict(x.data(), y.data(), count);
    compare("predict", copy(y.data(), count * outputs), [count](perturbed p) {
      numbers all = interpreted_outputs(p);
      all.resize(static_cast<std::size_t>(count * outputs));
      return all;
    });
  }

  void gradient() {
    using result = tl::loss_and_gradient<net, scalar>;
    const object<theta_type> theta{at_end, start<scalar>(exact)};
    const row<scalar> x{batch * inputs, at_end}, t{batch * target_row(), at_end};
    fill_inputs(x.data(), 0, batch, exact);
    fill_targets(t.data(), 0, batch);
    spoil_stack();
    const object<result> r{at_end, tl::value_and_grad<net, loss_type, Options...>(
                                       *theta, static_cast<const scalar*>(x.data()),
                                       static_cast<const scalar*>(t.data()))};
    compare("gradient", joined(static_cast<double>(r->loss), r->gradient),
            [](perturbed p) { return interpreted_gradient(p); });
  }

  void loss(int count) {
    const object<trainer> own{at_end, start<scalar>(exact)};
    const row<scalar> x{count * inputs, at_end}, t{count * target_row(), at_end};
    fill_inputs(x.data(), 0, count, exact);
    fill_targets(t.data(), 0, count);
    spoil_stack();
    const double l = static_cast<double>(own->loss(x.data(), t.data(), count));
    compare("loss", {l}, [count](perturbed p) {
      const auto r = interpreted(p);
      const numbers xs = inputs_of(0, count, p), ts = targets_of(0, count);
      return numbers{r->loss(xs.data(), ts.data(), count)};
    });
  }

  /// Losses of some steps of `count` rows, and the parameters behind them.
  void steps(int how_many, int count) {
    training(count == batch ? "steps" : "partial steps", how_many, count,
             [count](auto& trained, const auto* x, const auto* t) {
               return count == batch ? trained.step(x, t) : trained.step(x, t, count);
             });
  }

  /// Pairs of accumulated batches with an update behind each.
  void accumulate(int how_many) {
    training("accumulate", 2 * how_many, batch,
             [calls = 0](auto& trained, const auto* x, const auto* t) mutable {
               const auto l = trained.accumulate(x, t);
               if (++calls % 2 == 0) trained.apply();
               return l;
             });
  }

  /// The output of a sample in a constant expression.
  void constant() {
    static constexpr auto y = [] {
      std::array<scalar, static_cast<std::size_t>(inputs)> x{};
      for (int i = 0; i < inputs; ++i)
        x[static_cast<std::size_t>(i)] = static_cast<scalar>(number(1, static_cast<unsigned>(i)));
      return tl::forward<net>(constant_start(), x);
    }();
    compare("constant", copy(y.data(), outputs), [](perturbed p) {
      numbers all = interpreted_outputs(p);
      all.resize(static_cast<std::size_t>(outputs));
      return all;
    });
  }

 private:
  template <class Call>
  void training(const char* name, int how_many, int count, Call call) {
    const object<trainer> own{at_end, start<scalar>(exact),
                              typename optimizer::options{.learning_rate = Setting::rate}};
    const row<scalar> x{count * inputs, at_end}, t{count * target_row(), at_end};
    numbers engine;
    for (int k = 0; k < how_many; ++k) {
      fill_inputs(x.data(), k, count, exact);
      fill_targets(t.data(), k, count);
      spoil_stack();
      engine.push_back(static_cast<double>(call(*own, static_cast<const scalar*>(x.data()),
                                                static_cast<const scalar*>(t.data()))));
    }
    append(engine, own->parameters());
    compare(name, engine, [&](perturbed p) {
      const auto r = interpreted(p);
      numbers result;
      for (int k = 0; k < how_many; ++k) {
        const numbers xs = inputs_of(k, count, p), ts = targets_of(k, count);
        result.push_back(call(*r, xs.data(), ts.data()));
      }
      append(result, r->state.theta);
      return result;
    });
  }

  template <class Reference>
  void compare(const char* name, const numbers& engine, Reference reference_of) {
    out_.add(name, engine, reference_of(exact), reference_of(nearby), reference_of(rounded));
  }

  static std::unique_ptr<reference> interpreted(perturbed p) {
    auto r = std::make_unique<reference>();
    r->state.theta = start<double>(p);
    r->state.options = typename optimizer::options{.learning_rate = Setting::rate};
    return r;
  }

  [[gnu::noinline]] static numbers interpreted_outputs(perturbed p) {
    using job = tl::detail::forward_job<net, scalar, Options...>;
    auto theta = std::make_unique<tl::parameters<net, double>>(start<double>(p));
    const numbers x = inputs_of(0, batch, p);
    numbers y(static_cast<std::size_t>(batch * outputs));
    tl::detail::call_memory<double> m;
    m.parameters = theta->data;
    m.input = x.data();
    m.output = y.data();
    tl::detail::interpret<job::pruned>(m);
    return y;
  }

  [[gnu::noinline]] static numbers interpreted_gradient(perturbed p) {
    using options = tl::detail::options_of<Options...>;
    using stage = tl::detail::gradient_stage<net, loss_type, batch, options>;
    using job = tl::detail::compiled<net, stage, scalar, typename tl::detail::arch_in<options>::type,
                                     options>;
    auto theta = std::make_unique<tl::parameters<net, double>>(start<double>(p));
    auto gradient = std::make_unique<tl::parameters<net, double>>();
    const numbers x = inputs_of(0, batch, p), t = targets_of(0, batch);
    const double scalars[tl::scalar_slots] = {};
    double loss = 0;
    tl::detail::call_memory<double> m;
    m.parameters = theta->data;
    m.gradients = gradient->data;
    m.input = x.data();
    m.target = t.data();
    m.scalars = scalars;
    m.loss = &loss;
    tl::detail::interpret<job::pruned>(m);
    return joined(loss, *gradient);
  }

  static numbers inputs_of(int step, int count, perturbed p) {
    numbers x(static_cast<std::size_t>(count * inputs));
    fill_inputs(x.data(), step, count, p);
    return x;
  }
  static numbers targets_of(int step, int count) {
    numbers t(static_cast<std::size_t>(count * target_row()));
    fill_targets(t.data(), step, count);
    return t;
  }

  template <class T>
  static void fill_inputs(T* x, int step, int count, perturbed p) {
    const auto stream = static_cast<unsigned>(100 * step + 1);
    for (int i = 0; i < count * inputs; ++i) {
      const auto index = static_cast<unsigned>(i);
      x[i] = static_cast<T>(p(number(stream, index), stream, index));
    }
  }

  template <class T>
  static void fill_targets(T* t, int step, int count) {
    for (int i = 0; i < count * target_row(); ++i) {
      const double x = number(static_cast<unsigned>(100 * step + 2), static_cast<unsigned>(i));
      const double unit = (x + 1) / 2;
      t[i] = static_cast<T>(
          Setting::target == targets::any    ? x
          : Setting::target == targets::unit ? unit
          : Setting::target == targets::unit_with_ends
              ? (i % 7 == 3 ? 0.0 : i % 7 == 5 ? 1.0 : unit)
              : static_cast<double>(static_cast<int>(unit * 2048) % outputs));
    }
  }

  template <class T>
  static constexpr tl::parameters<net, T> constant_start() {
    tl::parameters<net, T> theta{};
    for (int k = 0; k < theta.tensors().count; ++k)
      for (int e = 0; e < theta.tensors().of[k].dims.count(); ++e)
        theta.set(k, e, static_cast<T>(Setting::scales[k] * number(static_cast<unsigned>(16 + k),
                                                                   static_cast<unsigned>(e))));
    return theta;
  }
  static constexpr theta_type constant_start() { return constant_start<scalar>(); }

  template <class T>
  static tl::parameters<net, T> start(perturbed p) {
    tl::parameters<net, T> theta = constant_start<T>();
    for (int k = 0; k < theta.tensors().count; ++k)
      for (int e = 0; e < theta.tensors().of[k].dims.count(); ++e)
        theta.set(k, e, static_cast<T>(p(static_cast<double>(theta.get(k, e)),
                                         static_cast<unsigned>(16 + k), static_cast<unsigned>(e))));
    return theta;
  }

  template <class T>
  static numbers copy(const T* from, int count) {
    return {from, from + count};
  }
  /// The elements of all parameters in order, and the sum of what lies between them: it stays 0.
  template <class T>
  static void append(numbers& to, const tl::parameters<net, T>& theta) {
    double all = 0;
    for (const T x : theta.data) all += std::abs(static_cast<double>(x));
    for (int k = 0; k < theta.tensors().count; ++k)
      for (int e = 0; e < theta.tensors().of[k].dims.count(); ++e) {
        to.push_back(static_cast<double>(theta.get(k, e)));
        const double size = std::abs(to.back());
        all = all - size;
      }
    to.push_back(std::abs(all) < 1e-6 ? 0 : all);
  }
  template <class T>
  static numbers joined(double first, const tl::parameters<net, T>& theta) {
    numbers all{first};
    append(all, theta);
    return all;
  }

  results& out_;
};

}  // namespace random_nets
