#pragma once
// Inputs, targets and parameters of random networks, by formulas that Python has too, in functions
// that all networks share: programs of many networks compile faster so.

#include <cmath>
#include <random/memory.hpp>
#include <random/results.hpp>

namespace random_nets {

/// What the targets of a loss are.
enum class targets { any, unit, unit_with_ends, classes };

/// How the numbers of a reference differ from those of the engine: by factors near 1.
struct perturbed {
  double by = 0;
  unsigned salt = 0;
  constexpr double operator()(double x, unsigned stream, unsigned index) const {
    return x * (1 + by * number(stream + salt, index));
  }
};

template <class T>
[[gnu::noinline]] void fill_inputs(T* x, int count, int step, perturbed p) {
  const auto stream = static_cast<unsigned>(100 * step + 1);
  for (int i = 0; i < count; ++i) {
    const auto index = static_cast<unsigned>(i);
    x[i] = static_cast<T>(p(number(stream, index), stream, index));
  }
}

template <class T>
[[gnu::noinline]] void fill_targets(T* t, int count, int step, targets kind, int classes) {
  for (int i = 0; i < count; ++i) {
    const double x = number(static_cast<unsigned>(100 * step + 2), static_cast<unsigned>(i));
    const double unit = (x + 1) / 2;
    t[i] = static_cast<T>(kind == targets::any              ? x
                          : kind == targets::unit           ? unit
                          : kind == targets::unit_with_ends ? (i % 7 == 3   ? 0.0
                                                               : i % 7 == 5 ? 1.0
                                                                            : unit)
                                                            : static_cast<int>(unit * 2048) %
                                                                  classes);
  }
}

/// A parameter block and where its elements lie.
template <class T>
struct block {
  T* data;
  int size, count;
  const tl::parameter_info* table;

  template <class Net>
  explicit constexpr block(tl::parameters<Net, T>& theta)
      : data{theta.data},
        size{static_cast<int>(sizeof(theta.data) / sizeof(T))},
        count{theta.tensors().count},
        table{theta.tensors().of} {}
};

/// Parameters as every case starts with them.
template <class T>
constexpr void set_parameters(block<T> b, const double* scales, perturbed p = {}) {
  for (int k = 0; k < b.count; ++k) {
    const bool is_variance = b.table[k].name.view().ends_with("running_var");
    for (int e = 0; e < b.table[k].dims.count(); ++e) {
      const auto stream = static_cast<unsigned>(16 + k), index = static_cast<unsigned>(e);
      const double x = scales[k] * number(stream, index);
      b.data[b.table[k].position(e)] =
          static_cast<T>(p(is_variance ? 1 + x / 2 : x, stream, index));
    }
  }
}

/// Appends the elements of all parameters in order, and the sum of what lies between them, which
/// stays 0.
template <class T>
[[gnu::noinline]] void append(numbers& to, block<T> b) {
  numbers between(b.data, b.data + b.size);
  for (int k = 0; k < b.count; ++k)
    for (int e = 0; e < b.table[k].dims.count(); ++e) {
      const int at = b.table[k].position(e);
      to.push_back(static_cast<double>(b.data[at]));
      between[static_cast<std::size_t>(at)] = 0;
    }
  double sum = 0;
  for (const double x : between) sum += std::abs(x);
  to.push_back(sum);
}

template <class T>
[[gnu::noinline]] numbers copied(const T* from, int count) {
  return {from, from + count};
}

/// A whole batch of which `count` rows are the caller's and have a share in the loss.
struct padded {
  numbers x, t, weight;
  [[gnu::noinline]] padded(const double* xs, int inputs, const double* ts, int targets, int batch,
                           int count, bool summed)
      : x(at(batch * inputs)), t(at(batch * targets)), weight(at(batch)) {
    for (int s = 0; s < batch; ++s) {
      const int from = s < count ? s : count - 1;
      for (int i = 0; i < inputs; ++i) x[at(s * inputs + i)] = xs[from * inputs + i];
      for (int i = 0; i < targets; ++i) t[at(s * targets + i)] = ts[from * targets + i];
      if (s < count) weight[at(s)] = summed ? 1.0 : 1.0 / count;
    }
  }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
};

}  // namespace random_nets
