#pragma once
// A network as one C99 file, without dependencies or heap.

#include <filesystem>
#include <span>
#include <string>
#include <tapeless/export/training.hpp>
#include <tapeless/io/file.hpp>

namespace tapeless {

namespace detail {

template <class Net, class T, class... Options>
TAPELESS_NATIVE std::string c_forward_source(const T* theta, const c_options& options) {
  c_file<T> file{c_subject_of<Net, T, batch_in<options_of<Options...>>()>(options), options};
  if (theta == nullptr) c_add_packing(file);
  c_add_forward<Net, T, Options...>(file, theta != nullptr);
  if (theta != nullptr) c_add_weights(file, theta, false);
  return file.text();
}

template <class Net, class Loss, class Optimizer, class T, class... Options>
TAPELESS_NATIVE std::string c_training_file(const T* theta, const c_options& options) {
  static_assert(std::is_same_v<loss_options_of<Loss>, no_loss_options>,
                "Tapeless: a loss whose numbers change from call to call is not exported to C; put "
                "the number into the target rows");
  c_subject about = c_subject_of<Net, T, batch_in<options_of<Options...>>()>(options);
  about.targets = target_size<Net, Loss>;
  c_file<T> file{about, options};
  if (theta != nullptr) c_add_weights(file, theta, true);
  c_add_packing(file);
  if (options.forward) c_add_forward<Net, T, Options...>(file, false);
  if (options.loss) c_add_loss<Net, Loss, T, Options...>(file);
  if (options.gradient) c_add_gradient<Net, Loss, T, Options...>(file);
  if (options.step) c_add_step<Net, Loss, Optimizer, T, Options...>(file);
  return file.text();
}

}  // namespace detail

/// Inference as a C file whose function takes the parameters: `PREFIX_forward(theta, x, y)`, with
/// functions that pack and unpack them. Options: batch<N>, scalar_type<T>, lanes_over<Axis>,
/// costs<Model>. Errors: std::invalid_argument for a prefix that is no identifier.
template <class Net, class... Options>
TAPELESS_NATIVE std::string c_source(const c_options& options = {}) {
  static_assert(detail::check_options<detail::call::c_source, Options...>());
  using T = typename detail::scalar_in<detail::options_of<Options...>>::type;
  return detail::c_forward_source<Net, T, Options...>(nullptr, options);
}

/// The same with the parameters in the file: `PREFIX_forward(x, y)`.
template <class Net, class... Options, class T>
TAPELESS_NATIVE std::string c_source(const parameters<Net, T>& theta,
                                     const c_options& options = {}) {
  static_assert(detail::check_options<detail::call::c_source, Options...>());
  static_assert(detail::check_scalar_option<T, detail::options_of<Options...>>());
  return detail::c_forward_source<Net, T, Options...>(theta.data, options);
}

/// Inference and training as a C file: forward, loss, gradient and step, as the options say.
/// Options: those of c_source, clip_by_norm<L>, clip_by_value<L>, frozen_paths<...>.
template <class Net, class Loss, class Optimizer, class... Options>
TAPELESS_NATIVE std::string c_training_source(const c_options& options = {}) {
  static_assert(detail::check_loss_and_optimizer<Loss, Optimizer>());
  static_assert(detail::check_options<detail::call::c_training_source, Options...>());
  using T = typename detail::scalar_in<detail::options_of<Options...>>::type;
  return detail::c_training_file<Net, Loss, Optimizer, T, Options...>(nullptr, options);
}

/// The same with parameters to start from, as the array `PREFIX_weights`.
template <class Net, class Loss, class Optimizer, class... Options, class T>
TAPELESS_NATIVE std::string c_training_source(const parameters<Net, T>& theta,
                                              const c_options& options = {}) {
  static_assert(detail::check_loss_and_optimizer<Loss, Optimizer>());
  static_assert(detail::check_options<detail::call::c_training_source, Options...>());
  static_assert(detail::check_scalar_option<T, detail::options_of<Options...>>());
  return detail::c_training_file<Net, Loss, Optimizer, T, Options...>(theta.data, options);
}

/// Writes such a text to a file. Errors: file_error.
TAPELESS_NATIVE inline void write_c(const std::filesystem::path& file, const std::string& source) {
  write_file(file, std::as_bytes(std::span{source.data(), source.size()}));
}

}  // namespace tapeless
