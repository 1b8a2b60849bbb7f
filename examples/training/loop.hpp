#pragma once
// The training loop of the larger examples. It takes a step, and no other call of a trainer, so
// that their sources compile in seconds; tl::fit does more.
#include <chrono>
#include <cstdint>
#include <tapeless/io/batches.hpp>
#include <tapeless/train/progress.hpp>
#include <tapeless/train/trainable.hpp>

namespace training {

namespace tl = tapeless;

struct plan {
  int epochs;
  std::uint32_t seed;    ///< of the order of samples
  double learning_rate;  ///< of the first step; it falls to 0 in a line
};

struct epoch {
  int number;
  double loss, seconds;
};

/// Trains on whole batches, in a new order each epoch, and reports each epoch.
template <class Trainer, class Report>
void run(Trainer& trainer, const tl::dataset<float>& data, const plan& p, Report report) {
  constexpr int batch = Trainer::batch_size;
  tl::batches<float> portions(data, batch, p.seed);
  const auto steps = static_cast<long>(data.size()) / batch;
  if (steps == 0) throw tl::train_error("training: there are fewer samples than a batch has");
  tl::progress_bar bar(p.epochs, steps, tl::show::automatic);
  for (int e = 0; e < p.epochs; ++e) {
    const auto start = std::chrono::steady_clock::now();
    double sum = 0;
    long step = 0;
    for (auto [xs, ys, count] : portions.epoch(static_cast<std::uint32_t>(e))) {
      if (count < batch) continue;
      const double done =
          static_cast<double>(e * steps + step) / static_cast<double>(p.epochs * steps);
      trainer.options().learning_rate = p.learning_rate * (1 - done);
      sum += static_cast<double>(trainer.step(xs, ys));
      ++step;
      bar.update(e + 1, step, sum / static_cast<double>(step), count);
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    bar.clear();
    report(epoch{e + 1, sum / static_cast<double>(steps), seconds.count()});
  }
}

}  // namespace training
