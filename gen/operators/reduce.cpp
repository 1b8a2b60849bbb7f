// ReduceSum and its relatives.

#include <cmath>
#include <limits>

#include "operators/axes.hpp"
#include "operators/elementwise.hpp"
#include "operators/reductions.hpp"

namespace tapeless::gen {

namespace {

/// How elements become one number: each is mapped, all are combined, the result is finished.
struct reduction {
  double start;
  double (*map)(double);
  double (*combine)(double, double);
  double (*finish)(double, double count);
};

double same(double x) { return x; }
double whole(double x, double) { return x; }
double added(double a, double b) { return a + b; }

void evaluate_by(evaluation& e, const reduction& r) {
  const tensor& x = e.in(0);
  if (x.type == element::text) throw refusal("the input is text");
  const std::vector<int> axes = reduced_axes(e, e.has(1) ? &e.in(1) : nullptr, x.rank());
  const dimensions kept = kept_dims(x.dims, axes);
  const std::vector<std::size_t> group = groups_of(x.dims, axes);
  tensor y = zeros(x.type, kept);
  y.numbers.assign(y.numbers.size(), r.start);
  for (std::size_t i = 0; i < group.size(); ++i)
    y.numbers[group[i]] = r.combine(y.numbers[group[i]], r.map(x.numbers[i]));
  const double count = static_cast<double>(x.numbers.size()) / static_cast<double>(y.count());
  for (double& number : y.numbers) {
    number = r.finish(number, count);
    if (!is_float(x.type)) number = rounded_to(x.type, number);
  }
  if (e.integer("keepdims", 1) == 0) y.dims = dropped_dims(x.dims, axes);
  e.out(0, std::move(y));
}

double larger(double a, double b) { return a != a || a > b ? a : b; }
double smaller(double a, double b) { return a != a || a < b ? a : b; }

constexpr double infinity = std::numeric_limits<double>::infinity();

void evaluate_log_sum_exp(evaluation& e) {
  const tensor& x = e.in(0);
  const std::vector<int> axes = reduced_axes(e, e.has(1) ? &e.in(1) : nullptr, x.rank());
  const std::vector<std::size_t> group = groups_of(x.dims, axes);
  tensor y = zeros(x.type, kept_dims(x.dims, axes));
  std::vector<double> most(y.numbers.size(), -infinity);
  for (std::size_t i = 0; i < group.size(); ++i)
    most[group[i]] = larger(most[group[i]], x.numbers[i]);
  const auto shift = [&](std::size_t i) { return std::isfinite(most[i]) ? most[i] : 0; };
  for (std::size_t i = 0; i < group.size(); ++i)
    y.numbers[group[i]] += std::exp(x.numbers[i] - shift(group[i]));
  for (std::size_t i = 0; i < most.size(); ++i) y.numbers[i] = shift(i) + std::log(y.numbers[i]);
  if (e.integer("keepdims", 1) == 0) y.dims = dropped_dims(x.dims, axes);
  e.out(0, std::move(y));
}

const registered entries{
    {"", "ReduceSum",
     [](evaluation& e) {
       evaluate_by(e, {0, same, added, whole});
     },
     [](lowering& l) { lower_reduction(l, "sum"); }},
    {"", "ReduceMean",
     [](evaluation& e) {
       evaluate_by(e, {0, same, added, [](double x, double count) { return x / count; }});
     },
     [](lowering& l) {
       expect_floats(l);
       lower_reduction(l, "mean");
     }},
    {"", "ReduceMax",
     [](evaluation& e) {
       evaluate_by(e, {-infinity, same, larger, whole});
     },
     [](lowering& l) { lower_reduction(l, "maximum"); }},
    {"", "ReduceMin",
     [](evaluation& e) {
       evaluate_by(e, {infinity, same, smaller, whole});
     },
     lower_reduce_min},
    {"", "ReduceProd",
     [](evaluation& e) {
       evaluate_by(e, {1, same, [](double a, double b) { return a * b; }, whole});
     },
     lower_reduce_prod},
    {"", "ReduceL1",
     [](evaluation& e) {
       evaluate_by(e, {0, [](double x) { return std::fabs(x); }, added, whole});
     },
     [](lowering& l) { lower_reduction(l, "sum", "abs"); }},
    {"", "ReduceL2",
     [](evaluation& e) {
       evaluate_by(e, {0, [](double x) { return x * x; }, added,
                       [](double x, double) { return std::sqrt(x); }});
     },
     [](lowering& l) {
       expect_floats(l);
       lower_reduction(l, "sum", "square", "sqrt");
     }},
    {"", "ReduceSumSquare",
     [](evaluation& e) {
       evaluate_by(e, {0, [](double x) { return x * x; }, added, whole});
     },
     [](lowering& l) { lower_reduction(l, "sum", "square"); }},
    {"", "ReduceLogSum",
     [](evaluation& e) {
       evaluate_by(e, {0, same, added, [](double x, double) { return std::log(x); }});
     },
     [](lowering& l) {
       expect_floats(l);
       lower_reduction(l, "sum", "", "log");
     }},
    {"", "ReduceLogSumExp", evaluate_log_sum_exp, lower_reduce_log_sum_exp},
};

}  // namespace
}  // namespace tapeless::gen
