#pragma once
// Regions of a buffer for the checker of plans: the elements that one access reaches.

#include <tapeless/plan/program.hpp>

namespace tapeless::checker {

/// Elements first + sum of i_l * stride_l, 0 <= i_l < extent_l, with strides that rise from loop to
/// loop and no loop that repeats elements or could be merged with the one before.
struct region {
  int first = 0;
  int loops = 0;
  int extent[max_loops] = {};
  int stride[max_loops] = {};
  bool distinct = true;  ///< no element is reached twice, apart from loops of stride 0

  constexpr int last() const {
    int at = first;
    for (int l = 0; l < loops; ++l) at += stride[l] * (extent[l] - 1);
    return at;
  }
  constexpr int count() const {
    int n = 1;
    for (int l = 0; l < loops; ++l) n *= extent[l];
    return n;
  }
  friend constexpr bool operator==(const region& a, const region& b) {
    bool same = a.first == b.first && a.loops == b.loops;
    for (int l = 0; l < a.loops && same; ++l)
      same = a.extent[l] == b.extent[l] && a.stride[l] == b.stride[l];
    return same;
  }

  /// Adds a loop, in any order.
  constexpr void add(int n, int s) {
    if (n == 1 || s == 0) return;
    if (s < 0) {
      first += s * (n - 1);
      s = -s;
    }
    int l = loops++;
    for (; l > 0 && stride[l - 1] > s; --l) {
      extent[l] = extent[l - 1];
      stride[l] = stride[l - 1];
    }
    extent[l] = n;
    stride[l] = s;
  }
  /// Merges what walks memory evenly, and finds out whether elements repeat.
  constexpr void finish() {
    int n = 0;
    for (int l = 0; l < loops; ++l) {
      if (n > 0 && stride[l] == stride[n - 1] * extent[n - 1]) {
        extent[n - 1] *= extent[l];
      } else {
        extent[n] = extent[l];
        stride[n] = stride[l];
        ++n;
      }
    }
    loops = n;
    int reach = 0;
    for (int l = 0; l < loops; ++l) {
      if (stride[l] <= reach) distinct = false;
      reach += stride[l] * (extent[l] - 1);
    }
  }
};

/// The region of an access within its step.
constexpr region region_of(const step& s, const access& a) {
  region r;
  r.first = a.offset;
  for (int l = 0; l < s.loops; ++l) r.add(s.extent[l], a.stride[l]);
  r.finish();
  return r;
}

/// The region of a value whose strides are given per axis.
constexpr region region_of(const strided& at, const shape& dims, int batch) {
  region r;
  r.first = at.offset;
  r.add(batch, at.batch);
  for (int i = 0; i < dims.rank; ++i) r.add(dims[i], at.stride[i]);
  r.finish();
  return r;
}

/// Whether every element of `part` is one of `whole`. May say no where loops interleave.
constexpr bool contains(const region& whole, const region& part) {
  int rest = part.first - whole.first;
  if (rest < 0) return false;
  int index[max_loops] = {};  // of the last element of `part`, per loop of `whole`
  for (int l = whole.loops - 1; l >= 0; --l) {
    index[l] = rest / whole.stride[l];
    rest %= whole.stride[l];
  }
  if (rest != 0) return false;
  for (int k = 0; k < part.loops; ++k) {
    int l = whole.loops - 1;
    while (l >= 0 && (whole.stride[l] > part.stride[k] || part.stride[k] % whole.stride[l] != 0))
      --l;
    if (l < 0) return false;
    index[l] += part.stride[k] / whole.stride[l] * (part.extent[k] - 1);
  }
  for (int l = 0; l < whole.loops; ++l)
    if (index[l] >= whole.extent[l]) return false;
  return true;
}

/// Calls f with every element of a region.
template <class F>
constexpr void for_each_element(const region& r, F f) {
  int index[max_loops] = {};
  for (;;) {
    int at = r.first;
    for (int l = 0; l < r.loops; ++l) at += index[l] * r.stride[l];
    f(at);
    int l = 0;
    while (l < r.loops && ++index[l] == r.extent[l]) index[l++] = 0;
    if (l == r.loops) return;
  }
}

}  // namespace tapeless::checker
