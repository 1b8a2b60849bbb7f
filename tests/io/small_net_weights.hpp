#pragma once
// Written by tapeless::write_header.

#include <tapeless/declare.hpp>

#include "io/small_net.hpp"

namespace written {

inline constexpr auto weights = [] {
  using network = written::small_net;
  static_assert(tapeless::topology_hash<network> == 0x3fcbb2b973163f89ull,
                "these weights belong to another network: write the header again");
  tapeless::parameters<network, float> theta;
  theta.assign<"0.weight">({
      0x1.555556p-2f, -0x1.99999ap-4f, 0x1p-149f, 0x1.fffffep+127f, -0.f, 0.f});
  theta.assign<"0.bias">({
      __builtin_inff(), -__builtin_inff()});
  theta.assign<"out.weight">({
      0x1p-126f, 0x1p+24f});
  theta.assign<"out.bias">({
      -0x1.fffffep+127f});
  return theta;
}();

}  // namespace written
namespace written {

inline constexpr auto doubles = [] {
  using network = written::small_net;
  static_assert(tapeless::topology_hash<network> == 0x3fcbb2b973163f89ull,
                "these weights belong to another network: write the header again");
  tapeless::parameters<network, double> theta;
  theta.assign<"0.weight">({
      0x1.5555555555555p-2, 0x0.0000000000001p-1022, -0x1.1ccf385ebc8ap+1023, 0x1.999999999999ap-4,
      0x1p+1, -0x1.cp+2});
  theta.assign<"0.bias">({
      0., 0.});
  theta.assign<"out.weight">({
      0., 0.});
  theta.assign<"out.bias">({
      0.});
  return theta;
}();

}  // namespace written
