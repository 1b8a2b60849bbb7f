#pragma once
// Derivatives of networks and losses as calls: jvp, vjp, jacobian, hvp, hessian.

#include <array>
#include <tapeless/run/derivative_rows.hpp>

namespace tapeless {

/// y = network(x) and its change along a direction.
template <class Net, class T>
struct jvp_result {
  std::array<T, static_cast<std::size_t>(output_size<Net>)> value{};
  std::array<T, static_cast<std::size_t>(output_size<Net>)> tangent{};
};

/// y = network(x) and the gradient of the sum of y times a cotangent: a row of inputs, or
/// parameters.
template <class Net, class T, class Gradient>
struct vjp_result {
  std::array<T, static_cast<std::size_t>(output_size<Net>)> value{};
  Gradient gradient{};
};

/// A loss, or the output of a network, and its Hessian times a direction: a row of inputs, or
/// parameters.
template <class T, class Product>
struct hvp_result {
  T loss = 0;
  Product product{};
};

/// Scalars that a derivative with these options is taken with respect to: columns of `jacobian`,
/// all inputs unless with_respect_to says otherwise.
template <class Net, class... Options>
inline constexpr int variable_size =
    detail::scalars_of<Net, detail::variables_or<Net, with_respect_to_inputs, Options...>>;

// Options of all derivatives: with_respect_to<...>, with_respect_to_inputs,
// with_respect_to_parameters, batch<N>, instruction_set<Arch>, expand_as<Policy>,
// lanes_over<Axis>, costs<Model>, stack_limit<Bytes>, by_reference; scalar_type<T> if it is that of
// the parameters. None of them allocates or throws; all are usable in constant expressions.
// Operands are only read and may overlap each other; results are memory of their own. A derivative
// is taken with respect to inputs (rows in which these follow each other as declared) or to
// parameters (tl::parameters, of which those that are not asked for are left alone when read, and 0
// when returned). jvp, vjp and jacobian are those of `forward`; hvp and hessian of a loss are those
// of `value_and_grad`. Accuracy: that of the operations and their gradients (docs/accuracy.md).

/// J v, the change of the output along a direction v, and the output, for rows: x of input_size
/// scalars, v of the inputs that the derivative is taken with respect to, y and dy of output_size
/// scalars. As torch.func.jvp.
template <class Net, class... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr void jvp(const parameters<Net, T>& theta, const T* x,
                                                    const T* v, T* y, T* dy) noexcept {
  detail::jvp_into<Net, false, Options...>(theta, x, v, y, dy);
}
/// The same along a direction among the parameters, one for all samples.
template <class Net, class... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr void jvp(const parameters<Net, T>& theta, const T* x,
                                                    const parameters<Net, T>& v, T* y,
                                                    T* dy) noexcept {
  detail::jvp_into<Net, true, Options...>(theta, x, static_cast<const T*>(v.data), y, dy);
}
/// The same for one sample: v is a row of inputs, or parameters.
template <class Net, class... Options, class T, class X, class V>
TAPELESS_NATIVE constexpr jvp_result<Net, T> jvp(const parameters<Net, T>& theta, const X& x,
                                                 const V& v) noexcept {
  constexpr bool block = detail::is_block<V>;
  using variables = detail::variables_of<Net, block, Options...>;
  static_assert(variables::check());
  detail::check_one_sample<Options...>();
  jvp_result<Net, T> r;
  if constexpr (detail::check_row<X, T, input_size<Net>>()) {
    if constexpr (block) {
      if constexpr (detail::check_block<V, Net, T>())
        jvp<Net, Options...>(theta, x.data(), v, r.value.data(), r.tangent.data());
    } else if constexpr (detail::check_row<V, T, variables::count>()) {
      jvp<Net, Options...>(theta, x.data(), v.data(), r.value.data(), r.tangent.data());
    }
  }
  return r;
}

/// J^T u, the gradient of the sum of outputs times a cotangent u, and the output, for rows: x of
/// input_size scalars, u and y of output_size scalars, du of the inputs that the derivative is
/// taken with respect to. As torch.func.vjp.
template <class Net, class... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr void vjp(const parameters<Net, T>& theta, const T* x,
                                                    const T* u, T* y, T* gradient) noexcept {
  detail::vjp_into<Net, false, Options...>(theta, x, u, y, gradient);
}
/// The same with respect to parameters: the sum over the samples of the batch.
template <class Net, class... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr void vjp(const parameters<Net, T>& theta, const T* x,
                                                    const T* u, T* y,
                                                    parameters<Net, T>& gradient) noexcept {
  for (T& g : gradient.data) g = 0;
  detail::vjp_into<Net, true, Options...>(theta, x, u, y, static_cast<T*>(gradient.data));
}
/// The same for one sample. The gradient is a row of inputs, or parameters where with_respect_to
/// names these.
template <class Net, class... Options, class T, class X, class U>
TAPELESS_NATIVE constexpr auto vjp(const parameters<Net, T>& theta, const X& x,
                                   const U& u) noexcept {
  using variables = detail::variables_or<Net, with_respect_to_inputs, Options...>;
  using gradient = detail::variables_type<Net, T, variables>;
  detail::check_one_sample<Options...>();
  vjp_result<Net, T, gradient> r;
  constexpr bool fits = detail::check_row<X, T, input_size<Net>>();
  if constexpr (fits)
    if constexpr (detail::check_row<U, T, output_size<Net>>())
      detail::vjp_into<Net, detail::is_block<gradient>, Options...>(
          theta, x.data(), u.data(), r.value.data(), detail::numbers_of(r.gradient));
  return r;
}

/// The Jacobian: for each sample output_size rows of variable_size scalars, element [i][j] is the
/// derivative of output i with respect to variable j. x: rows of input_size scalars; y: rows of
/// output_size scalars. Variables follow each other as declared, each row-major; parameters in
/// PyTorch's orientation, as parameters::get numbers them.
/// As torch.func.jacrev. One pass for all rows at once, or for all columns where these are fewer;
/// the samples of a batch one after the other.
template <class Net, class... Options, class T>
TAPELESS_NATIVE constexpr void jacobian(const parameters<Net, T>& theta, const T* x, T* y,
                                        T* j) noexcept {
  using variables = detail::variables_or<Net, with_respect_to_inputs, Options...>;
  constexpr int samples = detail::batch_in<detail::options_of<Options...>>();
  constexpr auto in = std::size_t{samples} * input_size<Net>,
                 out = std::size_t{samples} * output_size<Net>;
  constexpr std::size_t size = static_cast<std::size_t>(output_size<Net>) *
                               static_cast<std::size_t>(detail::scalars_of<Net, variables>);
  detail::check_operands(theta, "jacobian", x, y, j);
  detail::check_apart("jacobian", y, out, x, in);
  detail::check_apart("jacobian", j, samples * size, x, in);
  detail::check_apart("jacobian", j, samples * size, y, out);
  for (std::size_t s = 0; s < std::size_t{samples}; ++s)
    detail::jacobian_into<Net, variables, Options...>(theta, x + s * input_size<Net>,
                                                      y + s * output_size<Net>, j + s * size);
}
/// The Jacobian of one sample, as an array of rows.
template <class Net, class... Options, class T, class X>
TAPELESS_NATIVE constexpr auto jacobian(const parameters<Net, T>& theta, const X& x) noexcept {
  detail::check_one_sample<Options...>();
  detail::matrix<T, output_size<Net>, variable_size<Net, Options...>> j{};
  if constexpr (detail::check_row<X, T, input_size<Net>>()) {
    T y[static_cast<std::size_t>(output_size<Net>)] = {};
    constexpr auto columns = static_cast<std::size_t>(variable_size<Net, Options...>);
    T rows[static_cast<std::size_t>(output_size<Net>) * columns + 1] = {};
    jacobian<Net, Options...>(theta, x.data(), static_cast<T*>(y), static_cast<T*>(rows));
    std::size_t from = 0;
    for (auto& row : j)
      for (T& e : row) e = rows[from++];
  }
  return j;
}

/// H v, the Hessian of a loss times a direction v; returns the loss. x, t: rows as value_and_grad
/// takes them; v and the product: rows of the inputs that the derivatives are taken with respect
/// to. The loss is the mean over the batch, as in value_and_grad. As torch.func.jvp of
/// torch.func.grad.
template <class Net, detail::is_no_option Loss, class... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr T hvp(const parameters<Net, T>& theta, const T* x,
                                                 const T* t, const T* v, T* product) noexcept {
  return detail::hvp_into<Net, Loss, false, Options...>(theta, x, t, v, product);
}
/// The same with respect to parameters.
template <class Net, detail::is_no_option Loss, class... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr T hvp(const parameters<Net, T>& theta, const T* x,
                                                 const T* t, const parameters<Net, T>& v,
                                                 parameters<Net, T>& product) noexcept {
  for (T& p : product.data) p = 0;
  return detail::hvp_into<Net, Loss, true, Options...>(theta, x, t, static_cast<const T*>(v.data),
                                                       static_cast<T*>(product.data));
}
/// The same for the output of a network that has one, summed over the samples: returns that sum.
template <class Net, detail::is_option... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr T hvp(const parameters<Net, T>& theta, const T* x,
                                                 const T* v, T* product) noexcept {
  return detail::hvp_into<Net, detail::no_loss, false, Options...>(
      theta, x, static_cast<const T*>(nullptr), v, product);
}
template <class Net, detail::is_option... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr T hvp(const parameters<Net, T>& theta, const T* x,
                                                 const parameters<Net, T>& v,
                                                 parameters<Net, T>& product) noexcept {
  for (T& p : product.data) p = 0;
  return detail::hvp_into<Net, detail::no_loss, true, Options...>(
      theta, x, static_cast<const T*>(nullptr), static_cast<const T*>(v.data),
      static_cast<T*>(product.data));
}
/// Loss and product of one sample; v is a row of inputs, or parameters.
template <class Net, detail::is_no_option Loss, class... Options, class T, class X, class U,
          class V>
requires(!std::is_pointer_v<X>) TAPELESS_NATIVE
    constexpr hvp_result<T, V> hvp(const parameters<Net, T>& theta, const X& x, const U& t,
                                   const V& v) noexcept {
  constexpr bool block = detail::is_block<V>;
  using variables = detail::variables_of<Net, block, Options...>;
  static_assert(variables::check());
  detail::check_one_sample<Options...>();
  hvp_result<T, V> r;
  if constexpr (detail::check_row<X, T, input_size<Net>>() &&
                detail::check_row<U, T, target_size<Net, Loss>>()) {
    if constexpr (block) {
      if constexpr (detail::check_block<V, Net, T>())
        r.loss = hvp<Net, Loss, Options...>(theta, x.data(), t.data(), v, r.product);
    } else if constexpr (detail::check_row<V, T, variables::count>()) {
      r.loss = hvp<Net, Loss, Options...>(theta, x.data(), t.data(), v.data(), r.product.data());
    }
  }
  return r;
}
/// Output and product of one sample of a network with one output.
template <class Net, detail::is_option... Options, class T, class X, class V>
requires(!std::is_pointer_v<X>) TAPELESS_NATIVE
    constexpr hvp_result<T, V> hvp(const parameters<Net, T>& theta, const X& x,
                                   const V& v) noexcept {
  constexpr bool block = detail::is_block<V>;
  using variables = detail::variables_of<Net, block, Options...>;
  static_assert(variables::check());
  detail::check_one_sample<Options...>();
  hvp_result<T, V> r;
  if constexpr (detail::check_row<X, T, input_size<Net>>()) {
    if constexpr (block) {
      if constexpr (detail::check_block<V, Net, T>())
        r.loss = hvp<Net, Options...>(theta, x.data(), v, r.product);
    } else if constexpr (detail::check_row<V, T, variables::count>()) {
      r.loss = hvp<Net, Options...>(theta, x.data(), v.data(), r.product.data());
    }
  }
  return r;
}

/// The Hessian of a loss, for few variables: n rows of n scalars in the order of `jacobian`, with
/// respect to all parameters unless with_respect_to says otherwise; returns the loss, the mean over
/// the batch. With respect to inputs each sample has a Hessian of its own, one behind the other. As
/// torch.func.hessian; costs n calls of hvp, one per row.
template <class Net, detail::is_no_option Loss, class... Options, class T>
TAPELESS_NATIVE constexpr T hessian(const parameters<Net, T>& theta, const T* x, const T* t,
                                    T* h) noexcept {
  using variables = detail::variables_or<Net, with_respect_to_parameters, Options...>;
  return detail::hessian_into<Net, Loss, variables, Options...>(theta, x, t, h);
}
/// The same for the output of a network that has one, with respect to its inputs unless
/// with_respect_to says otherwise.
template <class Net, detail::is_option... Options, class T>
TAPELESS_NATIVE constexpr T hessian(const parameters<Net, T>& theta, const T* x, T* h) noexcept {
  using variables = detail::variables_or<Net, with_respect_to_inputs, Options...>;
  return detail::hessian_into<Net, detail::no_loss, variables, Options...>(
      theta, x, static_cast<const T*>(nullptr), h);
}
/// The Hessian of the loss of one sample, as an array of rows.
template <class Net, detail::is_no_option Loss, class... Options, class T, class X, class U>
requires(!std::is_pointer_v<X>) TAPELESS_NATIVE
    constexpr auto hessian(const parameters<Net, T>& theta, const X& x, const U& t) noexcept {
  using variables = detail::variables_or<Net, with_respect_to_parameters, Options...>;
  constexpr int n = detail::scalars_of<Net, variables>;
  detail::check_one_sample<Options...>();
  detail::matrix<T, n, n> h{};
  if constexpr (detail::check_row<X, T, input_size<Net>>() &&
                detail::check_row<U, T, target_size<Net, Loss>>()) {
    T rows[static_cast<std::size_t>(n) * n + 1] = {};
    hessian<Net, Loss, Options...>(theta, x.data(), t.data(), static_cast<T*>(rows));
    std::size_t from = 0;
    for (auto& row : h)
      for (T& e : row) e = rows[from++];
  }
  return h;
}
/// The Hessian of the output of a network that has one, for one sample.
template <class Net, detail::is_option... Options, class T, class X>
requires(!std::is_pointer_v<X>) TAPELESS_NATIVE
    constexpr auto hessian(const parameters<Net, T>& theta, const X& x) noexcept {
  using variables = detail::variables_or<Net, with_respect_to_inputs, Options...>;
  constexpr int n = detail::scalars_of<Net, variables>;
  detail::check_one_sample<Options...>();
  detail::matrix<T, n, n> h{};
  if constexpr (detail::check_row<X, T, input_size<Net>>()) {
    T rows[static_cast<std::size_t>(n) * n + 1] = {};
    hessian<Net, Options...>(theta, x.data(), static_cast<T*>(rows));
    std::size_t from = 0;
    for (auto& row : h)
      for (T& e : row) e = rows[from++];
  }
  return h;
}

}  // namespace tapeless
