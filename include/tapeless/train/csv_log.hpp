#pragma once
// A training log that other programs read.

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <tapeless/core/config.hpp>
#include <tapeless/io/file.hpp>
#include <tapeless/train/history.hpp>
#include <utility>
#include <vector>

namespace tapeless {

/// Appends one line per epoch to a CSV file: epoch, losses, learning rate, seconds, then the
/// metrics. Numbers are the shortest decimals that read back as the same double.
///
/// The header is written once, when the file is new or empty. A log that is continued after epoch N
/// keeps the lines up to that epoch and loses later ones, which a run that goes on from an older
/// checkpoint writes again; after no epoch, a file with lines is another run's and is refused. Each
/// line is handed to the system in one piece on a file opened for appending, so a reader never sees
/// half a line. Throws file_error if the file cannot be opened or written, or holds a log with
/// other columns.
class csv_log {
 public:
  /// Appends to whatever lines of these columns there are, or continues after an epoch.
  TAPELESS_NATIVE csv_log(std::filesystem::path path, const std::vector<std::string>& metric_names,
                          std::optional<int> after_epoch = {})
      : path_(std::move(path)) {
    std::string header = "epoch,train_loss,batch_mean_loss,validation_loss,learning_rate,seconds";
    for (const std::string& name : metric_names) header += ',' + field(name);

    std::string found;
    // A pipe or a device has no header to look for, and may never end.
    std::error_code ignored;
    if (std::filesystem::is_regular_file(path_, ignored)) {
      // A file of another kind may be one long line.
      constexpr std::size_t longest = 1 << 16;
      std::ifstream in(path_);
      for (char c = 0; found.size() < longest && in.get(c) && c != '\n';) found += c;
    }
    if (!found.empty() && found.back() == '\r') found.pop_back();
    if (!found.empty() && found != header)
      throw file_error(path_, fmt::format("this log has other columns: found {}, expected '{}'",
                                          quote(found, 400), header));

    if (after_epoch && !found.empty()) keep_lines(*after_epoch);
    file_.reset(std::fopen(path_.c_str(), "ab"));
    if (!file_) fail("opened");
    if (found.empty()) append(header + '\n');
  }

  TAPELESS_NATIVE void write(const epoch_record& r) {
    std::string line = fmt::format("{},{},{},{},{},{}", r.epoch, r.train_loss, r.batch_mean_loss,
                                   r.validation_loss, r.learning_rate, r.seconds);
    for (double value : r.metrics) line += fmt::format(",{}", value);
    append(line + '\n');
  }

 private:
  /// Text as one CSV field (RFC 4180), line breaks turned into spaces.
  TAPELESS_NATIVE static std::string field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == text.npos) return std::string(text);
    std::string result = "\"";
    for (char c : text)
      result += c == '"' ? "\"\"" : std::string(1, c == '\n' || c == '\r' ? ' ' : c);
    return result + '"';
  }

  /// Drops the lines of later epochs; refuses a file that holds a run where none has begun.
  TAPELESS_NATIVE void keep_lines(int after_epoch) const {
    std::ifstream in(path_);
    std::string kept, line;
    bool drops = false;
    for (bool is_header = true; std::getline(in, line); is_header = false) {
      if (!is_header && !line.empty() && after_epoch == 0)
        throw file_error(
            path_,
            "this log holds a run already, and lines of two runs would mix; give another "
            "name, remove the file, or resume that run from its checkpoint");
      if (is_header || std::atoi(line.c_str()) <= after_epoch)
        kept += line + '\n';
      else
        drops = true;
    }
    in.close();
    if (drops) write_file(path_, std::as_bytes(std::span(kept)));
  }

  TAPELESS_NATIVE void append(const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size() ||
        std::fflush(file_.get()) != 0)
      fail("written");
  }

  TAPELESS_NATIVE [[noreturn]] void fail(const char* what) const {
    throw file_error(path_, fmt::format("cannot be {}: {}", what, last_system_error()));
  }

  std::filesystem::path path_;
  file_stream file_;
};

}  // namespace tapeless
