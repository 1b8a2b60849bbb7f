#pragma once
// Saves and restores any set of named arrays that live elsewhere: parameters, optimizer moments.

#include <tapeless/io/joined.hpp>
#include <tapeless/core/config.hpp>
#include <tapeless/io/safetensors.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tapeless {

/// Sight of an array that somebody else owns, in row-major order: how it is called and shaped in a
/// file, and how its elements are read and written. Valid as long as the owner.
struct array_view {
  std::string name;
  array_shape shape;
  element_type type = element_type::f32;  ///< in files: f32 or f64
  std::function<double(std::size_t)> get;
  std::function<void(std::size_t, double)> set;  ///< empty where the array is only read
};

/// A view of plain values; a shape left out means one axis.
template <class V>
requires std::floating_point<std::remove_const_t<V>> TAPELESS_NATIVE array_view
view_of(std::string name, std::span<V> values, array_shape shape = {}) {
  if (shape.empty()) shape = {static_cast<std::int64_t>(values.size())};
  array_view view{std::move(name),
                  std::move(shape),
                  element_type_of<std::remove_const_t<V>>(),
                  [values](std::size_t i) { return static_cast<double>(values[i]); },
                  {}};
  if constexpr (!std::is_const_v<V>) {
    view.set = [values](std::size_t i, double x) { values[i] = static_cast<V>(x); };
  }
  if (element_count(view.shape) != values.size()) {
    throw std::runtime_error(fmt::format("view_of: {} values of {} do not fill shape {}",
                                         values.size(), quote(view.name), shape_text(view.shape)));
  }
  return view;
}

/// A copy of what the views show now.
TAPELESS_NATIVE inline tensor_file snapshot(std::span<const array_view> views,
                                            file_metadata metadata = {}) {
  tensor_file result{{}, std::move(metadata)};
  for (const array_view& view : views) {
    std::vector<double> values(element_count(view.shape).value());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = view.get(i);
    if (view.type == element_type::f64) {
      result.tensors.push_back({view.name, make_array<double>(view.shape, values)});
    } else {
      const std::vector<float> rounded(values.begin(), values.end());
      result.tensors.push_back({view.name, make_array<float>(view.shape, rounded)});
    }
  }
  return result;
}

/// How strictly a file must match.
struct load_options {
  bool allow_unexpected = false;  ///< accept tensors in the file that nobody asked for
  /// Accept weights of another network with the same names and shapes, or of an older build.
  bool allow_other_topology = false;
  /// What stands before every name in the file: "module." (DataParallel), "_orig_mod."
  /// (torch.compile), "actor." for a part of a model. Tensors without the prefix are not looked at.
  std::string prefix = {};
};

/// What to add to a message about names that are missing: the prefixes behind which the file has
/// all of them; nothing if there are none.
TAPELESS_NATIVE inline std::string advice_on_prefixes(const tensor_file& content,
                                                      std::span<const array_view> views) {
  constexpr std::size_t most = 4;
  if (views.empty()) return {};
  std::set<std::string_view> names;
  for (const named_array& tensor : content.tensors) names.insert(tensor.name);
  std::vector<std::string> found;
  for (const std::string_view name : names) {
    if (!name.ends_with(views[0].name) || found.size() == most) continue;
    const std::string prefix(name.substr(0, name.size() - views[0].name.size()));
    const bool fits = std::all_of(views.begin(), views.end(), [&](const array_view& view) {
      return names.contains(prefix + view.name);
    });
    if (fits) found.push_back(quote(prefix));
  }
  if (found.empty() || std::find(found.begin(), found.end(), quote("")) != found.end()) return {};
  return fmt::format("; all names are there behind {}, which load_options{{.prefix = ...}} takes",
                     detail::joined(found, " or "));
}

/// Is that the count of batches that PyTorch keeps beside running statistics which are wanted? It
/// changes nothing but a momentum of None, which no layer here has.
TAPELESS_NATIVE inline bool is_count_of_batches(std::string_view name, std::string_view prefix,
                                                std::span<const array_view> views) {
  constexpr std::string_view count = "num_batches_tracked";
  if (!name.ends_with(count) || !name.starts_with(prefix)) return false;
  std::string beside{name.substr(prefix.size(), name.size() - prefix.size() - count.size())};
  beside += "running_mean";
  return std::any_of(views.begin(), views.end(),
                     [&](const array_view& view) { return view.name == beside; });
}

/// Every way in which the tensors of a file differ from the views, in words; empty if they fit.
TAPELESS_NATIVE inline std::string differences(const tensor_file& content,
                                               std::span<const array_view> views,
                                               const load_options& options = {}) {
  std::vector<std::string> found;
  std::map<std::string_view, const array_data*> left;
  for (const named_array& tensor : content.tensors) left.emplace(tensor.name, &tensor.data);
  for (const array_view& view : views) {
    const std::string name = options.prefix + view.name;
    const auto at = left.find(name);
    if (at == left.end()) {
      found.push_back(fmt::format("{} {} is missing", quote(name), shape_text(view.shape)));
      continue;
    }
    if (at->second->shape != view.shape) {
      found.push_back(fmt::format("{} is {} in the file, expected {}", quote(name),
                                  shape_text(at->second->shape), shape_text(view.shape)));
    } else if (view.type == element_type::f32 && at->second->type == element_type::f64) {
      constexpr double largest = std::numeric_limits<float>::max();
      for (std::size_t i = 0; i < at->second->size(); ++i) {
        const double x = at->second->at(i);
        if (std::isinf(x) || !(std::abs(x) > largest)) continue;
        found.push_back(fmt::format("element {} of {} is {}, expected a value that fits a float", i,
                                    quote(name), x));
        break;
      }
    }
    left.erase(at);
  }
  for (const named_array& tensor : content.tensors) {
    if (options.allow_unexpected || !left.contains(tensor.name)) continue;
    if (!tensor.name.starts_with(options.prefix)) continue;
    if (is_count_of_batches(tensor.name, options.prefix, views)) continue;
    found.push_back(
        fmt::format("{} {} is not expected", quote(tensor.name), shape_text(tensor.data.shape)));
  }
  return detail::joined(found, "; ");
}

/// Writes the file's values through the views. Any numeric element type is converted.
/// Precondition: differences() with the same prefix finds none, and every view can be written.
TAPELESS_NATIVE inline void assign(const tensor_file& content, std::span<const array_view> views,
                                   std::string_view prefix = {}) {
  for (const array_view& view : views) {
    const array_data& data = *content.find(std::string(prefix) + view.name);
    for (std::size_t i = 0; i < data.size(); ++i) view.set(i, data.at(i));
  }
}

/// Saves everything the views show, with notes, as one .safetensors file.
/// Errors: file_error, see write_safetensors.
TAPELESS_NATIVE inline void save_state(const std::filesystem::path& file,
                                       std::span<const array_view> views,
                                       file_metadata metadata = {}) {
  write_safetensors(file, snapshot(views, std::move(metadata)));
}

/// Restores everything the views show from a .safetensors file and returns its notes.
/// Errors: file_error that lists every missing, unexpected or differently shaped tensor; nothing
/// has been changed then.
TAPELESS_NATIVE inline file_metadata load_state(const std::filesystem::path& file,
                                                std::span<const array_view> views,
                                                const load_options& options = {}) {
  tensor_file content = read_safetensors(file);
  const std::string wrong = differences(content, views, options);
  if (!wrong.empty()) {
    throw file_error(file,
                     "tensors do not fit: " + wrong + advice_on_prefixes(content, views));
  }
  assign(content, views, options.prefix);
  return std::move(content.metadata);
}

}  // namespace tapeless
