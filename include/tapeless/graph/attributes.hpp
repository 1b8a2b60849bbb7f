#pragma once
// Attributes of operations: a typed struct per operation, stored in nodes as words of equal size.
//
// An operation that takes constants names a struct of them:
//
//   struct slice {
//     struct attributes { int axis, begin, size; };
//     ...
//   };
//
// Nodes store every such struct in one form, so that passes can copy, compare and hash nodes
// without knowing the operation. Comparison and hash cover all fields, by their bits.

#include <cstdint>
#include <tapeless/core/shape.hpp>
#include <type_traits>

namespace tapeless {

/// Attributes as a node stores them: 32 bytes.
struct packed_attributes {
  static constexpr int capacity = 8;  ///< pieces of 32 bits

  std::uint64_t word[capacity / 2] = {};

  friend constexpr bool operator==(const packed_attributes& a, const packed_attributes& b) {
    return a.word[0] == b.word[0] && a.word[1] == b.word[1] && a.word[2] == b.word[2] &&
           a.word[3] == b.word[3];
  }
};

/// Of an operation without attributes.
struct no_attributes {};

/// Attributes of an operation that names no struct of its own: a number and some integers.
struct attributes {
  double number = 0;
  int index[6] = {};

  template <class Attributes, class F>
  static constexpr void each(Attributes& a, F f) {
    f(a.number);
    for (auto& i : a.index) f(i);
  }
};

namespace detail {

/// Stands for a field of any arithmetic or enumeration type, to count the fields of a struct.
struct any_field {
  template <class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>) constexpr operator T() const;
};

template <class A, class... Fields>
consteval int field_count() {
  if constexpr (requires { A{Fields{}..., any_field{}}; })
    return field_count<A, Fields..., any_field>();
  else
    return sizeof...(Fields);
}

/// Calls f with every field of a struct of attributes. A struct with other fields than numbers and
/// enumerations has a static function `each` that does so.
template <class A, class F>
constexpr void each_field(A& a, F f) {
  using plain = std::remove_const_t<A>;
  if constexpr (requires { plain::each(a, f); }) {
    plain::each(a, f);
  } else {
    constexpr int n = field_count<plain>();
    static_assert(n <= 8, "Tapeless: the attributes of an operation have at most eight fields");
    if constexpr (n == 1) {
      auto& [p] = a;
      f(p);
    } else if constexpr (n == 2) {
      auto& [p, q] = a;
      f(p), f(q);
    } else if constexpr (n == 3) {
      auto& [p, q, r] = a;
      f(p), f(q), f(r);
    } else if constexpr (n == 4) {
      auto& [p, q, r, s] = a;
      f(p), f(q), f(r), f(s);
    } else if constexpr (n == 5) {
      auto& [p, q, r, s, t] = a;
      f(p), f(q), f(r), f(s), f(t);
    } else if constexpr (n == 6) {
      auto& [p, q, r, s, t, u] = a;
      f(p), f(q), f(r), f(s), f(t), f(u);
    } else if constexpr (n == 7) {
      auto& [p, q, r, s, t, u, v] = a;
      f(p), f(q), f(r), f(s), f(t), f(u), f(v);
    } else if constexpr (n == 8) {
      auto& [p, q, r, s, t, u, v, w] = a;
      f(p), f(q), f(r), f(s), f(t), f(u), f(v), f(w);
    }
  }
}

/// Pieces of 32 bits that a field takes.
template <class T>
consteval int pieces_of_field() {
  if constexpr (std::is_same_v<T, shape>)
    return 1 + max_rank;
  else
    return sizeof(T) > 4 ? 2 : 1;
}
template <class A>
consteval int pieces_of() {
  A a{};
  int n = 0;
  each_field(a, [&](auto& field) { n += pieces_of_field<std::remove_cvref_t<decltype(field)>>(); });
  return n;
}

/// Writes fields one behind the other.
struct packer {
  packed_attributes to = {};
  int at = 0;

  constexpr void piece(std::uint32_t bits) {
    to.word[at / 2] |= static_cast<std::uint64_t>(bits) << 32 * (at % 2);
    ++at;
  }
  template <class T>
  constexpr void field(const T& x) {
    if constexpr (std::is_same_v<T, shape>) {
      piece(static_cast<std::uint32_t>(x.rank));
      for (const int e : x.extent) piece(static_cast<std::uint32_t>(e));
    } else if constexpr (std::is_floating_point_v<T>) {
      const auto bits = __builtin_bit_cast(std::uint64_t, static_cast<double>(x));
      piece(static_cast<std::uint32_t>(bits));
      piece(static_cast<std::uint32_t>(bits >> 32));
    } else {
      const auto bits = static_cast<std::uint64_t>(x);
      piece(static_cast<std::uint32_t>(bits));
      if constexpr (sizeof(T) > 4) piece(static_cast<std::uint32_t>(bits >> 32));
    }
  }
};

/// Reads them back.
struct unpacker {
  const packed_attributes& from;
  int at = 0;

  constexpr std::uint32_t piece() {
    const std::uint64_t w = from.word[at / 2] >> 32 * (at % 2);
    ++at;
    return static_cast<std::uint32_t>(w);
  }
  constexpr std::uint64_t two_pieces() {
    const std::uint64_t low = piece();
    return low | static_cast<std::uint64_t>(piece()) << 32;
  }
  template <class T>
  constexpr void field(T& x) {
    if constexpr (std::is_same_v<T, shape>) {
      x.rank = static_cast<int>(piece());
      for (int& e : x.extent) e = static_cast<int>(piece());
    } else if constexpr (std::is_floating_point_v<T>) {
      x = static_cast<T>(__builtin_bit_cast(double, two_pieces()));
    } else if constexpr (sizeof(T) > 4) {
      x = static_cast<T>(two_pieces());
    } else {
      x = static_cast<T>(piece());
    }
  }
};

}  // namespace detail

/// The one place where attributes become words.
template <class A>
constexpr packed_attributes pack(const A& a) {
  static_assert(detail::pieces_of<A>() <= packed_attributes::capacity,
                "Tapeless: the attributes of an operation take at most 32 bytes");
  detail::packer p;
  detail::each_field(a, [&](const auto& field) { p.field(field); });
  return p.to;
}

/// ... and words become attributes again.
template <class A>
constexpr A unpack(const packed_attributes& words) {
  A a{};
  detail::unpacker u{words};
  detail::each_field(a, [&](auto& field) { u.field(field); });
  return a;
}

}  // namespace tapeless
