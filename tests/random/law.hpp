#pragma once
// The law of random networks: every call gives the numbers of the reference semantics and touches
// no memory but its own. Setting is a struct that scripts/random_nets.py writes.

#include <array>
#include <functional>
#include <memory>
#include <option_filter.hpp>
#include <random/reference.hpp>

namespace random_nets {

/// Notes what the engine gave and what the reference gives, also for perturbed inputs.
[[gnu::noinline]] inline void compare(results& out, const char* name, const numbers& engine,
                                      const std::function<numbers(perturbed)>& reference) {
  out.add(name, engine, reference({}), reference({1e-7, 1000}), reference({4e-15, 2000}));
}

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
  static constexpr int target_row() { return tl::target_size<net, loss_type>; }

  static constexpr const auto& ports = tl::detail::ports_of<net>;
  static constexpr int input_count = ports.count_of(tl::detail::port_kind::input);

  /// The inputs of a batch, each between pages of its own.
  class separate_inputs {
   public:
    separate_inputs() {
      const row<scalar> all{batch * inputs, at_end};
      fill_inputs(all.data(), batch * inputs, 0, {});
      for (int i = 0; i < input_count; ++i) {
        const int size = ports.size_of(tl::detail::port_kind::input, i);
        const int begin = ports.begin_of(tl::detail::port_kind::input, i);
        of_[i] = std::make_unique<row<scalar>>(batch * size, at_end);
        for (int s = 0; s < batch; ++s)
          for (int e = 0; e < size; ++e)
            of_[i]->data()[s * size + e] = all.data()[s * inputs + begin + e];
      }
    }
    tl::detail::port_rows<scalar> rows() const {
      tl::detail::port_rows<scalar> p;
      for (int i = 0; i < input_count; ++i) p.inputs[i] = of_[i]->data();
      return p;
    }

   private:
    std::unique_ptr<row<scalar>> of_[tl::max_ports];
  };

 public:
  explicit law(results& out) : out_{out} {}

  /// The same with a guarded buffer for each input.
  void forward_by_name() {
    const object<theta_type> theta{at_end, start<scalar>()};
    const row<scalar> y{batch * outputs, at_end};
    const separate_inputs x;
    tl::detail::port_rows<scalar> p = x.rows();
    p.outputs[0] = y.data();
    spoil_stack();
    [&]<class... O>(tl::type_list<O...>) {
      tl::detail::forward_ports<net, 1u, O...>(*theta, p);
    }(option_filter::taken<tl::detail::call::forward, Options...>{});
    compare(out_, "forward", copied(y.data(), batch * outputs), interpreted_outputs);
  }
  void gradient_by_name() {
    const object<theta_type> theta{at_end, start<scalar>()}, gradient{at_end, theta_type{}};
    const row<scalar> t{batch * target_row(), at_end};
    fill(t.data(), 0, batch);
    const separate_inputs x;
    tl::detail::port_rows<scalar> p = x.rows();
    p.targets[0] = t.data();
    spoil_stack();
    const scalar loss = [&]<class... O>(tl::type_list<O...>) {
      return tl::detail::gradient_of_ports<net, loss_type, O...>(*theta, *gradient, p);
    }(option_filter::taken<tl::detail::call::value_and_grad, Options...>{});
    numbers engine{static_cast<double>(loss)};
    append(engine, block<scalar>{*gradient});
    compare(out_, "gradient", engine, interpreted_gradient);
  }

  void forward() {
    const object<theta_type> theta{at_end, start<scalar>()};
    const row<scalar> x{batch * inputs, at_end}, y{batch * outputs, at_end};
    fill_inputs(x.data(), batch * inputs, 0, {});
    spoil_stack();
    [&]<class... O>(tl::type_list<O...>) {
      tl::forward<net, O...>(*theta, static_cast<const scalar*>(x.data()), y.data());
    }(option_filter::taken<tl::detail::call::forward, Options...>{});
    compare(out_, "forward", copied(y.data(), batch * outputs), interpreted_outputs);
    if constexpr (input_count > 1) forward_by_name();
  }

  /// The output of the first `count` rows, by a trainer.
  void predict(int count) {
    const object<trainer> own{at_end, start<scalar>()};
    const row<scalar> x{count * inputs, at_end}, y{count * outputs, at_end};
    fill_inputs(x.data(), count * inputs, 0, {});
    spoil_stack();
    own->predict(x.data(), y.data(), count);
    compare(out_, "predict", copied(y.data(), count * outputs), first_outputs(count));
  }

  void gradient() {
    using result = tl::loss_and_gradient<net, scalar>;
    const object<theta_type> theta{at_end, start<scalar>()};
    const row<scalar> x{batch * inputs, at_end}, t{batch * target_row(), at_end};
    fill_inputs(x.data(), batch * inputs, 0, {});
    fill(t.data(), 0, batch);
    spoil_stack();
    const object<result> r{at_end, [&]<class... O>(tl::type_list<O...>) {
                             return tl::value_and_grad<net, loss_type, O...>(
                                 *theta, static_cast<const scalar*>(x.data()),
                                 static_cast<const scalar*>(t.data()));
                           }(option_filter::taken<tl::detail::call::value_and_grad, Options...>{})};
    numbers engine{static_cast<double>(r->loss)};
    append(engine, block<scalar>{r->gradient});
    compare(out_, "gradient", engine, interpreted_gradient);
    if constexpr (input_count > 1) gradient_by_name();
  }

  void loss(int count) {
    const object<trainer> own{at_end, start<scalar>()};
    const row<scalar> x{count * inputs, at_end}, t{count * target_row(), at_end};
    fill_inputs(x.data(), count * inputs, 0, {});
    fill(t.data(), 0, count);
    spoil_stack();
    const double l = static_cast<double>(own->loss(x.data(), t.data(), count));
    compare(out_, "loss", {l}, [count](perturbed p) {
      const auto r = interpreted(p);
      const numbers xs = inputs_of(0, count, p), ts = targets_of(0, count);
      return numbers{r->loss(xs.data(), ts.data(), count)};
    });
  }

  /// Losses of some steps of `count` rows, and the parameters behind them.
  void steps(int how_many, int count) {
    if (count == batch)
      training("steps", how_many, count,
               [](auto& trained, const auto* x, const auto* t) { return trained.step(x, t); });
    else
      training("partial steps", how_many, count,
               [count](auto& trained, const auto* x, const auto* t) {
                 return trained.step(x, t, count);
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

  /// Derivatives beside the gradient of a loss: J v of the inputs, and of all parameters J^T u and
  /// H v.
  void derivatives() {
    along_inputs();
    if constexpr (theta_type::size > 0) {
      to_parameters();
      curvature();
    }
  }

  /// The output of a sample in a constant expression.
  void constant() {
    static constexpr auto y = [] {
      std::array<scalar, static_cast<std::size_t>(inputs)> x{};
      for (int i = 0; i < inputs; ++i)
        x[static_cast<std::size_t>(i)] = static_cast<scalar>(number(1, static_cast<unsigned>(i)));
      theta_type theta{};
      set_parameters(block<scalar>{theta}, Setting::scales);
      return tl::forward<net>(theta, x);
    }();
    compare(out_, "constant", copied(y.data(), outputs), first_outputs(1));
  }

 protected:
  template <class Call>
  void training(const char* name, int how_many, int count, Call call) {
    const object<trainer> own{at_end, start<scalar>(),
                              typename optimizer::options{.learning_rate = Setting::rate}};
    const row<scalar> x{count * inputs, at_end}, t{count * target_row(), at_end};
    numbers engine;
    for (int k = 0; k < how_many; ++k) {
      fill_inputs(x.data(), count * inputs, k, {});
      fill(t.data(), k, count);
      spoil_stack();
      engine.push_back(static_cast<double>(
          call(*own, static_cast<const scalar*>(x.data()), static_cast<const scalar*>(t.data()))));
    }
    append(engine, block<scalar>{own->parameters()});
    compare(out_, name, engine, [&](perturbed p) {
      const auto r = interpreted(p);
      numbers result;
      for (int k = 0; k < how_many; ++k) {
        const numbers xs = inputs_of(k, count, p), ts = targets_of(k, count);
        result.push_back(call(*r, xs.data(), ts.data()));
      }
      append(result, block<double>{r->state.theta});
      return result;
    });
  }

  // Directions are the numbers of steps that no other call has.
  static constexpr int of_inputs = 60, of_outputs = 61;
  template <class T, class... O>
  static numbers tangents(tl::type_list<O...>, perturbed p) {
    const object<tl::parameters<net, T>> theta{at_end, start<T>(p)};
    const row<T> x{batch * inputs, at_end}, v{batch * inputs, at_end}, y{batch * outputs, at_end},
        dy{batch * outputs, at_end};
    fill_inputs(x.data(), batch * inputs, 0, p);
    fill_inputs(v.data(), batch * inputs, of_inputs, {});
    spoil_stack();
    tl::jvp<net, O...>(*theta, static_cast<const T*>(x.data()), static_cast<const T*>(v.data()),
                       y.data(), dy.data());
    return copied(dy.data(), batch * outputs);
  }
  template <class T, class... O>
  static numbers cotangents(tl::type_list<O...>, perturbed p) {
    const object<tl::parameters<net, T>> theta{at_end, start<T>(p)},
        gradient{at_end, tl::parameters<net, T>{}};
    const row<T> x{batch * inputs, at_end}, u{batch * outputs, at_end}, y{batch * outputs, at_end};
    fill_inputs(x.data(), batch * inputs, 0, p);
    fill_inputs(u.data(), batch * outputs, of_outputs, {});
    spoil_stack();
    tl::vjp<net, O...>(*theta, static_cast<const T*>(x.data()), static_cast<const T*>(u.data()),
                       y.data(), *gradient);
    numbers result;
    append(result, block<T>{*gradient});
    return result;
  }
  template <class T, class... O>
  static numbers products(tl::type_list<O...>, perturbed p) {
    const object<tl::parameters<net, T>> theta{at_end, start<T>(p)}, v{at_end, start<T>({})},
        product{at_end, tl::parameters<net, T>{}};
    const row<T> x{batch * inputs, at_end}, t{batch * target_row(), at_end};
    fill_inputs(x.data(), batch * inputs, 0, p);
    fill(t.data(), 0, batch);
    spoil_stack();
    const T loss = tl::hvp<net, loss_type, O...>(*theta, static_cast<const T*>(x.data()),
                                                 static_cast<const T*>(t.data()), *v, *product);
    numbers result{static_cast<double>(loss)};
    append(result, block<T>{*product});
    return result;
  }
  using engine_options = option_filter::taken<tl::detail::call::derivative, Options...>;
  using reference_options = tl::type_list<tl::batch<batch>, tl::by_reference>;
  void along_inputs() {
    compare(out_, "jvp", tangents<scalar>(engine_options{}, {}),
            [](perturbed p) { return tangents<double>(reference_options{}, p); });
  }
  void to_parameters() {
    compare(out_, "vjp", cotangents<scalar>(engine_options{}, {}),
            [](perturbed p) { return cotangents<double>(reference_options{}, p); });
  }
  void curvature() {
    compare(out_, "hvp", products<scalar>(engine_options{}, {}),
            [](perturbed p) { return products<double>(reference_options{}, p); });
  }

  static std::unique_ptr<reference> interpreted(perturbed p) {
    auto r = std::make_unique<reference>();
    set_parameters(block<double>{r->state.theta}, Setting::scales, p);
    r->state.options = typename optimizer::options{.learning_rate = Setting::rate};
    return r;
  }

  static numbers interpreted_outputs(perturbed p) {
    using job = tl::detail::forward_job<net, scalar, tl::by_reference, Options...>;
    tl::parameters<net, double> theta = start<double>(p);
    const numbers x = inputs_of(0, batch, p);
    numbers y(static_cast<std::size_t>(batch * outputs));
    tl::detail::call_memory<double> m;
    m.parameters = theta.data;
    m.input = x.data();
    m.output = y.data();
    tl::detail::interpret<job::pruned>(m);
    return y;
  }
  static auto first_outputs(int count) {
    return [count](perturbed p) {
      numbers all = interpreted_outputs(p);
      all.resize(static_cast<std::size_t>(count * outputs));
      return all;
    };
  }

  static numbers interpreted_gradient(perturbed p) {
    using options = tl::detail::options_of<Options...>;
    using stage = tl::detail::gradient_stage<net, loss_type, batch, options>;
    using arch = typename tl::detail::arch_in<options>::type;
    using job = tl::detail::compiled<net, stage, scalar, arch, options>;
    tl::parameters<net, double> theta = start<double>(p), gradient{};
    const numbers x = inputs_of(0, batch, p), t = targets_of(0, batch);
    const double scalars[tl::scalar_slots] = {};
    numbers result{0.0};
    tl::detail::call_memory<double> m;
    m.parameters = theta.data;
    m.gradients = gradient.data;
    m.input = x.data();
    m.target = t.data();
    m.scalars = scalars;
    m.loss = result.data();
    tl::detail::interpret<job::pruned>(m);
    append(result, block<double>{gradient});
    return result;
  }

  static numbers inputs_of(int step, int count, perturbed p) {
    numbers x(static_cast<std::size_t>(count * inputs));
    fill_inputs(x.data(), count * inputs, step, p);
    return x;
  }
  static numbers targets_of(int step, int count) {
    numbers t(static_cast<std::size_t>(count * target_row()));
    fill(t.data(), step, count);
    return t;
  }
  template <class T>
  static void fill(T* t, int step, int count) {
    fill_targets(t, count * target_row(), step, Setting::target, outputs);
  }
  template <class T>
  static tl::parameters<net, T> start(perturbed p = {}) {
    tl::parameters<net, T> theta{};
    set_parameters(block<T>{theta}, Setting::scales, p);
    return theta;
  }

  results& out_;
};

}  // namespace random_nets
