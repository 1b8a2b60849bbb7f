#pragma once
// The straight-line program of a step as C: what kernels/part.hpp executes, written.

#include <fmt/format.h>

#include <string>
#include <tapeless/export/operations.hpp>
#include <tapeless/export/place.hpp>
#include <tapeless/ops/uniform.hpp>
#include <vector>

namespace tapeless::detail {

/// Records parts of one step of a program.
template <class T>
class c_part {
 public:
  TAPELESS_NATIVE c_part(const c_program& program, const step& own, const c_buffers& buffers,
                         c_functions& functions)
      : program_{program}, step_{own}, buffers_{buffers}, functions_{functions} {}

  /// `sum = ...;`: what `before` says, an empty text for nothing, with the elements of some places.
  /// They are combined by so many independent chains, so that one waits less for another.
  TAPELESS_NATIVE void add(c_block& block, const std::vector<c_place>& places,
                           const std::string& sum, const std::string& before, int chains) {
    c_now = {&block, &functions_};
    std::vector<text<T>> partial;
    if (!before.empty()) partial.push_back(text<T>::of(block.atom(before)));
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::size_t chain = i % static_cast<std::size_t>(chains);
      if (chain < partial.size())
        partial[chain] = with_element(block, places[i], &partial[chain]);
      else
        partial.push_back(with_element(block, places[i], nullptr));
    }
    while (partial.size() > 1) {
      const std::size_t half = (partial.size() + 1) / 2;
      for (std::size_t i = half; i < partial.size(); ++i)
        partial[i - half] = combined(step_.reduction, partial[i - half], partial[i]);
      partial.resize(half);
    }
    block.finish(sum + " = ", partial[0].id);
  }
  /// The epilogue at a place, with its stores.
  TAPELESS_NATIVE void finish(c_block& block, const c_place& at, const std::string& reduced) {
    c_now = {&block, &functions_};
    run(block, step_.middle, step_.code_end, at, reduced.empty() ? -1 : block.atom(reduced));
  }
  /// What a sum starts from at a place.
  TAPELESS_NATIVE std::string start(const c_place& at) const {
    if (is_maximum(step_.reduction)) return c_literal(-limits<T>::infinity);
    const std::string from = step_.start < 0 ? "" : c_element(of(step_.start), at, buffers_);
    return from.empty() ? c_literal(T(0)) : from;
  }
  /// The row that the index of the step names at a place, -1 for none.
  TAPELESS_NATIVE std::string row(const c_place& at) {
    const std::string f =
        functions_.need_primitive("row",
                                  "static inline int $_row($T x, int rows) {\n"
                                  "  const int i = (x >= 0 && x < ($T)rows) ? (int)x : -1;\n"
                                  "  return (i >= 0 && i < rows && ($T)i == x) ? i : -1;\n}\n");
    return f + "(" + scalar(step_.index, at) + ", " + std::to_string(step_.row_count) + ")";
  }
  /// Two sums in one, as text.
  TAPELESS_NATIVE std::string combined(const std::string& a, const std::string& b) {
    if (step_.reduction == reduction_kind::sum) return a + " + " + b;
    const std::string f =
        step_.reduction == reduction_kind::maximum
            ? functions_.need_primitive("max",
                                        "static inline $T $_max($T a, $T b) {\n"
                                        "  const $T greater = (a > b) ? a : b;\n"
                                        "  return (a == a) ? greater : a;\n}\n")
            : functions_.need_primitive("max_of_numbers",
                                        "static inline $T $_max_of_numbers($T a, $T b) {\n"
                                        "  return (a > b) ? a : b;\n}\n");
    return f + "(" + a + ", " + b + ")";
  }
  TAPELESS_NATIVE const access& of(int a) const {
    return program_.accesses[step_.access_begin + a];
  }

 private:
  TAPELESS_NATIVE static text<T> combined(reduction_kind kind, text<T> a, text<T> b) {
    if (kind == reduction_kind::maximum) return math::max(a, b);
    if (kind == reduction_kind::maximum_of_numbers) return math::max_of_numbers(a, b);
    return a + b;
  }

  /// The element at a place, combined with a sum where there is one.
  TAPELESS_NATIVE text<T> with_element(c_block& block, const c_place& at, const text<T>* before) {
    const instruction* code = program_.code + step_.code_begin;
    if (step_.product) {
      const auto a = text<T>::of(loaded(block, code[0].a, at));
      const auto b = text<T>::of(loaded(block, code[1].a, at));
      return before == nullptr ? a * b : math::fma(a, b, *before);
    }
    const auto e = text<T>::of(run(block, step_.code_begin, step_.middle, at, -1));
    return before == nullptr ? e : combined(step_.reduction, *before, e);
  }

  TAPELESS_NATIVE int loaded(c_block& block, int a, const c_place& at) const {
    const std::string element = c_element(of(a), at, buffers_);
    const bool zero = element.empty() || (of(a).by_row && at.no_row);
    return zero ? block.atom(c_literal(T(0))) : block.load(element);
  }

  /// Instructions in order; the number in the last register, or -1 behind a store.
  TAPELESS_NATIVE int run(c_block& block, int begin, int end, const c_place& at, int reduced) {
    std::vector<c_register> r(static_cast<std::size_t>(end - begin) + 1);
    c_register last;
    for (int i = begin; i < end; ++i) {
      const instruction& ins = program_.code[i];
      if (ins.what == action::store) {
        const std::string to = c_element(of(ins.b), at, buffers_);
        block.finish(to + " = ", c_number<T>(r[static_cast<std::size_t>(ins.a)]).id);
        continue;
      }
      last = value_of(block, i, r.data(), at, reduced);
      r[static_cast<std::size_t>(i - begin)] = last;
    }
    return last.id < 0 ? -1 : c_number<T>(last).id;
  }

  TAPELESS_NATIVE c_register value_of(c_block& block, int i, const c_register* r, const c_place& at,
                                      int reduced) {
    const instruction& ins = program_.code[i];
    switch (ins.what) {
      case action::load:
        return {loaded(block, ins.a, at)};
      case action::constant:
        return {
            block.atom(c_literal(static_cast<T>(unpack<constant_attributes>(ins.attr).number)))};
      case action::reduced:
        return {reduced};
      case action::position:
        return {block.load("(" + std::string{c_types_of<T>.number} + ")(" + c_index(of(ins.a), at) +
                           ")")};
      case action::random:
        return {drawn(block, ins, at)};
      default: {
        const auto operand = [&](int k) { return k < 0 ? c_register{} : r[k]; };
        const c_register in[] = {operand(ins.a), operand(ins.b), operand(ins.c)};
        return program_.bodies[i](in, ins.attr);
      }
    }
  }

  /// A random number by the number of its element: uniform::draw.
  TAPELESS_NATIVE int drawn(c_block& block, const instruction& ins, const c_place& at) {
    const std::string f = functions_.need_primitive(
        "uniform",
        "static inline $T $_uniform(uint32_t element, uint32_t stream, $T seed, $T step) {\n"
        "  uint32_t x = element ^ ((uint32_t)seed * UINT32_C(2654435761) + stream);\n"
        "  x ^= x >> 16;\n  x *= UINT32_C(0x85ebca6b);\n  x ^= x >> 13;\n"
        "  x += (uint32_t)step;\n  x ^= x >> 15;\n  x *= UINT32_C(0xc2b2ae35);\n"
        "  x ^= x >> 16;\n  return ($T)(x >> 8) * ($T)0x1p-24;\n}\n");
    const int stream = unpack<uniform::attributes>(ins.attr).stream;
    return block.load(fmt::format("{}((uint32_t)({}), UINT32_C({}), {}, {})", f,
                                  c_index(of(ins.a), at), uniform::key(0, stream),
                                  scalar(ins.b, at), scalar(ins.c, at)));
  }
  TAPELESS_NATIVE std::string scalar(int a, const c_place& at) const {
    const std::string element = c_element(of(a), at, buffers_);
    return element.empty() ? c_literal(T(0)) : element;
  }

  const c_program& program_;
  const step& step_;
  const c_buffers& buffers_;
  c_functions& functions_;
};

}  // namespace tapeless::detail
