#pragma once
// Written by tests/golden/ends.py from PyTorch in double precision.
// NAME_value and NAME_gradient of losses of one output: bce of `probabilities` and
// `probabilities_target`, bce_with_logits of `logits` and `logits_target`, huber of `distances` and
// 0. cross_entropy and cross_entropy_probabilities of `rows`, two columns, with `labels` and
// `shares`.
#include <array>

namespace golden::ends {

inline constexpr std::array<double, 11> probabilities = {
    1e-08, 1e-08, 1e-30, 1e-14, 0.0, 0.0, 1.0, 1.0, 0.5, 9.5367431640625e-07, 0.9999990463256836};
inline constexpr std::array<double, 11> probabilities_target = {
    0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.25, 0.0, 1.0};
inline constexpr std::array<double, 11> bce_value = {
    1.0000000050000001e-08, 18.420680743952367, 69.07755278982137, 1.000000000000005e-14, 0.0,
    100.0, 100.0, -0.0, 0.6931471805599453, 9.5367477115389e-07, 9.5367477115389e-07};
inline constexpr std::array<double, 11> bce_gradient = {
    1.0000000100000002, -100000000.0, -1000000003995.8029, 0.010000000039958028, 0.0,
    -1000000003995.8029, 1000000003995.8029, 0.0, 1.0, 1.000000953675226, -1.000000953675226};
inline constexpr std::array<double, 15> logits = {
    -90.0, -90.0, -20.0, -20.0, -1e-08, 0.0, 16.0, 16.0, 17.5, 17.5, 40.0, 1e+30, 1e+30, -1e+30,
    12.0};
inline constexpr std::array<double, 15> logits_target = {
    0.0, 1.0, 0.0, 0.5, 1.0, 0.25, 1.0, 0.0, 1.0, 0.75, 1.0, 1.0, 0.0, 1.0, 0.9999990463256836};
inline constexpr std::array<double, 15> bce_with_logits_value = {
    8.194012623990515e-40, 90.0, 2.061153620314381e-09, 10.000000002061153, 0.6931471855599454,
    0.6931471805599453, 1.1253516838717681e-07, 16.00000011253517, 2.5109991242183986e-08,
    4.375000025109991, 4.248354255291589e-18, 0.0, 1e+30, 1e+30, 1.7588285274607805e-05};
inline constexpr std::array<double, 15> bce_with_logits_gradient = {
    8.194012623990515e-40, -1.0, 2.0611536181902037e-09, -0.49999999793884636, -0.5000000025, 0.25,
    -1.12535162055095e-07, 0.9999998874648379, -2.5109990926928157e-08, 0.24999997489000908,
    -4.248354255291589e-18, -0.0, 1.0, -1.0, -5.190500285808468e-06};
inline constexpr std::array<double, 10> distances = {
    0.0, 1e-20, -1e-08, 0.5, -1.0, 1.5, -10000000000.0, 1e+25, __builtin_inf(), -__builtin_inf()};
inline constexpr std::array<double, 10> huber_value = {
    0.0, 5e-41, 5.0000000000000005e-17, 0.125, 0.5, 1.0, 9999999999.5, 1e+25, __builtin_inf(),
    __builtin_inf()};
inline constexpr std::array<double, 10> huber_gradient = {
    0.0, 1e-20, -1e-08, 0.5, -1.0, 1.0, -1.0, 1.0, 1.0, -1.0};
inline constexpr std::array<double, 18> rows = {  // [9, 2]
    10000000.0, 10000000.0, 3.0, 3.0, -10000000.0, -10000000.0, 4000000.0, 4000001.0, 3e+38, 3e+38,
    -200000.0, -199999.75, 30.0, 0.0, 0.0, -__builtin_inf(), 140000.0, 140002.0};
inline constexpr std::array<double, 9> labels = {
    0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0};
inline constexpr std::array<double, 18> shares = {  // [9, 2]
    0.25, 0.75, 1.0, 0.0, 0.5, 0.5, 0.125, 0.875, 0.5, 0.5, 0.25, 0.75, 0.0, 1.0, 0.75, 0.25, 0.5,
    0.5};
inline constexpr std::array<double, 9> cross_entropy_value = {
    0.6931471805599453, 0.6931471805599453, 0.6931471805599453, 1.3132616875182228,
    0.6931471805599453, 0.8259394198788437, 30.000000000000092, -0.0, 2.1269280110429727};
inline constexpr std::array<double, 18> cross_entropy_gradient = {  // [9, 2]
    -0.5, 0.5, 0.5, -0.5, 0.5, -0.5, -0.7310585786300049, 0.7310585786300049, 0.5, -0.5,
    -0.5621765008857982, 0.5621765008857981, 0.9999999999999065, -0.9999999999999064, 0.0, 0.0,
    -0.8807970779778824, 0.8807970779778823};
inline constexpr std::array<double, 9> cross_entropy_probabilities_value = {
    0.6931471805599453, 0.6931471805599453, 0.6931471805599453, 0.4382616875182228,
    0.6931471805599453, 0.6384394198788437, 30.000000000000092, __builtin_inf(),
    1.1269280110429727};
inline constexpr std::array<double, 18> cross_entropy_probabilities_gradient = {  // [9, 2]
    0.25, -0.25, -0.5, 0.5, 0.0, 0.0, 0.1439414213699951, -0.1439414213699951, 0.0, 0.0,
    0.18782349911420188, -0.18782349911420193, 0.9999999999999065, -0.9999999999999064, 0.25,
    -0.25, -0.3807970779778825, 0.3807970779778823};

}  // namespace golden::ends
