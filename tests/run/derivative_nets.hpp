#pragma once
// Networks whose derivatives PyTorch computed (golden/derivatives.hpp), and comparisons.

#include <catch2/catch.hpp>
#include <golden/derivatives.hpp>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace derivative_nets {

namespace tl = tapeless;
namespace pytorch = golden::derivatives;

/// Two inputs, one of which enters behind the first layer.
struct pair_net : tl::network<pair_net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{2});
    const auto h = tl::math::tanh(g.dense("first", a, 6));
    return tl::math::softmax(g.dense("last", tl::math::concat(h, b), 3));
  }
};
struct small : tl::sequential<tl::input<3>, tl::dense<5>, tl::gelu, tl::dense<1>> {};

constexpr int rows = 5;
using five = tl::batch<rows>;

template <class Net, class T, std::size_t N>
constexpr tl::parameters<Net, T> from(const std::array<double, N>& numbers) {
  tl::parameters<Net, T> theta;
  std::size_t at = 0;
  for (int t = 0; t < theta.tensors().length(); ++t)
    for (int e = 0; e < theta.tensors()[t].dims.count(); ++e)
      theta.set(t, e, static_cast<T>(numbers[at++]));
  return theta;
}
template <class Net, class T>
std::vector<double> flat(const tl::parameters<Net, T>& theta) {
  std::vector<double> r;
  for (int t = 0; t < theta.tensors().length(); ++t)
    for (int e = 0; e < theta.tensors()[t].dims.count(); ++e)
      r.push_back(static_cast<double>(theta.get(t, e)));
  return r;
}
template <class T, std::size_t N>
std::array<T, N> in(const std::array<double, N>& numbers) {
  std::array<T, N> r{};
  for (std::size_t i = 0; i < N; ++i) r[i] = static_cast<T>(numbers[i]);
  return r;
}
template <class T, std::size_t N>
std::array<T, N> first_of(const auto& numbers) {
  std::array<T, N> r{};
  for (std::size_t i = 0; i < N; ++i) r[i] = static_cast<T>(numbers[i]);
  return r;
}
template <std::size_t Rows, std::size_t Columns, class T>
std::vector<double> flat(const std::array<std::array<T, Columns>, Rows>& m) {
  std::vector<double> r;
  for (const auto& row : m)
    for (const T x : row) r.push_back(static_cast<double>(x));
  return r;
}

template <class T>
constexpr double tolerance = sizeof(T) == 4 ? 3e-6 : 1e-13;

template <class T, class Got, class Wanted>
void check_close(const char* what, const Got& got, const Wanted& wanted) {
  INFO(what);
  REQUIRE(got.size() == wanted.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    INFO("element " << i);
    CHECK(static_cast<double>(got[i]) ==
          Approx(wanted[i]).epsilon(tolerance<T>).margin(tolerance<T>));
  }
}

}  // namespace derivative_nets
