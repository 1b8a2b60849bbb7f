#pragma once
// What the fuzzers of the readers and the test that replays their finds do with bytes. Whatever the
// bytes are, each function returns: errors are thrown and caught here. What is read has to agree
// with itself.

#include <tapeless/io/csv.hpp>
#include <tapeless/io/idx.hpp>
#include <tapeless/io/npy.hpp>
#include <tapeless/io/safetensors.hpp>
#include <tapeless/train/checkpoint.hpp>
#include <tapeless/train/csv_log.hpp>

#include <cstdlib>
#include <fstream>
#include <random>

#include "train/linear_trainer.hpp"

namespace fuzz {

using bytes = std::span<const std::byte>;

inline const std::filesystem::path no_file = "/nonexistent";

/// Ends the program where what was read contradicts itself; fuzzers and tests both see that.
inline void require(bool holds) {
  if (!holds) std::abort();
}

/// Does it, and takes a file_error for an answer.
template <class Action>
bool answered(Action action) {
  try {
    action();
    return true;
  } catch (const tapeless::file_error& error) {
    // Messages are for people: not longer than a few lines, whatever is in the file.
    require(std::string_view(error.what()).size() < 4000);
    return false;
  }
}

/// A table; the first byte chooses among the options.
inline void csv(bytes content) {
  if (content.empty()) return;
  const auto choice = std::to_integer<unsigned>(content[0]);
  tapeless::csv_options options;
  options.delimiter = ",; \t"[choice & 3];
  options.missing = static_cast<tapeless::csv_missing>(choice >> 2 & 3);
  if (choice & 16) options.header = (choice & 32) != 0;
  if (choice & 64) options.columns = {-1, "x"};
  options.skip = static_cast<int>(choice >> 7);
  const std::string_view text(reinterpret_cast<const char*>(content.data()) + 1,
                              content.size() - 1);
  answered([&] {
    const auto table = tapeless::csv_parser(no_file, text, options).parse();
    require(table.rows > 0 && table.columns > 0);
    require(table.values.size() == table.rows * table.columns);
    require(table.header.empty() || table.header.size() == table.columns);
  });
  tapeless::find_file_kind(no_file, content);
}

/// An array has the bytes of its shape and comes back as it is written.
inline void require_whole(const tapeless::array_data& array) {
  const auto width = tapeless::element_size(array.type);
  const auto count = tapeless::element_count(array.shape, width);
  require(count.has_value() && *count * width == array.content.size());
}

inline void npy(bytes content) {
  answered([&] { require_whole(tapeless::decode_npy(no_file, content)); });
}

inline void idx(bytes content) {
  answered([&] { require_whole(tapeless::decode_idx(no_file, content)); });
}

inline void gzip(bytes content) {
  answered([&] { tapeless::gunzip(no_file, content); });
}

inline void safetensors(bytes content) {
  answered([&] {
    const auto read = tapeless::safetensors_reader(no_file, content).read();
    for (const auto& tensor : read.tensors) require_whole(tensor.data);
    const auto written = tapeless::encode_safetensors(no_file, read);
    const auto again = tapeless::safetensors_reader(no_file, written).read();
    require(again.metadata == read.metadata && again.tensors.size() == read.tensors.size());
    for (const auto& tensor : read.tensors) require(*again.find(tensor.name) == tensor.data);
  });
}

/// A checkpoint whose checksum is set right, because no change would get past it.
inline void checkpoint(bytes content) {
  tapeless::byte_buffer file(content.begin(), content.end());
  if (file.size() >= sizeof(tapeless::checkpoint_header)) {
    const std::uint32_t crc = tapeless::checkpoint_crc(file);
    std::memcpy(file.data() + offsetof(tapeless::checkpoint_header, crc), &crc, sizeof crc);
  }
  fixture::linear_trainer<2, 8> trainer;
  const std::vector<std::byte> before(trainer.state().begin(), trainer.state().end());
  tapeless::early_stopping stopping({.patience = 3});
  const bool read = answered([&] {
    const auto position =
        tapeless::decode_checkpoint(no_file, std::span<const std::byte>(file), trainer, &stopping);
    require(position.epoch >= 0 && position.step >= 0 && stopping.best_epoch >= 0);
  });
  const auto after = trainer.state();
  require(read || std::equal(before.begin(), before.end(), after.begin()));
  require(read || stopping.best_weights.empty());
}

/// The log of a run that goes on: it is continued or left as it is.
inline void history(bytes content) {
  static const std::filesystem::path file = [] {
    std::random_device entropy;
    return std::filesystem::temp_directory_path() /
           ("tapeless_fuzz_" + std::to_string(entropy()) + ".csv");
  }();
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(content.data()),
             static_cast<std::streamsize>(content.size()));
  tapeless::epoch_record record;
  record.metrics = {0.5};
  const bool continued =
      answered([&] { tapeless::csv_log(file, {"accuracy"}).write(record); });
  const auto after = tapeless::read_file(file);
  require(after.size() >= content.size() &&
          std::equal(content.begin(), content.end(), after.begin()));
  require(continued == (after.size() > content.size()));
  answered([&] { tapeless::read_csv(file); });
  std::filesystem::remove(file);
}

}  // namespace fuzz
