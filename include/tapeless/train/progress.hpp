#pragma once
// A one-line progress bar for a terminal.

#include <tapeless/core/config.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

namespace tapeless {

/// When to show something that only makes sense on a terminal.
enum class show { automatic, always, never };

/// Duration as `42s`, `3:07` or `1:02:09`.
TAPELESS_NATIVE inline std::string clock_text(double seconds) {
  const long s = seconds < 0 ? 0 : seconds > 3.6e8 ? 360000000L : static_cast<long>(seconds + 0.5);
  if (s < 60) return fmt::format("{}s", s);
  if (s < 3600) return fmt::format("{}:{:02}", s / 60, s % 60);
  return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}

/// Shows epoch, batch, loss, samples per second and the time left of the whole run on one line
/// that is redrawn in place, at most ten times a second. Writes nothing when `out` is no terminal,
/// unless `when` is `show::always`.
///
///     epoch  3/20 [#########...........] 120/400  loss 0.1234  81.2k samples/s  ETA 0:12
///
/// A hidden bar does not even read the clock, so it may stand in the hottest training loop.
class progress_bar {
 public:
  using clock = std::chrono::steady_clock;

  TAPELESS_NATIVE progress_bar(int epochs, long batches_per_epoch, show when = show::automatic,
                               std::FILE* out = stderr)
      : out_(out),
        epochs_(epochs),
        batches_(std::max(batches_per_epoch, 1L)),
        visible_(when == show::always || (when == show::automatic && isatty(fileno(out)) == 1)) {}

  TAPELESS_NATIVE bool visible() const { return visible_; }

  /// Reports that `batch` batches (from 1) of `epoch` (from 1) are done, the last one of `samples`
  /// samples; `loss` is whatever running figure the caller wants to show.
  TAPELESS_NATIVE void update(int epoch, long batch, double loss, long samples) {
    if (!visible_) return;
    const auto now = clock::now();
    samples_ += samples;
    ++done_;
    if (drawn_ && now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    drawn_ = true;
    fmt::print(out_, "\r{}\x1b[K", line(epoch, batch, loss, seconds(now)));
    std::fflush(out_);
  }

  /// Wipes the line so that other output can take its place; the next update draws it again.
  TAPELESS_NATIVE void clear() {
    if (!visible_ || !drawn_) return;
    fmt::print(out_, "\r\x1b[K");
    std::fflush(out_);
    drawn_ = false;
  }

  /// The text of the bar after `elapsed` seconds, without control characters.
  TAPELESS_NATIVE std::string line(int epoch, long batch, double loss, double elapsed) const {
    constexpr long cells = 20;
    const auto filled = static_cast<std::size_t>(std::clamp(batch * cells / batches_, 0L, cells));
    const double left = static_cast<double>(epochs_ - epoch) * static_cast<double>(batches_) +
                        static_cast<double>(batches_ - batch);
    const double per_batch = elapsed / static_cast<double>(std::max(done_, 1L));
    const double rate = elapsed > 0 ? static_cast<double>(samples_) / elapsed : 0;
    const std::string speed = rate >= 1e6   ? fmt::format("{:.1f}M", rate / 1e6)
                              : rate >= 1e4 ? fmt::format("{:.1f}k", rate / 1e3)
                                            : fmt::format("{:.0f}", rate);
    return fmt::format("epoch {:>{}}/{} [{}{}] {}/{}  loss {:.4g}  {} samples/s  ETA {}", epoch,
                       std::to_string(epochs_).size(), epochs_, std::string(filled, '#'),
                       std::string(cells - filled, '.'), batch, batches_, loss, speed,
                       clock_text(left * per_batch));
  }

 private:
  TAPELESS_NATIVE double seconds(clock::time_point now) const {
    return std::chrono::duration<double>(now - start_).count();
  }

  std::FILE* out_;
  int epochs_;
  long batches_;
  bool visible_;
  bool drawn_ = false;
  long done_ = 0, samples_ = 0;
  clock::time_point start_ = clock::now(), last_ = start_;
};

}  // namespace tapeless
