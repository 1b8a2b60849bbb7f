#pragma once
// The training loop: epochs of shuffled batches, with everything around them that a run needs.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <tapeless/core/config.hpp>
#include <tapeless/io/batches.hpp>
#include <tapeless/train/checkpoint.hpp>
#include <tapeless/train/csv_log.hpp>
#include <tapeless/train/early_stopping.hpp>
#include <tapeless/train/epoch_table.hpp>
#include <tapeless/train/evaluate.hpp>
#include <tapeless/train/fit_options.hpp>
#include <tapeless/train/history.hpp>
#include <tapeless/train/not_finite.hpp>
#include <tapeless/train/progress.hpp>
#include <tapeless/train/trainable.hpp>
#include <type_traits>
#include <utility>
#include <vector>

namespace tapeless {

/// Sets the learning rate of an epoch, and of a step, if the options have a schedule for it.
template <trainable Trainer>
TAPELESS_NATIVE void set_epoch_rate(Trainer& trainer,
                                    const fit_options<typename Trainer::scalar>& options,
                                    int epoch) {
  auto& rate = trainer.options().learning_rate;
  if (options.epoch_learning_rate)
    rate = static_cast<std::remove_reference_t<decltype(rate)>>(options.epoch_learning_rate(epoch));
}
template <trainable Trainer>
TAPELESS_NATIVE void set_step_rate(Trainer& trainer,
                                   const fit_options<typename Trainer::scalar>& options,
                                   long step) {
  auto& rate = trainer.options().learning_rate;
  if (options.step_learning_rate)
    rate = static_cast<std::remove_reference_t<decltype(rate)>>(options.step_learning_rate(step));
}

/// Trains through the batches once and says how it went. `position` moves on by an epoch and its
/// steps. With on_not_finite::stop it ends early, without moving `position`, at the first loss that
/// is not finite: `stopped_at` is the number of that batch, from 1.
template <trainable Trainer>
TAPELESS_NATIVE epoch_record train_epoch(Trainer& trainer,
                                         batches<typename Trainer::scalar>& portions,
                                         const fit_options<typename Trainer::scalar>& options,
                                         run_position& position, progress_bar& bar,
                                         long* stopped_at = nullptr) {
  const auto start = std::chrono::steady_clock::now();
  set_epoch_rate(trainer, options, position.epoch);

  double batch_sum = 0, sample_sum = 0, samples = 0;
  long batch = 0, batches_counted = 0;
  const long first_step = position.step;
  for (auto [xs, ys, count] : portions.epoch(static_cast<std::uint32_t>(position.epoch))) {
    set_step_rate(trainer, options, position.step);
    const auto loss = static_cast<double>(
        count == Trainer::batch_size ? trainer.step(xs, ys) : trainer.step(xs, ys, count));
    if (const double counted = counted_share<Trainer>(ys, count); counted > 0) {
      batch_sum += loss;
      sample_sum += loss * counted;
      samples += counted;
      ++batches_counted;
      if (stopped_at != nullptr && !std::isfinite(loss)) {
        *stopped_at = batch + 1;
        position.step = first_step;
        return {};
      }
    }
    if (options.on_step) options.on_step(position.step);
    ++position.step;
    bar.update(position.epoch + 1, ++batch, sample_sum / samples, count);
  }
  ++position.epoch;

  epoch_record record{};  // without braces by a constructor, which has no TAPELESS_NATIVE
  record.epoch = position.epoch;
  record.train_loss = sample_sum / samples;
  record.batch_mean_loss = batch_sum / static_cast<double>(batches_counted);
  record.validation_loss = std::numeric_limits<double>::quiet_NaN();
  record.learning_rate = static_cast<double>(trainer.options().learning_rate);
  record.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return record;
}

/// Trains again through the first `last` batches of an epoch, from the state at its beginning, up
/// to the one whose loss or whose update is not finite, and throws what is wrong with it. The
/// trainer is then as it was before that batch.
template <trainable Trainer>
[[noreturn]] TAPELESS_NATIVE void explain_not_finite(
    Trainer& trainer, batches<typename Trainer::scalar>& portions,
    const fit_options<typename Trainer::scalar>& options, const run_position& position, long last) {
  set_epoch_rate(trainer, options, position.epoch);
  long batch = 0;
  std::vector<std::byte> before;
  for (auto [xs, ys, count] : portions.epoch(static_cast<std::uint32_t>(position.epoch))) {
    set_step_rate(trainer, options, position.step + batch);
    const auto state = bytes_of(trainer.state());
    before.assign(state.begin(), state.end());
    const auto loss = static_cast<double>(
        count == Trainer::batch_size ? trainer.step(xs, ys) : trainer.step(xs, ys, count));
    ++batch;
    const bool is_loss = counted_share<Trainer>(ys, count) > 0 && !std::isfinite(loss);
    if (!is_loss && has_finite_parameters(trainer)) {
      if (batch == last) break;
      continue;
    }
    std::string where;
    if constexpr (requires { first_not_finite_parameter(trainer); })
      if (!is_loss) where = first_not_finite_parameter(trainer);
    std::ranges::copy(before, bytes_of(trainer.state()).begin());
    if constexpr (TAPELESS_SEARCH_LAYERS != 0 &&
                  requires { first_not_finite(trainer, xs, ys, count); })
      if (is_loss) where = first_not_finite(trainer, xs, ys, count);
    throw not_finite_error(
        position.epoch + 1, batch,
        !where.empty() ? fmt::format("the {} is {}, {}", is_loss ? "loss" : "update",
                                     is_loss ? fmt::format("{}", loss) : "not finite", where)
        : is_loss      ? fmt::format("the loss is {}", loss)
                       : "the update is not finite");
  }
  throw train_error(
      "fit: a loss or a parameter was not finite, but all are when the epoch is repeated");
}

/// Trains on `train` for options.epochs epochs and returns what happened in each.
///
/// Same trainer, data and options give the same weights, bit by bit, and so does a run that was
/// broken off and resumed from its checkpoint. The smaller last batch of an epoch is trained on
/// like the others. With early stopping the trainer ends with the best weights, not the last; the
/// checkpoint keeps both.
/// Where a loss or a parameter becomes NaN or infinite it stops, unless options.not_finite says to
/// go on: it repeats the epoch up to that batch, so that the trainer ends as it was before the
/// batch, and throws not_finite_error with the epoch, the batch and the first value that was not
/// finite. Errors: train_error for options or data that make no sense, file_error for files; before
/// the first step wherever they can be known by then.
template <trainable Trainer>
TAPELESS_NATIVE history fit(Trainer& trainer, const dataset<typename Trainer::scalar>& train,
                            const fit_options<typename Trainer::scalar>& options = {}) {
  require_sound(options);
  require_matching_rows<Trainer>(train, "fit", "training set");
  if (options.validation != nullptr)
    require_matching_rows<Trainer>(*options.validation, "fit", "validation set");
  const bool stops = options.not_finite == on_not_finite::stop;
  for (const auto* data : {&train, options.validation})
    if (stops && data != nullptr)
      if (const std::string wrong = first_not_finite_value(*data); !wrong.empty())
        throw train_error(
            fmt::format("fit: the {} set: {}", data == &train ? "training" : "validation", wrong));

  require_metrics(trainer, options.validation != nullptr ? *options.validation : train,
                  options.metrics, "fit");

  std::optional<early_stopping> stopping;
  if (options.stop_early) stopping.emplace(*options.stop_early);
  early_stopping* const watcher = stopping ? &*stopping : nullptr;
  run_position position{.seed = options.seed};
  if (!options.resume.empty()) position = load_checkpoint(options.resume, trainer, watcher);

  history result;
  for (const auto& m : options.metrics) result.metric_names.push_back(m.name);
  std::optional<csv_log> csv;
  if (!options.csv.empty()) csv.emplace(options.csv, result.metric_names, position.epoch);
  epoch_table table(options.table, options.epochs, options.validation != nullptr,
                    options.table_seconds, result.metric_names);
  using rows = batches<typename Trainer::scalar>;
  rows portions = options.shuffle ? rows(train, Trainer::batch_size, position.seed)
                                  : rows(train, Trainer::batch_size);
  progress_bar bar(options.epochs, portions.count(), options.progress);

  std::vector<std::byte> good;
  bool go_on = !stopping || !stopping->exhausted();
  result.stopped_early = !go_on;  // the run that is resumed was over
  while (go_on && position.epoch < options.epochs) {
    const auto state = bytes_of(trainer.state());
    if (stops) good.assign(state.begin(), state.end());
    long stopped_at = 0;
    epoch_record record =
        train_epoch(trainer, portions, options, position, bar, stops ? &stopped_at : nullptr);
    const bool is_finite = has_finite_parameters(trainer);
    if (stops && (stopped_at > 0 || !is_finite)) {
      bar.clear();
      std::ranges::copy(good, bytes_of(trainer.state()).begin());
      run_position start = position;
      if (stopped_at == 0) --start.epoch, start.step -= portions.count();
      try {
        explain_not_finite(trainer, portions, options, start,
                           stopped_at > 0 ? stopped_at : long{portions.count()});
      } catch (not_finite_error& e) {
        e.past = std::move(result);
        throw;
      }
    }
    if (options.validation != nullptr) {
      record.validation_loss = mean_loss(trainer, *options.validation);
      record.metrics = metric_values(trainer, *options.validation, options.metrics);
    } else {
      record.metrics = metric_values(trainer, train, options.metrics);
    }

    bar.clear();
    table.print(record);
    if (csv) csv->write(record);
    if (stopping) {
      const double watched = !is_finite           ? std::numeric_limits<double>::quiet_NaN()
                             : options.validation ? record.validation_loss
                                                  : record.train_loss;
      go_on = stopping->update(record.epoch, watched, bytes_of(trainer.parameters()));
      result.stopped_early = !go_on;
    }
    if (options.on_epoch && !options.on_epoch(record)) go_on = false;
    const bool ends = !go_on || position.epoch == options.epochs;
    if (!options.checkpoint.empty() && (ends || position.epoch % options.checkpoint_every == 0))
      save_checkpoint(options.checkpoint, trainer, position, watcher);
    result.epochs.push_back(std::move(record));
  }
  if (stopping) {
    stopping->restore(bytes_of(trainer.parameters()));
    result.best_epoch = stopping->best_epoch;
  }
  return result;
}

}  // namespace tapeless
