#pragma once
// Arithmetic on the strides of values.

#include <tapeless/graph/node.hpp>

namespace tapeless::detail {

/// Row-major strides of a value of that shape with one sample behind the other.
constexpr strided row_major(const shape& s, bool batched) {
  strided r;
  int n = 1;
  for (int i = s.rank - 1; i >= 0; --i) {
    r.stride[i] = n;
    n *= s[i];
  }
  r.batch = batched ? n : 0;
  return r;
}

/// The same with stride 0 along axes that are broadcast to `wide`.
constexpr strided broadcast_strides(const strided& from, const shape& narrow, const shape& wide) {
  strided r{from.offset, from.batch, {}, from.iteration, from.inner};
  for (int i = 1; i <= narrow.rank; ++i)
    if (narrow[narrow.rank - i] != 1) r.stride[wide.rank - i] = from.stride[narrow.rank - i];
  return r;
}

/// Offset of element `flat` (row-major) of sample `sample`.
constexpr int offset_of(const strided& s, const shape& dims, int sample, int flat) {
  int o = s.offset + sample * s.batch;
  for (int i = dims.rank - 1; i > 0; --i) {
    o += flat % dims[i] * s.stride[i];
    flat /= dims[i];
  }
  return dims.rank > 0 ? o + flat * s.stride[0] : o;
}

}  // namespace tapeless::detail
