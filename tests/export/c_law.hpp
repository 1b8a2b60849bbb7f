#pragma once
// The export law: the functions of a C file give the outputs, losses, gradients, and the parameters
// and states after three steps, of the reference semantics in double.
//
// Numbers may differ by 1e-12 of the greatest of their kind in double, by 2e-4 in float, where an
// optimizer may divide a small gradient by its own size.

#include <catch2/catch.hpp>
#include <cmath>
#include <export/c_library.hpp>
#include <functional>
#include <laws/check_numbers.hpp>
#include <laws/law_case.hpp>
#include <option_filter.hpp>
#include <tapeless/export/source.hpp>

namespace c_export {

namespace tl = tapeless;

/// What the targets of a loss are.
enum class target_kind { any, unit, classes };

using numbers = std::vector<double>;

using laws::check_numbers;

template <class T>
numbers widened(const std::vector<T>& x) {
  return {x.begin(), x.end()};
}

/// C files of several networks, and what is checked of each.
class law {
 public:
  /// Adds a network with its forward pass alone, as the budgets say, and all in loops.
  template <class T, class Net, class... Options>
  void forward() {
    for (const tl::c_options& o : forms()) {
      source_ += tl::c_source<Net, tl::scalar_type<T>, Options...>(o);
      checks_.push_back([prefix = o.prefix](const library& c) {
        check_forward<T, Net, Options...>(c, prefix, plain_parameters<Net>());
      });
    }
  }

  /// Adds a network with its training.
  template <class T, class Net, class Loss, class Optimizer, class... Options>
  void training(target_kind kind = target_kind::any) {
    for (const tl::c_options& o : forms()) {
      source_ += tl::c_training_source<Net, Loss, Optimizer, tl::scalar_type<T>, Options...>(o);
      checks_.push_back([prefix = o.prefix, kind](const library& c) {
        check_forward<T, Net, Options...>(c, prefix, plain_parameters<Net>());
        check_training<T, Net, Loss, Optimizer, Options...>(c, prefix, kind);
      });
    }
  }

  /// Compiles everything by every compiler and checks it.
  void check(const std::string& more_flags = {}) const {
    for (const std::string& compiler : compilers()) {
      INFO(compiler << more_flags);
      const library c{source_, compiler, more_flags};
      for (const auto& f : checks_) f(c);
    }
  }
  const std::string& source() const { return source_; }

 private:
  std::string source_;
  std::vector<std::function<void(const library&)>> checks_;

  std::vector<tl::c_options> forms() const {
    const std::string number = std::to_string(checks_.size());
    return {{.prefix = "net" + number},
            {.prefix = "loops" + number, .straight_budget = 0, .unroll_budget = 0}};
  }
  template <class T>
  static constexpr double tolerance = sizeof(T) == sizeof(float) ? 2e-4 : 1e-12;

  /// Parameters as every case starts with them, plain tensors one behind the other.
  template <class Net>
  static numbers plain_parameters() {
    numbers plain;
    const auto& table = tl::parameters<Net, double>::tensors();
    for (int k = 0; k < table.count; ++k) {
      const double more = table.of[k].name.view().ends_with("running_var") ? 1 : 0;
      for (int e = 0; e < table.of[k].dims.count(); ++e)
        plain.push_back(static_cast<float>(laws::number(laws::numbers::any, 50 + k, e) / 4 + more));
    }
    plain.push_back(0);  // so that there is an address
    return plain;
  }
  template <class Net, class T>
  static tl::parameters<Net, T> parameters_of(const numbers& plain) {
    tl::parameters<Net, T> theta{};
    std::size_t at = 0;
    for (int k = 0; k < theta.tensors().count; ++k)
      for (int e = 0; e < theta.tensors().of[k].dims.count(); ++e)
        theta.set(k, e, static_cast<T>(plain[at++]));
    return theta;
  }
  template <class T>
  static std::vector<T> rows(int count, laws::numbers drawn, int stream, int classes = 0) {
    std::vector<T> x;
    for (int i = 0; i < count; ++i) {
      const double n = laws::number(drawn, stream, i);
      x.push_back(static_cast<T>(static_cast<float>(classes > 0 ? std::floor(n * classes) : n)));
    }
    return x;
  }

  template <class T, class Net>
  static std::vector<T> packed(const library& c, const std::string& prefix, const numbers& plain) {
    const std::vector<T> from(plain.begin(), plain.end());
    if (tl::parameters<Net, T>::size == 0) return {T(0)};
    std::vector<T> theta(std::max(tl::parameters<Net, T>::size, 1)), back(from.size());
    c.function<void(const T*, T*)>(prefix + "_pack")(from.data(), theta.data());
    c.function<void(const T*, T*)>(prefix + "_unpack")(theta.data(), back.data());
    CHECK(back == from);
    const tl::parameters<Net, T> wanted = parameters_of<Net, T>(plain);
    CHECK(theta == std::vector<T>(wanted.data, wanted.data + theta.size()));
    return theta;
  }

  template <class T, class Net, class... Options>
  static void check_forward(const library& c, const std::string& prefix, const numbers& plain) {
    constexpr int batch = tl::detail::batch_in<tl::detail::options_of<Options...>>();
    const std::vector<T> theta = packed<T, Net>(c, prefix, plain);
    const std::vector<T> x = rows<T>(batch * tl::input_size<Net>, laws::numbers::any, 0);
    std::vector<T> y(batch * tl::output_size<Net>);
    c.function<void(const T*, const T*, T*)>(prefix + "_forward")(theta.data(), x.data(), y.data());
    const numbers xs = widened(x);
    numbers wanted(y.size());
    [&]<class... O>(tl::type_list<O...>) {
      tl::forward<Net, tl::by_reference, O...>(parameters_of<Net, double>(plain), xs.data(),
                                               wanted.data());
    }(option_filter::taken<tl::detail::call::forward, Options...>{});
    check_numbers(prefix + " forward", widened(y), wanted, tolerance<T>);
  }

  template <class T, class Net, class Loss, class Optimizer, class... Options>
  static void check_training(const library& c, const std::string& prefix, target_kind kind) {
    using reference =
        tl::trainer<Net, Loss, Optimizer, tl::scalar_type<double>, tl::by_reference, Options...>;
    constexpr int batch = reference::batch_size, size = reference::parameters_type::size;
    const numbers plain = plain_parameters<Net>();
    const std::vector<T> theta = packed<T, Net>(c, prefix, plain);
    reference other{parameters_of<Net, double>(plain), {}, 7};

    // The parameters and the state lie at the head of the C struct.
    constexpr int held = size * (1 + Optimizer::states);
    std::vector<T> trainer(held + 64);
    c.function<void(void*, const T*, std::uint32_t)>(prefix + "_start")(trainer.data(),
                                                                        theta.data(), 7);
    const auto step = c.function<T(void*, const T*, const T*)>(prefix + "_step");
    numbers losses, expected;
    for (int k = 0; k < 3; ++k) {
      const std::vector<T> x = rows<T>(batch * reference::input_size, laws::numbers::any, 2 * k);
      const std::vector<T> t =
          rows<T>(batch * reference::target_size,
                  kind == target_kind::any ? laws::numbers::any : laws::numbers::unit, 2 * k + 1,
                  kind == target_kind::classes ? reference::output_size : 0);
      const numbers xs = widened(x), ts = widened(t);
      if (k == 0) check_gradient<T, Net, Loss, Options...>(c, prefix, plain, theta, x, t);
      if (k == 0)
        check_numbers(prefix + " loss",
                      {c.function<T(const T*, const T*, const T*)>(prefix + "_loss")(
                          theta.data(), x.data(), t.data())},
                      {other.loss(xs.data(), ts.data())}, tolerance<T>);
      losses.push_back(step(trainer.data(), x.data(), t.data()));
      expected.push_back(other.step(xs.data(), ts.data()));
    }
    check_numbers(prefix + " losses of steps", losses, expected, tolerance<T>);
    numbers wanted(other.state().theta.data, other.state().theta.data + size);
    wanted.insert(wanted.end(), other.state().slots, other.state().slots + held - size);
    trainer.resize(held);
    check_numbers(prefix + " after steps", widened(trainer), wanted, tolerance<T>);
  }

  template <class T, class Net, class Loss, class... Options>
  static void check_gradient(const library& c, const std::string& prefix, const numbers& plain,
                             const std::vector<T>& theta, const std::vector<T>& x,
                             const std::vector<T>& t) {
    std::vector<T> gradient(theta.size(), T(77));
    const T loss = c.function<T(const T*, const T*, const T*, T*)>(prefix + "_gradient")(
        theta.data(), x.data(), t.data(), gradient.data());
    const numbers xs = widened(x), ts = widened(t);
    const auto wanted = [&]<class... O>(tl::type_list<O...>) {
      return tl::value_and_grad<Net, Loss, tl::by_reference, O...>(
          parameters_of<Net, double>(plain), xs.data(), ts.data());
    }(option_filter::taken<tl::detail::call::value_and_grad, Options...>{});
    check_numbers(prefix + " loss with gradient", {loss}, {wanted.loss}, tolerance<T>);
    check_numbers(prefix + " gradient", widened(gradient),
                  {wanted.gradient.data, wanted.gradient.data + gradient.size()}, tolerance<T>);
  }
};

}  // namespace c_export
