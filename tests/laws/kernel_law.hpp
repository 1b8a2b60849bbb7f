#pragma once
// The kernel law: for every instruction set, lane axis, batch and expansion, a plan computes what
// the reference interpreter computes on the same graph, and touches nothing but its operands.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <laws/law_case.hpp>
#include <limits>
#include <vector>

namespace laws {

/// y = formula(operands), stored as rows of the output.
template <class Case, int Batch>
struct value_stage {
  static consteval void build(tl::graph& g) {
    g.batch = Batch;
    tl::value x[tl::max_operands];
    Case::declare(g, x);
    const tl::value y = Case::apply(x);
    if (g.failed()) return;
    g.yield(y.batched() ? y : tl::apply<tl::spread>(y));
    tl::store(g.result(0), tl::place::output);
  }
};

/// The gradients of a weighted sum of y: those of parameters are stored as such, that of the first
/// batched operand as rows of the output, the sum itself as loss.
template <class Case, int Batch>
struct gradient_stage {
  static consteval void build(tl::graph& g) {
    g.batch = Batch;
    tl::value x[tl::max_operands], dx[tl::max_operands];
    Case::declare(g, x);
    const tl::value y = Case::apply(x);
    if (g.failed()) return;
    const tl::value weights = g.leaf("weights", tl::place::target, y.dims(), true);
    const tl::value loss = weighted_sum(y, weights);
    tl::store(loss, tl::place::loss);
    tl::differentiate(g, loss, x, Case::operand_count, dx);
    for (int i = 0; i < Case::operand_count; ++i) {
      if (!dx[i].recorded()) continue;
      if (!x[i].batched()) {
        tl::store(dx[i], tl::place::gradients, 0, i);
      } else if (g.result_count == 0) {
        g.yield(dx[i]);
        tl::store(dx[i], tl::place::output);
      }
    }
  }
};

/// Memory with guards on both sides: `count` elements that start `shift` elements after a multiple
/// of 64 bytes, with a value around them that no plan may read as a number or write over.
template <class T>
class guarded {
 public:
  guarded(int count, T inside, T guard, int shift)
      : all_(static_cast<std::size_t>(count + 2 * margin + 16), guard),
        count_{count},
        guard_{guard} {
    const auto at = reinterpret_cast<std::uintptr_t>(all_.data() + margin);
    begin_ = margin + static_cast<int>((64 - at % 64) % 64 / sizeof(T)) + shift;
    for (int i = 0; i < count; ++i) data()[i] = inside;
  }
  T* data() { return all_.data() + begin_; }
  bool untouched() const {
    for (int i = 0; i < static_cast<int>(all_.size()); ++i)
      if ((i < begin_ || i >= begin_ + count_) &&
          std::memcmp(&all_[static_cast<std::size_t>(i)], &guard_, sizeof(T)) != 0)
        return false;
    return true;
  }
  std::vector<T> content() { return {data(), data() + count_}; }

 private:
  static constexpr int margin = 80;
  std::vector<T> all_;
  int begin_ = 0, count_;
  T guard_;
};

/// Everything a stage reads and writes.
template <class T>
struct memory {
  static constexpr T nan = std::numeric_limits<T>::quiet_NaN();
  static constexpr T canary = T(-12345.5);
  guarded<T> parameters, input, target, output, gradients, loss;

  struct sizes {
    int parameters, input, target, output;
  };
  explicit memory(sizes n)
      : parameters{n.parameters, T(0), nan, 0},
        input{n.input, T(0), nan, 1},
        target{n.target, T(0), nan, 3},
        output{n.output, canary, canary, 1},
        gradients{n.parameters, T(0), canary, 0},
        loss{1, T(0), canary, 0} {}

  bool untouched() const {
    return parameters.untouched() && input.untouched() && target.untouched() &&
           output.untouched() && gradients.untouched() && loss.untouched();
  }
};

template <class Graph>
constexpr int elements(const Graph& g, tl::place where) {
  int n = 0;
  for (const tl::tensor& t : g.tensors)
    if (t.where == where) n += t.dims.count() * g.batch;
  return n;
}

template <class Graph>
constexpr int output_elements(const Graph& g) {
  return g.result_count > 0 ? g.result().dims.count() * g.batch : 0;
}

/// The same numbers in float and in double, in the order of declaration.
template <class Case, class Job, class T>
void fill(memory<T>& m) {
  constexpr const auto& g = Job::pruned;
  constexpr auto block = tl::parameter_offsets(g);
  int row = 0;
  for (const operand& o : Case::operands) row += o.batched ? o.dims.count() : 0;
  int begin = 0;
  for (int i = 0; i < Case::operand_count; ++i) {
    const operand& o = Case::operands[i];
    for (int s = 0; s < (o.batched ? g.batch : 1); ++s)
      for (int e = 0; e < o.dims.count(); ++e) {
        const T x = static_cast<T>(static_cast<float>(number(o.drawn, i, s * o.dims.count() + e)));
        if (o.batched)
          m.input.data()[s * row + begin + e] = x;
        else
          m.parameters.data()[block.offset[i] + e] = x;
      }
    if (o.batched) begin += o.dims.count();
  }
  for (int e = 0; e < elements(g, tl::place::target); ++e)
    m.target.data()[e] = static_cast<T>(static_cast<float>(number(numbers::any, 7, e)));
}

template <class Job, tl::expansion Policy, class T>
void run_plan(memory<T>& m) {
  static_assert(tl::detail::check_plan<Job::plan, Job::ready>());
  guarded<T> arena{Job::plan.memory.arena + 16, m.nan, m.nan, 0};
  tl::buffers<T> b;
  b[tl::place::arena] = arena.data();
  b[tl::place::parameters] = m.parameters.data();
  b[tl::place::input] = m.input.data();
  b[tl::place::target] = m.target.data();
  b[tl::place::output] = m.output.data();
  b[tl::place::gradients] = m.gradients.data();
  b[tl::place::loss] = m.loss.data();
  tl::execute<Job::plan, T, tl::simd::native, Policy>(b);
  CHECK(arena.untouched());
}

template <class Job>
void run_reference(memory<double>& m) {
  tl::detail::call_memory<double> b;
  b.parameters = m.parameters.data();
  b.input = m.input.data();
  b.target = m.target.data();
  b.output = m.output.data();
  b.gradients = m.gradients.data();
  b.loss = m.loss.data();
  tl::detail::interpret<Job::pruned>(b);
}

template <class T>
void check_close(const std::vector<T>& got, const std::vector<double>& wanted, double tolerance) {
  REQUIRE(got.size() == wanted.size());
  double scale = 1;
  for (const double w : wanted) scale = std::max(scale, std::abs(w));
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < got.size(); ++i)
    if (!(std::abs(static_cast<double>(got[i]) - wanted[i]) <= tolerance * scale)) {
      if (++wrong == 1) CHECK(std::pair{i, static_cast<double>(got[i])} == std::pair{i, wanted[i]});
    }
  CHECK(wrong == 0);
}

template <class T>
std::vector<double> in_double(const std::vector<T>& x) {
  return {x.begin(), x.end()};
}

/// Two units in the last place.
template <class T>
inline constexpr double rounding = 2.0 * static_cast<double>(std::numeric_limits<T>::epsilon());

/// One stage of a case on one target: straight-line code and loops give the same numbers, both
/// equal the reference up to `tolerance` of the greatest element.
template <class Case, class Stage, class T, tl::lane_axis Axis>
void check_stage(double tolerance) {
  struct net {};
  using job = tl::detail::compiled<net, Stage, T, tl::simd::native,
                                   tl::detail::options_of<tl::lanes_over<Axis>>>;
  constexpr const auto& g = job::pruned;
  constexpr int parameters = tl::parameter_offsets(g).size;
  const typename memory<T>::sizes n{parameters, elements(g, tl::place::input),
                                    elements(g, tl::place::target), output_elements(g)};
  memory<T> straight{n}, looped{n};
  memory<double> reference{{n.parameters, n.input, n.target, n.output}};
  fill<Case, job>(straight);
  fill<Case, job>(looped);
  fill<Case, job>(reference);
  run_plan<job, tl::expansion::full>(straight);
  run_plan<job, tl::expansion::loops>(looped);
  run_reference<job>(reference);
  CHECK(straight.untouched());
  CHECK(looped.untouched());
  check_close(straight.output.content(), reference.output.content(), tolerance);
  check_close(straight.gradients.content(), reference.gradients.content(), tolerance);
  check_close(straight.loss.content(), reference.loss.content(), tolerance);
  // The same arithmetic in the same order; only whether a product and a sum are contracted to one
  // rounding outside the matrix products is the compiler's choice, and depends on the code around.
  check_close(looped.output.content(), in_double(straight.output.content()), rounding<T>);
  check_close(looped.gradients.content(), in_double(straight.gradients.content()), rounding<T>);
  check_close(looped.loss.content(), in_double(straight.loss.content()), rounding<T>);
}

/// Relative error that sums of some hundred products, or a few functions, may have.
template <class T>
inline constexpr double law_tolerance = sizeof(T) == 4 ? 2e-6 : 4e-15;

/// Puts a case through the law: its value and its gradients, for one batch and both lane axes.
template <class Case, int Batch, class T = float>
void check_kernels(double tolerance = law_tolerance<T>) {
  INFO(std::string(Case::name.view()) << ", batch " << Batch << ", " << sizeof(T) << " bytes");
  {
    INFO("value, lanes over features");
    check_stage<Case, value_stage<Case, Batch>, T, tl::lane_axis::features>(tolerance);
  }
  {
    INFO("gradients, lanes over features");
    check_stage<Case, gradient_stage<Case, Batch>, T, tl::lane_axis::features>(tolerance);
  }
  if constexpr (Batch > 1) {
    {
      INFO("value, lanes over samples");
      check_stage<Case, value_stage<Case, Batch>, T, tl::lane_axis::samples>(tolerance);
    }
    {
      INFO("gradients, lanes over samples");
      check_stage<Case, gradient_stage<Case, Batch>, T, tl::lane_axis::samples>(tolerance);
    }
  }
}

/// The gradients of a case by kernels whose sizes are run-time numbers, for one batch and axis.
template <class Case, int Batch, tl::lane_axis Axis, class T = float>
void check_shared_kernels(double tolerance = law_tolerance<T>) {
  INFO(std::string(Case::name.view()) << ", batch " << Batch << ", shared kernels");
  struct net {};
  using job = tl::detail::compiled<net, gradient_stage<Case, Batch>, T, tl::simd::native,
                                   tl::detail::options_of<tl::lanes_over<Axis>>>;
  constexpr const auto& g = job::pruned;
  const typename memory<T>::sizes n{tl::parameter_offsets(g).size, elements(g, tl::place::input),
                                    elements(g, tl::place::target), output_elements(g)};
  memory<T> shared{n};
  memory<double> reference{{n.parameters, n.input, n.target, n.output}};
  fill<Case, job>(shared);
  fill<Case, job>(reference);
  run_plan<job, tl::expansion::shared>(shared);
  run_reference<job>(reference);
  CHECK(shared.untouched());
  check_close(shared.output.content(), reference.output.content(), tolerance);
  check_close(shared.gradients.content(), reference.gradients.content(), tolerance);
  check_close(shared.loss.content(), reference.loss.content(), tolerance);
}

}  // namespace laws
