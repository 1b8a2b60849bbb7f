#pragma once
// What the training helpers ask of a trainer.

#include <tapeless/core/config.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <type_traits>

namespace tapeless {

/// A training helper was asked for something it cannot do; what() says what, where and why.
struct train_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A model that can take training steps on rows of data, evaluate and predict.
///
/// `step` runs forward, backward and update on `count` of 1 to batch_size samples (all of them when
/// count is left out) and returns their mean loss. `loss` is the mean loss in evaluation mode,
/// without an update. `predict` writes `count` rows of output_size values.
template <class Trainer>
concept trainable = requires(Trainer& t, const Trainer& c, const typename Trainer::scalar* rows,
                             typename Trainer::scalar* outputs, int count) {
  requires std::floating_point<typename Trainer::scalar>;
  { Trainer::batch_size } -> std::convertible_to<int>;
  { Trainer::input_size } -> std::convertible_to<int>;
  { Trainer::target_size } -> std::convertible_to<int>;
  { Trainer::output_size } -> std::convertible_to<int>;
  { t.step(rows, rows) } -> std::convertible_to<double>;
  { t.step(rows, rows, count) } -> std::convertible_to<double>;
  { c.loss(rows, rows, count) } -> std::convertible_to<double>;
  c.predict(rows, outputs, count);
  t.parameters();
  t.options().learning_rate;
  t.state();
};

/// Bytes of a trivially copyable object, or the span of bytes the object already is.
template <class Object>
TAPELESS_NATIVE std::span<std::byte> bytes_of(Object&& object) {
  if constexpr (std::convertible_to<Object, std::span<std::byte>>) {
    return object;
  } else {
    static_assert(std::is_lvalue_reference_v<Object>, "the state must outlive this call");
    static_assert(std::is_trivially_copyable_v<std::remove_reference_t<Object>>,
                  "only a trivially copyable state can be saved byte by byte");
    return {reinterpret_cast<std::byte*>(&object), sizeof(object)};
  }
}

}  // namespace tapeless
