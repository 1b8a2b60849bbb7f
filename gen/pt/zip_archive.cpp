#include "pt/zip_archive.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <stdexcept>

#include <tapeless/io/error.hpp>

namespace tapeless::gen {

namespace {

/// What stands at an index of the directory. Errors: std::runtime_error.
zip_stat_t stat_of(zip_t* archive, zip_uint64_t index) {
  zip_stat_t s;
  zip_stat_init(&s);
  constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
                                  ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
  if (zip_stat_index(archive, index, ZIP_FL_ENC_RAW, &s) != 0 || (s.valid & needed) != needed)
    throw std::runtime_error(fmt::format("entry {} of the archive is damaged", index));
  return s;
}

}  // namespace

void zip_archive::closer::operator()(struct zip* archive) const { zip_discard(archive); }

zip_archive::zip_archive(std::span<const std::byte> content) {
  zip_error_t error;
  zip_error_init(&error);
  const auto message = [&] {
    const std::string text = zip_error_strerror(&error);
    zip_error_fini(&error);
    return std::runtime_error(fmt::format("the archive is truncated or damaged: {}", text));
  };
  zip_source_t* source = zip_source_buffer_create(content.data(), content.size(), 0, &error);
  if (source == nullptr) throw message();
  zip_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!zip_) {
    zip_source_free(source);
    throw message();
  }
  zip_error_fini(&error);
  const zip_int64_t count = zip_get_num_entries(zip_.get(), 0);
  std::uint64_t total = 0;
  for (zip_int64_t i = 0; i < count; ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    const zip_stat_t s = stat_of(zip_.get(), index);
    if (!indices_.insert({s.name, index}).second)
      throw std::runtime_error(
          fmt::format("two entries of the archive have the name {}", quote(s.name)));
    // Entries lie one after the other: they cannot have more bytes than the whole.
    if (s.comp_size > content.size() - total)
      throw std::runtime_error(
          fmt::format("the entries of the archive have more bytes than its {}", content.size()));
    total += s.comp_size;
  }
}

byte_buffer zip_archive::read(const std::string& name) const {
  const auto at = indices_.find(name);
  if (at == indices_.end())
    throw std::runtime_error(fmt::format("the archive has no entry {}", quote(name)));
  const zip_stat_t s = stat_of(zip_.get(), at->second);
  const bool encrypted = s.encryption_method != ZIP_EM_NONE;
  if (s.comp_method != ZIP_CM_STORE || encrypted || s.size != s.comp_size)
    throw std::runtime_error(
        fmt::format("entry {} of the archive is {}, which torch.save never does; save the "
                    "weights again, or unpack and pack with `zip -0`",
                    quote(name), encrypted ? "encrypted" : "compressed"));
  byte_buffer bytes(static_cast<std::size_t>(s.size));
  zip_file_t* file = zip_fopen_index(zip_.get(), at->second, 0);
  if (file == nullptr)
    throw std::runtime_error(fmt::format("entry {} of the archive cannot be read: {}", quote(name),
                                         zip_strerror(zip_.get())));
  const zip_int64_t got = zip_fread(file, bytes.data(), bytes.size());
  // The checksum is compared at the end of the entry, so the end has to be met.
  char more = 0;
  const bool ends = got >= 0 && zip_fread(file, &more, 1) == 0;
  const bool closed = zip_fclose(file) == 0;
  if (!ends || !closed || static_cast<zip_uint64_t>(got) != s.size)
    throw std::runtime_error(
        fmt::format("entry {} of the archive is truncated or damaged", quote(name)));
  return bytes;
}

}  // namespace tapeless::gen
