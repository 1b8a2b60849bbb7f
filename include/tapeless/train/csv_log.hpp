#pragma once
// A training log that other programs read.

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
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
/// The header is written once, when the file is new or empty; a resumed run goes on in the same
/// file. Each line is handed to the system in one piece on a file opened for appending, so a
/// reader never sees half a line. Throws file_error if the file cannot be opened or written, or
/// holds a log with other columns.
class csv_log {
 public:
  TAPELESS_NATIVE csv_log(std::filesystem::path path, const std::vector<std::string>& metric_names)
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
