#pragma once
// Saves a training run so that it can go on later as if it had never stopped.

#include <fmt/format.h>
#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/io/file.hpp>
#include <tapeless/io/file_kind.hpp>
#include <tapeless/train/early_stopping.hpp>
#include <tapeless/train/trainable.hpp>
#include <type_traits>

namespace tapeless {

/// Where a run stands: what fit needs besides the trainer's state to continue bit by bit.
struct run_position {
  int epoch = 0;           ///< epochs finished
  long step = 0;           ///< optimizer steps taken
  std::uint32_t seed = 0;  ///< of the shuffling, which follows from seed and epoch alone
};

/// The head of a checkpoint file. State and best weights follow; numbers are little-endian as in
/// memory. Fields are ordered so that there is no padding.
struct checkpoint_header {
  /// The digit counts the versions of this format.
  char magic[8] = {'T', 'L', 'C', 'H', 'K', 'P', 'T', '3'};
  std::uint64_t topology = 0;   ///< of the network
  std::uint64_t packing = 0;    ///< where the elements of parameters and their moments lie
  std::uint64_t optimizer = 0;  ///< the formula of the optimizer, settings included
  std::uint32_t scalar_bytes = 0, inputs = 0, targets = 0, outputs = 0, batch = 0, epoch = 0;
  std::uint64_t step = 0, seed = 0, state_bytes = 0, best_bytes = 0;
  double learning_rate = 0, best_loss = 0;
  std::uint32_t best_epoch = 0, epochs_waited = 0;
  std::uint32_t loss = 0, crc = 0;  // what a loss with options computes, else 0; crc of the rest
};
static_assert(sizeof(checkpoint_header) == 120 && std::is_trivially_copyable_v<checkpoint_header>);

/// Head of a checkpoint of `Trainer`, with what must agree for the state to be meaningful. A
/// trainer may name a `topology_hash`, a `packing_hash`, an `optimizer_hash` and a `loss_hash` that
/// tell networks, layouts, optimizers and losses with options of equal size apart, as `trainer`
/// does.
template <trainable Trainer>
TAPELESS_NATIVE checkpoint_header checkpoint_header_of(Trainer& trainer) {
  checkpoint_header h{};  // without braces by a constructor, which has no TAPELESS_NATIVE
  if constexpr (requires { std::uint64_t{Trainer::topology_hash}; })
    h.topology = Trainer::topology_hash;
  if constexpr (requires { std::uint64_t{Trainer::packing_hash}; })
    h.packing = Trainer::packing_hash;
  if constexpr (requires { std::uint64_t{Trainer::optimizer_hash}; })
    h.optimizer = Trainer::optimizer_hash;
  if constexpr (requires { std::uint64_t{Trainer::loss_hash}; })
    h.loss = static_cast<std::uint32_t>(Trainer::loss_hash ^ Trainer::loss_hash >> 32);
  h.scalar_bytes = sizeof(typename Trainer::scalar);
  h.inputs = Trainer::input_size;
  h.targets = Trainer::target_size;
  h.outputs = Trainer::output_size;
  h.batch = Trainer::batch_size;
  h.state_bytes = bytes_of(trainer.state()).size();
  return h;
}

/// CRC-32 of a whole checkpoint file whose crc field counts as zero.
TAPELESS_NATIVE inline std::uint32_t checkpoint_crc(std::span<const std::byte> file) {
  constexpr std::size_t field = offsetof(checkpoint_header, crc);
  const std::uint32_t zero = 0;
  const auto at = [](const void* p) { return static_cast<const Bytef*>(p); };
  uLong crc = crc32_z(0, at(file.data()), field);
  crc = crc32_z(crc, at(&zero), sizeof zero);
  const auto rest = file.subspan(field + sizeof zero);
  if (!rest.empty()) crc = crc32_z(crc, at(rest.data()), rest.size());
  return static_cast<std::uint32_t>(crc);
}

/// Writes the exact state of `trainer`, its learning rate, the position of the run and what early
/// stopping remembers. The file is replaced in one move. Throws file_error.
template <trainable Trainer>
TAPELESS_NATIVE void save_checkpoint(const std::filesystem::path& path, Trainer& trainer,
                                     const run_position& position,
                                     const early_stopping* stopping = nullptr) {
  checkpoint_header h = checkpoint_header_of(trainer);
  h.epoch = static_cast<std::uint32_t>(position.epoch);
  h.step = static_cast<std::uint64_t>(position.step);
  h.seed = position.seed;
  h.learning_rate = static_cast<double>(trainer.options().learning_rate);
  if (stopping != nullptr) {
    h.best_bytes = stopping->best_weights.size();
    h.best_loss = stopping->best_loss;
    h.best_epoch = static_cast<std::uint32_t>(stopping->best_epoch);
    h.epochs_waited = static_cast<std::uint32_t>(stopping->epochs_waited);
  } else {
    h.best_loss = std::numeric_limits<double>::infinity();
  }
  const std::span<const std::byte> head = std::as_bytes(std::span(&h, 1));
  const std::span<const std::byte> state = bytes_of(trainer.state());
  byte_buffer file(head.begin(), head.end());
  file.insert(file.end(), state.begin(), state.end());
  if (stopping != nullptr)
    file.insert(file.end(), stopping->best_weights.begin(), stopping->best_weights.end());
  h.crc = checkpoint_crc(file);
  std::memcpy(file.data(), &h, sizeof h);
  write_file(path, file);
}

/// Takes the bytes of a checkpoint apart; `path` is named in errors only. See load_checkpoint.
template <trainable Trainer>
TAPELESS_NATIVE run_position decode_checkpoint(const std::filesystem::path& path,
                                               std::span<const std::byte> file, Trainer& trainer,
                                               early_stopping* stopping = nullptr) {
  const auto fail = [&](const std::string& why) {
    throw file_error(path, "this checkpoint does not fit: " + why);
  };
  checkpoint_header h{};  // without braces by a constructor, which has no TAPELESS_NATIVE
  const checkpoint_header wanted = checkpoint_header_of(trainer);
  // The last character of the magic is the version of the format.
  constexpr std::size_t name = sizeof wanted.magic - 1;
  if (file.size() < name || std::memcmp(file.data(), wanted.magic, name) != 0)
    refuse_other_kind(path, file, "a checkpoint of a training run");
  if (file.size() < sizeof h || std::memcmp(file.data(), wanted.magic, sizeof wanted.magic) != 0)
    throw file_error(path, "this is not a checkpoint of a training run, or one of another version");
  std::memcpy(&h, file.data(), sizeof h);

  const auto require = [&](std::uint64_t got, std::uint64_t want, const char* what) {
    if (got != want) fail(fmt::format("{} is {} in the file, {} here", what, got, want));
  };
  require(h.scalar_bytes, wanted.scalar_bytes, "the size of a scalar in bytes");
  require(h.inputs, wanted.inputs, "the number of inputs");
  require(h.outputs, wanted.outputs, "the number of outputs");
  require(h.targets, wanted.targets, "the number of targets");
  require(h.batch, wanted.batch, "the batch size");
  if (h.topology != wanted.topology)
    fail(fmt::format("it was written by another network (topology {:016x}, here {:016x})",
                     h.topology, wanted.topology));
  if (h.packing != wanted.packing)
    fail(fmt::format(
        "its parameters are packed in another way (layout {:016x}, here {:016x}); save the weights "
        "by name with the version that wrote it",
        h.packing, wanted.packing));
  if (h.optimizer != wanted.optimizer)
    fail(fmt::format(
        "it was written by another optimizer or by one with other settings, so its moments mean "
        "something else (formula {:016x}, here {:016x})",
        h.optimizer, wanted.optimizer));
  if (h.loss != wanted.loss)
    fail(fmt::format(
        "it was written with another loss, so what a loss keeps as options means something else "
        "(loss {:08x}, here {:08x})",
        h.loss, wanted.loss));
  require(h.state_bytes, wanted.state_bytes, "the size of the training state in bytes");
  // Subtractions, because the sum of sizes from a file could wrap around.
  const std::size_t available = file.size() - sizeof h;
  if (available < h.state_bytes || available - h.state_bytes != h.best_bytes)
    throw file_error(path, fmt::format("this checkpoint is {} bytes long instead of {}",
                                       file.size(), sizeof h + h.state_bytes + h.best_bytes));
  constexpr auto most = static_cast<std::uint32_t>(std::numeric_limits<int>::max());
  bool possible = h.epoch <= most && h.best_epoch <= most && h.epochs_waited <= most &&
                  h.step <= most * std::uint64_t{most} && h.seed <= UINT32_MAX;
  if constexpr (std::is_lvalue_reference_v<decltype(trainer.parameters())>)
    possible = possible &&
               (h.best_bytes == 0 || h.best_bytes == bytes_of(trainer.parameters()).size());
  if (checkpoint_crc(file) != h.crc || !possible)
    throw file_error(path, "this checkpoint is damaged");

  const auto state = file.subspan(sizeof h);
  std::memcpy(bytes_of(trainer.state()).data(), state.data(), h.state_bytes);
  auto& rate = trainer.options().learning_rate;
  rate = static_cast<std::remove_reference_t<decltype(rate)>>(h.learning_rate);
  if (stopping != nullptr) {
    const auto best = state.subspan(h.state_bytes);
    stopping->best_weights.assign(best.begin(), best.end());
    stopping->best_loss = h.best_loss;
    stopping->best_epoch = static_cast<int>(h.best_epoch);
    stopping->epochs_waited = static_cast<int>(h.epochs_waited);
  }
  return {static_cast<int>(h.epoch), static_cast<long>(h.step), static_cast<std::uint32_t>(h.seed)};
}

/// Reads a checkpoint back into `trainer` and, if given, `stopping`, and returns the position of
/// the run. Throws file_error, and changes nothing, for a file that cannot be read, is no
/// checkpoint, is damaged, or belongs to another network, optimizer, loss with options, scalar or
/// batch size.
template <trainable Trainer>
TAPELESS_NATIVE run_position load_checkpoint(const std::filesystem::path& path, Trainer& trainer,
                                             early_stopping* stopping = nullptr) {
  return decode_checkpoint(path, read_file(path), trainer, stopping);
}

}  // namespace tapeless
