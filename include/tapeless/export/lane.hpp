#pragma once
// The lane that prints itself: operation bodies run on it write C.
//
// `text` is a fourth kind of lane beside scalars, batches and graph values: an expression of the C
// block that the thread is writing. Everything that a numeric lane supplies is there, so that the
// bodies of core/math_*.hpp print themselves too; math.hpp makes functions of them.

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <tapeless/core/lane.hpp>
#include <tapeless/export/block.hpp>
#include <type_traits>

namespace tapeless {

namespace detail {

class c_functions;

/// Where text lanes write: the block, and the functions that their file has.
struct c_writing {
  c_block* block = nullptr;
  c_functions* functions = nullptr;
};
inline thread_local c_writing c_now;

template <class T>
inline constexpr c_types c_types_of = sizeof(T) == 4 ? c_types{"float", "uint32_t"}
                                                     : c_types{"double", "uint64_t"};

/// A number as C writes it, exactly.
template <class T>
TAPELESS_NATIVE std::string c_literal(T x) {
  const bool single = sizeof(T) == 4;
  if (x != x) return single ? "NAN" : "(double)NAN";
  if (std::isinf(x))
    return std::string{x < 0 ? "(-" : ""} + (single ? "INFINITY" : "(double)INFINITY") +
           (x < 0 ? ")" : "");
  std::string text = fmt::format("{}", x);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  if (single) text += 'f';
  return std::signbit(x) ? "(" + text + ")" : text;
}

/// Records an expression of the block being written.
TAPELESS_NATIVE inline int c_record(const char* pattern, c_type type, int a, int b = -1,
                                    int c = -1) {
  return c_now.block->compute(pattern, type, a, b, c);
}

}  // namespace detail

/// A truth value of the C text.
struct text_mask {
  int id = -1;

  TAPELESS_NATIVE friend text_mask operator&(text_mask a, text_mask b) {
    return both("# && #", a, b);
  }
  TAPELESS_NATIVE friend text_mask operator|(text_mask a, text_mask b) {
    return both("# || #", a, b);
  }
  TAPELESS_NATIVE friend text_mask operator&&(text_mask a, text_mask b) {
    return both("# && #", a, b);
  }
  TAPELESS_NATIVE friend text_mask operator||(text_mask a, text_mask b) {
    return both("# || #", a, b);
  }
  TAPELESS_NATIVE friend text_mask operator!(text_mask a) {
    return {detail::c_record("(!#)", detail::c_type::mask, a.id)};
  }

 private:
  TAPELESS_NATIVE static text_mask both(const char* pattern, text_mask a, text_mask b) {
    return {detail::c_record((std::string{"("} + pattern + ")").c_str(), detail::c_type::mask, a.id,
                             b.id)};
  }
};

/// The bits of a number of the C text.
template <class T>
struct text_bits {
  using word = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  int id = -1;

  text_bits() = default;
  template <std::integral N>
  TAPELESS_NATIVE explicit(false) text_bits(N number)
      : id{detail::c_now.block->atom((sizeof(T) == 4 ? "UINT32_C(" : "UINT64_C(") +
                                         std::to_string(static_cast<word>(number)) + ")",
                                     detail::c_type::bits)} {}
  TAPELESS_NATIVE static text_bits of(int id) {
    text_bits b;
    b.id = id;
    return b;
  }

  TAPELESS_NATIVE friend text_bits operator&(text_bits a, text_bits b) {
    return both("# & #", a, b);
  }
  TAPELESS_NATIVE friend text_bits operator|(text_bits a, text_bits b) {
    return both("# | #", a, b);
  }
  TAPELESS_NATIVE friend text_bits operator^(text_bits a, text_bits b) {
    return both("# ^ #", a, b);
  }
  TAPELESS_NATIVE friend text_bits operator+(text_bits a, text_bits b) {
    return both("# + #", a, b);
  }
  TAPELESS_NATIVE friend text_bits operator-(text_bits a, text_bits b) {
    return both("# - #", a, b);
  }
  TAPELESS_NATIVE friend text_bits operator*(text_bits a, text_bits b) {
    return both("# * #", a, b);
  }
  TAPELESS_NATIVE friend text_bits operator~(text_bits a) {
    return of(detail::c_record("~#", detail::c_type::bits, a.id));
  }
  TAPELESS_NATIVE friend text_bits operator<<(text_bits a, int n) { return shifted("# << ", a, n); }
  TAPELESS_NATIVE friend text_bits operator>>(text_bits a, int n) { return shifted("# >> ", a, n); }

 private:
  TAPELESS_NATIVE static text_bits both(const char* pattern, text_bits a, text_bits b) {
    return of(detail::c_record(pattern, detail::c_type::bits, a.id, b.id));
  }
  TAPELESS_NATIVE static text_bits shifted(const char* pattern, text_bits a, int n) {
    return of(detail::c_record((pattern + std::to_string(n)).c_str(), detail::c_type::bits, a.id));
  }
};

/// A number of the C text. Calls: whether elementary functions become calls of functions that the
/// file has, or are written out.
template <class T, bool Calls = true>
struct text {
  int id = -1;

  text() = default;
  template <class N>
  requires std::is_arithmetic_v<N> TAPELESS_NATIVE explicit(false) text(N number)
      : id{detail::c_now.block->atom(detail::c_literal(static_cast<T>(number)))} {}
  TAPELESS_NATIVE static text of(int id) {
    text t;
    t.id = id;
    return t;
  }

  TAPELESS_NATIVE friend text operator+(text a, text b) { return number("# + #", a, b); }
  TAPELESS_NATIVE friend text operator-(text a, text b) { return number("# - #", a, b); }
  TAPELESS_NATIVE friend text operator*(text a, text b) { return number("# * #", a, b); }
  TAPELESS_NATIVE friend text operator/(text a, text b) { return number("# / #", a, b); }
  TAPELESS_NATIVE friend text operator-(text a) { return number("-#", a); }
  TAPELESS_NATIVE friend text_mask operator>(text a, text b) { return mask("(# > #)", a, b); }
  TAPELESS_NATIVE friend text_mask operator>=(text a, text b) { return mask("(# >= #)", a, b); }
  TAPELESS_NATIVE friend text_mask operator<(text a, text b) { return mask("(# < #)", a, b); }
  TAPELESS_NATIVE friend text_mask operator<=(text a, text b) { return mask("(# <= #)", a, b); }
  TAPELESS_NATIVE friend text_mask operator==(text a, text b) { return mask("(# == #)", a, b); }
  TAPELESS_NATIVE friend text_mask operator!=(text a, text b) { return mask("(# != #)", a, b); }

  TAPELESS_NATIVE static text number(const char* pattern, text a, text b = {}, text c = {}) {
    return of(detail::c_record(pattern, detail::c_type::number, a.id, b.id, c.id));
  }

 private:
  TAPELESS_NATIVE static text_mask mask(const char* pattern, text a, text b) {
    return {detail::c_record(pattern, detail::c_type::mask, a.id, b.id)};
  }
};

}  // namespace tapeless
