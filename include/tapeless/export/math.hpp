#pragma once
// What the text lane supplies to bodies, and elementary functions that become functions of the C
// file instead of being written out at each use.
//
// The bodies are those of core/math_*.hpp: the specialisations here only choose between a call and
// the body. They stand ahead of every use, because nothing else runs bodies on text.

#include <cmath>
#include <tapeless/core/math.hpp>
#include <tapeless/export/functions.hpp>

namespace tapeless {

namespace detail {

/// a * b + c with one rounding where that is an instruction. Compilers that follow the letter of
/// C99 do not contract the expression by themselves.
template <class T>
inline constexpr const char* c_mad =
    sizeof(T) == 4
        ? "static inline $T $_mad($T a, $T b, $T c) {\n"
          "#if defined(__FP_FAST_FMAF) || defined(__FMA__) || defined(__ARM_FEATURE_FMA) || \\\n"
          "    (defined(__riscv_flen) && __riscv_flen >= 32)\n"
          "  return fmaf(a, b, c);\n#else\n  return a * b + c;\n#endif\n}\n"
        : "static inline $T $_mad($T a, $T b, $T c) {\n"
          "#if defined(__FP_FAST_FMA) || defined(__FMA__) || defined(__aarch64__) || \\\n"
          "    (defined(__riscv_flen) && __riscv_flen >= 64)\n"
          "  return fma(a, b, c);\n#else\n  return a * b + c;\n#endif\n}\n";

}  // namespace detail

template <class T, bool Calls>
struct lane_traits<text<T, Calls>> {
  using scalar = T;
  using bits = text_bits<T>;
  using V = text<T, Calls>;
  static constexpr std::size_t width = 1;

  TAPELESS_NATIVE static V select(text_mask m, V a, V b) {
    return V::of(detail::c_record("# ? # : #", detail::c_type::number, m.id, a.id, b.id));
  }
  TAPELESS_NATIVE static V to_number(text_mask m) { return select(m, V(1), V(0)); }

  TAPELESS_NATIVE static V fma(V a, V b, V c) { return mad("(#, #, #)", a, b, c); }
  TAPELESS_NATIVE static V fnma(V a, V b, V c) { return mad("(-#, #, #)", a, b, c); }

  /// c - a * b with one rounding.
  TAPELESS_NATIVE static V fnma_once(V a, V b, V c) requires(sizeof(T) == 4) {
    const std::string f = detail::c_now.functions->need_primitive(
        "fnma_once",
        "static inline $T $_fnma_once($T a, $T b, $T c) {\n"
        "#if defined(__FP_FAST_FMAF) || defined(__FMA__) || defined(__ARM_FEATURE_FMA) || \\\n"
        "    (defined(__riscv_flen) && __riscv_flen >= 32)\n"
        "  return fmaf(-a, b, c);\n#else\n  return ($T)((double)c - (double)a * (double)b);\n"
        "#endif\n}\n");
    return V::number((f + "(#, #, #)").c_str(), a, b, c);
  }

  TAPELESS_NATIVE static V abs(V x) { return standard("fabs", x); }
  TAPELESS_NATIVE static V sqrt(V x) { return standard("sqrt", x); }
  TAPELESS_NATIVE static V min_or_second(V a, V b) { return select(a < b, a, b); }
  TAPELESS_NATIVE static V max_or_second(V a, V b) { return select(a > b, a, b); }
  TAPELESS_NATIVE static V clamp(V x, V low, V high) {
    const V bounded = select(low > x, low, x);
    return select(high < bounded, high, bounded);
  }
  TAPELESS_NATIVE static bits to_bits(V x) {
    const std::string f = detail::c_now.functions->need_primitive(
        "bits",
        "static inline $B $_bits($T x) {\n  union { $T number; $B bits; } both;\n"
        "  both.number = x;\n  return both.bits;\n}\n");
    return bits::of(detail::c_record((f + "(#)").c_str(), detail::c_type::bits, x.id));
  }
  TAPELESS_NATIVE static V from_bits(bits b) {
    const std::string f = detail::c_now.functions->need_primitive(
        "number",
        "static inline $T $_number($B x) {\n  union { $T number; $B bits; } both;\n"
        "  both.bits = x;\n  return both.number;\n}\n");
    return V::of(detail::c_record((f + "(#)").c_str(), detail::c_type::number, b.id));
  }

 private:
  TAPELESS_NATIVE static V standard(const std::string& name, V x) {
    return V::number((name + detail::c_suffix<T> + "(#)").c_str(), x);
  }
  TAPELESS_NATIVE static V mad(const char* operands, V a, V b, V c) {
    const std::string f = detail::c_now.functions->need_primitive("mad", detail::c_mad<T>);
    return V::number((f + operands).c_str(), a, b, c);
  }
};

namespace math {

template <>
TAPELESS_NATIVE inline text<float> exp(text<float> x) noexcept {
  return tapeless::detail::c_call("exp", x, [](auto v) { return math::exp(v); });
}
template <>
TAPELESS_NATIVE inline text<float> expm1(text<float> x) noexcept {
  return tapeless::detail::c_call("expm1", x, [](auto v) { return math::expm1(v); });
}
template <>
TAPELESS_NATIVE inline text<float> log(text<float> x) noexcept {
  return tapeless::detail::c_call("log", x, [](auto v) { return math::log(v); });
}
template <>
TAPELESS_NATIVE inline text<float> log1p(text<float> x) noexcept {
  return tapeless::detail::c_call("log1p", x, [](auto v) { return math::log1p(v); });
}
template <>
TAPELESS_NATIVE inline text<float> softplus(text<float> x) noexcept {
  return tapeless::detail::c_call("softplus", x, [](auto v) { return math::softplus(v); });
}
template <>
TAPELESS_NATIVE inline text<float> tanh(text<float> x) noexcept {
  return tapeless::detail::c_call("tanh", x, [](auto v) { return math::tanh(v); });
}
template <>
TAPELESS_NATIVE inline text<float> tanh_fast(text<float> x) noexcept {
  return tapeless::detail::c_call("tanh_fast", x, [](auto v) { return math::tanh_fast(v); });
}
template <>
TAPELESS_NATIVE inline text<float> sigmoid(text<float> x) noexcept {
  return tapeless::detail::c_call("sigmoid", x, [](auto v) { return math::sigmoid(v); });
}
template <>
TAPELESS_NATIVE inline text<float> sigmoid_fast(text<float> x) noexcept {
  return tapeless::detail::c_call("sigmoid_fast", x, [](auto v) { return math::sigmoid_fast(v); });
}
template <>
TAPELESS_NATIVE inline text<float> exp_fast(text<float> x) noexcept {
  return tapeless::detail::c_call("exp_fast", x, [](auto v) { return math::exp_fast(v); });
}
template <>
TAPELESS_NATIVE inline text<float> erf(text<float> x) noexcept {
  return tapeless::detail::c_call("erf", x, [](auto v) { return math::erf(v); });
}
template <>
TAPELESS_NATIVE inline text<float> erf_slope(text<float> x) noexcept {
  return tapeless::detail::c_call("erf_slope", x, [](auto v) { return math::erf_slope(v); });
}
template <>
TAPELESS_NATIVE inline text<float> normal_density(text<float> x) noexcept {
  return tapeless::detail::c_call("normal_density", x, [](auto v) { return math::normal_density(v); });
}
template <>
TAPELESS_NATIVE inline text<float> normal_below(text<float> x) noexcept {
  return tapeless::detail::c_call("normal_below", x, [](auto v) { return math::normal_below(v); });
}
template <>
TAPELESS_NATIVE inline text<float> gelu_slope(text<float> x) noexcept {
  return tapeless::detail::c_call("gelu_slope", x, [](auto v) { return math::gelu_slope(v); });
}
template <>
TAPELESS_NATIVE inline text<float> exp_decay(text<float> x) noexcept {
  return tapeless::detail::c_call("exp_decay", x, [](auto v) { return math::exp_decay(v); });
}
template <>
TAPELESS_NATIVE inline text<float> exp_from_level(text<float> x, text<float> level) noexcept {
  return tapeless::detail::c_call<float>(
      "exp_from_level", x, level, [](auto v, auto w) { return math::exp_from_level(v, w); });
}
template <>
TAPELESS_NATIVE inline text<float> exp_scaled(text<float> x, text<float> m) noexcept {
  return tapeless::detail::c_call<float>("exp_scaled", x, m,
                                         [](auto v, auto w) { return math::exp_scaled(v, w); });
}
template <>
TAPELESS_NATIVE inline text<double> exp(text<double> x) noexcept {
  return tapeless::detail::c_call("exp", x, [](auto v) { return math::exp(v); });
}
template <>
TAPELESS_NATIVE inline text<double> expm1(text<double> x) noexcept {
  return tapeless::detail::c_call("expm1", x, [](auto v) { return math::expm1(v); });
}
template <>
TAPELESS_NATIVE inline text<double> log(text<double> x) noexcept {
  return tapeless::detail::c_call("log", x, [](auto v) { return math::log(v); });
}
template <>
TAPELESS_NATIVE inline text<double> log1p(text<double> x) noexcept {
  return tapeless::detail::c_call("log1p", x, [](auto v) { return math::log1p(v); });
}
template <>
TAPELESS_NATIVE inline text<double> softplus(text<double> x) noexcept {
  return tapeless::detail::c_call("softplus", x, [](auto v) { return math::softplus(v); });
}
template <>
TAPELESS_NATIVE inline text<double> tanh(text<double> x) noexcept {
  return tapeless::detail::c_call("tanh", x, [](auto v) { return math::tanh(v); });
}
template <>
TAPELESS_NATIVE inline text<double> tanh_fast(text<double> x) noexcept {
  return tapeless::detail::c_call("tanh_fast", x, [](auto v) { return math::tanh_fast(v); });
}
template <>
TAPELESS_NATIVE inline text<double> sigmoid(text<double> x) noexcept {
  return tapeless::detail::c_call("sigmoid", x, [](auto v) { return math::sigmoid(v); });
}
template <>
TAPELESS_NATIVE inline text<double> sigmoid_fast(text<double> x) noexcept {
  return tapeless::detail::c_call("sigmoid_fast", x, [](auto v) { return math::sigmoid_fast(v); });
}
template <>
TAPELESS_NATIVE inline text<double> exp_fast(text<double> x) noexcept {
  return tapeless::detail::c_call("exp_fast", x, [](auto v) { return math::exp_fast(v); });
}
template <>
TAPELESS_NATIVE inline text<double> erf(text<double> x) noexcept {
  return tapeless::detail::c_call("erf", x, [](auto v) { return math::erf(v); });
}
template <>
TAPELESS_NATIVE inline text<double> erf_slope(text<double> x) noexcept {
  return tapeless::detail::c_call("erf_slope", x, [](auto v) { return math::erf_slope(v); });
}
template <>
TAPELESS_NATIVE inline text<double> normal_density(text<double> x) noexcept {
  return tapeless::detail::c_call("normal_density", x, [](auto v) { return math::normal_density(v); });
}
template <>
TAPELESS_NATIVE inline text<double> normal_below(text<double> x) noexcept {
  return tapeless::detail::c_call("normal_below", x, [](auto v) { return math::normal_below(v); });
}
template <>
TAPELESS_NATIVE inline text<double> gelu_slope(text<double> x) noexcept {
  return tapeless::detail::c_call("gelu_slope", x, [](auto v) { return math::gelu_slope(v); });
}
template <>
TAPELESS_NATIVE inline text<double> exp_decay(text<double> x) noexcept {
  return tapeless::detail::c_call("exp_decay", x, [](auto v) { return math::exp_decay(v); });
}
template <>
TAPELESS_NATIVE inline text<double> exp_from_level(text<double> x, text<double> level) noexcept {
  return tapeless::detail::c_call<double>(
      "exp_from_level", x, level, [](auto v, auto w) { return math::exp_from_level(v, w); });
}
template <>
TAPELESS_NATIVE inline text<double> exp_scaled(text<double> x, text<double> m) noexcept {
  return tapeless::detail::c_call<double>("exp_scaled", x, m,
                                          [](auto v, auto w) { return math::exp_scaled(v, w); });
}

// Angles of any size take a table of 2/pi to reduce: the C library has it already.
template <>
TAPELESS_NATIVE inline text<float> sin(text<float> x) noexcept {
  return text<float>::number("sinf(#)", x);
}
template <>
TAPELESS_NATIVE inline text<float> cos(text<float> x) noexcept {
  return text<float>::number("cosf(#)", x);
}
template <>
TAPELESS_NATIVE inline text<float> tan(text<float> x) noexcept {
  return text<float>::number("tanf(#)", x);
}
template <>
TAPELESS_NATIVE inline text<double> sin(text<double> x) noexcept {
  return text<double>::number("sin(#)", x);
}
template <>
TAPELESS_NATIVE inline text<double> cos(text<double> x) noexcept {
  return text<double>::number("cos(#)", x);
}
template <>
TAPELESS_NATIVE inline text<double> tan(text<double> x) noexcept {
  return text<double>::number("tan(#)", x);
}

// The rest of a division is exact in the C library too.
template <>
TAPELESS_NATIVE inline text<float> fmod(text<float> a, text<float> b) noexcept {
  return text<float>::number("fmodf(#, #)", a, b);
}
template <>
TAPELESS_NATIVE inline text<double> fmod(text<double> a, text<double> b) noexcept {
  return text<double>::number("fmod(#, #)", a, b);
}

}  // namespace math
}  // namespace tapeless
