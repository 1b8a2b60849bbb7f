#pragma once
// Memory between inaccessible pages: an access beyond the memory ends the program.

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>

namespace forbidden_pages {

/// Memory between two forbidden pages, for bytes that touch the upper or the lower one.
class guarded {
 public:
  guarded(std::size_t bytes, bool at_end) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const std::size_t inner = (bytes + page - 1) / page * page;
    all_ = inner + 2 * page;
    void* const first = mmap(nullptr, all_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    first_ = static_cast<char*>(first);
    if (first == MAP_FAILED || mprotect(first_ + page, inner, PROT_READ | PROT_WRITE) != 0)
      std::abort();
    data_ = first_ + page + (at_end ? inner - bytes : 0);
  }
  ~guarded() { munmap(first_, all_); }
  guarded(const guarded&) = delete;
  guarded& operator=(const guarded&) = delete;
  void* data() const { return data_; }

 private:
  char *first_, *data_;
  std::size_t all_;
};

}  // namespace forbidden_pages
