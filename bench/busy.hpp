#pragma once
// How quiet the machine was during a run: neighbours slow even the fastest repetition down.
#include <fmt/format.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <string>

namespace contest {

/// Processor time since it was made, as Linux counts it.
class busy_meter {
 public:
  busy_meter() : start_(read()) {}

  /// A sentence on what others took; empty where the system does not say.
  std::string text() const {
    const counts end = read();
    const double all = end.all - start_.all;
    if (all <= 0) return "";
    const double mine = end.mine - start_.mine;
    const double others = all - (end.idle - start_.idle) - (end.stolen - start_.stolen) - mine;
    const double processors = static_cast<double>(sysconf(_SC_NPROCESSORS_ONLN));
    return fmt::format(
        "of {:.0f} processors other programs kept {:.1f} busy, and the host took {:.2f}\n",
        processors, processors * others / all, processors * (end.stolen - start_.stolen) / all);
  }

 private:
  struct counts {
    double all = 0, idle = 0, stolen = 0, mine = 0;  // ticks
  };

  static counts read() {
    counts c;
    std::ifstream file("/proc/stat");
    std::string name;
    file >> name;
    // user nice system idle iowait irq softirq steal
    for (int i = 0; i < 8; ++i) {
      double ticks = 0;
      file >> ticks;
      c.all += ticks;
      if (i == 3 || i == 4) c.idle += ticks;
      if (i == 7) c.stolen = ticks;
    }
    c.mine = static_cast<double>(std::clock()) / CLOCKS_PER_SEC *
             static_cast<double>(sysconf(_SC_CLK_TCK));
    return c;
  }

  counts start_;
};

}  // namespace contest
