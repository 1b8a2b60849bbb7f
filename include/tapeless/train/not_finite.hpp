#pragma once
// Where a training run stops being numbers: the error, and the search for the first value that is
// NaN or infinite.

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/plan/packing.hpp>
#include <tapeless/run/constant.hpp>
#include <tapeless/run/gradient.hpp>
#include <tapeless/train/history.hpp>
#include <tapeless/train/trainable.hpp>
#include <tapeless/transform/interpret.hpp>
#include <tapeless/transform/rebuild.hpp>
#include <type_traits>
#include <utility>

namespace tapeless {

/// What fit does where a loss or a parameter is no longer a finite number.
enum class on_not_finite : std::uint8_t {
  stop,   ///< throws not_finite_error; the trainer is as it was before the batch in question
  go_on,  ///< trains on, as PyTorch does
};

/// A loss or a parameter became NaN or infinite in fit.
struct not_finite_error : train_error {
  TAPELESS_NATIVE not_finite_error(int in_epoch, long in_batch, std::string at)
      : train_error(
            fmt::format("fit: epoch {}, batch {}: {}; the trainer is as it was before this batch, "
                        "fit_options{{.not_finite = tl::on_not_finite::go_on}} trains on",
                        in_epoch, in_batch, at)),
        epoch{in_epoch},
        batch{in_batch},
        where{std::move(at)} {}

  int epoch;          ///< from 1
  long batch;         ///< from 1, in its epoch
  std::string where;  ///< the first value that is not finite
  history past;       ///< the epochs before
};

/// Whether all parameters of a trainer are finite.
template <trainable Trainer>
TAPELESS_NATIVE bool has_finite_parameters(Trainer& trainer) {
  using scalar = typename Trainer::scalar;
  const auto bytes = bytes_of(trainer.parameters());
  for (std::size_t i = 0; i + sizeof(scalar) <= bytes.size(); i += sizeof(scalar)) {
    scalar x;
    std::memcpy(&x, bytes.data() + i, sizeof x);
    if (!std::isfinite(x)) return false;
  }
  return true;
}

namespace detail {

/// Forward and loss of one row, as training computes them.
template <class Net, class Loss>
struct row_loss_stage {
  static consteval void build(graph& g) {
    load(g, forward_table<Net, 1, true>);
    const value l = append_loss<Loss>(g, sharing::weighted);
    if (!g.failed()) store(l, place::loss);
  }
};
template <class Net, class Loss>
struct row_loss {
  static constexpr auto built = freeze<row_loss_stage<Net, Loss>, max_nodes_of<Net>() * 8>();
  struct rebuilt {
    static constexpr int expected_nodes = built.node_count + built.node_count / 4 + 16;
    static consteval void build(graph& g) { rebuild(g, built); }
  };
  static constexpr auto table = freeze<rebuilt, max_nodes_of<Net>() * 8>();
};

template <class T>
TAPELESS_NATIVE bool all_finite(const T* first, int count) {
  for (int i = 0; i < count; ++i)
    if (!std::isfinite(first[i])) return false;
  return true;
}

/// The layer of a node as people know it: by the parameter that it uses, else by the last one
/// before.
template <class Graph>
TAPELESS_NATIVE std::string place_of_node(const Graph& g, int at) {
  const node& n = g[at];
  if (n.op->kind == family::tensor) {
    const tensor& t = g.tensors[tensor_of(n)];
    return t.where == place::input    ? "an input"
           : t.where == place::target ? "a target"
                                      : fmt::format("parameter '{}'", t.name.view());
  }
  for (int i = at; i >= 0; --i)
    for (int k = 0; k < g[i].op->arity; ++k) {
      const node& o = g[g[i].in[k]];
      if (o.op->kind != family::tensor) continue;
      const tensor& t = g.tensors[tensor_of(o)];
      if (t.where != place::parameters) continue;
      std::string_view path = t.name.view();
      if (const std::size_t dot = path.rfind('.'); dot != path.npos) path = path.substr(0, dot);
      return i == at ? fmt::format("layer '{}' ({})", path, n.op->name)
                     : fmt::format("'{}' after layer '{}'", n.op->name, path);
    }
  return fmt::format("'{}' before the first layer", n.op->name);
}

}  // namespace detail

/// The first parameter that is not finite, in words; empty if all are.
template <trainable Trainer>
requires requires { typename Trainer::network; }
TAPELESS_NATIVE std::string first_not_finite_parameter(Trainer& trainer) {
  const auto& theta = trainer.parameters();
  for (int t = 0; t < theta.tensors().count; ++t)
    for (int e = 0; e < theta.tensors().of[t].dims.count(); ++e)
      if (!std::isfinite(theta.get(t, e)))
        return fmt::format("element {} of parameter '{}' becomes {}", e,
                           theta.tensors().of[t].name.view(), theta.get(t, e));
  return {};
}

/// The first value of a forward pass with its loss that is not finite, in words: a second pass over
/// `count` rows, node by node. Empty if every row is finite by itself.
template <trainable Trainer>
requires requires {
  typename Trainer::network;
  typename Trainer::loss_type;
}
TAPELESS_NATIVE std::string first_not_finite(Trainer& trainer, const typename Trainer::scalar* xs,
                                             const typename Trainer::scalar* ys, int count) {
  using T = typename Trainer::scalar;
  constexpr const auto& g =
      detail::row_loss<typename Trainer::network, typename Trainer::loss_type>::table;
  constexpr auto block = parameter_offsets(g);
  const auto& state = trainer.state();
  T scalars[group_slot] = {};
  detail::loss_options_in<typename Trainer::loss_type>::put(state.loss_options, scalars);
  scalars[seed_slot] = static_cast<T>(state.seed & 0xffffff);
  scalars[step_slot] = static_cast<T>((state.steps + state.calls) & 0xffffff);
  for (int row = 0; row < count; ++row) {
    const T* const x = xs + std::ptrdiff_t{row} * Trainer::input_size;
    const T* const y = ys + std::ptrdiff_t{row} * Trainer::target_size;
    interpreter<T> values{g};
    values.run(
        [&](int i, T* to) {
          const tensor& t = g.tensors[i];
          const int n = t.dims.count();
          if (t.where == place::input) {
            detail::read_rows(g, x, i, to);
          } else if (t.where == place::target) {
            detail::read_rows(g, y, i, to);
          } else if (t.where == place::weight) {
            *to = 1;
          } else if (t.where == place::scalars) {
            *to = scalars[t.slot];
          } else {
            const strided at = tensor_strides(t);
            for (int e = 0; e < n; ++e)
              to[e] = state.theta.data[block.offset[i] + detail::offset_of(at, t.dims, 0, e)];
          }
        },
        [](const write_back::attributes&, const T*) {});
    int at = g.node_count - 1;  // the store of the loss
    if (detail::all_finite(values.of(at), 1)) continue;
    // From the loss to where the first of its operands that is not finite comes from.
    for (bool found = true; found;) {
      found = false;
      for (int k = 0; k < g[at].op->arity && !found; ++k) {
        const int from = g[at].in[k];
        if (g[from].op->kind == family::constant ||
            detail::all_finite(values.of(from), g[from].dims.count()))
          continue;
        at = from;
        found = true;
      }
    }
    return fmt::format("row {}: {} is not finite", row, detail::place_of_node(g, at));
  }
  return {};
}

}  // namespace tapeless
