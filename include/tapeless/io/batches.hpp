#pragma once
// A data set in portions for training, in order or shuffled anew for every epoch.

#include <tapeless/core/config.hpp>
#include <tapeless/io/dataset.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <stdexcept>
#include <vector>

namespace tapeless {

/// `count` samples: contiguous rows of inputs and targets. Valid until the next one is asked for.
template <class T>
struct batch_view {
  const T* xs = nullptr;
  const T* ys = nullptr;
  int count = 0;
};

/// Allocates on cache lines, so that gathered rows can be loaded with aligned instructions.
template <class T>
struct cache_line_allocator {
  using value_type = T;
  static constexpr std::align_val_t alignment{64};

  cache_line_allocator() = default;
  template <class U>
  TAPELESS_NATIVE explicit(false) cache_line_allocator(const cache_line_allocator<U>&) {}

  TAPELESS_NATIVE T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new(count * sizeof(T), alignment));
  }
  TAPELESS_NATIVE void deallocate(T* memory, std::size_t) { ::operator delete(memory, alignment); }
  TAPELESS_NATIVE friend bool operator==(cache_line_allocator, cache_line_allocator) {
    return true;
  }
};

/// Cuts a data set into batches of a fixed size; the last one may be smaller.
///
/// In order, batches point into the data set. Shuffled, rows are gathered into a buffer of one
/// batch, and the order depends on the seed and the number of the epoch alone, so that a resumed
/// run goes on as it would have. The data set must outlive this.
///
///     tl::batches<float> portions(data, 32, seed);
///     for (auto [xs, ys, count] : portions.epoch(3)) trainer.step(xs, ys, count);
template <class T>
class batches {
 public:
  /// In the order of the data set. Errors: std::runtime_error if the size is not positive.
  TAPELESS_NATIVE batches(const dataset<T>& data, int batch_size)
      : data_(&data), size_(batch_size) {
    if (batch_size < 1) {
      throw std::runtime_error(
          fmt::format("batches: found batch size {}, expected 1 or more", batch_size));
    }
  }

  /// Shuffled. Errors: as above.
  TAPELESS_NATIVE batches(const dataset<T>& data, int batch_size, std::uint32_t seed)
      : batches(data, batch_size) {
    seed_ = seed;
    const auto rows = static_cast<std::size_t>(batch_size);
    xs_.resize(rows * static_cast<std::size_t>(data.inputs));
    ys_.resize(rows * static_cast<std::size_t>(data.targets));
  }

  batches(dataset<T>&&, int) = delete;
  batches(dataset<T>&&, int, std::uint32_t) = delete;

  /// Batches in one epoch.
  TAPELESS_NATIVE int count() const {
    const auto size = static_cast<std::size_t>(size_);
    return static_cast<int>((data_->size() + size - 1) / size);
  }

  class iterator {
   public:
    using value_type = batch_view<T>;
    using difference_type = std::ptrdiff_t;

    iterator() = default;
    TAPELESS_NATIVE iterator(batches* owner, int index) : owner_(owner), index_(index) {}
    TAPELESS_NATIVE batch_view<T> operator*() const { return owner_->at(index_); }
    TAPELESS_NATIVE iterator& operator++() {
      ++index_;
      return *this;
    }
    TAPELESS_NATIVE void operator++(int) { ++index_; }
    friend bool operator==(const iterator&, const iterator&) = default;

   private:
    batches* owner_ = nullptr;
    int index_ = 0;
  };

  struct range {
    iterator first;
    iterator last;
    TAPELESS_NATIVE iterator begin() const { return first; }
    TAPELESS_NATIVE iterator end() const { return last; }
  };

  /// The batches of an epoch, for a range-based loop. One epoch at a time: starting another one
  /// ends this.
  TAPELESS_NATIVE range epoch(std::uint32_t number) {
    if (seed_) {
      const auto rows = static_cast<std::uint32_t>(data_->size());
      order_ = random_state(mixed(*seed_, number)).permutation(rows);
    }
    return {{this, 0}, {this, count()}};
  }

 private:
  // Neighbouring seeds and epochs must not share orders: the finalizer of SplitMix64 spreads both
  // (G. Steele et al., "Fast splittable pseudorandom number generators", OOPSLA 2014).
  TAPELESS_NATIVE static std::uint32_t mixed(std::uint32_t seed, std::uint32_t epoch) {
    std::uint64_t z = ((static_cast<std::uint64_t>(seed) << 32) | epoch) + 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<std::uint32_t>((z ^ (z >> 31)) >> 32);
  }

  TAPELESS_NATIVE batch_view<T> at(int index) {
    const auto size = static_cast<std::size_t>(size_);
    const std::size_t first = static_cast<std::size_t>(index) * size;
    const std::size_t rows = std::min(size, data_->size() - first);
    if (!seed_)
      return {data_->row(first).data(), data_->target(first).data(), static_cast<int>(rows)};
    auto x = xs_.begin();
    auto y = ys_.begin();
    for (std::size_t i = first; i < first + rows; ++i) {
      x = std::ranges::copy(data_->row(order_[i]), x).out;
      y = std::ranges::copy(data_->target(order_[i]), y).out;
    }
    return {xs_.data(), ys_.data(), static_cast<int>(rows)};
  }

  using aligned_rows = std::vector<T, cache_line_allocator<T>>;

  const dataset<T>* data_;
  int size_;
  std::optional<std::uint32_t> seed_;
  std::vector<std::uint32_t> order_;
  aligned_rows xs_;
  aligned_rows ys_;
};

}  // namespace tapeless
