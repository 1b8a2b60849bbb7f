#include "operators/axes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tapeless::gen {

std::vector<int> sorted_axes(const std::vector<std::int64_t>& axes, int rank) {
  std::vector<int> sorted;
  for (const std::int64_t a : axes) sorted.push_back(axis_of(a, rank));
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    throw refusal("an axis is given twice");
  return sorted;
}

std::vector<int> axes_from(int first, int rank) {
  std::vector<int> axes;
  for (int a = first; a < rank; ++a) axes.push_back(a);
  return axes;
}

dimensions kept_dims(dimensions dims, const std::vector<int>& axes) {
  for (const int a : axes) dims.at(static_cast<std::size_t>(a)) = 1;
  return dims;
}

dimensions dropped_dims(const dimensions& dims, const std::vector<int>& axes) {
  dimensions rest;
  for (std::size_t i = 0; i < dims.size(); ++i)
    if (std::find(axes.begin(), axes.end(), static_cast<int>(i)) == axes.end())
      rest.push_back(dims[i]);
  return rest;
}

split split_at(const dimensions& dims, int axis) {
  split s;
  for (int i = 0; i < static_cast<int>(dims.size()); ++i)
    (i < axis ? s.before : i == axis ? s.extent : s.after) *= dims[static_cast<std::size_t>(i)];
  return s;
}

std::vector<std::size_t> groups_of(const dimensions& dims, const std::vector<int>& axes) {
  std::vector<std::int64_t> step = strides_of(kept_dims(dims, axes));
  for (const int a : axes) step.at(static_cast<std::size_t>(a)) = 0;
  std::vector<std::size_t> group(static_cast<std::size_t>(count_of(dims)));
  dimensions index(dims.size(), 0);
  std::int64_t at = 0;
  for (std::size_t& g : group) {
    g = static_cast<std::size_t>(at);
    for (std::size_t i = dims.size(); i-- > 0;) {
      at += step[i];
      if (++index[i] < dims[i]) break;
      at -= step[i] * dims[i];
      index[i] = 0;
    }
  }
  return group;
}

std::vector<double> group_means(const std::vector<double>& x, const std::vector<std::size_t>& group,
                                std::size_t groups) {
  std::vector<double> mean(groups);
  for (std::size_t i = 0; i < x.size(); ++i) mean[group[i]] += x[i];
  const double size = static_cast<double>(x.size()) / static_cast<double>(groups);
  for (double& m : mean) m /= size;
  return mean;
}

}  // namespace tapeless::gen
