#pragma once
// Parameters of a network to and from .safetensors files, by PyTorch's names and shapes.

#include <tapeless/core/config.hpp>
#include <tapeless/io/state.hpp>

#include <fmt/format.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace tapeless {

/// Hash of a network's topology; defined with the network's graph.
template <class Net>
extern const std::uint64_t topology_hash;

/// The key under which a file notes the topology its weights belong to: 16 hexadecimal digits.
inline constexpr const char* topology_key = "tapeless.topology";

/// What saving and loading ask of a parameter struct: described tensors and access to their
/// elements in PyTorch's row-major order.
template <class Parameters>
concept described_parameters = requires(const Parameters& theta, Parameters& target) {
  theta.tensors();
  theta.tensors()[0].name.view();
  theta.tensors()[0].dims.extent[0];
  theta.get(0, 0);
  target.set(0, 0, theta.get(0, 0));
};

/// Views of all tensors of a parameter struct; of a const one they can only be read.
template <class Parameters>
requires described_parameters<std::remove_const_t<Parameters>>
    TAPELESS_NATIVE std::vector<array_view> views_of(Parameters& theta) {
  using scalar = std::remove_cvref_t<decltype(theta.get(0, 0))>;
  std::vector<array_view> views;
  int index = 0;
  for (const auto& tensor : theta.tensors()) {
    array_view view;
    view.name = std::string(tensor.name.view());
    for (int axis = 0; axis < tensor.dims.rank; ++axis) {
      view.shape.push_back(tensor.dims.extent[axis]);
    }
    view.type = std::same_as<scalar, double> ? element_type::f64 : element_type::f32;
    view.get = [&theta, index](std::size_t i) {
      return static_cast<double>(theta.get(index, static_cast<int>(i)));
    };
    if constexpr (!std::is_const_v<Parameters>) {
      view.set = [&theta, index](std::size_t i, double x) {
        theta.set(index, static_cast<int>(i), static_cast<scalar>(x));
      };
    }
    views.push_back(std::move(view));
    ++index;
  }
  return views;
}

/// Saves the parameters of a network. Further notes may be added; PyTorch reads the file with
/// `safetensors.torch.load_file`.
/// Errors: file_error; an old file of that name is then as it was.
template <class Net, described_parameters Parameters>
TAPELESS_NATIVE void save(const std::filesystem::path& file, const Parameters& theta,
                          file_metadata metadata = {}) {
  metadata[topology_key] = fmt::format("{:016x}", topology_hash<Net>);
  save_state(file, views_of(theta), std::move(metadata));
}

/// Loads parameters of a network and returns the notes of the file.
///
/// Names and shapes must match; any numeric element type is converted. Names behind a prefix, such
/// as "module.0.weight" or "actor.0.weight", are loaded with load_options{.prefix = "actor."}. If
/// the file notes a topology it must be this network's, unless options say otherwise or there is a
/// prefix, which makes the network a part of another; files from PyTorch note none.
/// Errors: file_error that lists every missing, unexpected or differently shaped tensor, or names
/// both topologies; `theta` is then unchanged.
template <class Net, described_parameters Parameters>
TAPELESS_NATIVE file_metadata load(const std::filesystem::path& file, Parameters& theta,
                                   const load_options& options = {}) {
  tensor_file content = read_safetensors(file);
  const std::vector<array_view> views = views_of(theta);
  const std::string wrong = differences(content, views, options);
  if (!wrong.empty()) {
    throw file_error(file, "tensors do not fit the network: " + wrong +
                               advice_on_prefixes(content, views));
  }
  const std::string expected = fmt::format("{:016x}", topology_hash<Net>);
  const auto noted = content.metadata.find(topology_key);
  if (noted != content.metadata.end() && noted->second != expected &&
      !options.allow_other_topology && options.prefix.empty()) {
    throw file_error(file,
                     fmt::format("found weights of topology {}, expected {}: names and shapes "
                                 "fit, but the networks differ (activations or connections); "
                                 "load_options{{.allow_other_topology = true}} takes them",
                                 quote(noted->second), quote(expected)));
  }
  assign(content, views, options.prefix);
  return std::move(content.metadata);
}

}  // namespace tapeless
