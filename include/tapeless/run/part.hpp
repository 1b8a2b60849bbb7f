#pragma once
// The parameters of a part of a network, and what moves parameters between networks by their paths.

#include <tapeless/run/parameters.hpp>
#include <type_traits>

namespace tapeless {

namespace detail {

/// What follows the prefix in a path and a dot; nothing for another path.
constexpr std::string_view path_behind(std::string_view name, std::string_view prefix) {
  if (prefix.empty()) return name;
  const bool inside =
      name.size() > prefix.size() && name.starts_with(prefix) && name[prefix.size()] == '.';
  return inside ? name.substr(prefix.size() + 1) : std::string_view{};
}

/// The parameters of a network whose paths are Prefix and what follows it: number of the first, and
/// how many there are. They need not stand side by side.
template <class Net, fixed_string Prefix>
consteval int parameters_behind() {
  int n = 0;
  for (const parameter_info& p : parameters_of<Net>)
    n += !path_behind(p.name.view(), Prefix.view()).empty();
  return n;
}

template <class Net, fixed_string Prefix>
consteval int parameter_behind(std::string_view name) {
  for (int i = 0; i < parameters_of<Net>.length(); ++i)
    if (const auto own = path_behind(parameters_of<Net>[i].name.view(), Prefix.view());
        !own.empty() && own == name)
      return i;
  return -1;
}

template <class Net, fixed_string Prefix, bool Known>
consteval bool check_known_part() {
  if constexpr (!Known) {
    constexpr auto where = [] { return path{Prefix.view()}; };
    explain<Net, problem::unknown_parameter_path, spelled<std::remove_const_t<decltype(where)>>,
            shape{}, shape{}>();
  }
  return Known;
}

}  // namespace detail

/// A view of the parameters of a network under a path, by what follows that path. T is const where
/// the parameters are. It owns nothing: the parameters outlive it.
template <class Net, class T, fixed_string Prefix>
struct parameter_part {
  static_assert(
      detail::check_known_part<Net, Prefix, (detail::parameters_behind<Net, Prefix>() > 0)>());
  using network = Net;
  using scalar = std::remove_const_t<T>;
  static constexpr auto prefix = Prefix;
  static constexpr int count = detail::parameters_behind<Net, Prefix>();  ///< parameters in it

  T* data;  ///< of all parameters of the network

  /// The parameter of a path behind the prefix: `part<"actor">(theta).view<"0.weight">()`.
  template <fixed_string Path>
  TAPELESS_NATIVE constexpr auto view() const {
    constexpr int found = detail::parameter_behind<Net, Prefix>(Path.view());
    if constexpr (found < 0) {
      constexpr auto where = [] { return path{Prefix.view()}.join(Path.view()); };
      detail::explain<Net, problem::unknown_parameter_path,
                      detail::spelled<std::remove_const_t<decltype(where)>>, shape{}, shape{}>();
    }
    constexpr parameter_info p = detail::parameters_of<Net>.of[found < 0 ? 0 : found];
    return tensor_view<T, p.dims, p.at>{data};
  }
};

/// The parameters whose paths begin with Prefix and a dot. A prefix of no parameter does not
/// compile.
template <fixed_string Prefix, class Net, class T>
TAPELESS_NATIVE constexpr parameter_part<Net, T, Prefix> part(parameters<Net, T>& theta) noexcept {
  return {theta.data};
}
template <fixed_string Prefix, class Net, class T>
TAPELESS_NATIVE constexpr parameter_part<Net, const T, Prefix> part(
    const parameters<Net, T>& theta) noexcept {
  return {theta.data};
}
template <fixed_string Prefix, class Net, class T>
void part(const parameters<Net, T>&&) = delete;  // a view of what is gone with the statement

namespace detail {

/// Elements that move from one block to another: Count numbers side by side in both, or a tensor
/// whose strides differ.
struct matched_block {
  int count = 0;  ///< 0: element by element
  strided from, to;
  shape dims;
};

/// Which elements of a network's parameters under a prefix belong to which of another one.
template <class From, fixed_string FromPrefix, class To, fixed_string ToPrefix>
struct matched_paths {
  static constexpr int capacity = parameters_of<To>.length() > 0 ? parameters_of<To>.length() : 1;
  matched_block block[capacity];
  int blocks = 0;
  int tensors = 0;
  int different = -1;  ///< a parameter of To that has another shape in From

  consteval matched_paths() {
    int last_from = -2, last_to = -2;
    for (int t = 0; t < parameters_of<To>.length(); ++t) {
      const parameter_info& to = parameters_of<To>[t];
      const auto name = path_behind(to.name.view(), ToPrefix.view());
      const int f = name.empty() ? -1 : parameter_behind<From, FromPrefix>(name);
      if (f < 0) continue;
      const parameter_info& from = parameters_of<From>[f];
      if (from.dims != to.dims) {
        if (different < 0) different = t;
        continue;
      }
      ++tensors;
      const bool follows = f == last_from + 1 && t == last_to + 1;
      add(from, to, follows);
      last_from = f;
      last_to = t;
    }
  }

 private:
  constexpr void add(const parameter_info& from, const parameter_info& to, bool follows) {
    matched_block b{0, from.at, to.at, to.dims};
    bool side_by_side = true;
    int span = 1;
    for (int i = 0; i < to.dims.rank; ++i) {
      side_by_side = side_by_side && from.at.stride[i] == to.at.stride[i];
      span += (to.dims[i] - 1) * to.at.stride[i];
    }
    b.count = side_by_side ? span : 0;
    if (follows && side_by_side && blocks > 0) {
      // Between parameters that follow one another in both networks is padding alone.
      matched_block& before = block[blocks - 1];
      if (before.count > 0 &&
          b.from.offset - before.from.offset == b.to.offset - before.to.offset) {
        before.count = b.to.offset - before.to.offset + span;
        return;
      }
    }
    block[blocks++] = b;
  }
};
template <class From, fixed_string FromPrefix, class To, fixed_string ToPrefix>
inline constexpr matched_paths<From, FromPrefix, To, ToPrefix> matched{};

/// Calls f(to, from) for each pair of elements that belong together.
template <const auto& Matched, class T, class U, class F>
TAPELESS_INLINE constexpr void for_matched(const U* from, T* to, F f) noexcept {
  for (int n = 0; n < Matched.blocks; ++n) {
    const matched_block& b = Matched.block[n];
    if (b.count > 0) {
      const U* const x = from + b.from.offset;
      T* const y = to + b.to.offset;
      for (int i = 0; i < b.count; ++i) f(y[i], x[i]);
    } else {
      for (int i = 0; i < b.dims.count(); ++i)
        f(to[offset_of(b.to, b.dims, 0, i)], from[offset_of(b.from, b.dims, 0, i)]);
    }
  }
}

template <class From, fixed_string FromPrefix, class To, fixed_string ToPrefix>
consteval bool check_matched() {
  constexpr const auto& m = matched<From, FromPrefix, To, ToPrefix>;
  constexpr bool whole = m.tensors > 0 && (m.tensors == parameters_behind<From, FromPrefix>() ||
                                           m.tensors == parameters_behind<To, ToPrefix>());
  static_assert(std::is_void_v<From> || m.different < 0,
                "Tapeless: two networks have a parameter of one path in two shapes; name the part "
                "that they share, such as tl::part<\"encoder\">(theta)");
  static_assert(std::is_void_v<From> || whole || m.different >= 0,
                "Tapeless: each of two sets of parameters has paths that the other lacks; name the "
                "part that they share, such as tl::part<\"encoder\">(theta)");
  return whole;
}

/// Where to start a running mean: torch.lerp has two forms, so that 0 and 1 are exact.
template <class T>
TAPELESS_INLINE constexpr T moved_number(T from, T to, T weight, T rest) noexcept {
  return weight < T(0.5) ? from + weight * (to - from) : to - rest * (to - from);
}

template <class Net, class T>
TAPELESS_INLINE constexpr parameter_part<Net, T, ""> as_part(parameters<Net, T>& theta) noexcept {
  return {theta.data};
}
template <class Net, class T>
TAPELESS_INLINE constexpr parameter_part<Net, const T, ""> as_part(
    const parameters<Net, T>& theta) noexcept {
  return {theta.data};
}
template <class Net, class T, fixed_string Prefix>
TAPELESS_INLINE constexpr parameter_part<Net, T, Prefix> as_part(
    const parameter_part<Net, T, Prefix>& p) noexcept {
  return p;
}

/// Parameters, or a part of them.
template <class Set>
concept parameter_set = requires(Set& s) {
  as_part(s);
};

template <class F, class T, class U, class From, class To, fixed_string P, fixed_string Q>
TAPELESS_INLINE constexpr int move_matched(parameter_part<From, U, P> from,
                                           parameter_part<To, T, Q> to, F f) noexcept {
  static_assert(!std::is_const_v<T>, "Tapeless: parameters that are const cannot be written to");
  static_assert(check_matched<From, P, To, Q>());
  if constexpr (!std::is_const_v<T>) for_matched<matched<From, P, To, Q>>(from.data, to.data, f);
  return matched<From, P, To, Q>.tensors;
}

}  // namespace detail

/// Copies parameters into those of the same paths: between two networks, or parts of them
/// (`part<"actor">(theta)`, whose paths are what follows "actor."). One of the two has no parameter
/// that the other lacks, and shapes are equal; else it does not compile. Returns how many
/// parameters were copied. Scalars are converted. from and to may be the same network, in parts
/// that do not overlap.
template <detail::parameter_set From, detail::parameter_set To>
TAPELESS_NATIVE constexpr int copy_parameters(const From& from, To&& to) noexcept {
  const auto target = detail::as_part(to);
  using scalar = typename decltype(target)::scalar;
  return detail::move_matched(detail::as_part(from), target,
                              [](scalar& y, auto x) { y = static_cast<scalar>(x); });
}

/// Moves parameters towards those of the same paths: to = to + tau (from - to), the soft update of
/// target networks. Paths as in copy_parameters; tau from 0 to 1. Source: torch.lerp.
template <detail::parameter_set From, detail::parameter_set To>
TAPELESS_NATIVE constexpr int polyak_update(const From& from, To&& to, double tau) noexcept {
  const auto target = detail::as_part(to);
  using scalar = typename decltype(target)::scalar;
  const auto weight = static_cast<scalar>(tau), rest = static_cast<scalar>(1 - tau);
  return detail::move_matched(
      detail::as_part(from), target, [=](scalar & y, auto x) __attribute__((always_inline)) {
        y = detail::moved_number(y, static_cast<scalar>(x), weight, rest);
      });
}

}  // namespace tapeless
