#pragma once
// The form that a node of a scan has outside of the scan: the same operation for all steps at once,
// with the axis of steps in front.

#include <tapeless/ops/concat.hpp>
#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/detach.hpp>
#include <tapeless/ops/gather.hpp>
#include <tapeless/ops/scan.hpp>
#include <tapeless/ops/sum.hpp>
#include <tapeless/ops/transpose.hpp>

namespace tapeless::detail {

/// Whether an operation has a form for all steps at once.
constexpr bool can_be_lifted(const node& n) {
  if (n.dims.rank == max_rank) return false;
  switch (n.op->kind) {
    case family::elementwise:
    case family::reduction:
    case family::rows:
      return true;
    case family::contraction: {
      const contract::attributes a = attributes_of<contract>(n);
      return a.left.rank() < max_rank && a.right.rank() < max_rank;
    }
    case family::view:
      return is<at_step>(n.op) || is<reshape>(n.op) || is<expand>(n.op) || is<transpose>(n.op) ||
             is<slice>(n.op) || is<spread>(n.op) || is<detach>(n.op);
    case family::join:
      return is<concat>(n.op) || is<pad>(n.op);
    default:
      return false;
  }
}

/// A node for all steps at once. Operands that differ from step to step (`timed`) have the axis of
/// steps in front, and so has the result.
class lifted_node {
 public:
  constexpr lifted_node(graph& to, const node& original, int steps)
      : to_{to}, node_{original}, steps_{steps} {}

  constexpr value of(const value* in, const bool* timed, const shape* dims) const {
    switch (node_.op->kind) {
      case family::elementwise:
        return elementwise(in, timed, dims);
      case family::contraction:
        return contraction(in, timed);
      case family::reduction: {
        auto a = unpack<reduced_axes::attributes>(node_.attr);
        a.axes <<= 1;
        return to_.add(node_.op, in, pack(a));
      }
      case family::rows:
        return rows(in, timed);
      case family::join:
        return join(in, timed);
      default:
        return view(in, dims);
    }
  }

 private:
  graph& to_;
  const node& node_;
  int steps_;

  constexpr value elementwise(const value* in, const bool* timed, const shape* dims) const {
    value own[max_operands];
    for (int k = 0; k < node_.op->arity; ++k) {
      own[k] = in[k];
      if (timed[k]) own[k] = aligned(in[k], dims[k], node_.dims.rank);
    }
    return to_.add(node_.op, own, node_.attr);
  }
  /// Axes of extent 1 behind the axis of steps, so that the others meet those of the result.
  constexpr value aligned(value x, const shape& dims, int rank) const {
    if (dims.rank == rank) return x;
    shape wide;
    for (int i = dims.rank; i < rank; ++i) wide.extent[wide.rank++] = 1;
    for (int i = 0; i < dims.rank; ++i) wide.extent[wide.rank++] = dims[i];
    return math::reshape(x, with_first(steps_, wide));
  }

  constexpr value contraction(const value* in, const bool* timed) const {
    contract::attributes a = attributes_of<contract>(node_);
    unsigned seen = 0;
    for (const axis_labels& l : {a.left, a.right, a.out})
      for (int i = 0; i < l.rank(); ++i) seen |= 1u << l[i];
    int step = 1;
    while ((seen >> step & 1) != 0) ++step;
    if (timed[0]) a.left.bits = a.left.bits << 4 | step;
    if (timed[1]) a.right.bits = a.right.bits << 4 | step;
    a.out.bits = a.out.bits << 4 | step;
    return to_.add(node_.op, in, pack(a));
  }

  /// The axis of steps is one more in front of tables and indices; of a table that is the same for
  /// all steps one more of the indices alone.
  constexpr value rows(const value* in, const bool* timed) const {
    auto a = unpack<row_attributes>(node_.attr);
    const value index = timed[1] ? in[1] : repeated(in[1], steps_);
    if (!adds_rows(node_) && !timed[0] && a.lead == 0) {
      const value own[] = {in[0], index};
      return to_.add(node_.op, own, node_.attr);
    }
    ++a.lead;
    const value own[] = {timed[0] ? in[0] : repeated(in[0], steps_), index};
    return to_.add(node_.op, own, pack(a));
  }

  constexpr value join(const value* in, const bool* timed) const {
    value own[max_operands];
    for (int k = 0; k < node_.op->arity; ++k) own[k] = timed[k] ? in[k] : repeated(in[k], steps_);
    if (is<pad>(node_.op)) {
      auto a = attributes_of<pad>(node_);
      ++a.axis;
      return to_.add(node_.op, own, pack(a));
    }
    auto a = attributes_of<concat>(node_);
    ++a.axis;
    return to_.add(node_.op, own, pack(a));
  }

  constexpr value view(const value* in, const shape* dims) const {
    if (is<reshape>(node_.op)) return math::reshape(in[0], with_first(steps_, node_.dims));
    if (is<expand>(node_.op))
      return math::expand(aligned(in[0], dims[0], node_.dims.rank), with_first(steps_, node_.dims));
    if (is<transpose>(node_.op)) {
      const auto a = attributes_of<transpose>(node_);
      shape order{0};
      for (int i = 0; i < a.order.rank; ++i) order.extent[order.rank++] = a.order[i] + 1;
      return math::permute(in[0], order);
    }
    if (is<slice>(node_.op)) {
      auto a = attributes_of<slice>(node_);
      ++a.axis;
      return to_.add(node_.op, in, pack(a));
    }
    return to_.add(node_.op, in, node_.attr);  // the same for all shapes: spread, detach
  }
};

}  // namespace tapeless::detail
