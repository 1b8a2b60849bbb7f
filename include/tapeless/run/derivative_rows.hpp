#pragma once
// Derivatives on rows and blocks of parameters, behind the calls of run/derivatives.hpp.

#include <array>
#include <tapeless/run/derivative_stage.hpp>
#include <tapeless/run/value_and_grad.hpp>

namespace tapeless {

namespace detail {

template <class Net, class T, class Stage, class... Options>
using derivative_job =
    compiled<Net, Stage, T, typename arch_in<options_of<Options...>>::type, options_of<Options...>>;

template <class Option>
concept is_option = kind_of<Option>()
!= option_kind::none;
template <class Type>
concept is_no_option = !is_option<Type>;

// Named in what the compiler prints of refused variables: the network, and which they are.

template <class Net, class Variables>
inline constexpr bool has_inputs_alone = variable_count<Net, Variables>{}.parameters == 0;
template <class Net, class Variables>
inline constexpr bool has_parameters_alone = variable_count<Net, Variables>{}.inputs == 0;

/// The variables of a call whose direction or result is a block of parameters, or rows of inputs.
template <class Net, bool Parameters, class... Options>
struct variables_of {
  using type = typename variables_in<
      options_of<Options...>,
      std::conditional_t<Parameters, with_respect_to_parameters, with_respect_to_inputs>>::type;
  static constexpr int count = scalars_of<Net, type>;

  static consteval bool check() {
    constexpr variable_count<Net, type> n{};
    if constexpr (Parameters && n.parameters == 0 && n.inputs > 0)
      static_assert(has_parameters_alone<Net, type>,
                    "Tapeless: a derivative with respect to inputs takes and gives rows of these "
                    "inputs, and parameters stand there; see with_respect_to<...>");
    else if constexpr (!Parameters && n.inputs == 0 && n.parameters > 0)
      static_assert(
          has_inputs_alone<Net, type>,
          "Tapeless: a derivative with respect to parameters takes and gives "
          "tl::parameters of the network, and rows stand there; see with_respect_to<...>");
    return true;
  }
};

/// Columns of a Jacobian, rows of a Hessian.
template <class Net, class Otherwise, class... Options>
using variables_or = typename variables_in<options_of<Options...>, Otherwise>::type;

/// Where the variables lie in the block of parameters, one after the other.
template <class Net, class Variables>
struct positions_of_variables {
  static constexpr int count = scalars_of<Net, Variables>;
  int at[count > 0 ? count : 1] = {};

  consteval positions_of_variables() {
    const auto& g = declared<Net>;
    const auto block = parameter_offsets(g);
    int n = 0;
    for (int i = 0; i < std::remove_cvref_t<decltype(g)>::tensor_count; ++i) {
      const tensor& t = g.tensors[i];
      if (t.where != place::parameters || !Variables::names(t)) continue;
      const strided s = tensor_strides(t);
      for (int e = 0; e < t.dims.count(); ++e)
        at[n++] = block.offset[i] + offset_of(s, t.dims, 0, e);
    }
  }
};
template <class Net, class Variables>
inline constexpr positions_of_variables<Net, Variables> variable_positions{};

/// 0, 1, 2, ...
template <class T, int Count>
struct counted_numbers {
  T of[Count > 0 ? Count : 1] = {};
  consteval counted_numbers() {
    for (int i = 0; i < Count; ++i) of[i] = static_cast<T>(i);
  }
};
template <class T, int Count>
inline constexpr counted_numbers<T, Count> counted{};

/// Refuses what is no row of Wanted scalars of type T: an array of another type or length, or no
/// std::array at all.
template <class Row, class T, int Wanted>
consteval bool check_row() {
  constexpr bool is_array = requires { std::tuple_size<Row>::value; };
  static_assert(is_array,
                "Tapeless: derivatives take a std::array per sample, or pointers to rows "
                "for all operands and results");
  if constexpr (is_array) {
    check_scalar<T, typename Row::value_type>();
    if constexpr (std::is_same_v<T, typename Row::value_type>)
      static_assert(same_count<static_cast<int>(std::tuple_size<Row>::value), Wanted>,
                    "Tapeless: this array has another number of scalars than the inputs, outputs, "
                    "targets or variables that a derivative needs there");
  }
  return is_row<Row, T, Wanted>;
}

/// Refuses parameters of another network or scalar type where a direction is expected.
template <class Block, class Net, class T>
consteval bool check_block() {
  static_assert(std::is_same_v<Block, parameters<Net, T>>,
                "Tapeless: a direction among parameters is tl::parameters of the same network and "
                "scalar type as the parameters of the call");
  return std::is_same_v<Block, parameters<Net, T>>;
}

template <class Type>
inline constexpr bool is_block = false;
template <class Net, class T>
inline constexpr bool is_block<parameters<Net, T>> = true;

template <class Job, class T, class... Options>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE constexpr void run_derivative(
    const call_memory<T>& m) noexcept {
  static_assert(check_call<call::derivative, Job, T, Options...>());
  if constexpr (is_by_reference<options_of<Options...>>)
    call_job<Job, false>(m, reference_semantics{});
  else
    call_job<Job, false>(m);
}

/// What all derivatives need of their operands.
template <class Net, class T, class... Pointers>
TAPELESS_INLINE constexpr void check_operands(const parameters<Net, T>& theta, const char* where,
                                              const Pointers*... p) noexcept {
  require_one_network<Net>();
  checked([&]() __attribute__((always_inline)) {
    require_aligned(theta, where);
    require((true && ... && (p != nullptr)), where,
            "a pointer is null; pass the first rows of all operands and results");
  });
}
/// A result overlaps nothing that is read, and no other result.
template <class T>
TAPELESS_INLINE constexpr void check_apart(const char* where, const T* result, std::size_t count,
                                           const T* other, std::size_t other_count) noexcept {
  checked([&]() __attribute__((always_inline)) {
    require(!extent_of_memory(result, count).overlaps({other, other_count}), where,
            "a result overlaps an operand or another result; give it memory of its own");
  });
}

template <class Net, bool Parameters, class... Options, class T>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE constexpr void jvp_into(const parameters<Net, T>& theta,
                                                              const T* x, const T* direction, T* y,
                                                              T* dy) noexcept {
  using variables = variables_of<Net, Parameters, Options...>;
  static_assert(variables::check());
  constexpr int samples = batch_in<options_of<Options...>>();
  using job = derivative_job<Net, T, jvp_stage<Net, samples, typename variables::type>, Options...>;
  check_operands(theta, "jvp", x, direction, y, dy);
  constexpr auto in = std::size_t{samples} * input_size<Net>,
                 out = std::size_t{samples} * output_size<Net>;
  check_apart("jvp", y, out, x, in);
  check_apart("jvp", dy, out, x, in);
  check_apart("jvp", y, out, dy, out);
  call_memory<T> m;
  m.parameters = const_cast<T*>(theta.data);
  m.scalars = no_scalars<T>;
  m.input = x;
  if constexpr (Parameters)
    m.state = const_cast<T*>(direction);
  else
    m.input_at(1) = direction;
  m.output = y;
  m.output_at(1) = dy;
  run_derivative<job, T, Options...>(m);
}

template <class Net, bool Parameters, class... Options, class T>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE constexpr void vjp_into(const parameters<Net, T>& theta,
                                                              const T* x, const T* cotangent, T* y,
                                                              T* gradient) noexcept {
  using variables = variables_of<Net, Parameters, Options...>;
  static_assert(variables::check());
  constexpr int samples = batch_in<options_of<Options...>>();
  using job = derivative_job<Net, T, vjp_stage<Net, samples, typename variables::type>, Options...>;
  check_operands(theta, "vjp", x, cotangent, y, gradient);
  constexpr auto in = std::size_t{samples} * input_size<Net>,
                 out = std::size_t{samples} * output_size<Net>;
  constexpr std::size_t results =
      Parameters ? std::size_t{parameters<Net, T>::size} : std::size_t{samples} * variables::count;
  check_apart("vjp", y, out, x, in);
  check_apart("vjp", y, out, cotangent, out);
  check_apart("vjp", gradient, results, x, in);
  check_apart("vjp", gradient, results, cotangent, out);
  check_apart("vjp", gradient, results, y, out);
  call_memory<T> m;
  m.parameters = const_cast<T*>(theta.data);
  m.scalars = no_scalars<T>;
  m.input = x;
  m.target = cotangent;
  m.output = y;
  if constexpr (Parameters)
    m.gradients = gradient;
  else
    m.output_at(1) = gradient;
  run_derivative<job, T, Options...>(m);
}

/// One sample's output and Jacobian.
template <class Net, class Variables, class... Options, class T>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE constexpr void jacobian_into(const parameters<Net, T>& theta,
                                                                   const T* x, T* y,
                                                                   T* jacobian) noexcept {
  constexpr int rows = output_size<Net>, columns = scalars_of<Net, Variables>;
  constexpr bool by_columns = columns > 0 && columns < rows;
  constexpr int passes = by_columns ? columns : rows;
  using stage = std::conditional_t<by_columns, jacobian_by_columns<Net, Variables, passes>,
                                   jacobian_by_rows<Net, Variables, passes>>;
  using job = derivative_job<Net, T, stage, Options...>;
  call_memory<T> m;
  m.parameters = const_cast<T*>(theta.data);
  m.scalars = no_scalars<T>;
  m.input = x;
  m.weight = counted<T, passes>.of;
  m.output = y;
  if constexpr (by_columns) {
    T transposed[static_cast<std::size_t>(rows) * columns] = {};
    m.output_at(1) = transposed;
    run_derivative<job, T, Options...>(m);
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns; ++c) jacobian[r * columns + c] = transposed[c * rows + r];
  } else {
    m.output_at(1) = jacobian;
    run_derivative<job, T, Options...>(m);
  }
}

template <class Net, class Loss, bool Parameters, class... Options, class T>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE constexpr T hvp_into(const parameters<Net, T>& theta,
                                                           const T* x, const T* t,
                                                           const T* direction,
                                                           T* product) noexcept {
  using variables = variables_of<Net, Parameters, Options...>;
  static_assert(variables::check());
  static_assert(check_loss_and_optimizer<Loss, void>());
  constexpr int samples = batch_in<options_of<Options...>>();
  using job =
      derivative_job<Net, T, hvp_stage<Net, Loss, samples, typename variables::type>, Options...>;
  check_operands(theta, "hvp", x, direction, product);
  constexpr auto in = std::size_t{samples} * input_size<Net>;
  constexpr std::size_t results =
      Parameters ? std::size_t{parameters<Net, T>::size} : std::size_t{samples} * variables::count;
  check_apart("hvp", product, results, x, in);
  check_apart("hvp", product, results, direction, results);
  if constexpr (!std::is_same_v<Loss, no_loss>)
    checked([&]() __attribute__((always_inline)) {
      require(t != nullptr, "hvp", "t is null; pass the first row of the target");
      require_labels<Net, Loss>(t, samples, "hvp");
    });
  T loss = 0;
  call_memory<T> m;
  m.parameters = const_cast<T*>(theta.data);
  m.scalars = scalars_of_loss<Loss, T>.of;
  m.input = x;
  m.target = t;
  m.loss = &loss;
  if constexpr (Parameters) {
    m.state = const_cast<T*>(direction);
    m.gradients = product;
  } else {
    m.input_at(1) = direction;
    m.output = product;
  }
  run_derivative<job, T, Options...>(m);
  return loss;
}

/// One row of the Hessian after the other: its product with a unit vector.
template <class Net, class Loss, class Variables, class... Options, class T>
TAPELESS_NATIVE constexpr T hessian_into(const parameters<Net, T>& theta, const T* x, const T* t,
                                         T* hessian) noexcept {
  constexpr int n = scalars_of<Net, Variables>;
  constexpr int samples = batch_in<options_of<Options...>>();
  T loss = 0;
  if constexpr (are_parameters<Net, Variables>) {
    constexpr const auto& at = variable_positions<Net, Variables>.at;
    parameters<Net, T> direction, product;
    for (int i = 0; i < n; ++i) {
      direction.data[at[i]] = 1;
      loss = hvp_into<Net, Loss, true, Options...>(
          theta, x, t, static_cast<const T*>(direction.data), product.data);
      direction.data[at[i]] = 0;
      for (int k = 0; k < n; ++k) hessian[i * n + k] = product.data[at[k]];
    }
  } else {
    T direction[static_cast<std::size_t>(samples * n) +
                1] = {},
                product[static_cast<std::size_t>(samples * n) + 1] = {};
    for (int i = 0; i < n; ++i) {
      for (int s = 0; s < samples; ++s) direction[s * n + i] = 1;
      loss = hvp_into<Net, Loss, false, Options...>(theta, x, t, static_cast<const T*>(direction),
                                                    static_cast<T*>(product));
      for (int s = 0; s < samples; ++s) {
        direction[s * n + i] = 0;
        for (int k = 0; k < n; ++k) hessian[(s * n + i) * n + k] = product[s * n + k];
      }
    }
  }
  return loss;
}

/// The type of what belongs to variables: parameters of the network, or a row of inputs.
template <class Net, class T, class Variables>
using variables_type =
    std::conditional_t<are_parameters<Net, Variables>, parameters<Net, T>,
                       std::array<T, static_cast<std::size_t>(scalars_of<Net, Variables>)>>;

template <class T, int Rows, int Columns>
using matrix =
    std::array<std::array<T, static_cast<std::size_t>(Columns)>, static_cast<std::size_t>(Rows)>;

/// The numbers of a row or a block.
template <class Numbers>
TAPELESS_INLINE constexpr auto* numbers_of(Numbers& n) noexcept {
  if constexpr (is_block<std::remove_const_t<Numbers>>)
    return &n.data[0];
  else
    return n.data();
}

}  // namespace detail

}  // namespace tapeless
