#include "pt/tensor_bytes.hpp"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <stdexcept>

#include <tapeless/io/byte_order.hpp>
#include <tapeless/io/error.hpp>

namespace tapeless::gen {

namespace {

std::vector<std::int64_t> numbers_of(const pickle_value& tuple) {
  if (tuple.items.size() > 64)
    throw std::runtime_error(fmt::format("has {} axes, of 64 at most", tuple.items.size()));
  std::vector<std::int64_t> all;
  for (const pickle_value* item : tuple.items) {
    if (item->what != pickle_value::kind::integer || item->integer < 0)
      throw std::runtime_error("has an extent or step that is no number from 0 on");
    all.push_back(item->integer);
  }
  return all;
}

/// Elements of the storage up to the last one that the tensor reads.
std::uint64_t reach_of(const array_shape& shape, const std::vector<std::int64_t>& steps,
                       std::int64_t offset) {
  constexpr std::int64_t most = std::int64_t{1} << 48;
  std::int64_t last = offset;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const std::int64_t along = shape[i] - 1;
    if (along > 0 && steps[i] > 0 && (along > most / steps[i] || last > most))
      throw std::runtime_error("has steps beyond every storage");
    last += along * steps[i];
  }
  return static_cast<std::uint64_t>(last) + 1;
}

/// Copies elements of a storage into row-major order.
void gather(array_data& to, const std::byte* from, const std::vector<std::int64_t>& steps) {
  const std::size_t width = element_size(to.type), rank = to.shape.size();
  std::vector<std::int64_t> index(rank, 0);
  std::int64_t at = 0;
  for (std::size_t i = 0; i < to.content.size(); i += width) {
    std::memcpy(to.content.data() + i, from + static_cast<std::size_t>(at) * width, width);
    for (std::size_t axis = rank; axis-- > 0;) {
      at += steps[axis];
      if (++index[axis] < to.shape[axis]) break;
      at -= to.shape[axis] * steps[axis];
      index[axis] = 0;
    }
  }
}

}  // namespace

storage_reader::storage_reader(const zip_archive& archive, std::string prefix)
    : archive_{archive}, prefix_{std::move(prefix)} {
  if (!archive_.has(prefix_ + "byteorder")) return;  // PyTorch before 2.1: little
  const byte_buffer raw = archive_.read(prefix_ + "byteorder");
  const std::string order(reinterpret_cast<const char*>(raw.data()), raw.size());
  if (order != "little" && order != "big")
    throw std::runtime_error(fmt::format("the byte order is {}", quote(order)));
  swapped_ = (order == "big") != (std::endian::native == std::endian::big);
}

const byte_buffer& storage_reader::storage(const pickle_value& storage) {
  const std::string& key = storage.items.at(0)->text;
  const auto at = storages_.find(key);
  if (at != storages_.end()) return at->second;
  return storages_[key] = archive_.read(prefix_ + "data/" + key);
}

array_data storage_reader::read(const pickle_value& tensor) {
  if (tensor.refused)
    throw std::runtime_error(
        "is a view that conjugates or negates; save t.resolve_conj().resolve_neg()");
  array_data a;
  a.type = tensor.type;
  a.shape = numbers_of(*tensor.items.at(2));
  std::vector<std::int64_t> steps = numbers_of(*tensor.items.at(3));
  const std::int64_t offset = tensor.items.at(1)->integer;
  if (steps.size() != a.shape.size())
    throw std::runtime_error(
        fmt::format("has {} extents and {} steps", a.shape.size(), steps.size()));
  const std::optional<std::size_t> count = element_count(a.shape);
  if (!count || *count > most_elements - elements_)
    throw std::runtime_error(
        fmt::format("of shape {} has, with the tensors before it, more than {} elements",
                    shape_text(a.shape), most_elements));
  if (*count == 0) return a;
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (a.shape[i] == 1) steps[i] = 0;  // any number, which nothing reads
  const std::size_t width = element_size(a.type);
  const pickle_value& from = *tensor.items.at(0);
  if (offset < 0) throw std::runtime_error("begins before its storage");
  const std::uint64_t reach = reach_of(a.shape, steps, offset);
  const byte_buffer& bytes = storage(from);
  const std::uint64_t there = bytes.size() / width;
  const auto noted = static_cast<std::uint64_t>(from.integer) / (from.untyped ? width : 1);
  if (reach > there || reach > noted)
    throw std::runtime_error(fmt::format("of shape {} needs {} elements of a storage of {}",
                                         shape_text(a.shape), reach, std::min(there, noted)));
  elements_ += *count;
  a.content.resize(*count * width);
  gather(a, bytes.data() + static_cast<std::size_t>(offset) * width, steps);
  if (swapped_) swap_byte_order(a.content, width);
  return a;
}

}  // namespace tapeless::gen
