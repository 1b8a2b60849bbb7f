#pragma once
// How the values of a plan lie in memory, and why, in words.

#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/inspect/text.hpp>
#include <tapeless/ops/slice.hpp>
#include <tapeless/plan/plan.hpp>

namespace tapeless::detail {

/// Axes from the outermost to the innermost with their strides, n the samples:
/// `n 1 2 0 by 4096 128 8 1`. Axes of one element are left out; `one number` where all are.
TAPELESS_NATIVE inline std::string text_of_strides(const strided& s, const shape& dims,
                                                   bool batched) {
  struct along {
    int axis, stride;
  } all[max_rank + 1] = {};
  int count = 0;
  const auto insert = [&](along a) {
    const auto size = [](int stride) { return stride < 0 ? -stride : stride; };
    int k = count++;
    for (; k > 0 && size(all[k - 1].stride) < size(a.stride); --k) all[k] = all[k - 1];
    all[k] = a;
  };
  if (batched) insert({-1, s.batch});
  for (int i = 0; i < dims.rank; ++i)
    if (dims[i] > 1) insert({i, s.stride[i]});
  if (count == 0) return "one number";
  std::string axes, strides;
  for (int k = 0; k < count; ++k) {
    axes += all[k].axis < 0 ? "n " : fmt::format("{} ", all[k].axis);
    strides += fmt::format(" {}", all[k].stride);
  }
  return axes + "by" + strides;
}

/// The layout of every value of a job, and why the planner chose it.
template <class Job>
struct layout_words {
  static constexpr const auto& g = Job::ready;
  using stages = planning<Job::ready, Job::on>;
  static constexpr const auto& where = stages::where;

  /// Whether lanes run over samples, so that these lie side by side.
  TAPELESS_NATIVE static bool samples_innermost(int i) {
    return g[i].batched && Job::on.lanes == lane_axis::samples && where.of[i].at.batch == 1 &&
           where.of[i].where == place::arena;
  }

  TAPELESS_NATIVE static std::string layout(int i) {
    if (!where.of[i].in_memory) return "";
    return text_of_strides(where.of[i].at, g[i].dims, g[i].batched && g.batch > 1);
  }

  /// Elements around a value that its reader sees as well, by axis: `1 + 1 along 1`. Empty for a
  /// value that is stored alone.
  TAPELESS_NATIVE static std::string home(int i) {
    std::string text;
    for (int v = i; where.home[v] != 0; v = where.home[v] - 1) {
      const node& join = g[where.home[v] - 1];
      shape dims[max_operands];
      for (int k = 0; k < join.op->arity; ++k) dims[k] = g[join.in[k]].dims;
      const join_layout blocks = join.op->join(dims, join.attr);
      for (int p = 0; p < blocks.count; ++p) {
        const join_part& part = blocks.part[p];
        if (part.operand < 0 || join.in[part.operand] != v) continue;
        const int after = join.dims[blocks.axis] - part.begin - (part.extent - 1) * part.step - 1;
        if (!text.empty()) text += ", ";
        if (is<pad>(join.op))
          text += fmt::format("{} + {} along {}", part.begin, after, blocks.axis);
        else if (part.step != 1)
          text += fmt::format("one of {} along {} from {} on", part.step, blocks.axis, part.begin);
        else
          text += fmt::format("{} to {} of {} along {}", part.begin, part.begin + part.extent - 1,
                              join.dims[blocks.axis], blocks.axis);
      }
    }
    return text;
  }

  TAPELESS_NATIVE static std::string why(int i) {
    std::string text = reason(i);
    if (samples_innermost(i)) text = "samples innermost, lanes run over them; " + text;
    if (where.home[i] != 0)
      text += (is<pad>(g[where.home[i] - 1].op) ? "; inside the border of its reader: "
                                                : "; stored into its part of a join: ") +
              home(i);
    return text;
  }

 private:
  TAPELESS_NATIVE static std::string reason(int i) {
    const node& n = g[i];
    switch (where.why[i]) {
      case layout_reason::none:
        return "";
      case layout_reason::given:
        return n.op->kind == family::tensor ? of_tensor(g.tensors[tensor_of(n)]) : of_store(n);
      case layout_reason::view:
        return fmt::format("{} of {}, nothing is copied", n.op->name, text_of_node(g, n.in[0]));
      case layout_reason::parameter:
        return "as the parameter that it is on its way to";
      case layout_reason::row_major:
        return "row-major, nothing asks for another order";
      case layout_reason::rows:
        return "rows padded to whole vectors";
      case layout_reason::channels:
        return fmt::format("outputs innermost, lanes run over their {}", innermost_extent(i));
      case layout_reason::data:
        return Job::on.lanes == lane_axis::samples
                   ? "as its data, outputs outermost"
                   : "as its data, outputs outermost, positions fill vectors better";
      case layout_reason::factor:
        return "innermost what lies side by side in a factor";
      case layout_reason::operand: {
        const int from = computed_from(i);
        const std::string more = reason(from);
        return fmt::format("as {}{}", text_of_node(g, from), more.empty() ? "" : ": " + more);
      }
      case layout_reason::copied:
        return fmt::format("copied with axis {} innermost, over which the lanes of its readers run",
                           attributes_of<copy>(n).innermost);
    }
    return "";
  }
  /// The first value behind one that lies as its operands do for another reason.
  TAPELESS_NATIVE static int computed_from(int i) {
    strided at[Job::ready.node_count];
    for (int k = 0; k < g.node_count; ++k) at[k] = where.of[k].at;
    while (where.why[i] == layout_reason::operand || where.why[i] == layout_reason::view)
      i = where.why[i] == layout_reason::view ? g[i].in[0]
                                              : natural_storage{g, Job::on}.like_which(g[i], at);
    return i;
  }
  TAPELESS_NATIVE static int innermost_extent(int i) {
    int best = -1;
    for (int k = 0; k < g[i].dims.rank; ++k)
      if (g[i].dims[k] > 1 && (best < 0 || where.of[i].at.stride[k] < where.of[i].at.stride[best]))
        best = k;
    return best < 0 ? 1 : g[i].dims[best];
  }

  TAPELESS_NATIVE static std::string of_tensor(const tensor& t) {
    if (t.where == place::scalars) return "a number of the call";
    if (!lies_as_parameter(t.where)) return "rows of the caller";
    if (!t.transposed || t.dims.rank < 2) return "a parameter, row-major";
    if (t.dims.rank > 2) return "weights, the outputs of a tap and an input side by side";
    return outputs_are_lanes(t) ? "weights, the outputs of an input side by side"
                                : "weights, the inputs of an output side by side: outputs are few";
  }
  TAPELESS_NATIVE static std::string of_store(const node& n) {
    const write_back::attributes to = stored_by(n);
    return to.tensor >= 0 ? of_tensor(g.tensors[to.tensor]) : "rows of the caller";
  }
};

}  // namespace tapeless::detail
