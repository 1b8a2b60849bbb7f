// Time and memory of backpropagation: what the library counts against what the clock says, for
// growing widths, depths and batches. Writes complexity_time.svg and complexity_memory.svg.
#include <fmt/format.h>

#include <string>
#include <tapeless/train/plot_curves.hpp>
#include <tapeless/train/table.hpp>
#include <vector>

#include "complexity/measure.hpp"

namespace tl = tapeless;

using complexity::point;

void print(const std::string& title, const std::vector<point>& points) {
  tl::text_table table{{{"width"},
                        {"depth"},
                        {"batch"},
                        {"parameters"},
                        {"step FLOPs"},
                        {"step/forward FLOPs", tl::alignment::right, 2},
                        {"forward ns", tl::alignment::right, 0},
                        {"step ns", tl::alignment::right, 0},
                        {"step/forward time", tl::alignment::right, 2},
                        {"FLOP/ns", tl::alignment::right, 1},
                        {"values bytes"},
                        {"arena bytes"}}};
  for (const point& p : points)
    table.add(p.width, p.depth, p.batch, p.cost.parameters, fmt::format("{:.0f}", p.cost.flops()),
              p.cost.flops() / p.cost.flops_forward, p.forward_ns, p.step_ns,
              p.step_ns / p.forward_ns, p.cost.flops() / p.step_ns, p.cost.activation_bytes,
              p.cost.peak_bytes);
  fmt::print("{}\n{}\n", title, table.str());
}

template <class F>
std::vector<double> column(const std::vector<point>& points, F f) {
  std::vector<double> values;
  for (const point& p : points) values.push_back(f(p));
  return values;
}

int main() {
  const std::vector<point> widths = complexity::growing_width();
  const std::vector<point> depths = complexity::growing_depth();
  const std::vector<point> batches = complexity::growing_batch();
  print("growing width", widths);
  print("growing depth", depths);
  print("growing batch", batches);

  const auto work = [](const point& p) { return p.cost.flops(); };
  const auto microseconds = [](const point& p) { return 1e-3 * p.step_ns; };
  tl::plot_curves("complexity_time.svg", "Time of a training step over its counted work",
                  {{"width 8 to 256", column(widths, work), column(widths, microseconds)},
                   {"depth 1 to 8", column(depths, work), column(depths, microseconds)},
                   {"batch 1 to 128", column(batches, work), column(batches, microseconds)}},
                  {.x_label = "floating-point operations of a step",
                   .y_label = "microseconds",
                   .x_scale = tl::axis_scale::log10,
                   .y_scale = tl::axis_scale::log10});
  const auto depth = [](const point& p) { return 1.0 * p.depth; };
  const auto kibibytes = [](long long tl::training_cost::*member) {
    return [member](const point& p) { return static_cast<double>(p.cost.*member) / 1024; };
  };
  using cost = tl::training_cost;
  tl::plot_curves("complexity_memory.svg",
                  "Memory of a training step over depth, width 64, batch 32",
                  {{"all values computed", column(depths, depth),
                    column(depths, kibibytes(&cost::activation_bytes))},
                   {"arena", column(depths, depth), column(depths, kibibytes(&cost::peak_bytes))},
                   {"largest set alive", column(depths, depth),
                    column(depths, kibibytes(&cost::lower_bound_bytes)), true}},
                  {.x_label = "layers", .y_label = "KiB", .y_low = 0});
}
