#pragma once
// What people give to a scan and get from it: values, what a body returns, settings.

#include <cstdint>
#include <tapeless/ops/reshape.hpp>
#include <type_traits>

namespace tapeless {

/// A fixed number of values: the sequences of a scan, or what it carries.
template <int N>
struct values {
  static_assert(N > 0);
  static constexpr int count = N;
  value of[N];

  constexpr value& operator[](int i) { return of[i]; }
  constexpr value operator[](int i) const { return of[i]; }
};
template <class... V>
values(V...) -> values<static_cast<int>(sizeof...(V))>;

namespace detail {

template <class>
inline constexpr int count_of_values = 1;
template <int N>
inline constexpr int count_of_values<values<N>> = N;

template <class T>
constexpr auto as_values(const T& x) {
  if constexpr (std::is_convertible_v<T, value>)
    return values<1>{{value(x)}};
  else
    return x;
}

/// Whether something is N values; a single one may stand for itself.
template <class T, int N>
inline constexpr bool is_values =
    std::is_same_v<T, values<N>> || (N == 1 && std::is_convertible_v<T, value>);

}  // namespace detail

/// What the body of a scan returns where it carries several values, or yields others than these:
/// the values for the next step, and what each step yields.
template <int Carried, int Yielded>
struct stepped {
  values<Carried> carry;
  values<Yielded> yield;

  constexpr stepped(const values<Carried>& next, const values<Yielded>& now)
      : carry{next}, yield{now} {}
  template <class Next, class Now>
    requires(detail::is_values<Next, Carried> && detail::is_values<Now, Yielded>)
  constexpr stepped(const Next& next, const Now& now)
      : carry{detail::as_values(next)}, yield{detail::as_values(now)} {}
};
template <int C, int Y>
stepped(values<C>, values<Y>) -> stepped<C, Y>;
template <int C>
stepped(values<C>, value) -> stepped<C, 1>;
template <int Y>
stepped(value, values<Y>) -> stepped<1, Y>;
stepped(value, value) -> stepped<1, 1>;

/// Results of a scan: what is carried after the last step, and what the steps yielded, with an axis
/// of steps in front.
template <int Carried, int Yielded>
struct scanned {
  values<Carried> last;
  values<Yielded> all;
};
/// The same of a scan that carries one value.
struct scanned_value {
  value last, all;
};

/// The direction in which a scan walks its sequences. What it yields is in the order of the
/// sequences in both cases.
enum class scan_order : std::uint8_t { forward, backward };

/// Settings of a scan.
struct scan_options {
  scan_order order = scan_order::forward;
  /// Truncated backpropagation: the steps walked fall into windows of so many, and no gradient of
  /// what is carried crosses from one window to the one before; 0 for none. The numbers of the
  /// forward pass do not change.
  int window = 0;
  /// Checkpointing: while training, what is carried is kept in front of each group of so many
  /// steps, and the gradient computes the steps of a group once more on its way back; 0 to keep all
  /// steps. The numbers do not change but for rounding.
  int recompute = 0;
};

namespace detail {

/// One value is given to a body as itself.
template <class Given, int N>
constexpr auto as_given(const values<N>& x) {
  if constexpr (std::is_convertible_v<Given, value>)
    return x.of[0];
  else
    return x;
}

/// Whether a type is `stepped` with so many carried values.
template <class, int>
inline constexpr bool is_stepped_of = false;
template <int C, int Y>
inline constexpr bool is_stepped_of<stepped<C, Y>, C> = true;

/// Whether the body of a scan that carries C values may return R.
template <class R, int C>
inline constexpr bool is_result_of_body = (std::is_convertible_v<R, value> && C == 1) ||
                                          std::is_same_v<R, values<C>> || is_stepped_of<R, C>;

template <class R, int C>
constexpr void explain_body() {
  static_assert(!std::is_void_v<R>,
                "Tapeless: the body of a scan returns nothing; it returns what it carries to the "
                "next step, or tl::stepped{what it carries, what it yields}");
  static_assert(std::is_void_v<R> || is_result_of_body<R, C>,
                "Tapeless: the body of a scan returns another number of carried values than it "
                "takes; it returns as many as the scan has starts, or tl::stepped{those, what it "
                "yields}");
}

/// The result of a body as `stepped`: a body that returns only what it carries yields that.
template <int C, class R>
constexpr auto as_stepped(const R& r) {
  if constexpr (std::is_convertible_v<R, value>)
    return stepped<1, 1>{{{value(r)}}, {{value(r)}}};
  else if constexpr (std::is_same_v<R, values<C>>)
    return stepped<C, C>{r, r};
  else
    return r;
}

}  // namespace detail

}  // namespace tapeless
