#pragma once
// One run of the benchmark: who takes part, and the rows that come of it.
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "modules.hpp"
#include "report.hpp"
#include "timing.hpp"

namespace contest {

/// A worker that was checked, under the row and the label it was timed as.
struct entrant {
  std::string row, label;
  job what;
  bool doubled;
  work cost;
  std::shared_ptr<worker<float>> in_float;
  std::shared_ptr<worker<double>> in_double;

  std::string benchmark() const { return row + "/" + label; }
};

/// Rows whose names the filter matches; NAME_double stands for NAME in double.
bool selected(const job& j, const std::regex& filter);
inline std::string double_name(const job& j) { return j.name + "_double"; }

/// Makes, checks and registers whoever offers a selected row; throws std::runtime_error where an
/// answer is wrong.
std::vector<entrant> enter(const modules& all, const std::regex& filter, const effort& e);

/// The probe's results as rates; "call" is the benchmark of a worker that does nothing.
void add_probes(const modules& all, const effort& e);
machine machine_of(const modules& all, const samples& times);

/// One result for each row and build of Tapeless.
std::vector<result> results_of(const std::vector<entrant>& entrants, const samples& times,
                               const machine& m);

}  // namespace contest
