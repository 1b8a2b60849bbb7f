#pragma once
// What a module of the benchmark offers: somebody who does a job, and what the probe measures.
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace contest {

/// What one call of a job needs at least; made from tl::cost and tl::cost_of.
struct work {
  double flops = 0;          ///< of forward and backward; an update folds into the last sums
  double read_bytes = 0;     ///< parameters that are only read
  double updated_bytes = 0;  ///< parameters and optimizer state, read and written back
};

/// One contender doing one job in scalars of type T.
template <class T>
class worker {
 public:
  virtual ~worker() = default;
  /// `sizes` are the widths from the input to the output. `numbers` holds w[in][out] and b[out] of
  /// each layer in turn.
  virtual void load(std::span<const int> sizes, const T* numbers) = 0;
  /// The reverse, after training.
  virtual void save(std::span<const int>, T*) const {}
  virtual void set_rate(T) {}
  /// One row.
  virtual void forward(const T*, T*) {}
  /// One update from the job's rows; their mean loss before it.
  virtual T step(const T*, const T*) { return 0; }
  virtual work cost() const { return {}; }
};

/// A job by its name, and workers in the precisions that are offered.
struct contender {
  std::string job;
  std::function<std::unique_ptr<worker<float>>()> in_float = {};
  std::function<std::unique_ptr<worker<double>>()> in_double = {};
};

/// A loop that does `amount` of one thing that the processor is measured by.
struct probe {
  std::string name;
  double amount;
  std::function<void()> run;
};

}  // namespace contest

/// The doors of a module: a shared library opened by bench/modules.cpp. It has one of the two.
extern "C" {
void contest_contenders(std::vector<contest::contender>& all);
/// l1 and l2: bytes of the caches.
void contest_probes(std::size_t l1, std::size_t l2, std::vector<contest::probe>& all);
}
