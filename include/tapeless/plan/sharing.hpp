#pragma once
// Which steps can share a compiled kernel.

#include <tapeless/plan/lower.hpp>

namespace tapeless {

namespace detail {

constexpr bool same_instruction(const instruction& a, const instruction& b) {
  const bool has_op = a.what == action::apply || a.what == action::random;
  const bool same_op = !has_op || a.what != b.what || same_operation(a.op, b.op);
  return a.what == b.what && same_op && a.a == b.a && a.b == b.b && a.c == b.c && a.attr == b.attr;
}

/// Equality of everything a kernel is made from; where its operands lie does not matter.
template <class Lowered>
constexpr bool same_nest(const Lowered& l, const step& a, const step& b) {
  if (a.loops != b.loops || a.parallel != b.parallel || a.reduction != b.reduction ||
      a.lane_in != b.lane_in || a.lane_out != b.lane_out || a.start != b.start ||
      a.index != b.index || a.row_stride != b.row_stride || a.row_count != b.row_count ||
      a.code_end - a.code_begin != b.code_end - b.code_begin ||
      a.middle - a.code_begin != b.middle - b.code_begin ||
      a.access_end - a.access_begin != b.access_end - b.access_begin)
    return false;
  for (int i = 0; i < a.loops; ++i)
    if (a.extent[i] != b.extent[i]) return false;
  for (int i = 0; i < a.access_end - a.access_begin; ++i) {
    const access &x = l.accesses[a.access_begin + i], &y = l.accesses[b.access_begin + i];
    if (x.exact != y.exact || x.zero_tail != y.zero_tail || x.by_row != y.by_row) return false;
    for (int k = 0; k < a.loops; ++k)
      if (x.stride[k] != y.stride[k]) return false;
  }
  for (int i = 0; i < a.code_end - a.code_begin; ++i)
    if (!same_instruction(l.code[a.code_begin + i], l.code[b.code_begin + i])) return false;
  return true;
}

/// Equality but for extents and strides, of which only the one along the lanes and whether there is
/// one at all matter.
template <class Lowered>
constexpr bool same_kind(const Lowered& l, const step& a, const step& b) {
  if (a.loops != b.loops || a.parallel != b.parallel || a.reduction != b.reduction ||
      a.lane_in != b.lane_in || a.lane_out != b.lane_out || a.width_in != b.width_in ||
      a.width_out != b.width_out || a.row != b.row || a.start != b.start || a.index >= 0 ||
      b.index >= 0 || a.code_end - a.code_begin != b.code_end - b.code_begin ||
      a.middle - a.code_begin != b.middle - b.code_begin ||
      a.access_end - a.access_begin != b.access_end - b.access_begin)
    return false;
  auto kind = [](int stride) { return stride == 0 ? 0 : stride == 1 ? 1 : 2; };
  for (int i = 0; i < a.access_end - a.access_begin; ++i) {
    const access &x = l.accesses[a.access_begin + i], &y = l.accesses[b.access_begin + i];
    if (x.exact != y.exact || x.zero_tail != y.zero_tail) return false;
    for (int k = 0; k < a.loops; ++k)
      if ((k == a.lane_in || k == a.lane_out) && kind(x.stride[k]) != kind(y.stride[k]))
        return false;
  }
  for (int i = 0; i < a.code_end - a.code_begin; ++i)
    if (!same_instruction(l.code[a.code_begin + i], l.code[b.code_begin + i])) return false;
  return true;
}

/// Hash of a step's program, in few evaluation steps.
template <class Lowered>
constexpr std::uint32_t hash_code(const Lowered& l, const step& s) {
  std::uint64_t h = static_cast<std::uint64_t>(s.loops * 131 + s.width_in);
  for (int i = s.code_begin; i < s.code_end; ++i)
    h = mixed(
        h,
        static_cast<std::uint64_t>(l.code[i].a + 2) |
            static_cast<std::uint64_t>(l.code[i].b + 2) << 12 |
            static_cast<std::uint64_t>(l.code[i].what) << 24 |
            static_cast<std::uint64_t>(l.code[i].what == action::apply ? l.code[i].op->name[0] : 0)
                << 32 |
            static_cast<std::uint64_t>(l.code[i].c + 2) << 40);
  for (int i = s.code_begin; i < s.code_end; ++i)
    if (l.code[i].attr.word[0] != 0) h = mixed(h, l.code[i].attr.word[0]);
  return folded(h);
}

/// Hash of its extents and strides.
template <class Lowered>
constexpr std::uint32_t hash_sizes(const Lowered& l, const step& s) {
  std::uint64_t h = static_cast<std::uint64_t>(s.extent[0]) |
                    static_cast<std::uint64_t>(s.extent[1]) << 20 |
                    static_cast<std::uint64_t>(s.extent[2]) << 40;
  for (int i = s.access_begin; i < s.access_end; ++i)
    h = mixed(h, static_cast<std::uint64_t>(l.accesses[i].stride[0]) |
                     static_cast<std::uint64_t>(l.accesses[i].stride[1]) << 20 |
                     static_cast<std::uint64_t>(l.accesses[i].stride[2]) << 40);
  return folded(h);
}

}  // namespace detail

/// Which steps can share a kernel.
template <int Steps>
struct kernel_sharing {
  static constexpr int room = Steps > 0 ? Steps : 1;
  int same_as[room] = {}, kind_as[room] = {};
  int count = 0;  ///< kernels of constant size

  template <class Lowered>
  constexpr kernel_sharing(const Lowered& low, const int* order) {
    constexpr int buckets = 1024;
    int first[buckets] = {}, next[room] = {};
    int kind_first[buckets] = {}, kind_next[room] = {};
    for (int k = 0; k < low.step_count; ++k) {
      const step& s = low.steps[order[k]];
      const std::uint32_t code = detail::hash_code(low, s);
      int& head = first[(code ^ detail::hash_sizes(low, s)) % buckets];
      same_as[k] = k;
      for (int o = head; o != 0 && same_as[k] == k; o = next[o - 1])
        if (detail::same_nest(low, s, low.steps[order[o - 1]])) same_as[k] = o - 1;
      if (same_as[k] == k) {
        next[k] = head;
        head = k + 1;
        ++count;
      }
      int& kind_head = kind_first[code % buckets];
      kind_as[k] = same_as[k] != k ? kind_as[same_as[k]] : k;
      for (int o = kind_head; o != 0 && kind_as[k] == k; o = kind_next[o - 1])
        if (detail::same_kind(low, s, low.steps[order[o - 1]])) kind_as[k] = o - 1;
      if (kind_as[k] == k) {
        kind_next[k] = kind_head;
        kind_head = k + 1;
      }
    }
  }
};

}  // namespace tapeless
